"""Which version of a page a visitor means: a capture's number, a day, a moment or `now`. Nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from model import LeadershipPage
from monitor.differing import Difference, differ
from monitor.history.answers import AsOf, on
from monitor.history.timeline import gap_among
from monitor.sources import EXAMPLES, SourceError, moment_of
from storage import NotThere, StoredCapture
from web.visiting import LARGEST, Visit, own


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the page: as it was asked for, and the capture and rows that stand for it."""

    asked: str
    capture: int
    taken_at: datetime
    rows: LeadershipPage


def version(here: Visit, asked: str) -> Version:
    """Return the version that is meant; raises SourceError, or NotThere where the archive has none."""
    stored = _stored(here, asked.strip())
    if stored.snapshot_id is None:
        raise NotThere(f"capture {stored.id} is kept, but no leadership page was read from it")
    return Version(asked, stored.id, stored.fetched_at, here.archive.snapshot(stored.snapshot_id).page)


def difference(a: Version, b: Version) -> Difference:
    """Return what lies between two versions, as `leaderwatch diff` tells it."""
    rows = {"a": a.rows, "b": b.rows}
    return differ("a", "b", rows.__getitem__)


def _stored(here: Visit, asked: str) -> StoredCapture:
    if _is_number(asked):
        found: StoredCapture = own(here, here.archive.stored_capture(int(asked)), "capture")
        return found
    stored = here.archive.capture_at(here.page.id, moment_asked(here, asked))
    if stored is None:
        raise NotThere(f"the archive holds nothing of the page at or before {asked}")
    return stored


def _is_number(asked: str) -> bool:
    return asked.isascii() and asked.isdigit() and int(asked[:20]) <= LARGEST


def moment_meant(here: Visit, asked: str) -> datetime | None:
    """Return the moment that a date or `now` means; None for a capture's number."""
    return None if _is_number(asked.strip()) else moment_asked(here, asked.strip())


def moment_asked(here: Visit, asked: str) -> datetime:
    """Return the moment that a day (its end, in UTC), a moment or `now` means; raises SourceError."""
    moment = here.site.clock() if asked == "now" else moment_of(asked)
    if moment is None:
        raise SourceError(f"{asked!r} is no date ({EXAMPLES})")
    return moment


def as_it_stood(here: Visit, moment: datetime) -> AsOf:
    """Return who led what at a moment, and how surely."""
    return on(here.history, moment, gap_among(here.archive, here.remembered.sightings, moment))
