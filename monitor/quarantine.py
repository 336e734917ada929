"""Versions that are not believed: kept, shown, and released when they prove true.

Screening says why a version is doubted. Offices that are still read well in it go through; the rest waits until
the same rows have come back for a day in three checks, or until somebody decides with `leaderwatch review`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from model import LOSSES, Change, ChangeKind, LeadershipPage, Outcome
from monitor.comparison import compare

if TYPE_CHECKING:
    from storage.rows import StoredCheck, StoredSnapshot

RELEASE_AFTER = timedelta(days=1)
RELEASE_SIGHTINGS = 3

BELIEVED = frozenset({Outcome.BASELINE, Outcome.UNCHANGED, Outcome.CHANGED})

LOOK_BACK = 10_000
"""How many checks back a version is looked for: a day of checks every ten seconds."""


def same_rows(one: LeadershipPage, other: LeadershipPage) -> bool:
    """Return whether two versions say the same, but for the wording of descriptions."""
    return all(change.kind is ChangeKind.TEXT_CHANGED for change in compare(one, other))


def among(rows: LeadershipPage, snapshots: Sequence[StoredSnapshot]) -> StoredSnapshot | None:
    """Return the newest of `snapshots` that says what `rows` say."""
    return next((each for each in reversed(snapshots) if same_rows(each.page, rows)), None)


def sightings(snapshot_id: int, checks: Sequence[StoredCheck]) -> list[StoredCheck]:
    """Return the latest unbroken run of checks that saw this snapshot, newest first.

    `checks` are newest first. One that read nothing does not break the run; one that read other rows does.
    """
    run: list[StoredCheck] = []
    for check in checks:
        if check.snapshot_id == snapshot_id:
            run.append(check)
        elif check.snapshot_id is not None:
            break
    return run


def window(run: Sequence[StoredCheck], checks: Sequence[StoredCheck]) -> tuple[datetime | None, datetime]:
    """Return when a page was last believed before a run of doubted sightings, and when the run began."""
    began = run[-1].started_at
    good = (check.started_at for check in checks if check.started_at <= began and check.outcome in BELIEVED)
    return next(good, None), began


def proven(run: Sequence[StoredCheck], seen_at: datetime) -> bool:
    """Return whether one more sighting at `seen_at` is enough to believe what `run` saw."""
    return len(run) + 1 >= RELEASE_SIGHTINGS and seen_at - run[-1].started_at >= RELEASE_AFTER


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
