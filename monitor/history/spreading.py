"""An import shared out: captures are kept by one process, and read by many, a batch at a time.

The task to read a batch is put with the captures, in one transaction, so that none is kept and never read. It may
be done twice: what is a sighting already is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from model import Capture, LeadershipPage
from monitor.history.importing import (
    BATCH,
    NOT_MODIFIED,
    Content,
    ImportReport,
    Intake,
    Read,
    Unread,
    content_of,
    sighting_of,
)
from monitor.sources import read_capture
from scraper.errors import ScraperError
from scraper.version import PARSER_VERSION
from storage.rows import SnapshotState

if TYPE_CHECKING:
    from monitor.importing.found import Found
    from monitor.running import Clock
    from storage import Archive, StoredPage, Transaction

HandOn = Callable[["Transaction", Sequence[int]], object]
"""Puts the task to read these captures, with the transaction that keeps them."""


def keep_all(
    archive: Archive,
    page: StoredPage,
    captures: Iterable[Found],
    clock: Clock,
    *,
    hand_on: HandOn,
) -> ImportReport:
    """Keep captures from elsewhere and hand them on, a batch at a time; `taken` counts those handed on."""
    intake = Intake(page, clock, read_capture)
    left = iter(captures)
    while batch := list(islice(left, BATCH)):
        with archive.transaction() as tx:
            new = intake.keep(tx, batch)
            if new:
                hand_on(tx, [number for number, _ in new])
        intake.taken += len(new)
    return ImportReport(intake.taken, intake.known, tuple(intake.unread))


def read_kept(
    archive: Archive,
    page: StoredPage,
    numbers: Sequence[int],
    *,
    done: Callable[[Transaction], object],
    read: Read = read_capture,
) -> ImportReport:
    """Read captures that were kept, and take them as sightings; `done` is called in the transaction that does.

    The page's history is to be derived anew afterwards, with the captures that only refer to others.
    """
    captures = ((number, archive.capture(number)) for number in numbers)
    kept = {number: capture for number, capture in captures if capture.status != NOT_MODIFIED}
    said = _read_each(kept, read)
    unread = [
        Unread(capture.url, capture.fetched_at, reason)
        for capture in kept.values()
        if isinstance(reason := said[content_of(capture)], str)
    ]
    with archive.transaction() as tx:
        tx.hold(page.id)
        known = tx.sighted(page.id, numbers)
        readable = {number: capture for number, capture in kept.items() if number not in known}
        taken = _take(tx, page, readable, said)
        done(tx)
    return ImportReport(taken, len(known), tuple(unread))


def _read_each(kept: dict[int, Capture], read: Read) -> dict[Content, LeadershipPage | str]:
    """Return what each content says, or why it says nothing."""
    said = dict[Content, LeadershipPage | str]()
    for capture in kept.values():
        if (content := content_of(capture)) not in said:
            try:
                said[content] = read(capture)
            except ScraperError as trouble:
                said[content] = trouble.reason
    return said


def _take(
    tx: Transaction,
    page: StoredPage,
    captures: dict[int, Capture],
    said: dict[Content, LeadershipPage | str],
) -> int:
    """Save what was read, each content once, and the sightings that rest on it; return their number."""
    saved, rows = dict[Content, int](), []
    for number, capture in captures.items():
        content = content_of(capture)
        reading = said[content]
        if isinstance(reading, str):
            continue
        if content not in saved:
            saved[content] = tx.save_snapshot(
                page.id, number, reading, parser_version=PARSER_VERSION, state=SnapshotState.BELIEVED
            )
        rows.append(sighting_of(number, saved[content], capture.fetched_at))
    tx.take_place("sightings", page.id, (), rows)
    return len(rows)
