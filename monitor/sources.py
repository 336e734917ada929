"""What `parse` and `diff` are given: a file, a URL, `-`, a capture's number, a date, `now`; a page comes out.

Numbers, dates and `now` ask the archive and fetch nothing. A date means the end of that day in UTC: the newest
capture until then.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from model import Capture, LeadershipPage, LeaderwatchError, Verdict
from monitor.plain_words import clip
from scraper import parse, parse_capture
from scraper.errors import NotALeadershipPage
from scraper.verdict import judge

if TYPE_CHECKING:
    from storage import Archive

EXAMPLES = "a date is 2024-05-01 or 2024-05-01T12:00Z"

MAX_BYTES = 50_000_000
LONGEST_NUMBER = 18
"""Digits of a capture's number at most: what a database's integer holds."""

_ALL_DAY = timedelta(days=1, microseconds=-1)

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?P<time>[T ].+)?")


class SourceError(LeaderwatchError):
    """A source that is not there or cannot be read: the message names it and says what would do."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Where sources are looked for; what they need is opened when they need it."""

    fetch: Callable[[str], Capture]
    archive: Callable[[], Archive]
    page: Callable[[Archive], int]
    clock: Callable[[], datetime]
    stdin: BinaryIO

    def read(self, source: str) -> LeadershipPage:
        """Return what the source says.

        Raises ScraperError where it is no leadership page, SourceError where it cannot be had.
        """
        if source == "-":
            return _parse_bytes(self.stdin.read(MAX_BYTES + 1), "standard input")
        if source.startswith(("http://", "https://")):
            return read_capture(self.fetch(source))
        if _is_there(source):
            return _parse_bytes(_content(Path(source)), source)
        return read_capture(self.archived(source))

    def archived(self, source: str) -> Capture:
        """Return the capture of that number, or the newest until that date; raises SourceError, ArchiveError."""
        if source.isascii() and source.isdigit():
            if len(source) > LONGEST_NUMBER:
                raise SourceError(f"no capture has the number {clip(source, 2 * LONGEST_NUMBER)}")
            return self.archive().capture(int(source))
        moment = self.moment_meant(source)
        if moment is None:
            raise SourceError(f"{source!r} is no file, URL, capture number or date ({EXAMPLES})")
        archive = self.archive()
        stored = archive.capture_at(self.page(archive), moment)
        if stored is None:
            raise SourceError(f"the archive holds nothing of the page at or before {source}")
        return stored.capture

    def moment_meant(self, source: str) -> datetime | None:
        """Return the moment that a date or `now` means; None where the source is neither."""
        return self.clock() if source == "now" else moment_of(source)


def moment_asked(written: str, clock: Callable[[], datetime]) -> datetime:
    """Return the moment that a day (its end, in UTC), a moment or `now` means; raises SourceError."""
    return clock() if written == "now" else _required(written)


def moment_of(written: str) -> datetime | None:
    """Return the moment that a date or a time with its zone means; None where it is neither.

    Raises SourceError for a time without a zone, and for a day that no calendar has.
    """
    match = _DATE.fullmatch(written)
    if not match:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise SourceError(f"{written!r} is no date: {error}") from None
    if not match["time"]:
        return datetime.combine(moment, time(), UTC) + _ALL_DAY
    if moment.tzinfo is None:
        raise SourceError(f"{written!r} names no time zone: add Z for UTC, or an offset such as -05:00")
    return moment.astimezone(UTC)


def day_begins(written: str) -> datetime:
    """Return the first moment that a date or time means; raises SourceError where it is neither."""
    moment = _required(written)
    return moment if "T" in written or " " in written else moment - _ALL_DAY


def day_ends(written: str) -> datetime:
    """Return the first moment after what a date or time means; raises SourceError where it is neither."""
    return _required(written) + timedelta(microseconds=1)


def _required(written: str) -> datetime:
    moment = moment_of(written)
    if moment is None:
        raise SourceError(f"{written!r} is no date ({EXAMPLES})")
    return moment


def _is_there(source: str) -> bool:
    """Return whether this names something to read, a pipe included; SourceError for a folder."""
    try:
        if source and Path(source).is_dir():
            raise SourceError(f"{source} is a folder: name a file in it")
        return bool(source) and Path(source).exists()
    except OSError:
        return False


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(f"cannot read {file}: {error.strerror}") from None


def _parse_bytes(markup: bytes, name: str) -> LeadershipPage:
    if len(markup) > MAX_BYTES:
        raise SourceError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB: no page is")
    return parse(markup)


def read_capture(capture: Capture) -> LeadershipPage:
    """Return what a capture says; raises ScraperError with the reason where it is no leadership page."""
    judgement = judge(capture)
    if judgement.verdict is not Verdict.OK:
        raise NotALeadershipPage(judgement.reason or judgement.verdict.value, verdict=judgement.verdict)
    return parse_capture(capture)
