"""The archive: captures, snapshots, changes and deliveries in one database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, select, update

from model import Capture, ChangeKind
from storage import delivering, deriving, keeping, reads, rereading, sites, slots, standings, tasks
from storage.connecting import examine, keep_private, locate, open_engine, place, reading, writing
from storage.deriving import Derived, Values
from storage.errors import ArchiveError
from storage.inserting import number_of
from storage.listing import ListedCapture, list_captures
from storage.revision import revision_of, written_revision
from storage.rows import (
    Belief,
    ChangeState,
    DeliveryState,
    GoodCapture,
    KeptCapture,
    Reading,
    SlotKind,
    SlotStanding,
    SnapshotRows,
    StoredCapture,
    StoredChange,
    StoredCheck,
    StoredDecision,
    StoredDelivery,
    StoredPage,
    StoredSighting,
    StoredSite,
    StoredSlot,
    StoredSnapshot,
    TaskCounts,
)
from storage.schema import REVISION, pages
from storage.sighted import seen_again
from storage.transaction import Transaction


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class Archive:
    """Everything that was served, read, believed and told, in one database that several processes may share.

    Each method is a transaction of its own; `transaction` joins what must be kept together. What the database
    refuses is raised as ArchiveError.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    @classmethod
    def open(
        cls, location: str | Path, *, clock: Callable[[], datetime] = utc_now, patience: float = 30.0
    ) -> Self:
        """Open the archive at a path or SQLAlchemy URL; create it, or upgrade it after a backup.

        `patience` is how many seconds to wait for another process that is writing. Raises ArchiveError for what
        is no archive, comes from a newer version, or cannot be opened.
        """
        url = locate(location)
        if url.get_backend_name() == "sqlite":
            examine(Path(url.database or ""))
            keep_private(Path(url.database or ""))
        engine = open_engine(url, patience=patience)
        try:
            _bring_up_to_date(engine, clock)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, clock)

    def close(self) -> None:
        """Close the archive's connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def engine(self) -> Engine:
        """Return the engine, for the modules of this package that look after the whole archive."""
        return self._engine

    def require_current(self) -> None:
        """Raise ArchiveError where a newer version has upgraded the archive since it was opened."""
        with reading(self._engine) as connection:
            found = written_revision(connection)
        if found != REVISION:
            raise ArchiveError(
                f"{place(self._engine.url)} is at revision {found} now, which another version wrote: "
                "start that version of Leaderwatch here too"
            )

    @property
    def address(self) -> str:
        """Return what libpq connects to; raises ArchiveError for an archive that PostgreSQL does not keep."""
        return tasks.address(self._engine.url)

    def task_counts(self) -> TaskCounts | None:
        """Return what stands in the task queue of a cluster; None for an archive that has none."""
        with reading(self._engine) as connection:
            return tasks.counts(connection)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Write several things together: kept when the block ends well, undone when it raises."""
        with writing(self._engine) as connection:
            yield Transaction(connection, self._clock)

    @contextmanager
    def looking(self) -> Iterator[Transaction]:
        """Read several things as they are at one moment; nothing that is written stays."""
        with reading(self._engine) as connection:
            yield Transaction(connection, self._clock)

    def page_id(self, name: str, url: str) -> int:
        """Return the number of the page at `url`, added on first use; `name` is what it is called now."""
        known = select(pages.c.id, pages.c.name).where(pages.c.url == url)
        with reading(self._engine) as connection:
            row = connection.execute(known).one_or_none()
        if row is not None and row.name == name:
            return int(row.id)
        with writing(self._engine) as connection:
            added = {"name": name, "url": url, "added_at": self._clock()}
            number = number_of(connection, pages, added, "url")
            connection.execute(update(pages).where(pages.c.id == number).values(name=name))
        return number

    def pages(self, numbers: Collection[int] | None = None) -> list[StoredPage]:
        """Return every page, or those of these numbers, in the order they were added."""
        with reading(self._engine) as connection:
            return reads.stored_pages(connection, numbers)

    def added_at(self, page_id: int) -> datetime:
        """Return when the archive first knew the page."""
        with reading(self._engine) as connection:
            return reads.added_at(connection, page_id)

    def keep_capture(self, page_id: int, capture: Capture) -> KeptCapture:
        """Keep a capture and commit it: evidence comes first.

        A capture that is no older than the page's newest and has the same body, status and final URL adds no
        row, and neither does one that was kept before; its validators, where they are others, are noted.
        """
        with reading(self._engine) as connection:
            kept = keeping.already_kept(connection, page_id, capture)
            if kept and not keeping.is_said_anew(connection, kept.id, capture):
                return kept
        with writing(self._engine) as connection:
            return keeping.keep(connection, page_id, capture, self._clock())

    def capture(self, capture_id: int) -> Capture:
        """Return a capture with the exact bytes that were served."""
        with reading(self._engine) as connection:
            return reads.load_capture(connection, capture_id).capture

    def stored_capture(self, capture_id: int) -> StoredCapture:
        """Return a capture with its page, its times and the snapshot that stands for it."""
        with reading(self._engine) as connection:
            return reads.load_capture(connection, capture_id)

    def capture_at(self, page_id: int, moment: datetime) -> StoredCapture | None:
        """Return the newest capture at or before the moment that a check judged ok, or that was brought in."""
        with reading(self._engine) as connection:
            return reads.capture_at(connection, page_id, moment)

    def captures(
        self, page_id: int, *, since: datetime | None = None, until: datetime | None = None
    ) -> list[ListedCapture]:
        """Return the captures fetched from `since` on and before `until`, oldest first, without their bytes."""
        with reading(self._engine) as connection:
            return list_captures(connection, page_id, since, until)

    def seen_again(self, page_id: int) -> list[tuple[datetime, int]]:
        """Return when runs of sightings began or ended with bytes served before, each with their capture."""
        with reading(self._engine) as connection:
            return seen_again(connection, page_id)

    def newest_good(self, page_id: int) -> GoodCapture | None:
        """Return the page's newest capture that a check judged ok."""
        with reading(self._engine) as connection:
            return reads.newest_good(connection, page_id)

    def validators(self, capture_id: int) -> tuple[str | None, str | None]:
        """Return the ETag and Last-Modified that the server gave these bytes last (RFC 9110, 8.8)."""
        with reading(self._engine) as connection:
            return keeping.validators_of(connection, capture_id)

    def reading(self, name: str, url: str, grounds: str) -> Reading | None:
        """Return the last reading of the page at `url`, where it is believed as it stands and was read so.

        None, too, where the page is known under another name.
        """
        with reading(self._engine) as connection:
            return rereading.last_reading(connection, name, url, grounds)

    def belief(self, page_id: int) -> Belief | None:
        """Return what the page is believed to say, None before its baseline."""
        with reading(self._engine) as connection:
            return reads.believed(connection, page_id)

    def snapshot(self, snapshot_id: int) -> StoredSnapshot:
        """Return a snapshot with its rows and their quotes."""
        with reading(self._engine) as connection:
            return reads.load_snapshot(connection, snapshot_id)

    def quarantined(self, page_id: int) -> list[StoredSnapshot]:
        """Return the snapshots that wait for confirmation, in the order of their captures."""
        with reading(self._engine) as connection:
            return reads.quarantined(connection, page_id)

    def rejected(self, page_id: int) -> list[StoredSnapshot]:
        """Return the snapshots that a person rejected, in the order of their captures."""
        with reading(self._engine) as connection:
            return reads.rejected(connection, page_id)

    def checks(self, page_id: int, limit: int = 100, *, before: int | None = None) -> list[StoredCheck]:
        """Return the newest checks of a page, or the newest before the check of that number, newest first."""
        with reading(self._engine) as connection:
            return reads.stored_checks(connection, page_id, limit, before)

    def coverage(self, snapshot_ids: Collection[int]) -> dict[int, float]:
        """Return the share of its page's text that each of these snapshots explains, 0 to 1."""
        with reading(self._engine) as connection:
            return reads.coverage(connection, snapshot_ids)

    def newest_slot(self, page_id: int, now: datetime) -> StoredSlot | None:
        """Return the newest slot of the page's timetable up to now: those of a clock once ahead do not count."""
        with reading(self._engine) as connection:
            return slots.newest(connection, page_id, now)

    def slot_standings(self, page_ids: Collection[int], now: datetime) -> dict[int, SlotStanding]:
        """Return how the slots of these pages stand, by the pages' numbers."""
        with reading(self._engine) as connection:
            return standings.standings(connection, page_ids, now)

    def leased_until(self, page_id: int, now: datetime) -> datetime | None:
        """Return until when a process may have the page's check in hand; None where none has."""
        with reading(self._engine) as connection:
            return slots.leased_until(connection, page_id, now)

    def take_slot(
        self, page_id: int, due_at: datetime, *, kind: SlotKind, now: datetime, until: datetime
    ) -> int | None:
        """Lease a slot to this process until then and return its number; record the check under that number.

        None where another process has or had it, or works on another slot of the page. A lease that is over is
        taken over.
        """
        with writing(self._engine) as connection:
            return slots.take(connection, page_id, due_at, kind, now=now, until=until)

    def miss_slots(self, page_id: int, moments: Sequence[datetime], reason: str) -> None:
        """Note that these slots went by without a check, and why; those that are known stay as they are."""
        with writing(self._engine) as connection:
            slots.miss(connection, page_id, moments, reason)

    def let_go(self, page_id: int, now: datetime) -> None:
        """End the lease of a process that is known to be dead, so that another one may take its slot at once."""
        with writing(self._engine) as connection:
            slots.let_go(connection, page_id, now)

    def slots(self, page_id: int, limit: int = 100) -> list[StoredSlot]:
        """Return the page's newest slots, newest first."""
        with reading(self._engine) as connection:
            return slots.stored(connection, page_id, limit)

    def pages_losing(self) -> set[int]:
        """Return the numbers of the pages with losses that wait to be confirmed."""
        with reading(self._engine) as connection:
            return reads.pages_losing(connection)

    def site(self, name: str) -> StoredSite | None:
        """Return who asks a site and how it rests; None for one that was neither shared nor busy."""
        with reading(self._engine) as connection:
            return sites.stored(connection, name)

    def share_sites(self, names: Collection[str], now: datetime) -> None:
        """Note that several pages are asked of these sites, so that processes take turns."""
        with writing(self._engine) as connection:
            sites.share(connection, names, now)

    def take_site(self, name: str, *, now: datetime, until: datetime) -> bool:
        """Hold a shared site for this process, until then at most; False where it rests or another one holds it."""
        with writing(self._engine) as connection:
            return sites.take(connection, name, now, until)

    def free_site(self, name: str, free_at: datetime, refusals: int | None = None) -> None:
        """Let a site be asked from then on, and note how often in a row it was busy, where that is said."""
        with writing(self._engine) as connection:
            sites.free(connection, name, free_at, refusals)

    def count_waiting(self, page_id: int) -> int:
        """Return how many losses of the page wait to be confirmed."""
        with reading(self._engine) as connection:
            return reads.count_waiting(connection, page_id)

    def changes(
        self,
        *,
        page_id: int | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        office: str | None = None,
        kind: ChangeKind | None = None,
        states: Collection[ChangeState] | None = None,
        known_at: datetime | None = None,
    ) -> list[StoredChange]:
        """Return the changes first seen from `since` on and before `until`, oldest first, as known at `known_at`.

        `office` is its name as the change has it; all states are returned where `states` is None.
        """
        with reading(self._engine) as connection:
            return reads.stored_changes(
                connection,
                page_id=page_id,
                since=since,
                until=until,
                office=office,
                kind=kind,
                states=states,
                known_at=known_at,
            )

    def change(self, change_id: int) -> StoredChange:
        """Return the change of that number; raises NotThere."""
        with reading(self._engine) as connection:
            return reads.load_change(connection, change_id)

    def told(self, change_id: int) -> list[StoredDelivery]:
        """Return the deliveries that tell of a change, first queued first."""
        with reading(self._engine) as connection:
            return reads.deliveries_of(connection, change_id)

    def steady_since(self, page_id: int) -> datetime:
        """Return when the page was last news: its newest confirmed change, else when it was added."""
        with reading(self._engine) as connection:
            return rereading.steady_since(connection, page_id)

    def sightings(self, page_id: int, known_at: datetime | None = None) -> list[StoredSighting]:
        """Return the runs of sightings that stand, or stood at `known_at`, first seen first."""
        with reading(self._engine) as connection:
            return deriving.stored_sightings(connection, page_id, known_at)

    def seen_around(
        self, run: StoredSighting, moment: datetime, known_at: datetime | None = None
    ) -> tuple[datetime | None, datetime | None]:
        """Return the last check of a run up to a moment and the first from it on, as known at `known_at`."""
        with reading(self._engine) as connection:
            return deriving.seen_around(connection, run, moment, known_at)

    def spans(
        self,
        table: Derived,
        page_id: int,
        known_at: datetime | None = None,
        *,
        around: datetime | None = None,
    ) -> list[Values]:
        """Return the derived rows of a page that stand, or stood at `known_at`, first seen first.

        With `around` only spans whose windows leave room for that moment are returned.
        """
        with reading(self._engine) as connection:
            return deriving.standing(connection, table, page_id, known_at, around)

    def is_derived(self, page_id: int, known_at: datetime | None = None) -> bool:
        """Return whether tenures of a page are kept, or were at `known_at`: older versions kept none."""
        with reading(self._engine) as connection:
            return deriving.is_standing(connection, "tenure_spans", page_id, known_at)

    def stamp(self, page_id: int) -> tuple[Any, ...]:
        """Return what changes whenever something that a page's history is made of does."""
        with reading(self._engine) as connection:
            return deriving.stamp(connection, page_id)

    def decisions(self, page_id: int) -> list[StoredDecision]:
        """Return what was decided over a page's versions, first decided first."""
        with reading(self._engine) as connection:
            return deriving.stored_decisions(connection, page_id)

    def snapshot_rows(self, page_id: int) -> list[SnapshotRows]:
        """Return everything that was ever read of a page, in the order it was read."""
        with reading(self._engine) as connection:
            return reads.load_snapshot_rows(connection, page_id)

    def deliveries(self, *, states: Collection[DeliveryState] | None = None) -> list[StoredDelivery]:
        """Return the deliveries in these states, all of them where `states` is None."""
        with reading(self._engine) as connection:
            return reads.stored_deliveries(connection, states)

    def count_deliveries(self) -> dict[DeliveryState, int]:
        """Return how many deliveries are in each state."""
        with reading(self._engine) as connection:
            return reads.count_deliveries(connection)

    def last_seen(self) -> dict[str, datetime]:
        """Return when each page was last seen and believed, by its URL; those without a baseline are left out."""
        with reading(self._engine) as connection:
            return reads.last_seen(connection)

    def delivered_over(self, channel: str, limit: int) -> list[StoredDelivery]:
        """Return the newest deliveries that went out over a channel, newest first."""
        with reading(self._engine) as connection:
            return reads.delivered_over(connection, channel, limit)

    def delivery(self, delivery_id: int) -> StoredDelivery:
        """Return the delivery of that number; raises NotThere."""
        with reading(self._engine) as connection:
            return reads.load_delivery(connection, delivery_id)

    def due_deliveries(self, now: datetime) -> list[StoredDelivery]:
        """Return the queued deliveries whose next attempt is due, longest due first."""
        with reading(self._engine) as connection:
            return reads.due_deliveries(connection, now)

    def is_delivery_due(self, now: datetime) -> bool:
        """Return whether a queued delivery waits to be tried."""
        with reading(self._engine) as connection:
            return reads.is_delivery_due(connection, now)

    def claim_delivery(self, delivery_id: int, *, now: datetime, until: datetime) -> bool:
        """Take a due delivery for this process, so that no other one sends it before `until`.

        Returns False when another process took it. One that dies over it leaves it due again at `until`.
        """
        with writing(self._engine) as connection:
            return delivering.claim(connection, delivery_id, now, until)


def _bring_up_to_date(engine: Engine, clock: Callable[[], datetime]) -> None:
    with reading(engine) as connection:
        current = revision_of(connection) == REVISION
    if not current:
        from storage.upgrading import upgrade  # here, since Alembic is slow to load and seldom needed

        upgrade(engine, clock=clock)
