"""What changed between two readings of a page, in the order of the page.

People, posts and quantities are compared, never characters: a page that was redesigned, reordered or respelled
gives no change at all. An office that comes or goes takes its leader and figures along: one change. Where the
title is the office's name, a person's new title is `title_changed`, never also `office_renamed`. The rules for
leaders stand in `leader_changes`, those for figures in `figure_changes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from model import Change, ChangeKind, Leader, LeadershipPage, Office
from monitor import sentences
from monitor.descriptions import described, says_something_else
from monitor.figure_changes import figure_changes
from monitor.identity import same_leader
from monitor.leader_changes import leader_changes
from monitor.likeness import titled
from monitor.matching import Pairs, fact_key, pair_offices, post_key
from monitor.moves import Holders
from monitor.moves import reshuffles as reshuffles
from monitor.spelling import Key, name_key, words


@dataclass(frozen=True, slots=True)
class Difference:
    """A change and the places in `before.offices` and `after.offices` that it is about; none means the page."""

    change: Change
    old: int | None = None
    new: int | None = None


def compare(before: LeadershipPage, after: LeadershipPage) -> list[Change]:
    """Return what a reader would call different, in page order of `after`; offices that are gone come last."""
    return [difference.change for difference in differences(before, after)]


def differences(before: LeadershipPage, after: LeadershipPage) -> list[Difference]:
    """Return the changes with the places they are about; one that the page shows twice is told once."""
    told: dict[str, Difference] = {}
    for difference in Comparison(before, after).run():
        told.setdefault(repr(difference.change), difference)
    return list(told.values())


class Comparison:
    """Two readings of a page, paired office by office.

    A page may list one post and its holder twice; a listing that is left over while its twin stays is not news.
    """

    def __init__(self, before: LeadershipPage, after: LeadershipPage) -> None:
        self.before, self.after = before, after
        self.pairs: Pairs = pair_offices(before.offices, after.offices)
        self.lost = _without_twin(before.offices, set(self.pairs.values()), after.offices)
        self.new = _without_twin(after.offices, set(self.pairs), before.offices)
        moved = [(old, new) for new, old in self.pairs.items() if self._is_moved(old, new)]
        self._old = Holders(before.offices, self.lost + [old for old, _ in moved])
        self._new = Holders(after.offices, self.new + [new for _, new in moved])
        self._outside = _facts([before]), _facts([after])
        self._names = _counted(before) | _counted(after)

    def run(self) -> Iterator[Difference]:
        yield from self._page_figures()
        for place, office in enumerate(self.after.offices):
            if place in self.pairs:
                old = self.pairs[place]
                changes = self._office(self.before.offices[old], office)
                yield from (Difference(change, old, place) for change in changes)
            elif place in self.new:
                yield Difference(self._added(office), None, place)
        for place in self.lost:
            yield Difference(self._removed(self.before.offices[place]), place, None)

    def _is_moved(self, old: int, new: int) -> bool:
        return not same_leader(self.before.offices[old].leader, self.after.offices[new].leader)

    def _page_figures(self) -> Iterator[Difference]:
        elsewhere = _facts(self.before.offices), _facts(self.after.offices)
        changes = figure_changes(self.before.figures, self.after.figures, None, elsewhere)
        yield from (Difference(change) for change in changes)

    def _office(self, old: Office, new: Office) -> Iterator[Change]:
        if name_key(old.name) != name_key(new.name) and not (titled(old) or titled(new)):
            sentence = sentences.office_renamed(old, new)
            yield Change(ChangeKind.OFFICE_RENAMED, new.name, None, old.name, new.name, sentence)
        yield from leader_changes(old, new, went_to=self._went_to, came_from=self._came_from)
        yield from figure_changes(old.figures, new.figures, new.name, self._outside)
        if says_something_else(old, new):
            before, after = (old.text, new.text) if old.text != new.text else (described(old), described(new))
            sentence = sentences.text_changed(new.name)
            yield Change(ChangeKind.TEXT_CHANGED, new.name, None, before, after, sentence)

    def _added(self, office: Office) -> Change:
        origin = self._came_from(office.leader) if office.leader else None
        sentence = sentences.office_added(office, one_of_several=self._is_shared(office), came_from=origin)
        name = origin.name if origin else None
        return Change(ChangeKind.OFFICE_ADDED, office.name, None, None, office.name, sentence, came_from=name)

    def _removed(self, office: Office) -> Change:
        goal = self._went_to(office.leader) if office.leader else None
        sentence = sentences.office_removed(office, one_of_several=self._is_shared(office), went_to=goal)
        name = goal.name if goal else None
        return Change(ChangeKind.OFFICE_REMOVED, office.name, None, office.name, None, sentence, went_to=name)

    def _went_to(self, leader: Leader) -> Office | None:
        return self._new.office_of(leader)

    def _came_from(self, leader: Leader) -> Office | None:
        return self._old.office_of(leader)

    def _is_shared(self, office: Office) -> bool:
        return self._names[name_key(office.name)] > 1


def _without_twin(offices: Sequence[Office], paired: set[int], others: Iterable[Office]) -> list[int]:
    """Return the unpaired places whose post and holder do not stand among `others` as well."""
    known = {_listing(office) for office in others}
    left = [place for place in range(len(offices)) if place not in paired]
    return [place for place in left if offices[place].leader is None or _listing(offices[place]) not in known]


def _listing(office: Office) -> Hashable:
    return post_key(office), words(office.leader.name) if office.leader else None


def _counted(page: LeadershipPage) -> Counter[Key]:
    return Counter(name_key(office.name) for office in page.offices)


def _facts(holders: Iterable[Office | LeadershipPage]) -> frozenset[Hashable]:
    return frozenset(fact_key(figure) for holder in holders for figure in holder.figures)
