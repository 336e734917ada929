"""Which office of one reading is which of the other, and which figure.

Names repeat on real pages (two Members of one council, six people of one office), so this is an assignment and
not a look-up: what agrees in most ways is paired first, and what is left over is paired by likeness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from model import Figure, Office
from monitor.identity import same_leader, title_key
from monitor.likeness import Likeness, candidates
from monitor.measures import likeness as figure_likeness
from monitor.measures import measure_key
from monitor.spelling import content_words, name_key, overlap, words

Thing = TypeVar("Thing")
Pairs = dict[int, int]
Group = tuple[list[int], list[int]]


class Assignment(Generic[Thing]):
    """Things of before and after that are being paired; each is paired at most once."""

    def __init__(self, before: Sequence[Thing], after: Sequence[Thing]) -> None:
        self.before, self.after = before, after
        self.pairs: Pairs = {}  # place in after -> place in before
        self._old, self._new = dict.fromkeys(range(len(before))), dict.fromkeys(range(len(after)))

    def pair(self, old: int, new: int) -> None:
        self.pairs[new] = old
        del self._old[old], self._new[new]

    def groups(self, key: Callable[[Thing], Hashable]) -> Iterator[Group]:
        """Yield what is unpaired on both sides under each key."""
        old_places, new_places = self._by(key, self.before, self._old), self._by(key, self.after, self._new)
        for value, places in new_places.items():
            if value in old_places:
                yield old_places[value], places

    def left_over(self) -> Group:
        return list(self._old), list(self._new)

    def pair_by(self, key: Callable[[Thing], Hashable]) -> None:
        """Pair what has the same key, in order of the page."""
        for group in self.groups(key):
            for old, new in zip(*group, strict=False):
                self.pair(old, new)

    def pair_strongest(self, scored: Iterable[tuple[float, int, int]]) -> None:
        """Pair by falling score; of equals, what stands closest together on the page."""
        for score, old, new in sorted(scored, key=lambda row: (-row[0], abs(row[1] - row[2]), row[2], row[1])):
            if score > 0 and old in self._old and new in self._new:
                self.pair(old, new)

    @staticmethod
    def _by(
        key: Callable[[Thing], Hashable], things: Sequence[Thing], places: Iterable[int]
    ) -> dict[Hashable, list[int]]:
        grouped: dict[Hashable, list[int]] = defaultdict(list)
        for place in places:
            grouped[key(things[place])].append(place)
        return grouped


def pair_offices(before: Sequence[Office], after: Sequence[Office]) -> Pairs:
    """Return, for each place in `after` that has one, the place in `before` of the same office."""
    offices = Assignment(before, after)
    offices.pair_by(lambda office: (*post_key(office), _person(office), office.text, office.vacant))
    offices.pair_by(lambda office: (*post_key(office), _person(office)))
    for group in list(offices.groups(post_key)):
        _pair_posts(offices, group)
    for group in list(offices.groups(lambda office: name_key(office.name))):
        _pair_one_name(offices, group)
    _pair_by_likeness(offices)
    return offices.pairs


def post_key(office: Office) -> tuple[Hashable, Hashable]:
    """Return what identifies a post among others of its office: the office's name and the title."""
    return name_key(office.name), title_key(title_of(office), office.name)


def title_of(office: Office) -> str:
    """Return the title of whoever holds the office, or the one that the page gives the vacant post."""
    return office.leader.title if office.leader else office.title or ""


def _person(office: Office) -> tuple[str, ...] | None:
    return words(office.leader.name) if office.leader else None


def _pair_posts(offices: Assignment[Office], group: Group) -> None:
    """Pair posts of one name and title: each person with themselves, then the rest in order of the page."""
    for old, new in zip(*_pair_people(offices, group), strict=False):
        offices.pair(old, new)


def _pair_people(offices: Assignment[Office], group: Group) -> Group:
    """Pair the offices that keep their leader and return what is left of the group.

    Where more are left of before than of after, those whose text stays come first, then the alphabet decides
    who is gone and who replaced: an order that does not depend on where a page lists them.
    """
    olds, news = list(group[0]), list(group[1])
    for new in group[1]:
        held = (old for old in olds if same_leader(offices.before[old].leader, offices.after[new].leader))
        if (old := next(held, None)) is not None:
            offices.pair(old, new)
            olds.remove(old)
            news.remove(new)
    if len(olds) > len(news):
        texts = {offices.after[new].text for new in news}
        olds.sort(key=lambda old: (offices.before[old].text not in texts, _person(offices.before[old]) or ()))
    return olds, news


def _pair_one_name(offices: Assignment[Office], group: Group) -> None:
    """Pair offices of one name whose titles differ.

    A name that stands once on each page is one office, whoever holds it under whatever title. Where several
    people share the name, another person under another title is another post.
    """
    name = name_key(offices.after[group[1][0]].name)
    alone = max(_count(offices.before, name), _count(offices.after, name)) == 1
    for old in (rest := _pair_people(offices, group))[0]:
        fitting = (new for new in rest[1] if alone or _titles_fit(offices.before[old], offices.after[new]))
        if (new := next(fitting, None)) is not None:
            offices.pair(old, new)
            rest[1].remove(new)


def _count(offices: Sequence[Office], name: Hashable) -> int:
    return sum(name_key(office.name) == name for office in offices)


def _titles_fit(old: Office, new: Office) -> bool:
    left, right = title_of(old), title_of(new)
    return not left or not right or overlap(content_words(left), content_words(right)) > 0.5


def _pair_by_likeness(offices: Assignment[Office]) -> None:
    olds, news = offices.left_over()
    if not olds or not news:
        return
    measure = Likeness(offices.before, offices.after)
    pairs = candidates({old: offices.before[old] for old in olds}, {new: offices.after[new] for new in news})
    offices.pair_strongest((measure(old, new), old, new) for old, new in pairs)


def pair_figures(before: Sequence[Figure], after: Sequence[Figure]) -> Pairs:
    """Return, for each place in `after` that has one, the place in `before` of the same measure.

    The limits of a range ("over 300 and under 350") keep to their own side; of several values of one measure
    the nearest are paired.
    """
    figures = Assignment(before, after)
    figures.pair_by(lambda figure: (*fact_key(figure), figure.bound))
    _pair_nearest(figures, lambda figure: (measure_key(figure.measure), figure.unit, figure.bound))
    _pair_nearest(figures, lambda figure: (measure_key(figure.measure), figure.unit))
    olds, news = figures.left_over()
    figures.pair_strongest((figure_likeness(before[old], after[new]), old, new) for old in olds for new in news)
    return figures.pairs


def fact_key(figure: Figure) -> tuple[Hashable, ...]:
    """Return what a figure states, apart from its bound."""
    return measure_key(figure.measure), figure.unit, figure.value


def _pair_nearest(figures: Assignment[Figure], key: Callable[[Figure], Hashable]) -> None:
    for olds, news in list(figures.groups(key)):
        figures.pair_strongest(
            (_nearness(figures.before[old], figures.after[new]), old, new) for old in olds for new in news
        )


def _nearness(old: Figure, new: Figure) -> float:
    larger = max(abs(old.value), abs(new.value))
    return 2.0 - float(abs(new.value - old.value) / larger) / 2 if larger else 2.0
