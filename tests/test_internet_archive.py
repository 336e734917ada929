"""The Internet Archive is asked politely for what is not here yet: a stand-in of its CDX and playback on loopback."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from wayback import WaybackClient, WaybackSession

from monitor.importing.found import ImportProblem, Left
from monitor.importing.internet_archive import Download, open_client
from tests.archive_rows import URL
from tests.loopback import Reply, Site

STAMPS = {"20240419120000": b"<p>1</p>", "20240601000000": b"<p>2</p>", "20250122093000": b"<p>3</p>"}
CDX = "/cdx"


class StandIn(HTTPAdapter):
    """What is asked of web.archive.org is asked of a site on loopback, at the same path."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site = site

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        path = str(request.url).removeprefix("https://web.archive.org")
        there = request.copy()
        there.url = self.site.url(CDX if path.startswith("/cdx/search/cdx?") else path)
        response = super().send(there, *args, **more)
        response.url, response.request = str(request.url), request
        return response


@pytest.fixture
def download(site: Site) -> Download:
    """A download from a stand-in that has three captures, a redirect, and one that cannot be played back."""
    lines = [f"gov,agency)/leadership {stamp} {URL} text/html 200 ABC 9" for stamp in STAMPS]
    lines += [f"gov,agency)/leadership 20240501000000 {URL} text/html 301 DEF 9"]
    lines += [f"gov,agency)/leadership 20240502000000 {URL} text/html 200 GHI 9"]
    site.serve(CDX, "\n".join(lines))
    for stamp, body in STAMPS.items():
        site.serve_each(f"/web/{stamp}id_/{URL}", memento(body))
    site.serve(f"/web/20240502000000id_/{URL}", "gone", status=404)
    session = WaybackSession(retries=1, backoff=0, search_calls_per_second=0, memento_calls_per_second=0)
    session.mount("https://web.archive.org", StandIn(site))
    return Download(WaybackClient(session), Left())


def memento(body: bytes) -> Reply:
    headers = {
        "Memento-Datetime": "Fri, 19 Apr 2024 12:00:00 GMT",
        "Link": f'<{URL}>; rel="original"',
        "X-Archive-Orig-ETag": '"1"',
        "X-Archive-Orig-Server": "Akamai",
    }
    return Reply(body, headers=headers)


def at(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def listed(download: Download, *known: str) -> list[Any]:
    return download.listed(URL, since=None, until=None, known={at(stamp) for stamp in known})


def test_captures_come_with_their_own_time_headers_and_address(download: Download) -> None:
    found = list(download.captures(listed(download)))
    assert [(each.capture.fetched_at, each.capture.body) for each in found] == [
        (at(stamp), body) for stamp, body in STAMPS.items()
    ]
    first = found[0]
    assert (first.capture.url, first.capture.status) == (URL, 200)
    assert first.capture.headers == {
        "etag": '"1"',
        "server": "Akamai",
        "content-type": "text/html; charset=utf-8",
    }
    assert first.source == f"https://web.archive.org/web/20240419120000id_/{URL}"
    assert +download.left == {"redirects": 1, "captures that it cannot play back": 1}


def test_what_is_here_already_is_not_asked_for_again(download: Download, site: Site) -> None:
    found = list(download.captures(listed(download, "20240419120000", "20250122093000")))
    assert [each.capture.body for each in found] == [b"<p>2</p>"]
    assert site.asked_for(f"/web/20240419120000id_/{URL}") == 0
    assert download.left["captures that were here already"] == 2


def test_a_download_ends_where_the_archive_has_had_enough_and_keeps_what_it_got(
    download: Download, site: Site
) -> None:
    site.serve(f"/web/20240601000000id_/{URL}", "slow down", status=429)
    found = list(download.captures(listed(download)))
    assert [each.capture.body for each in found] == [b"<p>1</p>"]
    assert download.stopped is not None
    assert "rate limit" in download.stopped


def test_a_download_that_is_interrupted_ends(download: Download) -> None:
    captures = download.captures(listed(download))
    next(captures)
    with pytest.raises(StopIteration):
        captures.throw(KeyboardInterrupt)
    assert download.stopped == "interrupted"


def test_an_archive_that_does_not_answer_is_named(download: Download, site: Site) -> None:
    site.serve(CDX, "oops", status=400)
    with pytest.raises(ImportProblem, match=f"the Internet Archive does not list {URL}"):
        listed(download)


def test_it_is_told_who_asks() -> None:
    with open_client("https://newsroom.example/contact") as client:
        assert "(+https://newsroom.example/contact)" in client.session.headers["User-Agent"]
