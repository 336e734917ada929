"""Versions that are not believed: kept, shown, and released when they prove true.

Screening says why a version is doubted. Offices that are still read well in it go through; the rest waits until
the same rows have come back for a day in three sightings, or until somebody decides with `leaderwatch review`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from model import LOSSES, Change, ChangeKind, LeadershipPage
from monitor.comparison import compare
from monitor.history.certainty import Mark
from storage.rows import Origin

RELEASE_AFTER = timedelta(days=1)
RELEASE_SIGHTINGS = 3


class Version(Protocol):
    """Anything that holds the rows of a page: a snapshot, a reading."""

    @property
    def id(self) -> int: ...

    @property
    def page(self) -> LeadershipPage: ...


AnyVersion = TypeVar("AnyVersion", bound=Version)


@dataclass(frozen=True, slots=True)
class Doubted:
    """Sightings of one doubted version that no other version came between: how often, since when, until when.

    `good_at` is when the page was last believed before them, `checked` whether a check was among them.
    """

    page: LeadershipPage
    mark: Mark
    last_seen: datetime
    times: int
    good_at: datetime | None
    checked: bool

    def is_proven(self, origin: Origin) -> bool:
        """Return whether the version is believed with its newest sighting, which has this origin.

        What a check doubted a check releases, so that its changes are told.
        """
        long_enough = self.times >= RELEASE_SIGHTINGS and self.last_seen - self.mark.seen_at >= RELEASE_AFTER
        return long_enough and (origin is Origin.CHECK or not self.checked)


def same_rows(one: LeadershipPage, other: LeadershipPage) -> bool:
    """Return whether two versions say the same, but for the wording of descriptions."""
    return all(change.kind is ChangeKind.TEXT_CHANGED for change in compare(one, other))


def among(rows: LeadershipPage, versions: Sequence[AnyVersion]) -> AnyVersion | None:
    """Return the newest of `versions` that says what `rows` say."""
    return next((each for each in reversed(versions) if same_rows(each.page, rows)), None)


def read_well(before: LeadershipPage, after: LeadershipPage) -> LeadershipPage:
    """Return `before` with those offices taken from a doubted `after` that can be trusted all the same.

    These are the offices of that name which lost nothing. None is taken where most offices of `after` are
    unknown, or most of the known ones changed hands: that is another page, or another reading.
    """
    doubted = [change for change in compare(before, after) if _is_drastic(change)]
    lossy = {change.office for change in doubted if change.kind in LOSSES}
    known = {office.name: office for office in after.offices if office.name in _names(before)}
    steady = known.keys() - {change.office for change in doubted}
    if 2 * len(known) <= len(after.offices) or 2 * len(steady) <= len(known):
        return before
    kept = {name: office for name, office in known.items() if name not in lossy}
    return replace(before, offices=tuple(kept.get(office.name, office) for office in before.offices))


def _is_drastic(change: Change) -> bool:
    return change.kind in LOSSES or change.kind is ChangeKind.LEADER_REPLACED


def _names(page: LeadershipPage) -> set[str]:
    return {office.name for office in page.offices}
