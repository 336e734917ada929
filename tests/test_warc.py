"""The evidence goes out as WARC and comes back the same, and so do other programs' web archives."""

from __future__ import annotations

import io
from dataclasses import replace

from warcio.archiveiterator import ArchiveIterator

from model import Capture
from monitor.exporting.warc import WarcFile
from tests.archive_rows import START, URL, hours, served

EVIDENCE = [
    served(b"<p>abc</p>", headers={"etag": '"é"', "content-encoding": "gzip", "content-length": "99"}),
    served(b"<p>abc</p>", hours(1)),
    replace(served(b"<p>abc</p>", hours(2)), headers={}),
    replace(served(b"wall", hours(3), status=403), truncated=True),
    replace(served(b"moved", hours(4)), final_url=f"{URL}/x", redirects=(f"{URL}/y", f"{URL}/x")),
    served(b"", hours(5), status=301, headers={"location": "/elsewhere"}),
    served(b"<p>abc</p>", hours(6), status=404),
    served(bytes(range(256)), hours(7.25)),
]


def written(captures: list[Capture], *, compressed: bool = False) -> bytes:
    out = io.BytesIO()
    assert WarcFile(out, compressed).write(captures) == len(captures)
    return out.getvalue()


def test_each_capture_is_a_record_that_other_programs_read() -> None:
    records = [
        (
            record.rec_type,
            record.http_headers and record.http_headers.get_statuscode(),
            record.content_stream().read(),
        )
        for record in ArchiveIterator(io.BytesIO(written(EVIDENCE, compressed=True)), check_digests="raise")
    ]
    assert records[0][0] == "warcinfo"
    assert records[1:] == [
        ("response", "200", b"<p>abc</p>"),
        ("revisit", "200", b""),
        ("revisit", None, b""),
        ("response", "403", b"wall"),
        ("response", "200", b"moved"),
        ("response", "301", b""),
        ("revisit", "404", b""),
        ("response", "200", bytes(range(256))),
    ]


def test_a_record_keeps_the_headers_that_its_decoded_body_would_belie() -> None:
    first = written(EVIDENCE[:1]).decode()
    assert "x-orig-content-encoding: gzip\r\nx-orig-content-length: 99\r\n" in first
    assert 'etag: "é"' in first
    assert f"WARC-Date: {START:%Y-%m-%dT%H:%M:%SZ}" in first
