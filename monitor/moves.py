"""Who went where on one page: moves, swaps, and the reshuffles that they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from model import Change, Leader, Office
from monitor.identity import read_person, same_person
from monitor.spelling import words


class Holders:
    """Finds who holds the offices of one reading that changed hands: those at `places`."""

    def __init__(self, offices: Sequence[Office], places: Iterable[int]) -> None:
        self._by_word: dict[str, list[Office]] = defaultdict(list)
        for office in (offices[place] for place in sorted(places)):
            for word in set(words(office.leader.name if office.leader else "")):
                self._by_word[word].append(office)

    def office_of(self, leader: Leader) -> Office | None:
        """Return the first office on the page that the person came to hold, or held until now."""
        return next(self._held_by(leader), None)

    def _held_by(self, leader: Leader) -> Iterator[Office]:
        for office in self._by_word.get(read_person(leader.name).names[-1], ()):
            if office.leader and same_person(office.leader.name, leader.name):
                yield office


def reshuffles(changes: Sequence[Change]) -> list[list[Change]]:
    """Return the changes in groups: those that a person's move joins together, every other one alone.

    A group stands where its first change stood; the order within it stays.
    """
    groups: list[list[int]] = []
    for place, change in enumerate(changes):
        joined = [group for group in groups if any(_joined(changes[other], change) for other in group)]
        merged = sorted([*(other for group in joined for other in group), place])
        groups = sorted([*(group for group in groups if group not in joined), merged])
    return [[changes[place] for place in group] for group in groups]


def _joined(one: Change, other: Change) -> bool:
    return _leads_to(one, other) or _leads_to(other, one)


def _leads_to(one: Change, other: Change) -> bool:
    """Say whether one change names the other's office as where its person went or came from."""
    goes = one.went_to is not None and one.went_to == other.office and _one_of(one.before, other.after)
    comes = one.came_from is not None and one.came_from == other.office and _one_of(one.after, other.before)
    return goes or comes


def _one_of(left: object, right: object) -> bool:
    """Say whether two sides of changes may name one person; an office's name stands for whoever held it."""
    if isinstance(left, dict) and isinstance(right, dict):
        return "name" in left and "name" in right and same_person(left["name"], right["name"])
    return left is not None and right is not None
