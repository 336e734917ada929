"""How surely an office under another name is the same office.

Only offices that no name explains come here, so an office that left and one that came must not be taken for a
rename lightly: two kinds of evidence are wanted, of name, abbreviation, leader, text and place on the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from model import Office
from monitor.identity import same_leader, title_key
from monitor.measures import measure_key
from monitor.spelling import content_words, folded, lenient_key, name_key, overlap, words

_SAME_NAME = 92.0  # rapidfuzz ratio, 0 to 100: one letter in twelve
_SAME_TEXT = 0.5  # share of words; two offices of one agency share about a quarter
_VERY_SAME_TEXT = 0.8
_ENOUGH_WORDS = 5
_SHINGLE = 3  # words
_TOO_COMMON = 20  # offices: what more of them share tells none of them apart
_RANKS = frozenset(
    "minister secretary chancellor lord attorney treasurer president leader paymaster deputy assistant "
    "director commissioner administrator chief special parliamentary prime".split()
)
_BETWEEN_POSTS = re.compile(rf"\s*;\s*|\s*,\s+(?:and )?(?=(?:{'|'.join(sorted(_RANKS))})\b)", re.IGNORECASE)


class Likeness:
    """Scores pairs of places (before, after) by the evidence that they are one office: 0 is not, 1 is sure."""

    def __init__(self, before: Sequence[Office], after: Sequence[Office]) -> None:
        self._before, self._after = before, after

    def __call__(self, old: int, new: int) -> float:
        left, right = self._before[old], self._after[new]
        person = same_leader(left.leader, right.leader)
        text = text_likeness(left.text, right.text)
        score = max(_by_name(left, right), _by_abbreviation(left, right, person=person, text=text))
        score = max(
            score, _by_leader(left, right, text, near=abs(old - new) <= 1) if person else _by_text(text)
        )
        return score + 0.1 * person + 0.05 * (text or 0) if score else 0.0


def text_likeness(left: str, right: str) -> float | None:
    """Return the share (0 to 1) of words that two descriptions have in common; None if either is too short."""
    first, second = Counter(words(left)), Counter(words(right))
    if min(first.total(), second.total()) < _ENOUGH_WORDS:
        return None
    return (first & second).total() / max(first.total(), second.total())


def _by_name(left: Office, right: Office) -> float:
    if same_name(left.name, right.name):
        return 0.8
    return 0.7 if _one_part_more(left, right) else 0.0


def same_name(left: str, right: str) -> bool:
    """Say whether two office names differ by no more than "Office of", the country or a typo.

    >>> same_name("Office of Trade", "Trade"), same_name("Region 1", "Region 2")
    (True, False)
    """
    if lenient_key(left) == lenient_key(right):
        return True
    close = fuzz.ratio(folded(left), folded(right)) >= _SAME_NAME
    return close and _numbers(left) == _numbers(right)


def _one_part_more(left: Office, right: Office) -> bool:
    """Say whether one name is the other and further posts ("...; Minister for Intergovernmental Relations")."""
    first, second = _posts(left.name), _posts(right.name)
    ranked = all(_RANKS & set(words(post)) for post in first | second)
    return ranked and (first < second or second < first)


def _posts(name: str) -> frozenset[str]:
    """Return the posts that one name joins: "Minister for Finance, Minister for Women" are two."""
    return frozenset(" ".join(words(post)) for post in _BETWEEN_POSTS.split(name))


def _numbers(name: str) -> list[str]:
    return [word for word in words(name) if word.isdecimal() or len(word) == 1]


def _by_abbreviation(left: Office, right: Office, *, person: bool, text: float | None) -> float:
    if not left.abbreviation or left.abbreviation != right.abbreviation:
        return 0.0
    names = overlap(content_words(left.name), content_words(right.name))
    return 0.8 if person or (text or 0) >= _SAME_TEXT or names >= 0.5 else 0.0


def _by_leader(left: Office, right: Office, text: float | None, *, near: bool) -> float:
    """Score two offices of one leader: the texts decide; without texts, the names, and then title and place.

    Where the title is the office's name, a leader under a name of other words has moved.
    """
    names = overlap(content_words(left.name), content_words(right.name))
    if (text is not None and text >= _SAME_TEXT) or _same_figures(left, right):
        return 0.65
    if names >= 0.5:
        return 0.6
    if text is not None or (titled(left) and titled(right)):
        return 0.0
    same_title = left.leader and right.leader and _title(left) == _title(right)
    return 0.5 if same_title and (names or near) else 0.0


def _same_figures(left: Office, right: Office) -> bool:
    """Say whether both state the same quantities, at least two of them."""
    old, new = ({(measure_key(f.measure), f.unit, f.value) for f in office.figures} for office in (left, right))
    return len(old) > 1 and old == new


def titled(office: Office) -> bool:
    """Say whether the office goes by its leader's title, as on pages that name people by title alone."""
    return office.leader is not None and name_key(office.leader.title) == name_key(office.name)


def _title(office: Office) -> Hashable:
    return title_key(office.leader.title, office.name) if office.leader else None


def _by_text(text: float | None) -> float:
    return 0.4 if text is not None and text >= _VERY_SAME_TEXT else 0.0


def candidates(before: Mapping[int, Office], after: Mapping[int, Office]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of places that share a trait worth scoring, each once, in linear time."""
    index: dict[Hashable, list[int]] = defaultdict(list)
    for place, office in before.items():
        for trait in _traits(office):
            index[trait].append(place)
    names = {place: folded(office.name) for place, office in before.items()}
    for place, office in after.items():
        places = (index.get(trait, []) for trait in _traits(office))
        found = {old for shared in places if len(shared) <= _TOO_COMMON for old in shared}
        found |= {row[2] for row in process.extract(folded(office.name), names, scorer=fuzz.ratio, limit=3)}
        yield from ((old, place) for old in sorted(found))


def _traits(office: Office) -> set[Hashable]:
    traits: set[Hashable] = {("name", lenient_key(office.name)), ("short", office.abbreviation or office.name)}
    traits |= {("post", post) for post in _posts(office.name)}
    traits |= {("person", word) for word in words(office.leader.name if office.leader else "")}
    found = words(office.text)
    return traits | {("text", found[start : start + _SHINGLE]) for start in range(len(found) - _SHINGLE + 1)}
