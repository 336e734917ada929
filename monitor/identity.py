"""Same person, same title, same measure: what stays itself when its spelling changes.

A person stays the same when an initial or middle name, honorific, rank or suffix comes or goes, when a given
name turns into a form of itself (Pete, Peter), or a surname is extended (Jones, Jones-Smith). In one office a
typo may be mended too. A shared surname is not enough, and neither is it with conflicting initials (A., B.) or
generations (Jr., Sr.).

    >>> same_person('Benjamine "Carry" Huffman', "Carry Huffman"), same_person("Troy Miller", "Jon P. Miller")
    (True, False)
    >>> same_holder("Dianne Sabatino", "Diane J. Sabatino"), same_holder("Eric Young", "Erin Young")
    (True, False)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nameparser import HumanName
from rapidfuzz.distance import OSA

from model import Leader
from monitor.everyday_names import EVERYDAY, forms_of_one
from monitor.spelling import Key, folded, name_key, plain, words

_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "iii": "3", "iv": "4"}
_LETTERS_AFTER = frozenset(
    "AC AM AO CB CH DBE DSO GBE KBE KC MBE MC MEP MLA MP MSP OAM OBE OM PC QC USAF USCG USN".split()
)
_GIVEN_OR_TITLE = frozenset("baron dean deacon duke earl judge king marshal prince".split())


@dataclass(frozen=True, slots=True)
class Person:
    """The parts of a name that tell people apart, folded: names in order, nicknames, generation."""

    names: tuple[str, ...]
    nicknames: tuple[str, ...] = ()
    generation: str | None = None

    def spellings(self) -> list[tuple[str, ...]]:
        """Return the names, also with a nickname as the given name, and the first two as one (Ann Marie)."""
        nicknamed = [(nickname, *self.names[1:]) for nickname in self.nicknames]
        double = len(self.names) > 2 and min(map(len, self.names[:2])) > 1
        joined = [("".join(self.names[:2]), *self.names[2:])] if double else []
        return [self.names, *nicknamed, *joined]


@lru_cache(maxsize=8192)
def read_person(name: str) -> Person:
    """Take a person's name apart without its honorifics, ranks and letters after it."""
    parts = HumanName(plain(name))
    nicknames = _name_words(parts.nickname)
    suffixes = _name_words(parts.suffix)
    generation = next((_GENERATIONS[word] for word in suffixes if word in _GENERATIONS), None)
    names = " ".join((parts.first, parts.middle, parts.last)).split()
    if len(names) == 1 and parts.title.casefold() in _GIVEN_OR_TITLE:
        names.insert(0, parts.title)
    while len(names) > 2 and names[-1].strip(".,") in _LETTERS_AFTER:
        names.pop()
    return Person(_name_words(" ".join(names)) or _name_words(name) or (plain(name),), nicknames, generation)


def _name_words(text: str) -> tuple[str, ...]:
    spelled = folded(text).replace("'", "").replace(".", " ")
    return tuple(word for word in words(spelled) if word)


@lru_cache(maxsize=16384)
def same_person(left: str, right: str) -> bool:
    """Say whether two names, wherever they stand, are one person's: surnames equal, the rest compatible."""
    first, second = read_person(left), read_person(right)
    if min(len(first.names), len(second.names)) == 1:
        return first.names == second.names
    return first.names[-1] == second.names[-1] and _alike(first, second)


@lru_cache(maxsize=16384)
def same_holder(left: str, right: str) -> bool:
    """Say whether two names in one office are one person's: a typo or an extended surname may lie between."""
    first, second = read_person(left), read_person(right)
    return _alike(first, second) or _mended(first, second)


def _alike(first: Person, second: Person) -> bool:
    if first.generation and second.generation and first.generation != second.generation:
        return False
    if sorted(first.names) == sorted(second.names) or "".join(first.names) == "".join(second.names):
        return True
    return any(_fits(short, long) for short, long in _by_length(first, second))


def _by_length(first: Person, second: Person) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    pairs = [(left, right) for left in first.spellings() for right in second.spellings()]
    return [(left, right) if len(left) <= len(right) else (right, left) for left, right in pairs]


def _fits(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether the shorter name is the longer one with parts left out or cut to initials."""
    if len(short) == 1:
        return short[0] == long[-1]
    if short[-1] not in long[1:]:
        return False
    if _compatible(short[0], long[0]):
        return _follows(short[1:], long[1:])
    initials = len(short[0]) == 1 < len(long[0])
    return short[0] in long[1:-1] and not initials and _follows(short, long[1:])


def _follows(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if not short:
        return True
    return any(
        _compatible(short[0], part) and _follows(short[1:], long[place + 1 :])
        for place, part in enumerate(long)
    )


def _compatible(left: str, right: str) -> bool:
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    return forms_of_one(left, right)


def _mended(first: Person, second: Person) -> bool:
    """Say whether the names differ by a typo or two: the same parts, each nearly as before.

    One letter changed, added, lost or moved; two in ten letters or more. See `_nearly` for one part.
    """
    if first.generation != second.generation and first.generation and second.generation:
        return False
    return any(_mended_as(short, long) for short, long in _by_length(first, second))


def _mended_as(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(short) == len(long) > 1:
        return _nearly_all(short, long)
    return len(short) == 2 and _nearly_all(short, (long[0], long[-1]))


def _nearly_all(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    typos = 0
    for place, (old, new) in enumerate(zip(left, right, strict=True)):
        if _compatible(old, new):
            continue
        if not _nearly(old, new, given=place < len(left) - 1):
            return False
        typos += OSA.distance(old, new)
    return typos <= (2 if len("".join(left)) >= 10 else 1)


def _nearly(left: str, right: str, *, given: bool) -> bool:
    """Say whether one part of a name is a typo of the other.

    Two everyday given names (Eric, Erin) are two people. A changed letter needs a name of four letters, or five
    where neither given name is an everyday one; at the front of a given name it makes another name.
    """
    if given and left in EVERYDAY and right in EVERYDAY:
        return False
    shorter, distance = min(len(left), len(right)), OSA.distance(left, right)
    if shorter < 3 or distance > (2 if shorter >= 8 else 1):
        return False
    known = not given or left in EVERYDAY or right in EVERYDAY
    if len(left) == len(right) and sorted(left) != sorted(right):
        return shorter >= (4 if known else 5) if left[0] == right[0] else shorter >= 5 and not given
    return left[0] == right[0] or (known and (left[0] in right[:2] or right[0] in left[:2]))


def same_leader(left: Leader | None, right: Leader | None) -> bool:
    """Say whether one office's two leaders are one person; nobody is not the same as nobody."""
    return left is not None and right is not None and same_holder(left.name, right.name)


@lru_cache(maxsize=8192)
def title_key(title: str, office: str) -> Key:
    """Return what identifies a title: without the office's own name, which a page may or may not add to it."""
    own = name_key(office)
    rest = tuple(part for part in name_key(title) if part not in own)
    return rest or name_key(title)
