"""What one sighting of a page means for what is believed about it: decided inside the check's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from model import Change, ChangeKind, LeadershipPage, Outcome, Verdict
from monitor import quarantine
from monitor.believing import withhold
from monitor.comparison import compare
from monitor.confirming import Findings, sift, take_all
from monitor.screening import screen
from scraper.errors import ScraperError
from scraper.version import PARSER_VERSION
from storage.rows import SnapshotState

if TYPE_CHECKING:
    from monitor.running import Read
    from storage import Archive, Transaction
    from storage.rows import Belief, StoredChange, StoredSnapshot

DRIFT = 0.2
"""How much less of the page's text a reading may explain than the one before; below that is parser drift."""


OVERLAP = timedelta(hours=1)
"""How much later than another check's a fetch may have begun at most; beyond that a clock is wrong."""
NOTHING = Findings()


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the page said at one moment; `snapshot_id` is set where the archive holds these rows already.

    `content` is the digest of the capture that was read, None where the sighting lies in the past.
    """

    rows: LeadershipPage
    verdict: Verdict
    capture_id: int
    snapshot_id: int | None
    seen_at: datetime
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a check records; `believed` and `snapshot_believed`, where set, are compared with from now on.

    `last_seen` and `first_seen` are when the old was last and the news first on the page, where these are not
    the belief's last sighting and this one.
    """

    outcome: Outcome
    reason: str | None = None
    snapshot_id: int | None = None
    findings: Findings = NOTHING
    believed: LeadershipPage | None = None
    snapshot_believed: int | None = None
    last_seen: datetime | None = None
    first_seen: datetime | None = None
    drift: str | None = None
    rejected: int | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision rests on, beside the sighting: the page's rules and its history."""

    page_id: int
    required: Sequence[str]
    wait: timedelta
    archive: Archive
    read: Read


def decide(tx: Transaction, belief: Belief | None, sighting: Sighting, grounds: Grounds) -> Decision:
    """Decide what to believe after a sighting; snapshots are saved, the rest is for the caller to record."""
    if belief is None:
        return _begin(tx, sighting, grounds)
    if belief.last_seen - sighting.seen_at > OVERLAP:
        here, there = f"{sighting.seen_at:%Y-%m-%d %H:%M}", f"{belief.last_seen:%Y-%m-%d %H:%M}"
        reason = f"the clock here says {here} UTC, but the archive saw the page at {there} UTC: set the clock"
        return Decision(Outcome.FAILED, reason)
    if sighting.seen_at < belief.last_seen:
        return Decision(Outcome.UNCHANGED, "fetched before what another check has seen since: nothing to add")
    last = grounds.archive.snapshot(belief.snapshot_id)
    pending = tx.pending_changes(grounds.page_id)
    before = _in_todays_reading(belief, last, pending, grounds)
    doubt = screen(before, sighting.rows, required=grounds.required)
    if doubt:
        return _doubt(tx, before, belief.snapshot_id, doubt, sighting, pending, grounds)
    changes = compare(before, sighting.rows)
    findings = sift(changes, pending, seen_at=sighting.seen_at, wait=grounds.wait)
    snapshot_id = _same_snapshot(last, sighting) or _save(tx, sighting, grounds, SnapshotState.BELIEVED)
    drift = _drift(last, sighting)
    return replace(go_on(before, sighting.rows, snapshot_id, findings, reason=drift), drift=drift)


def is_settled(decision: Decision, sighting: Sighting) -> bool:
    """Return whether the sighting is believed as it stands: nothing of it is doubted or waits for confirmation."""
    believed = decision.outcome in {Outcome.BASELINE, Outcome.CHANGED, Outcome.UNCHANGED}
    return believed and decision.believed == sighting.rows and not decision.findings.unconfirmed


def go_on(
    before: LeadershipPage,
    rows: LeadershipPage,
    snapshot_id: int,
    findings: Findings,
    *,
    reason: str | None = None,
    last_seen: datetime | None = None,
    first_seen: datetime | None = None,
) -> Decision:
    """Believe these rows, but for the losses that are not confirmed yet."""
    return Decision(
        Outcome.CHANGED if findings.told else Outcome.UNCHANGED,
        reason,
        snapshot_id,
        findings,
        withhold(_without_departed(before, findings), rows, findings.unconfirmed),
        snapshot_id,
        last_seen,
        first_seen,
    )


