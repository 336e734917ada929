"""What one run of the check works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from model import Capture, LeadershipPage
from monitor.settings import PageSettings
from monitor.stopwatch import Stopwatch
from scraper.version import PARSER_VERSION
from storage.rows import GoodCapture, Reading

if TYPE_CHECKING:
    from monitor.settings import Settings
    from storage import Archive
    from storage.rows import StoredPage

Clock = Callable[[], datetime]
Read = Callable[[Capture], LeadershipPage]
Known = GoodCapture | Reading
"""The newest version of a page that was judged ok: what a 304 confirms."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the pipeline: the page, what it works with, and the slot of the timetable that it is for."""

    page: PageSettings
    page_id: int
    archive: Archive
    settings: Settings
    clock: Clock
    started_at: datetime
    read: Read
    slot_id: int | None = None
    stopwatch: Stopwatch = field(default_factory=Stopwatch)

    @property
    def reads_by(self) -> str:
        return reads_by(self.page)


def watched_page(stored: StoredPage, settings: Settings) -> PageSettings:
    """Return what the settings say of a page in the archive; the defaults, where they watch it no more."""
    watched = (page for page in settings.pages if page.url == stored.url)
    return next(watched, PageSettings(name=stored.name, url=stored.url))


def reads_by(page: PageSettings) -> str:
    """Return a digest of what a reading rests on besides the bytes: the reader and the page's own rules."""
    return sha256(repr((PARSER_VERSION, page.required)).encode()).hexdigest()
