"""The evidence goes out as WARC and comes back the same, and so do other programs' web archives."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from model import Capture
from monitor.cli import main
from monitor.exporting.warc import WarcFile
from monitor.history.timeline import told_history_of
from monitor.importing.found import Found, ImportProblem, Left, same_page
from monitor.importing.warcs import captures_in_wacz, captures_in_warc
from storage import Archive, upkeep
from tests.archive_rows import START, URL, hours, served
from tests.loopback import Site
from tests.watching import Watch, instead, markup

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


def read(content: bytes, folder: Path, *, url: str = URL) -> tuple[list[Capture], Left]:
    """Return the captures of the page in a WARC file, and what was left."""
    file, left = folder / "read.warc", Left()
    file.write_bytes(content)
    found = list(captures_in_warc(file, url, left))
    assert all(each.source.startswith(f"{file}#<urn:uuid:") for each in found)
    return [each.capture for each in found], left


@pytest.mark.parametrize("compressed", [False, True])
def test_evidence_comes_back_as_it_went_out(tmp_path: Path, compressed: bool) -> None:
    content = written(EVIDENCE, compressed=compressed)
    captures, left = read(content, tmp_path)
    assert captures == EVIDENCE
    assert left == Counter()
    assert written(captures, compressed=compressed) == content


def test_an_archive_exported_imported_and_exported_again_gives_the_same_bytes_and_the_same_history(
    tmp_path: Path, site: Site, client: httpx.Client
) -> None:
    with Archive.open(tmp_path / "watched.db") as archive:
        watch = Watch(site, archive, client)
        watch.checked(markup())
        watch.checked(markup(), days=1)
        watch.serve_bare("<html><h1>Access Denied</h1></html>", status=403)
        watch.clock.move(days=1)
        watch.check()
        watch.checked(instead(Rivers="Director Maria Santos"), days=1)
        watch.checked(markup(), days=1)
        watch.checked(markup(), days=3)
        page = watch.page
        before = told_history_of(archive, archive.pages()[0])
    first = call(tmp_path, "export", "--format", "warc", "--out", "first.warc.gz", "--database", "watched.db")
    assert (first.exit_code, first.stderr) == (0, "")
    taken = call(tmp_path, "import", "first.warc.gz", "--url", page.url, "--database", "other.db")
    assert (taken.exit_code, taken.stderr) == (0, "")
    call(tmp_path, "export", "--format", "warc", "--out", "second.warc.gz", "--database", "other.db")
    assert (tmp_path / "first.warc.gz").read_bytes() == (tmp_path / "second.warc.gz").read_bytes()
    with Archive.open(tmp_path / "other.db") as archive:
        after = told_history_of(archive, archive.pages()[0])
        assert upkeep.verify(archive).faults == ()
        assert archive.deliveries() == []
    assert [
        (each.office, each.first_seen, each.last_seen, each.began, each.ended) for each in after.tenures
    ] == [(each.office, each.first_seen, each.last_seen, each.began, each.ended) for each in before.tenures]
    assert [each.change for each in after.changes] == [each.change for each in before.changes]


def call(folder: Path, *words: str) -> Result:
    runner = CliRunner()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return runner.invoke(main, words, env={"LEADERWATCH_ALLOW_PRIVATE": "127.0.0.1"})


def crawled(*records: tuple[str, str, str, bytes]) -> bytes:
    """Return a WARC file as a crawler writes it: type, URL, status with headers, body."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for kind, url, head, body in records:
        status, *headers = head.split("\n")
        pairs = [tuple(line.split(": ", 1)) for line in headers]
        http = StatusAndHeaders(status, pairs, protocol="HTTP/1.1") if kind == "response" else None
        writer.write_record(
            writer.create_warc_record(url, kind, io.BytesIO(body), len(body), http_headers=http)
        )
    return out.getvalue()


def test_only_the_records_of_the_page_are_taken_and_the_others_counted(tmp_path: Path) -> None:
    http = URL.replace("https://", "http://www.")
    content = crawled(
        ("response", "https://agency.example/style.css", "200 OK\nContent-Type: text/css", b"p {}"),
        ("request", URL, "", b"GET /leadership HTTP/1.1\r\n\r\n"),
        (
            "response",
            f"{http}/",
            "200 OK\nContent-Type: text/html\nSet-Cookie: a=1\nSet-Cookie: b=2",
            b"<p>1</p>",
        ),
        ("response", f"{URL}?page=2", "200 OK\nContent-Type: text/html", b"<p>2</p>"),
    )
    (capture,), left = read(content, tmp_path)
    assert (capture.url, capture.body) == (f"{http}/", b"<p>1</p>")
    assert capture.headers == {"content-type": "text/html", "set-cookie": "a=1, b=2"}
    assert left == {"records of other URLs": 2}


