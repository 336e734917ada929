"""What `parse` and `diff` are given, and what is made of it."""

from __future__ import annotations

import io
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import httpx
import pytest

from model import LeaderwatchError
from monitor.asking import get
from monitor.differing import differ
from monitor.sources import Reader, SourceError, day_begins, day_ends, moment_of
from scraper.errors import FetchError, NotALeadershipPage
from storage import Archive
from tests.loopback import Site
from tests.watching import PATH, Clock, Watch, instead, markup


def unasked(*_: object) -> NoReturn:
    raise AssertionError("nothing else is opened than what the source needs")


def reader(stdin: bytes = b"") -> Reader:
    return Reader(unasked, unasked, unasked, unasked, io.BytesIO(stdin))


@pytest.fixture
def archived(site: Site, archive: Archive, client: httpx.Client) -> Reader:
    """A reader over an archive with a page that changed between 1 and 2 May 2024, 06:00 UTC."""
    watch = Watch(site, archive, client)
    watch.checked(markup())
    watch.checked(instead(Rivers="Director Zoe Park"), days=1)
    return Reader(unasked, lambda: archive, lambda _: watch.page_id, watch.clock, io.BytesIO())


def rivers(reader: Reader, source: str) -> str:
    [office] = (office for office in reader.read(source).offices if office.name == "Office of Rivers")
    assert office.leader is not None
    return office.leader.name


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-05-01", "2024-05-01T23:59:59.999999+00:00"),
        ("2024-05-01T12:00Z", "2024-05-01T12:00:00+00:00"),
        ("2024-05-01T12:00-05:00", "2024-05-01T17:00:00+00:00"),
        ("2024-05-01 12:00:30+00:00", "2024-05-01T12:00:30+00:00"),
    ],
)
def test_a_date_is_the_end_of_its_day_and_a_time_itself(written: str, moment: str) -> None:
    found = moment_of(written)
    assert found is not None
    assert (found.isoformat(), found.tzinfo) == (moment, UTC)


@pytest.mark.parametrize("written", ["now", "12", "page.html", "2024", "05/01/2024", ""])
def test_anything_else_is_no_moment(written: str) -> None:
    assert moment_of(written) is None


@pytest.mark.parametrize("written", ["2024-02-30", "2024-05-01T12:00", "2024-05-01T25:00Z", "2024-05-01Tnoon"])
def test_an_impossible_or_naive_time_is_refused(written: str) -> None:
    with pytest.raises(SourceError, match=written):
        moment_of(written)


def test_a_day_begins_and_ends_at_midnight_utc() -> None:
    assert day_begins("2024-05-01") == datetime(2024, 5, 1, tzinfo=UTC)
    assert day_ends("2024-05-01") == datetime(2024, 5, 2, tzinfo=UTC)
    assert day_begins("2024-05-01T12:00Z") == datetime(2024, 5, 1, 12, tzinfo=UTC)
    with pytest.raises(SourceError):
        day_begins("yesterday")


def test_standard_input_and_files_need_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "12"
    file.write_text(markup(), encoding="utf-8")
    assert rivers(reader(markup().encode()), "-") == "Rafael Ortega"
    assert rivers(reader(), str(file)) == "Rafael Ortega"


def test_a_pipe_is_read_and_a_folder_is_not(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[markup().encode()])
    writer.start()
    assert rivers(reader(), str(pipe)) == "Rafael Ortega"
    writer.join()
    for folder in (str(tmp_path), "."):
        with pytest.raises(SourceError, match="is a folder: name a file in it"):
            reader().read(folder)
    with pytest.raises(SourceError, match="is no file, URL"):
        reader().read("long" * 1000)


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000])
def test_a_number_that_no_capture_can_have_is_named_in_one_short_line(number: str) -> None:
    with pytest.raises(SourceError, match=r"no capture has the number 9{19,35}…?$"):
        reader().read(number)


def test_a_capture_by_its_number_needs_no_page(site: Site, archive: Archive, client: httpx.Client) -> None:
    Watch(site, archive, client).checked(markup())
    assert rivers(Reader(unasked, lambda: archive, unasked, unasked, io.BytesIO()), "1") == "Rafael Ortega"


def test_a_url_is_fetched(site: Site, client: httpx.Client) -> None:
    from monitor.settings import FetchSettings

    site.serve(PATH, markup())
    fetching = Reader(
        lambda url: get(client, url, FetchSettings(), clock=Clock()), unasked, unasked, unasked, io.BytesIO()
    )
    assert rivers(fetching, site.url(PATH)) == "Rafael Ortega"
    with pytest.raises(NotALeadershipPage, match="404"):
        fetching.read(site.url("/nothing"))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("1", "Rafael Ortega"),
        ("2", "Zoe Park"),
        ("2024-05-01", "Rafael Ortega"),
        ("2024-05-02T05:59Z", "Rafael Ortega"),
        ("2024-05-02T06:00Z", "Zoe Park"),
        ("now", "Zoe Park"),
    ],
)
def test_numbers_and_dates_ask_the_archive(archived: Reader, source: str, name: str) -> None:
    assert rivers(archived, source) == name


@pytest.mark.parametrize("source", ["2024-04-30", "3", "nowhere.html"])
def test_what_is_not_there_is_named(archived: Reader, source: str) -> None:
    with pytest.raises(LeaderwatchError, match=source):
        archived.read(source)


def test_the_difference_of_two_sources(archived: Reader) -> None:
    assert differ("1", "1", archived.read).to_json() == {"verdict": "same", "reason": None, "changes": []}
    difference = differ("1", "2", archived.read)
    assert (difference.verdict, [change.kind for change in difference.changes]) == (
        "changed",
        ["leader_replaced"],
    )


@pytest.mark.parametrize("sources", [("good", "bad"), ("bad", "good")])
def test_a_source_that_is_no_page_is_suspect_with_its_name(tmp_path: Path, sources: tuple[str, str]) -> None:
    (tmp_path / "good").write_text(markup(), encoding="utf-8")
    (tmp_path / "bad").write_text("<html><body><h1>404 Not Found</h1></body></html>", encoding="utf-8")
    a, b = (str(tmp_path / name) for name in sources)
    difference = differ(a, b, reader().read)
    assert (difference.verdict, difference.changes) == ("suspect", ())
    assert (difference.reason or "").startswith(str(tmp_path / "bad"))


def test_a_source_that_cannot_be_reached_is_trouble_not_suspect(tmp_path: Path) -> None:
    def refused(_: str) -> NoReturn:
        raise FetchError("refused the connection")

    (tmp_path / "good").write_text(markup(), encoding="utf-8")
    unreachable = Reader(refused, unasked, unasked, unasked, io.BytesIO())
    with pytest.raises(FetchError):
        differ(str(tmp_path / "good"), "http://127.0.0.1:9/", unreachable.read)
