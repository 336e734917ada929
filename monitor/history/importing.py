"""The past brought in: captures from elsewhere, kept as evidence, read, and taken as sightings.

They narrow what is known about the past and alert nobody. In whatever order they come in, and however often, the
history is the same: it is derived once, when the last of them is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from model import Capture, Json, LeadershipPage
from monitor import outbox
from monitor.history.deriving import rederive
from monitor.running import watched_page
from monitor.showing import written
from monitor.sources import read_capture
from monitor.taking_in import rules_of
from scraper.errors import ScraperError
from scraper.version import PARSER_VERSION
from storage.bodies import digest
from storage.rows import Origin, SnapshotState

if TYPE_CHECKING:
    from monitor.importing.found import Found
    from monitor.settings import Settings
    from storage import Archive, Transaction
    from storage.deriving import Values
    from storage.repeats import Repeat
    from storage.rows import StoredPage

BATCH = 100
"""How many captures are kept in one transaction."""

NOT_MODIFIED = 304
SAME_AS_UNKNOWN = "it says that the page was as before, and is kept until that version is brought in"

Read = Callable[[Capture], LeadershipPage]
Content = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Unread:
    """A capture that was kept and is no sighting of the page, with the reason in words."""

    url: str
    fetched_at: datetime
    reason: str

    def to_json(self) -> Json:
        return {"url": self.url, "fetched_at": written(self.fetched_at), "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import came to: captures taken in as sightings, those known before, those that read as no page."""

    taken: int
    known: int
    unread: tuple[Unread, ...]

    def to_json(self) -> Json:
        return {"taken": self.taken, "known": self.known, "unread": [each.to_json() for each in self.unread]}


def take_in(
    archive: Archive,
    page: StoredPage,
    captures: Iterable[Found],
    settings: Settings,
    clock: Callable[[], datetime],
    *,
    read: Read = read_capture,
    progress: Callable[[int], None] = lambda taken: None,
) -> ImportReport:
    """Keep captures from elsewhere and derive the page's history anew; `progress` hears how many were looked at.

    Captures that are known already are left out, so that an import that was cut short can be run again.
    """
    intake = Intake(page, clock, read)
    left, looked_at = iter(captures), 0
    while batch := list(islice(left, BATCH)):
        with archive.transaction() as tx:
            intake.take(tx, batch)
        looked_at += len(batch)
        progress(looked_at)
    with archive.transaction() as tx:
        intake.take_repeats(tx)
        wrong = rederive(tx, page.id, rules_of(watched_page(page, settings), settings))
        outbox.queue_retractions(tx, wrong, settings)
    unread = sorted(intake.unread, key=lambda each: each.fetched_at)
    return ImportReport(intake.taken, intake.known, tuple(unread))


def derive_again(archive: Archive, page: StoredPage, settings: Settings) -> None:
    """Derive a page's history from all that was brought in; what was told and turns out wrong is retracted."""
    with archive.transaction() as tx:
        tx.hold(page.id)
        take_repeats(tx, page.id)
        wrong = rederive(tx, page.id, rules_of(watched_page(page, settings), settings))
        outbox.queue_retractions(tx, wrong, settings)


def take_repeats(tx: Transaction, page_id: int) -> list[Repeat]:
    """Take as sightings what says that the page was as at another capture, whichever of the two came first."""
    found = tx.repeats(page_id)
    rows = [sighting_of(each.capture_id, each.snapshot_id, each.fetched_at) for each in found]
    tx.take_place("sightings", page_id, (), rows)
    return found


def content_of(capture: Capture) -> Content:
    """Return what captures that read the same have in common."""
    return digest(capture.body), capture.status, capture.final_url


@dataclass
class Intake:
    """What one import has come to so far: captures taken in, known before, and those that read as no page."""

    page: StoredPage
    clock: Callable[[], datetime]
    read: Read
    taken: int = 0
    known: int = 0
    unread: list[Unread] = field(default_factory=list)
    repeats: dict[int, Capture] = field(default_factory=dict)
    _contents: dict[Content, int | str] = field(default_factory=dict)

    def take(self, tx: Transaction, batch: list[Found]) -> None:
        """Keep the captures of a batch that are new, and the sightings among them."""
        rows = [row for number, capture in self.keep(tx, batch) if (row := self._sight(tx, number, capture))]
        tx.take_place("sightings", self.page.id, (), rows)
        self.taken += len(rows)

    def keep(self, tx: Transaction, batch: list[Found]) -> list[tuple[int, Capture]]:
        """Keep the captures of a batch, and return those that are new with their numbers."""
        kept = [
            (tx.bring_in(self.page.id, found.capture, found.source, refers_at=found.refers_at), found.capture)
            for found in self._past(batch)
        ]
        new = [(each.id, capture) for each, capture in kept if each.is_new]
        self.known += len(kept) - len(new)
        return new

    def _past(self, batch: list[Found]) -> Iterator[Found]:
        for found in batch:
            if found.capture.fetched_at > self.clock():
                self._leave(found.capture, "it is dated in the future: not kept")
            else:
                yield found

    def take_repeats(self, tx: Transaction) -> None:
        """Take as sightings what says that the page was as at another capture; leave what refers to an unknown one."""
        found = take_repeats(tx, self.page.id)
        self.taken += len(found)
        for number in self.repeats.keys() - {each.number for each in found}:
            self._leave(self.repeats[number], SAME_AS_UNKNOWN)

    def _sight(self, tx: Transaction, number: int, capture: Capture) -> Values | None:
        """Return the row of a new capture's sighting, None where it is none, or one of another capture."""
        if capture.status == NOT_MODIFIED:
            self.repeats[number] = capture
            return None
        content = content_of(capture)
        if content not in self._contents:
            self._contents[content] = self._read(tx, number, capture)
        snapshot = self._contents[content]
        if isinstance(snapshot, str):
            self._leave(capture, snapshot)
            return None
        return sighting_of(number, snapshot, capture.fetched_at)

    def _leave(self, capture: Capture, reason: str) -> None:
        self.unread.append(Unread(capture.url, capture.fetched_at, reason))

    def _read(self, tx: Transaction, number: int, capture: Capture) -> int | str:
        """Return the snapshot of what a capture says, or why it says nothing."""
        try:
            rows = self.read(capture)
        except ScraperError as trouble:
            return trouble.reason
        return tx.save_snapshot(
            self.page.id, number, rows, parser_version=PARSER_VERSION, state=SnapshotState.BELIEVED
        )


def sighting_of(capture_id: int, snapshot_id: int, seen_at: datetime) -> Values:
    """Return the row of a sighting that was brought in."""
    return {
        "capture_id": capture_id,
        "snapshot_id": snapshot_id,
        "first_seen": seen_at,
        "last_seen": seen_at,
        "times": 1,
        "origin": Origin.IMPORT,
        "believed": False,
        "blind_before": False,
    }
