"""The news of some changes in one line, fit for the subject of a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from model import Change, ChangeKind
from monitor import wording
from monitor.plain_words import clip, plain

WEIGHT = tuple(
    ChangeKind(kind)
    for kind in (
        "leader_replaced",
        "leader_departed",
        "leader_appointed",
        "acting_began",
        "acting_ended",
        "office_removed",
        "office_added",
        "office_renamed",
        "title_changed",
        "figure_changed",
        "figure_removed",
        "figure_added",
        "bound_changed",
        "name_changed",
        "text_changed",
    )
)
"""The kinds of change, weightiest first."""

LONGEST = 140
LONGEST_NAME = 70


def weight(change: Change) -> tuple[int, Decimal]:
    """Return what sorts changes weightiest first: by kind, and of two figures the larger share."""
    return WEIGHT.index(change.kind), -abs(change.percent or Decimal())


def weightiest(changes: Sequence[Change]) -> Change:
    """Return the change that makes the headline: the first in the page's order of those that weigh most."""
    return min(changes, key=weight)


def headline(changes: Sequence[Change]) -> str:
    """Return the shortest true headline of the weightiest change, and how many others there are.

    Raises ValueError where there is no change to tell of.
    """
    if not changes:
        raise ValueError("no change, no headline")
    first = clip(plain(_told(weightiest(changes))), LONGEST)
    return f"{first}, and {len(changes) - 1} more" if len(changes) > 1 else first


def short_office(name: str) -> str:
    """Return an office's name without the country that the page's reader takes for granted.

    >>> short_office("U.S. Border Patrol")
    'Border Patrol'
    """
    plain_name = re.sub(r"^(the )?(U\.? ?S\.?|United States) (?=\w)(?!of\b)", "", plain(name), flags=re.I)
    return clip(plain_name, LONGEST_NAME)


def _told(change: Change) -> str:
    if change.kind in _OFFICE_NEWS:
        return _OFFICE_NEWS[change.kind](change.before, change.after)
    news = _NEWS[change.kind](change)
    if change.office and not _is_office(change):
        return f"{short_office(change.office)}: {news}"
    return news[:1].upper() + news[1:]


def _is_office(change: Change) -> bool:
    """Return whether the news is a title that names the office already, as on pages of titles alone."""
    new_title = change.kind is ChangeKind.TITLE_CHANGED and plain(change.after["title"])
    return new_title == plain(change.office or "")


def _name(leader: Any) -> str:
    return clip(plain(leader["name"]), LONGEST_NAME)


def _with_capacity(leader: Any) -> str:
    held = wording.capacity(leader)
    return f"{_name(leader)} ({held})" if held else _name(leader)


def _replaced(change: Change) -> str:
    return f"{_with_capacity(change.after)} replaces {_name(change.before)}"


def _departed(change: Change) -> str:
    if change.went_to:
        return f"{_name(change.before)} moves to {short_office(change.went_to)}"
    return f"{_name(change.before)} no longer listed"


def _appointed(change: Change) -> str:
    return f"{_with_capacity(change.after)} now listed"


def _began(change: Change) -> str:
    return f"{_name(change.after)} now {wording.capacity(change.after)}"


def _ended(change: Change) -> str:
    return f"{_name(change.before)} no longer {wording.capacity(change.before)}"


def _retitled(change: Change) -> str:
    return f"{_name(change.after)} now {clip(plain(change.after['title']), LONGEST_NAME)}"


def _respelled(change: Change) -> str:
    return f"{_name(change.before)} now written {_name(change.after)}"


def _measure(change: Change) -> str:
    return clip(plain(change.measure or "figure"), LONGEST_NAME)


def _moved(change: Change) -> str:
    return f"{_measure(change)} from {wording.quantity(change.before)} to {wording.quantity(change.after)}"


def _stated(change: Change) -> str:
    return f"{_measure(change)} now stated: {wording.quantity(change.after)}"


def _unstated(change: Change) -> str:
    return f"{_measure(change)} no longer stated"


def _rewritten(change: Change) -> str:
    return "description rewritten"


_NEWS = {
    ChangeKind.LEADER_REPLACED: _replaced,
    ChangeKind.LEADER_DEPARTED: _departed,
    ChangeKind.LEADER_APPOINTED: _appointed,
    ChangeKind.ACTING_BEGAN: _began,
    ChangeKind.ACTING_ENDED: _ended,
    ChangeKind.TITLE_CHANGED: _retitled,
    ChangeKind.NAME_CHANGED: _respelled,
    ChangeKind.FIGURE_CHANGED: _moved,
    ChangeKind.BOUND_CHANGED: _moved,
    ChangeKind.FIGURE_ADDED: _stated,
    ChangeKind.FIGURE_REMOVED: _unstated,
    ChangeKind.TEXT_CHANGED: _rewritten,
}
_OFFICE_NEWS = {
    ChangeKind.OFFICE_ADDED: lambda before, after: f"New office: {short_office(after)}",
    ChangeKind.OFFICE_REMOVED: lambda before, after: f"{short_office(before)} no longer listed",
    ChangeKind.OFFICE_RENAMED: lambda before, after: f"{short_office(before)} is now {short_office(after)}",
}
