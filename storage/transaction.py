"""What one check writes: all of it, or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, bindparam, insert, or_, select, update

from model import Capture, Change, LeadershipPage, Outcome, Verdict
from storage import delivering, deriving, keeping, reads, redating, repeats, rereading, slots, tasks, versions
from storage.deriving import Derived, Values
from storage.errors import ArchiveError
from storage.inserting import add, add_missing, lock_page, number_of
from storage.page_rows import save_page
from storage.repeats import Repeat
from storage.rows import (
    Belief,
    ChangeState,
    DecisionVerdict,
    DeliveryState,
    HealthState,
    KeptCapture,
    MessageKind,
    Reading,
    SnapshotRows,
    SnapshotState,
    StoredChange,
    StoredCheck,
    StoredDecision,
    StoredDelivery,
    StoredNote,
    StoredSighting,
    StoredSnapshot,
)
from storage.schema import (
    beliefs,
    changes,
    checks,
    decisions,
    deliveries,
    delivery_changes,
    health_notes,
    revisits,
    snapshots,
)

SEEN_AGAIN = update(beliefs).where(beliefs.c.page_id == bindparam("page"))


class Transaction:
    """One write transaction on the archive; `Archive.transaction` opens it and commits it."""

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self._connection = connection
        self._clock = clock

    def now(self) -> datetime:
        """Return the time by the archive's clock."""
        return self._clock()

    @property
    def driver(self) -> Any:
        """Return the database's own connection, for what another library is to commit with this transaction."""
        return tasks.driver(self._connection)

    def tasks_waiting(self, names: Collection[str]) -> set[str]:
        """Return which of these tasks wait in the queue; no other process adds one before this transaction ends."""
        tasks.take_turn(self._connection)
        return tasks.waiting(self._connection, names)

    def has_tasks(self) -> bool:
        """Return whether the archive has a task queue; no other process makes one before this transaction ends."""
        tasks.take_turn(self._connection)
        return tasks.are_there(self._connection)

    def hold(self, page_id: int) -> None:
        """Keep other processes off a page until this transaction ends, for what is read before it is written."""
        lock_page(self._connection, page_id)

    def belief(self, page_id: int) -> Belief | None:
        """Return what the page is believed to say; no other process changes it before this transaction ends."""
        lock_page(self._connection, page_id)
        return reads.believed(self._connection, page_id)

    def quarantined(self, page_id: int) -> list[StoredSnapshot]:
        """Return the snapshots that wait for confirmation, in the order of their captures."""
        return reads.quarantined(self._connection, page_id)

    def pending_changes(self, page_id: int) -> list[StoredChange]:
        """Return the losses that wait for confirmation, first seen first."""
        return reads.pending_changes(self._connection, page_id)

    def checks(self, page_id: int, limit: int) -> list[StoredCheck]:
        """Return the newest checks of a page, this one included, newest first."""
        return reads.stored_checks(self._connection, page_id, limit)

    def coverage(self, snapshot_ids: Collection[int]) -> dict[int, float]:
        """Return the share of its page's text that each of these snapshots explains, 0 to 1."""
        return reads.coverage(self._connection, snapshot_ids)

    def added_at(self, page_id: int) -> datetime:
        """Return when the archive first knew the page."""
        return reads.added_at(self._connection, page_id)

    def snapshot_rows(self, page_id: int, numbers: Collection[int] | None = None) -> list[SnapshotRows]:
        """Return everything that was ever read of a page, or the snapshots of these numbers, in that order."""
        return reads.load_snapshot_rows(self._connection, page_id, numbers)

    def sightings(self, page_id: int, since: datetime | None = None) -> list[StoredSighting]:
        """Return the runs of sightings that stand, first seen first; with `since` those that begin then or later."""
        return deriving.stored_sightings(self._connection, page_id, since=since)

    def sighted(self, page_id: int, capture_ids: Collection[int]) -> set[int]:
        """Return which of these captures of a page are sightings already."""
        return deriving.sighted(self._connection, page_id, capture_ids)

    def newest_sighting(self, page_id: int) -> StoredSighting | None:
        """Return the run of sightings that was seen last."""
        return deriving.newest_sighting(self._connection, page_id)

    def keep_capture(self, page_id: int, capture: Capture) -> KeptCapture:
        """Keep a capture together with what is noted of it; `Archive.keep_capture` keeps one that is to be read."""
        return keeping.keep(self._connection, page_id, capture, self._clock())

    def bring_in(
        self, page_id: int, capture: Capture, source: str, *, refers_at: datetime | None = None
    ) -> KeptCapture:
        """Keep a capture that comes from elsewhere, `source`, unless it was kept before.

        `refers_at` is when the one was served that it says the page was the same as.
        """
        lock_page(self._connection, page_id)
        kept = keeping.bring_in(self._connection, page_id, capture, self._clock(), source)
        if kept.is_new and refers_at:
            self._connection.execute(insert(revisits).values(capture_id=kept.id, refers_at=refers_at))
        return kept

    def repeats(self, page_id: int) -> list[Repeat]:
        """Return the captures brought in that say the page was as at another one, which is known, oldest first."""
        return repeats.repeats(self._connection, page_id)

    def note_sighting(
        self, page_id: int, *, capture_id: int, snapshot_id: int, seen_at: datetime, believed: bool
    ) -> None:
        """Keep that a check, which is not recorded yet, sees a snapshot.

        The newest run of sightings goes on where it saw the same one and the check before was not blind.
        """
        deriving.note_sighting(
            self._connection, page_id, capture_id, snapshot_id, seen_at, believed, recorded_at=self._clock()
        )

    def seen_around(self, run: StoredSighting, moment: datetime) -> tuple[datetime | None, datetime | None]:
        """Return the last check of a run up to a moment, and the first from it on."""
        return deriving.seen_around(self._connection, run, moment)

    def count_checks(self, run: StoredSighting) -> int:
        """Return how many checks a run of sightings stands for."""
        return deriving.count_checks(self._connection, run)

    def standing(self, table: Derived, page_id: int, *, open_alone: bool = False) -> list[Values]:
        """Return the derived rows of a page that stand, first seen first; with `open_alone` those not gone."""
        return deriving.standing(self._connection, table, page_id, open_alone=open_alone)

    def reached(self, page_id: int) -> str | None:
        """Return how far the derivation of a page's history has come; None where it has to begin anew."""
        return deriving.reached(self._connection, page_id)

    def keep_reached(self, page_id: int, state: str) -> None:
        """Keep how far the derivation has come, until anything but a check brings sightings."""
        deriving.keep_reached(self._connection, page_id, state)

    def is_derived(self, page_id: int) -> bool:
        """Return whether tenures of a page are kept: older versions kept none."""
        return deriving.is_standing(self._connection, "tenure_spans", page_id)

    def take_place(
        self, table: Derived, page_id: int, gone: Collection[int], came: Sequence[Mapping[str, Any]]
    ) -> None:
        """Replace derived rows, by their numbers, with those that stand from now on.

        With other sightings the derivation begins anew.
        """
        if table == "sightings":
            deriving.forget_reached(self._connection, page_id)
        deriving.take_place(self._connection, table, page_id, gone, came, self._clock())

    def redate(self, page_id: int, now: datetime) -> None:
        """Set the times that a clock which was ahead left on a page's checks, changes and belief to now."""
        redating.redate(self._connection, page_id, now)

    def decisions(self, page_id: int) -> list[StoredDecision]:
        """Return what was decided over a page's versions, first decided first."""
        return deriving.stored_decisions(self._connection, page_id)

    def decide(self, page_id: int, snapshot_id: int, verdict: DecisionVerdict) -> None:
        """Keep what a person decided about a snapshot, now."""
        row = {"page_id": page_id, "snapshot_id": snapshot_id, "verdict": verdict}
        self._connection.execute(insert(decisions).values(row | {"decided_at": self._clock()}))

    def save_snapshot(
        self,
        page_id: int,
        capture_id: int,
        page: LeadershipPage,
        *,
        parser_version: int,
        state: SnapshotState,
        reason: str | None = None,
    ) -> int:
        """Keep the rows read from a capture and return the snapshot's number."""
        newest = (
            select(snapshots.c.text_id).where(snapshots.c.page_id == page_id).order_by(snapshots.c.id.desc())
        )
        return save_page(
            self._connection,
            page,
            like=self._connection.scalar(newest.limit(1)),
            page_id=page_id,
            capture_id=capture_id,
            parser_version=parser_version,
            state=state,
            reason=reason,
            read_at=self._clock(),
        )

    def set_snapshot_state(self, snapshot_id: int, state: SnapshotState, reason: str | None = None) -> None:
        """Decide over a snapshot; its reason stays when no new one is given."""
        values = {"state": state, "settled_at": self._clock()} | ({"reason": reason} if reason else {})
        done = self._connection.execute(update(snapshots).where(snapshots.c.id == snapshot_id).values(values))
        if not done.rowcount:
            raise ArchiveError(f"there is no snapshot {snapshot_id} in this archive")

    def set_belief(self, page_id: int, belief: Belief) -> None:
        """Compare with this belief from now on; the text that goes with its rows is the snapshot's.

        The page's reading is forgotten, until `settle` names a new one.
        """
        self.unsettle(page_id)
        values = {
            "snapshot_id": belief.snapshot_id,
            "first_seen": belief.first_seen,
            "last_seen": belief.last_seen,
            "rows": msgspec.json.encode(replace(belief.page, text="")).decode(),
        }
        done = self._connection.execute(update(beliefs).where(beliefs.c.page_id == page_id).values(values))
        if not done.rowcount:
            self._connection.execute(insert(beliefs).values(page_id=page_id, **values))

    def settle(self, page_id: int, capture_id: int, content: str, grounds: str) -> None:
        """Note that what was read from this capture is believed as it stands; the arguments are a Reading's."""
        rereading.settle(self._connection, page_id, capture_id, content, grounds)

    def unsettle(self, page_id: int) -> None:
        """Note that a check of this page must read it, whatever comes."""
        rereading.unsettle(self._connection, page_id)

    def see_again(self, reading: Reading, capture_id: int, seen_at: datetime) -> bool:
        """Note that the page says at `seen_at` what it said when it was last read, as `capture_id` shows.

        Returns False, and notes nothing, where another check has read it since or seen it later.
        """
        return rereading.see_again(self._connection, reading, capture_id, seen_at)

    def touch_belief(self, page_id: int, seen_at: datetime) -> None:
        """Note that the page was seen again and says the same."""
        done = self._connection.execute(SEEN_AGAIN, {"page": page_id, "last_seen": seen_at})
        if not done.rowcount:
            raise ArchiveError(f"page {page_id} has no belief to be seen again")

    def record_check(
        self,
        page_id: int,
        *,
        started_at: datetime,
        finished_at: datetime,
        outcome: Outcome,
        verdict: Verdict,
        reason: str | None = None,
        capture_id: int | None = None,
        snapshot_id: int | None = None,
        slot_id: int | None = None,
    ) -> int:
        """Record that a check ran, whatever came of it, and return its number.

        `slot_id` is the slot that it was for: raises SlotGone where another process has settled that meanwhile.
        """
        row = {
            "page_id": page_id,
            "started_at": started_at,
            "finished_at": finished_at,
            "outcome": outcome,
            "verdict": verdict,
            "reason": reason,
            "capture_id": capture_id,
            "snapshot_id": snapshot_id,
        }
        number = add(self._connection, checks, row)
        if slot_id is not None:
            slots.settle(self._connection, slot_id, number)
        return number

    def record_change(
        self,
        page_id: int,
        check_id: int | None,
        change: Change,
        *,
        state: ChangeState,
        last_seen: datetime,
        first_seen: datetime,
        snapshot_before: int,
        snapshot_after: int,
        page_dated: date | None = None,
        silent_edit: bool = False,
    ) -> int:
        """Record a change with its window and return its number; no check found it where `check_id` is None."""
        row = {
            "page_id": page_id,
            "check_id": check_id,
            "state": state,
            "last_seen": last_seen,
            "first_seen": first_seen,
            "page_dated": page_dated,
            "silent_edit": silent_edit,
            "snapshot_before": snapshot_before,
            "snapshot_after": snapshot_after,
            "recorded_at": self._clock(),
        }
        words = {field.name: getattr(change, field.name) for field in fields(Change)}
        return add(self._connection, changes, row | words)

    def changes(self, page_id: int) -> list[StoredChange]:
        """Return a page's changes in whatever state, first seen first."""
        return reads.stored_changes(self._connection, page_id=page_id)

    def changes_since(self, page_id: int, after: int, also: Collection[int]) -> list[StoredChange]:
        """Return a page's changes with higher numbers than `after`, and those of the numbers `also`."""
        return reads.changes_since(self._connection, page_id, after, also)

    def settle_change(self, change_id: int, state: ChangeState, *, check_id: int | None, at: datetime) -> None:
        """Confirm or withdraw a pending change; ArchiveError when it is not pending."""
        self._keep_versions(changes.c.id == change_id)
        waiting = update(changes).where(changes.c.id == change_id, changes.c.state == ChangeState.PENDING)
        done = self._connection.execute(waiting.values(state=state, settled_check_id=check_id, settled_at=at))
        if not done.rowcount:
            raise ArchiveError(f"change {change_id} is not pending: it cannot be {state.value}")

    def revise_change(self, change_id: int, **columns: Any) -> None:
        """Set what a later derivation finds otherwise: the window, the state, the snapshots around the change."""
        self._keep_versions(changes.c.id == change_id)
        settled = {"settled_at": self._clock()} if "state" in columns else {}
        self._connection.execute(update(changes).where(changes.c.id == change_id).values(columns | settled))

    def restate_change(self, change_id: int, change: Change) -> None:
        """Tell a pending change as the page tells it now: its office may be called otherwise by then."""
        now = {"office": change.office, "sentence": change.sentence, "went_to": change.went_to}
        differs = or_(*(changes.c[name].is_distinct_from(value) for name, value in now.items()))
        waiting = and_(changes.c.id == change_id, changes.c.state == ChangeState.PENDING, differs)
        self._keep_versions(waiting)
        self._connection.execute(update(changes).where(waiting).values(now))

    def _keep_versions(self, which: ColumnElement[bool]) -> None:
        versions.keep_versions(self._connection, which, self._clock())

    def record_note(
        self, page_id: int, check_id: int, *, state: HealthState, since: datetime, reason: str
    ) -> StoredNote:
        """Record what people are told of a page's health after a check."""
        row = {"page_id": page_id, "check_id": check_id, "state": state, "since": since, "reason": reason}
        now = self._clock()
        number = add(self._connection, health_notes, row | {"recorded_at": now})
        return StoredNote(number, page_id, check_id, state, since, reason, now)

    def abbreviations(self, change_ids: Sequence[int]) -> dict[str, str]:
        """Return the abbreviations of offices by their names, in the versions that these changes lie between."""
        return reads.abbreviations(self._connection, change_ids)

    def newest_note(self, page_id: int) -> StoredNote | None:
        """Return what people were told last of a page's health."""
        return reads.newest_note(self._connection, page_id)

    def is_unwell(self, page_id: int) -> bool:
        """Return whether people were told that a page cannot be watched as it should, and not yet that it can."""
        last = self.newest_note(page_id)
        return last is not None and last.state is not HealthState.HEALTHY

    def queue_delivery(
        self,
        *,
        change_ids: Sequence[int],
        channel: str,
        recipient: str,
        message_id: str,
        due_at: datetime,
        message: MessageKind = MessageKind.ALERT,
        answers_id: int | None = None,
        note_id: int | None = None,
    ) -> int:
        """Queue a message and return its number; the same one to the same recipient is queued once.

        Changes that a queued message does not tell of yet are added to it.
        """
        row = {
            "channel": channel,
            "recipient": recipient,
            "message_id": message_id,
            "state": DeliveryState.QUEUED,
            "queued_at": self._clock(),
            "due_at": due_at,
            "next_attempt_at": due_at,
            "message": message,
            "answers_id": answers_id,
            "note_id": note_id,
        }
        number = number_of(self._connection, deliveries, row, "message_id", "channel", "recipient")
        carried = [{"delivery_id": number, "change_id": change_id} for change_id in change_ids]
        if carried:
            add_missing(self._connection, delivery_changes, carried)
        return number

    def delivery(self, delivery_id: int) -> StoredDelivery:
        """Return a delivery as it is now; raises NotThere."""
        return reads.load_delivery(self._connection, delivery_id)

    def delivery_called(self, message_id: str, channel: str, recipient: str) -> StoredDelivery | None:
        """Return the delivery of that message over that channel to that recipient, where there is one.

        No other process claims or settles it before this transaction ends: what is added to it goes out with it.
        """
        return reads.delivery_called(self._connection, message_id, channel, recipient)

    def told(self, change_id: int) -> list[StoredDelivery]:
        """Return the deliveries that tell of a change, its retractions included, first queued first.

        No other process settles one before this transaction ends: what is found out here is known there.
        """
        return reads.deliveries_of(self._connection, change_id, hold=True)

    def settle_delivery(
        self,
        delivery_id: int,
        state: DeliveryState,
        *,
        at: datetime,
        error: str | None = None,
        next_attempt_at: datetime | None = None,
    ) -> None:
        """Note how an attempt to deliver ended; `queued` with `next_attempt_at` tries again then.

        What was delivered stays delivered, whatever a slower process says later.
        """
        delivering.settle(self._connection, delivery_id, delivering.Attempt(state, at, error, next_attempt_at))

    def leave_out(self, delivery_id: int, change_ids: Collection[int]) -> None:
        """Note that a delivery did not tell of these changes after all."""
        delivering.leave_out(self._connection, delivery_id, change_ids)

    def requeue_delivery(self, delivery_id: int, *, due_at: datetime) -> None:
        """Let a delivery that failed for good be tried again, from that moment on."""
        delivering.requeue(self._connection, delivery_id, due_at)
