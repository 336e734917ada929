"""The page's captures in WARC files (ISO 28500, WARC 1.1) and in WACZ packages of them.

Responses for the page's URL are taken, those that its redirects lead to, and revisits of either, which stand for
the bytes of an earlier record; where that is not in the file, for a 304. What belongs to other URLs is left, and
counted.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urljoin

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from model import Capture
from monitor.importing.found import Found, ImportProblem, Left, same_page
from monitor.warc_fields import ASKED_FOR, headers_as_served

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

OTHER_URL = "records of other URLs"
NO_PAYLOAD = "revisits that do not say of what"
NOT_MODIFIED = 304
UNREADABLE = "records that cannot be read"
DECODED = ("", "identity", "gzip", "x-gzip", "deflate")
"""The content encodings that warcio undoes by itself."""


def captures_in_warc(file: Path, url: str, left: Left) -> Iterator[Found]:
    """Yield the page's captures in a WARC file, compressed or not; raises ImportProblem where it is none."""
    try:
        with file.open("rb") as opened:
            yield from Pass(str(file), url, left).captures(opened)
    except OSError as error:
        raise ImportProblem(f"cannot read {file}: {error.strerror}") from None


def captures_in_wacz(file: Path, url: str, left: Left) -> Iterator[Found]:
    """Yield the page's captures in the WARC files of a WACZ package; raises ImportProblem where it is none."""
    try:
        with zipfile.ZipFile(file) as package:
            reading = Pass(str(file), url, left)
            for name in sorted(package.namelist()):
                if name.endswith((".warc", ".warc.gz")):
                    with package.open(name) as opened:
                        yield from reading.captures(opened)
    except zipfile.BadZipFile as error:
        raise ImportProblem(f"{file} is no WACZ package: {error}") from None
    except OSError as error:
        raise ImportProblem(f"cannot read {file}: {error.strerror}") from None


@dataclass(frozen=True, slots=True)
class Payload:
    """What a revisit may stand for: the status and the bytes, packed, of an earlier record."""

    status: int
    packed: bytes


@dataclass
class Pass:
    """One pass over the records of a file: where the page's redirects led, and which payloads went by."""

    file: str
    url: str
    left: Left
    led_to: dict[str, tuple[str, ...]] = field(default_factory=dict)
    payloads: dict[str, Payload] = field(default_factory=dict)

    def captures(self, opened: IO[bytes]) -> Iterator[Found]:
        """Yield the page's captures in the order of the records."""
        try:
            for record in ArchiveIterator(opened):
                if record.rec_type not in ("response", "revisit"):
                    continue
                try:
                    found = self._found(record)
                except (ValueError, LookupError, TypeError):
                    self.left[UNREADABLE] += 1
                    continue
                if found:
                    yield found
        except (ArchiveLoadFailed, zlib.error, EOFError) as error:
            raise ImportProblem(f"{self.file} is no WARC file, or was cut short ({error})") from None

    def _found(self, record: ArcWarcRecord) -> Found | None:
        target = _field(record, "WARC-Target-URI")
        asked = self._asked_for(record, target)
        if asked is None:
            self.left[OTHER_URL] += 1
            return None
        if record.rec_type == "revisit":
            return self._revisit(record, asked, target)
        capture = _response(record, asked, target)
        location = capture.headers.get("location")
        if 300 <= capture.status < 400 and location and not record.rec_headers.get_header(ASKED_FOR):
            following = urljoin(target, location)
            self.led_to[following] = (*asked, following)
            return None
        self._remember(record, capture)
        return Found(capture, self._source(record))

    def _source(self, record: ArcWarcRecord) -> str:
        return f"{self.file}#{_field(record, 'WARC-Record-ID')}"

    def _asked_for(self, record: ArcWarcRecord, target: str) -> tuple[str, ...] | None:
        """Return the URL that was asked for and those that redirects led to; None for another page's."""
        if written := record.rec_headers.get_header(ASKED_FOR):
            asked = tuple(json.loads(written))
            return asked if same_page(asked[0], self.url) else None
        return (target,) if same_page(target, self.url) else self.led_to.get(target)

    def _remember(self, record: ArcWarcRecord, capture: Capture) -> None:
        payload = Payload(capture.status, zlib.compress(capture.body, 1))
        for name in _names(record, "WARC-Record-ID", "WARC-Target-URI", "WARC-Date"):
            self.payloads[name] = payload

    def _revisit(self, record: ArcWarcRecord, asked: tuple[str, ...], target: str) -> Found | None:
        """Return the bytes seen again; without headers of its own, it was as before (WARC 1.1, 6.7)."""
        refers = _names(record, "WARC-Refers-To", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date")
        known = next((self.payloads[name] for name in refers if name in self.payloads), None)
        said = record.http_headers
        if known is None:
            headers = headers_as_served(said.headers) if said else {}
            if _refers_at(record) is None and "etag" not in headers:
                self.left[NO_PAYLOAD] += 1
                return None
            capture = _built(record, asked, target, NOT_MODIFIED, headers, b"")
            return Found(capture, self._source(record), _refers_at(record))
        is_own = said is not None and (
            known.status == NOT_MODIFIED or said.get_statuscode() not in ("", str(NOT_MODIFIED))
        )
        status = int(said.get_statuscode()) if is_own else known.status
        headers = headers_as_served(said.headers) if is_own else {}
        capture = _built(record, asked, target, status, headers, zlib.decompress(known.packed))
        return Found(capture, self._source(record))


def _response(record: ArcWarcRecord, asked: tuple[str, ...], target: str) -> Capture:
    said = record.http_headers
    encoding = (said.get_header("content-encoding") or "").strip().lower()
    if encoding not in DECODED:
        raise ValueError(f"{encoding} cannot be undone")
    body = record.content_stream().read()
    record.raw_stream.read()
    if record.raw_stream.limit:
        raise EOFError(f"{record.raw_stream.limit} bytes of its last record are missing")
    return _built(record, asked, target, int(said.get_statuscode()), headers_as_served(said.headers), body)


def _built(
    record: ArcWarcRecord,
    asked: tuple[str, ...],
    target: str,
    status: int,
    headers: dict[str, str],
    body: bytes,
) -> Capture:
    moment = _moment(_field(record, "WARC-Date"))
    is_cut = record.rec_headers.get_header("WARC-Truncated") is not None
    return Capture(asked[0], target, status, headers, body, moment, asked[1:], is_cut)


def _field(record: ArcWarcRecord, name: str) -> str:
    found: str | None = record.rec_headers.get_header(name)
    if not found:
        raise LookupError(name)
    return found


def _refers_at(record: ArcWarcRecord) -> datetime | None:
    written = record.rec_headers.get_header("WARC-Refers-To-Date")
    return _moment(written) if written else None


def _moment(written: str) -> datetime:
    """Return a moment in UTC, as it is meant whatever is left out (WARC 1.1, 5.4)."""
    moment = datetime.fromisoformat(written)
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC)


def _names(record: ArcWarcRecord, number: str, target: str, date: str) -> list[str]:
    """Return the names by which a record is known: its number, its digest, its URL and time."""
    fields = record.rec_headers.get_header
    known = [
        fields(number),
        fields("WARC-Payload-Digest"),
        " ".join(filter(None, (fields(target), fields(date)))),
    ]
    return [name for name in known if name]
