"""A page's health: whether what is known of it can be trusted to be up to date, read from its checks alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from model import Json, Outcome
from monitor import wording
from monitor.deciding import DRIFT
from monitor.timetable import timetable_of
from storage.rows import HealthState

if TYPE_CHECKING:
    from monitor.settings import PageSettings, Settings
    from storage import Archive, Transaction
    from storage.rows import StoredCheck

__all__ = ["Health", "HealthState", "health_of", "page_health"]

HICCUP = 1
"""How many checks in a row may fail before that says anything about the page."""

LOOK_BACK = 60
"""How many of the newest checks tell a page's health; what has read so for longer is how the page reads."""

YEAR = timedelta(days=366)
"""How far back the slots of a page are looked for."""

FAILURES = frozenset({Outcome.FAILED, Outcome.BLOCKED})


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a page, since when, and why in words (empty for a healthy one)."""

    state: HealthState
    since: datetime
    reason: str = ""

    @property
    def is_well(self) -> bool:
        """Return whether there is nothing to tell of."""
        return self.state in {HealthState.HEALTHY, HealthState.UNCHECKED}

    def to_json(self) -> Json:
        since = self.since.isoformat(timespec="seconds").replace("+00:00", "Z")
        return {"state": self.state.value, "since": since, "reason": self.reason or None}


def page_health(
    source: Archive | Transaction, page_id: int, page: PageSettings, settings: Settings, *, now: datetime
) -> Health:
    """Return the health of a page as the archive has it now."""
    checks = source.checks(page_id, LOOK_BACK)
    known_since = source.added_at(page_id)
    snapshots = {check.snapshot_id for check in checks if check.snapshot_id is not None}
    return health_of(
        checks,
        source.coverage(snapshots),
        known_since=known_since,
        blind_before=_blind_before(page, settings, known_since, now),
    )


def _blind_before(page: PageSettings, settings: Settings, known_since: datetime, now: datetime) -> datetime:
    """Return the slot that lies the allowed number of intervals back, counted from the newest one."""
    timetable = timetable_of(page, settings.schedule, known_since)
    slots = timetable.between(now - YEAR, now, settings.alerts.blind_after + 1)
    return slots[0] if len(slots) > settings.alerts.blind_after else now - YEAR


def health_of(
    checks: Sequence[StoredCheck],
    coverage: Mapping[int, float],
    *,
    known_since: datetime,
    blind_before: datetime,
) -> Health:
    """Return a page's health from its newest checks, newest first.

    `coverage` has the share of its text that each snapshot of these checks explains. A page whose last good
    capture, or else `known_since`, lies before `blind_before` is blind. One failed check alone says nothing.
    """
    good = [check for check in checks if check.outcome not in FAILURES]
    failed = list(takewhile(lambda check: check.outcome in FAILURES, checks))
    seen_at = good[0].started_at if good else known_since
    if seen_at < blind_before:
        return Health(HealthState.BLIND, seen_at, _blindness(seen_at if good else None, failed))
    if len(failed) > HICCUP:
        reason = f"the last {len(failed)} checks failed: {failed[0].reason or 'no reason given'}"
        return Health(HealthState.DEGRADED, failed[-1].started_at, reason)
    if not good:
        return Health(HealthState.UNCHECKED, known_since, "no check has ended well yet")
    return _of_good(good, coverage)


def _blindness(seen_at: datetime | None, failed: Sequence[StoredCheck]) -> str:
    since = f"since {wording.moment(seen_at)}" if seen_at else "yet"
    why = failed[0].reason if failed else None
    return f"no good capture {since}: {why or 'nothing has checked it'}"


def _of_good(good: Sequence[StoredCheck], coverage: Mapping[int, float]) -> Health:
    quarantined = list(takewhile(lambda check: check.outcome is Outcome.QUARANTINED, good))
    if quarantined:
        reason = quarantined[0].reason or "it does not look like the page that was known"
        return Health(HealthState.QUARANTINED, quarantined[-1].started_at, reason)
    return _reading([check for check in good if check.outcome is not Outcome.QUARANTINED], coverage)


def _reading(believed: Sequence[StoredCheck], coverage: Mapping[int, float]) -> Health:
    """Follow the believed readings, oldest first: one that explains much less than the last full one drifts."""
    usual, since, drifting = 0.0, believed[-1].started_at, False
    for check in reversed(believed):
        share = coverage.get(check.snapshot_id, usual) if check.snapshot_id else usual
        drifted, drifting = drifting, usual - share > DRIFT
        since = check.started_at if drifted != drifting else since
        usual = usual if drifting else share
    if not drifting:
        return Health(HealthState.HEALTHY, since)
    reason = f"parser drift: the reading explains {share:.0%} of the page's text, {usual:.0%} before"
    return Health(HealthState.DRIFTING, since, reason)
