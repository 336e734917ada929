"""How much a kind of change weighs, for those who want to hear of the weighty ones alone."""

from __future__ import annotations

from enum import StrEnum

from model import ChangeKind


class Severity(StrEnum):
    """The weight of a change, lightest first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


WHO_LEADS = frozenset(
    {
        ChangeKind.LEADER_REPLACED,
        ChangeKind.LEADER_APPOINTED,
        ChangeKind.LEADER_DEPARTED,
        ChangeKind.ACTING_BEGAN,
        ChangeKind.ACTING_ENDED,
        ChangeKind.OFFICE_ADDED,
        ChangeKind.OFFICE_REMOVED,
    }
)
WORDING = frozenset({ChangeKind.NAME_CHANGED, ChangeKind.BOUND_CHANGED, ChangeKind.TEXT_CHANGED})


def severity_of(kind: ChangeKind) -> Severity:
    """Return `high` for who leads and which offices there are, `low` for mere wording, else `normal`."""
    if kind in WHO_LEADS:
        return Severity.HIGH
    return Severity.LOW if kind in WORDING else Severity.NORMAL


def is_at_least(kind: ChangeKind, least: Severity) -> bool:
    """Return whether a change of that kind weighs as much."""
    ranks = list(Severity)
    return ranks.index(severity_of(kind)) >= ranks.index(least)
