"""What a person decides about a version that was not believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from model import Json, LeaderwatchError, Verdict
from monitor import deciding, outbox
from monitor.deciding import State
from monitor.history.deriving import rederive
from monitor.quarantine import same_rows
from monitor.results import CheckResult
from monitor.running import Run, watched_page
from monitor.showing import written
from monitor.sighting import Seen, doubted_run, loss_of, record
from monitor.taking_in import result_of, rules_of
from scraper import parse_capture
from storage.rows import DecisionVerdict, SnapshotState

if TYPE_CHECKING:
    from monitor.settings import Settings
    from storage import Archive
    from storage.rows import Belief, StoredPage, StoredSnapshot


class NothingToDecide(LeaderwatchError):
    """The snapshot is not in quarantine, or the page has been read well since."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """A version in doubt beside what is believed; `is_current` tells whether the page still reads so."""

    page: StoredPage
    snapshot: StoredSnapshot
    belief: Belief | None
    is_current: bool

    def to_json(self) -> Json:
        return {
            "snapshot": self.snapshot.id,
            "capture": self.snapshot.capture_id,
            "page": self.page.name,
            "url": self.page.url,
            "taken_at": written(self.snapshot.taken_at),
            "reason": self.snapshot.reason,
            "current": self.is_current,
            "believed": self.belief.page.to_json() if self.belief else None,
            "candidate": self.snapshot.page.to_json(),
        }


def doubted(archive: Archive) -> list[Doubted]:
    """Return every version in quarantine, page by page, oldest first."""
    return _beside_belief(archive, archive.quarantined)


def rejected(archive: Archive) -> list[Doubted]:
    """Return every version that was rejected, page by page, oldest first."""
    return _beside_belief(archive, archive.rejected)


def _beside_belief(archive: Archive, versions: Callable[[int], list[StoredSnapshot]]) -> list[Doubted]:
    return [
        Doubted(page, snapshot, archive.belief(page.id), _is_current(archive, snapshot))
        for page in archive.pages()
        for snapshot in versions(page.id)
    ]


def accept(
    snapshot_id: int, *, archive: Archive, settings: Settings, clock: Callable[[], datetime]
) -> CheckResult:
    """Believe a version from quarantine, or a rejected one, and tell its changes, dated by when it was first seen.

    Raises NothingToDecide when it is believed already or the page has read otherwise since.
    """
    snapshot = _undecided(archive, snapshot_id, SnapshotState.QUARANTINED, SnapshotState.REJECTED)
    run = _run(archive, settings, clock, snapshot.page_id)
    with archive.transaction() as tx:
        belief = tx.belief(run.page_id)
        doubted_now = doubted_run(tx, archive, run.page_id, belief)
        pending = tuple(loss_of(stored) for stored in tx.pending_changes(run.page_id))
        decision = deciding.accept(State(belief, pending, doubted_now))
        if decision is None or doubted_now is None or not same_rows(doubted_now.page, snapshot.page):
            raise NothingToDecide(
                f"the page has read otherwise since snapshot {snapshot_id}: it is kept as evidence"
            )
        tx.set_snapshot_state(snapshot.id, SnapshotState.ACCEPTED)
        tx.decide(run.page_id, snapshot.id, DecisionVerdict.ACCEPTED)
        told = record(tx, run.page_id, None, decision, at=clock())
        outbox.queue(tx, told, decision.findings.told, run.page, run.settings, due_at=clock())
        wrong = rederive(tx, run.page_id, rules_of(run.page, settings))
        outbox.queue_retractions(tx, wrong, settings)
    seen = Seen(snapshot.page, Verdict.OK, snapshot.capture_id, doubted_now.last_seen)
    return replace(result_of(run, seen, decision), posted=outbox.deliver(archive, settings, clock=clock))


def reject(snapshot_id: int, *, archive: Archive) -> None:
    """Note that these rows are wrong: they are never believed by themselves, however often they come back.

    Raises NothingToDecide when the snapshot is not in quarantine.
    """
    snapshot = _undecided(archive, snapshot_id, SnapshotState.QUARANTINED)
    with archive.transaction() as tx:
        tx.set_snapshot_state(snapshot.id, SnapshotState.REJECTED)
        tx.decide(snapshot.page_id, snapshot.id, DecisionVerdict.REJECTED)


def _run(archive: Archive, settings: Settings, clock: Callable[[], datetime], page_id: int) -> Run:
    stored = next(page for page in archive.pages() if page.id == page_id)
    return Run(watched_page(stored, settings), page_id, archive, settings, clock, clock(), parse_capture)


def _undecided(archive: Archive, snapshot_id: int, *states: SnapshotState) -> StoredSnapshot:
    snapshot = archive.snapshot(snapshot_id)
    if snapshot.state not in states:
        raise NothingToDecide(f"snapshot {snapshot_id} is not in quarantine: it is {snapshot.state.value}")
    return snapshot


def _is_current(archive: Archive, snapshot: StoredSnapshot) -> bool:
    """Return whether the page was seen as this version last, or as one that says the same."""
    sightings = archive.sightings(snapshot.page_id)
    newest = archive.snapshot(sightings[-1].snapshot_id) if sightings else None
    return newest is not None and same_rows(newest.page, snapshot.page)
