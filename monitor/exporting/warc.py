"""The evidence as a WARC file (ISO 28500, WARC 1.1): one record for each capture, in the order of time.

Numbers and dates of the records are made from the captures alone, so that the same evidence gives the same file,
also after it was imported elsewhere. Bytes that came before are a `revisit` of the record that has them; where
nothing is known but that they were there again, it is empty.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http.client import responses
from typing import IO
from uuid import NAMESPACE_URL, uuid5

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from model import Capture
from monitor.showing import written
from monitor.warc_fields import ASKED_FOR, asked_for, headers_to_write

ABOUT = {
    "software": "Leaderwatch",
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
}


@dataclass(frozen=True, slots=True)
class Original:
    """The record that has some bytes first, as a revisit refers to it."""

    number: str
    target: str
    date: str
    payload_digest: str
    status: int


@dataclass
class WarcFile:
    """A WARC file while it is written; `originals` are the bytes it holds, by their sha256."""

    out: IO[bytes]
    compressed: bool
    originals: dict[str, Original] = field(default_factory=dict)
    records: int = 0

    def __post_init__(self) -> None:
        self.writer = WARCWriter(self.out, gzip=self.compressed, warc_version="WARC/1.1")

    def write(self, captures: Iterable[Capture]) -> int:
        """Write captures in the order of time and return how many there were."""
        for capture in captures:
            if not self.records:
                self.writer.write_record(self._about(capture.fetched_at))
            self._write_one(capture)
            self.records += 1
        return self.records

    def _about(self, moment: datetime) -> ArcWarcRecord:
        record = self.writer.create_warcinfo_record(None, ABOUT)
        _name(record, _number("warcinfo", str(written(moment))), moment)
        return record

    def _write_one(self, capture: Capture) -> None:
        digest = sha256(capture.body).hexdigest()
        number = _number(
            capture.url, capture.final_url, str(written(capture.fetched_at)), str(capture.status), digest
        )
        original = self.originals.get(digest)
        record = self._response(capture) if original is None else self._revisit(capture, original)
        _name(record, number, capture.fetched_at)
        fields = record.rec_headers
        if asked := asked_for(capture):
            fields.add_header(ASKED_FOR, asked)
        if capture.truncated:
            fields.add_header("WARC-Truncated", "disconnect")
        if original is None:
            date, payload = fields.get_header("WARC-Date"), fields.get_header("WARC-Payload-Digest")
            self.originals[digest] = Original(number, capture.final_url, date, payload, capture.status)
        self.writer.write_record(record)

    def _response(self, capture: Capture) -> ArcWarcRecord:
        body = io.BytesIO(capture.body)
        return self.writer.create_warc_record(
            capture.final_url, "response", body, len(capture.body), http_headers=_http(capture)
        )

    def _revisit(self, capture: Capture, original: Original) -> ArcWarcRecord:
        says_more = capture.headers or capture.status != original.status
        record = self.writer.create_revisit_record(
            capture.final_url,
            original.payload_digest,
            original.target,
            original.date,
            http_headers=_http(capture) if says_more else None,
        )
        record.rec_headers.add_header("WARC-Refers-To", original.number)
        return record


class Headers(StatusAndHeaders):  # type: ignore[misc]  # warcio ships no types
    """Headers whose values keep what is not ASCII, where warcio would percent-encode it."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self.to_bytes(header_filter, "utf-8")


def _http(capture: Capture) -> Headers:
    line = f"{capture.status} {responses.get(capture.status, '')}".rstrip()
    return Headers(line, list(headers_to_write(capture)), protocol="HTTP/1.1")


def _number(*words: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(words))}>"


def _name(record: ArcWarcRecord, number: str, moment: datetime) -> None:
    record.rec_headers.replace_header("WARC-Record-ID", number)
    record.rec_headers.replace_header("WARC-Date", str(written(moment)))