def _without_departed(before: LeadershipPage, findings: Findings) -> LeadershipPage:
    """Return `before` without the leaders whose loss is confirmed: an office that waits comes back without them."""
    departed = [
        (stored.change.office, stored.change.before)
        for stored in findings.confirmed
        if stored.change.kind is ChangeKind.LEADER_DEPARTED
    ]
    offices = (
        replace(office, leader=None)
        if office.leader and (office.name, office.leader.to_json()) in departed
        else office
        for office in before.offices
    )
    return replace(before, offices=tuple(offices))


def baseline(rows: LeadershipPage, snapshot_id: int) -> Decision:
    """Believe the first rows of a page: what they say is no news."""
    return Decision(Outcome.BASELINE, None, snapshot_id, NOTHING, rows, snapshot_id)


def release(
    before: LeadershipPage | None,
    rows: LeadershipPage,
    snapshot_id: int,
    pending: Sequence[StoredChange],
    window: tuple[datetime | None, datetime],
    *,
    reason: str | None = None,
) -> Decision:
    """Believe a doubted version as a whole; `window` is when the old was last and the new first on the page."""
    if before is None:
        return baseline(rows, snapshot_id)
    last_seen, first_seen = window
    findings = take_all(compare(before, rows), pending)
    return go_on(before, rows, snapshot_id, findings, reason=reason, last_seen=last_seen, first_seen=first_seen)


def _begin(tx: Transaction, sighting: Sighting, grounds: Grounds) -> Decision:
    rows = sighting.rows
    doubt = screen(rows, rows, required=grounds.required)
    if doubt:
        return _doubt(tx, None, None, doubt, sighting, [], grounds)
    snapshot_id = _save(tx, sighting, grounds, SnapshotState.BELIEVED)
    return baseline(rows, snapshot_id)


def _doubt(
    tx: Transaction,
    before: LeadershipPage | None,
    snapshot_before: int | None,
    doubt: str,
    sighting: Sighting,
    pending: Sequence[StoredChange],
    grounds: Grounds,
) -> Decision:
    """Quarantine a version, let through what is read well in it, or release it when it has proved true."""
    if rejected := quarantine.among(sighting.rows, grounds.archive.rejected(grounds.page_id)):
        reason = f"these rows were rejected in review ({doubt})"
        return Decision(Outcome.QUARANTINED, reason, rejected.id, rejected=rejected.id)
    checks = grounds.archive.checks(grounds.page_id, quarantine.LOOK_BACK)
    kept = quarantine.among(sighting.rows, tx.quarantined(grounds.page_id))
    run = quarantine.sightings(kept.id, checks) if kept else []
    if kept and quarantine.proven(run, sighting.seen_at):
        tx.set_snapshot_state(kept.id, SnapshotState.BELIEVED)
        return release(before, sighting.rows, kept.id, pending, quarantine.window(run, checks))
    snapshot_id = kept.id if kept else _save(tx, sighting, grounds, SnapshotState.QUARANTINED, doubt)
    through = quarantine.read_well(before, sighting.rows) if before else None
    news = tuple(compare(before, through)) if before and through else ()
    if not news:
        return Decision(Outcome.QUARANTINED, doubt, snapshot_id)
    return Decision(Outcome.QUARANTINED, doubt, snapshot_id, Findings(news=news), through, snapshot_before)


def _in_todays_reading(
    belief: Belief, last: StoredSnapshot, pending: Sequence[StoredChange], grounds: Grounds
) -> LeadershipPage:
    """Return the belief as this version of the parser reads it, so that a better parser is not news.

    The capture behind it is read again. Where that fails, or the belief is more than one capture and what waits
    to be confirmed, it stays as it is.
    """
    if last.parser_version == PARSER_VERSION:
        return belief.page
    waiting: list[Change] = [stored.change for stored in pending]
    if withhold(belief.page, last.page, waiting) != belief.page:
        return belief.page
    try:
        again = grounds.read(grounds.archive.capture(last.capture_id))
    except ScraperError:
        return belief.page
    return withhold(belief.page, again, waiting)


def _same_snapshot(last: StoredSnapshot, sighting: Sighting) -> int | None:
    same = last.page == sighting.rows and last.parser_version == PARSER_VERSION
    return last.id if same else None


def _save(
    tx: Transaction, sighting: Sighting, grounds: Grounds, state: SnapshotState, reason: str | None = None
) -> int:
    return tx.save_snapshot(
        grounds.page_id,
        sighting.capture_id,
        sighting.rows,
        parser_version=PARSER_VERSION,
        state=state,
        reason=reason,
    )


def _drift(last: StoredSnapshot, sighting: Sighting) -> str | None:
    before, now = last.page.coverage, sighting.rows.coverage
    if before - now <= DRIFT:
        return None
    return f"parser drift: the reading explains {now:.0%} of the page's text, {before:.0%} before"
