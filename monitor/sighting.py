"""The step that a check takes: from the state that the archive holds to the next one, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING

from model import LeadershipPage, Verdict
from monitor import quarantine
from monitor.confirming import Loss
from monitor.deciding import DRIFT, Decision, Rules, Sighting, State, doubt_of, read_again, step
from monitor.history.certainty import Mark
from monitor.history.deriving import derive_on
from monitor.history.reconciling import columns
from monitor.quarantine import Doubted
from scraper.errors import ScraperError
from scraper.version import PARSER_VERSION
from storage.rows import Belief, ChangeState, Origin, SnapshotState, StoredSighting

if TYPE_CHECKING:
    from monitor.running import Read
    from storage import Archive, Transaction
    from storage.rows import StoredChange, StoredSnapshot


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check read, from which capture, and when it was fetched."""

    rows: LeadershipPage
    verdict: Verdict
    capture_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Watched:
    """The page that a check looks at, and what it works with inside its transaction."""

    tx: Transaction
    archive: Archive
    page_id: int
    rules: Rules
    read: Read


def take_step(watched: Watched, belief: Belief | None, seen: Seen) -> tuple[Sighting, Decision]:
    """Decide what to believe after a sighting, which is saved as a snapshot where it says anything new."""
    last = watched.archive.snapshot(belief.snapshot_id) if belief else None
    pending = watched.tx.pending_changes(watched.page_id)
    state = State(belief, tuple(loss_of(stored) for stored in pending))
    if last and last.parser_version != PARSER_VERSION:
        state = _in_todays_reading(watched, state, last, seen)
    doubt = doubt_of(state, seen.rows, watched.rules)
    if doubt:
        state = replace(
            state,
            doubted=doubted_run(watched.tx, watched.archive, watched.page_id, state.belief),
            rejected=tuple(watched.archive.rejected(watched.page_id)),
        )
    number = _doubted_snapshot(watched, seen, state, doubt) if doubt else _snapshot(watched, seen, last)
    sighting = Sighting(seen.rows, seen.capture_id, number, seen.at, seen.verdict)
    decision = step(state, sighting, doubt, watched.rules)
    drift = _drift(last, seen.rows) if last and not doubt else None
    return sighting, replace(decision, reason=drift, drift=drift) if drift else decision


def loss_of(stored: StoredChange) -> Loss:
    """Return the loss that a pending change is about."""
    mark = Mark(stored.first_seen, stored.snapshot_after, stored.capture_after, stored.page_dated)
    origin = Origin.CHECK if stored.check_id else Origin.IMPORT
    return Loss(stored.id, stored.change, stored.last_seen, mark, stored.snapshot_before, origin)


def doubted_run(tx: Transaction, archive: Archive, page_id: int, belief: Belief | None) -> Doubted | None:
    """Return the version in doubt that a page was seen as last, None where it was read well."""
    runs = list(takewhile(lambda run: not run.believed, reversed(tx.sightings(page_id))))
    if not runs:
        return None
    page = archive.snapshot(runs[0].snapshot_id).page
    same = list(takewhile(lambda run: _reads_as(archive, run, runs[0], page), runs))
    first, dated = same[-1], page.last_modified
    stood_still = bool(dated and belief and belief.page.last_modified == dated)
    return Doubted(
        page,
        Mark(first.first_seen, first.snapshot_id, first.capture_id, dated, stood_still),
        same[0].last_seen,
        sum(each.times for each in same),
        belief.last_seen if belief else None,
        any(each.origin is Origin.CHECK for each in same),
    )


def _reads_as(archive: Archive, run: StoredSighting, newest: StoredSighting, page: LeadershipPage) -> bool:
    return run.snapshot_id == newest.snapshot_id or quarantine.same_rows(
        page, archive.snapshot(run.snapshot_id).page
    )


def _in_todays_reading(watched: Watched, state: State, last: StoredSnapshot, seen: Seen) -> State:
    """Return the state as this version of the parser reads it, so that a better parser is not news.

    The capture behind the belief is read again, and that reading kept. Where that fails, the state stays as it is.
    """
    if last.capture_id == seen.capture_id:
        return read_again(state, last.page, seen.rows)
    try:
        again = watched.read(watched.archive.capture(last.capture_id))
    except ScraperError:
        return state
    _save(watched, last.capture_id, again, SnapshotState.BELIEVED)
    return read_again(state, last.page, again)


def _snapshot(watched: Watched, seen: Seen, last: StoredSnapshot | None) -> int:
    """Return the snapshot that holds these rows: the one believed last, where it says the same, or a new one."""
    if last and last.page == seen.rows and last.parser_version == PARSER_VERSION:
        return last.id
    return _save(watched, seen.capture_id, seen.rows, SnapshotState.BELIEVED)


def _doubted_snapshot(watched: Watched, seen: Seen, state: State, doubt: str) -> int:
    """Return the snapshot of a version in doubt: one that was doubted before and says the same, or a new one."""
    known = quarantine.among(seen.rows, state.rejected) or quarantine.among(
        seen.rows, watched.tx.quarantined(watched.page_id)
    )
    return known.id if known else _save(watched, seen.capture_id, seen.rows, SnapshotState.QUARANTINED, doubt)


def _save(
    watched: Watched, capture_id: int, rows: LeadershipPage, state: SnapshotState, reason: str | None = None
) -> int:
    return watched.tx.save_snapshot(
        watched.page_id, capture_id, rows, parser_version=PARSER_VERSION, state=state, reason=reason
    )


def record(tx: Transaction, page_id: int, check_id: int | None, decision: Decision, at: datetime) -> list[int]:
    """Write what was found; return the numbers of the changes that are news now, in the order they are told."""
    findings = decision.findings
    numbers = [
        tx.record_change(page_id, check_id, found.change, state=found.state, **columns(found))
        for found in decision.found()
    ]
    for loss in (*findings.waiting, *findings.confirmed):
        tx.restate_change(loss.number, loss.change)
    for state, losses in (
        (ChangeState.WITHDRAWN, findings.withdrawn),
        (ChangeState.CONFIRMED, findings.confirmed),
    ):
        for loss in losses:
            tx.settle_change(loss.number, state, check_id=check_id, at=at)
    return [*numbers[: len(findings.news)], *(loss.number for loss in findings.confirmed)]


def note(watched: Watched, sighting: Sighting, decision: Decision) -> list[int]:
    """Keep what a sighting comes to; return the told changes that turned out to be none.

    Where nothing turned, the belief moves on and that is all. The first check of an archive whose version kept no
    tenures keeps those of before.
    """
    if decision.turned or not watched.tx.is_derived(watched.page_id):
        return derive_on(watched.tx, watched.page_id, watched.rules)
    if decision.state.belief and not decision.state.doubted:
        watched.tx.touch_belief(watched.page_id, sighting.seen_at)
    return []


def _drift(last: StoredSnapshot, rows: LeadershipPage) -> str | None:
    before, now = last.page.coverage, rows.coverage
    if before - now <= DRIFT:
        return None
    return f"parser drift: the reading explains {now:.0%} of the page's text, {before:.0%} before"