def test_what_the_pages_redirects_lead_to_is_the_page(tmp_path: Path) -> None:
    content = crawled(
        ("response", URL, "301 Moved\nLocation: /about/leadership", b""),
        ("response", "https://agency.example/about/leadership", "200 OK\nContent-Type: text/html", b"<p>1</p>"),
    )
    (capture,), left = read(content, tmp_path)
    there = "https://agency.example/about/leadership"
    assert (capture.url, capture.redirects, capture.final_url) == (URL, (there,), there)
    assert left == {}


def test_bodies_are_decoded_and_those_that_cannot_be_are_counted(tmp_path: Path) -> None:
    chunked = b"4\r\n<p>1\r\n4\r\n</p>\r\n0\r\n\r\n"
    content = crawled(
        ("response", URL, "200 OK\nTransfer-Encoding: chunked", chunked),
        ("response", URL, "200 OK\nContent-Encoding: br", b"\x8b\x03\x80abc\x03"),
    )
    (capture,), left = read(content, tmp_path)
    assert capture.body == b"<p>1</p>"
    assert left == {"records that cannot be read": 1}


def revisit(refers_at: str | None) -> bytes:
    """Return a WARC file that holds a revisit of a record in another file, or of one that it does not name."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    record = writer.create_revisit_record(URL, "sha1:ABC", URL, refers_at or "2020-01-01T00:00:00Z")
    if refers_at is None:
        record.rec_headers.remove_header("WARC-Refers-To-Date")
    writer.write_record(record)
    return out.getvalue()


def test_a_revisit_that_does_not_say_of_what_is_counted(tmp_path: Path) -> None:
    assert read(revisit(None), tmp_path) == ([], {"revisits that do not say of what": 1})


def test_a_revisit_of_what_another_file_holds_is_a_304_that_refers_to_it(tmp_path: Path) -> None:
    file, left = tmp_path / "revisit.warc", Left()
    file.write_bytes(revisit("2020-01-01T00:00:00Z"))
    (found,) = captures_in_warc(file, URL, left)
    assert (found.capture.status, found.capture.body, left) == (304, b"", {})
    assert found.refers_at == datetime(2020, 1, 1, tzinfo=UTC)


def test_two_304s_come_back_with_the_headers_that_they_had(tmp_path: Path) -> None:
    kept = [served(b"", hours(each), status=304, headers={"etag": f'"{each}"'}) for each in (1, 2)]
    content = written(kept)
    captures, _ = read(content, tmp_path)
    assert captures == kept
    assert written(captures) == content


def test_a_wacz_package_holds_warc_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as package:
        package.writestr("archive/data.warc.gz", written(EVIDENCE, compressed=True))
        package.writestr("pages/pages.jsonl", "{}")
    found = list(captures_in_wacz(tmp_path / "a.wacz", URL, Left()))
    assert [each.capture for each in found] == EVIDENCE


@pytest.mark.parametrize("content", [b"<html>no WARC</html>", b"\x1f\x8bcut"])
def test_a_file_that_is_no_web_archive_is_named(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ImportProblem, match=r"read\.warc is no WARC file, or was cut short"):
        read(content, tmp_path)
    (tmp_path / "a.wacz").write_bytes(content)
    with pytest.raises(ImportProblem, match=r"a\.wacz is no WACZ package"):
        list(captures_in_wacz(tmp_path / "a.wacz", URL, Left()))


def test_a_web_archive_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    file, left = tmp_path / "cut.warc.gz", Left()
    file.write_bytes(written(EVIDENCE, compressed=True)[:-40])
    found = list[Found]()
    with pytest.raises(ImportProblem, match="cut short"):
        found.extend(captures_in_warc(file, URL, left))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.cbp.gov:80/about/", "https://cbp.gov/about#top", True),
        ("https://cbp.gov/about", "https://cbp.gov/About", False),
        ("https://cbp.gov/about?x=1", "https://cbp.gov/about", False),
        ("https://cbp.gov:8443/about", "https://cbp.gov/about", False),
        ("https://[broken", "https://cbp.gov/about", False),
    ],
)
def test_a_page_is_one_however_its_url_is_written(one: str, other: str, same: bool) -> None:
    assert same_page(one, other) is same
