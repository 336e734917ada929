"""robots.txt as RFC 9309 says: what is not there allows, what cannot be had refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from model import Verdict
from scraper.errors import FetchError, RobotsRefused
from scraper.exchange import Limits
from scraper.robots import MAX_BYTES, Robots
from tests.conftest import USER_AGENT
from tests.loopback import Reply, Site

LIMITS = Limits(connect_timeout=0.5, read_timeout=0.5, total_timeout=1, max_bytes=MAX_BYTES, attempts=2)


@pytest.fixture
def robots(client: httpx.Client) -> Robots:
    return Robots(client, USER_AGENT, limits=LIMITS)


def test_rules_are_honoured(site: Site, robots: Robots) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /admin\nAllow: /admin/leaders$\nCrawl-delay: 10\n")
    assert robots.allows(site.url("/about/leadership"))
    assert not robots.allows(site.url("/admin"))
    assert robots.allows(site.url("/admin/leaders"))
    assert robots.crawl_delay(site.url("/about")) == 10.0
    assert site.asked_for("/robots.txt") == 1


def test_the_group_that_names_this_program_comes_first(site: Site, robots: Robots) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: LeaderWatch\nDisallow: /drafts\n")
    assert robots.allows(site.url("/about"))
    assert not robots.allows(site.url("/drafts/x"))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429])
def test_a_file_that_is_not_there_allows_everything(site: Site, robots: Robots, status: int) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /", status=status)
    assert robots.allows(site.url("/about"))
    assert robots.crawl_delay(site.url("/about")) is None


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
def test_a_failing_server_refuses_for_now(site: Site, robots: Robots, status: int) -> None:
    site.serve("/robots.txt", status=status)
    assert not robots.allows(site.url("/about"))
    assert robots.crawl_delay(site.url("/about")) is None
    with pytest.raises(RobotsRefused, match=str(status)) as caught:
        robots.require(site.url("/about"))
    assert caught.value.verdict is Verdict.ERROR
    site.serve("/robots.txt", "")
    assert robots.allows(site.url("/about")), "a failure is not remembered"


def test_a_site_that_is_gone_refuses(robots: Robots) -> None:
    with Site() as gone:
        url = gone.url("/")
    assert not robots.allows(url)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00garbage\x00",
        b"<html><body>not found</body></html>",
        b"\xef\xbb\xbfUser-agent: *\r\nAllow: /",
        b"Disallow: /",
        b"User-agent: *\nDisallow:\n",
        b"User-agent: *\nDisallow: /*?*=*&*=*&*=*&*=*$\n" * 50,
    ],
)
def test_an_odd_file_is_read_leniently(site: Site, robots: Robots, body: bytes) -> None:
    site.serve("/robots.txt", body)
    assert robots.allows(site.url("/about"))


def test_rules_after_a_byte_order_mark_count(site: Site, robots: Robots) -> None:
    site.serve("/robots.txt", b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /")
    assert not robots.allows(site.url("/about"))


def test_the_first_500_kib_of_a_huge_file_count(site: Site, robots: Robots) -> None:
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /admin\n" + b"# filler\n" * 100_000 + b"Disallow: /")
    assert not robots.allows(site.url("/admin"))
    assert robots.allows(site.url("/about"))


def test_a_file_that_is_cut_off_counts_as_far_as_it_came(site: Site, robots: Robots) -> None:
    site.serve(
        "/robots.txt", raw=b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nUser-agent: *\nDisallow: /admin\n"
    )
    assert not robots.allows(site.url("/admin"))


def test_a_silent_server_refuses_in_time(site: Site, robots: Robots) -> None:
    site.serve("/robots.txt", wait=30)
    with pytest.raises(FetchError, match="time-out"):
        robots.require(site.url("/"))


def test_five_redirects_are_followed_also_to_another_host(client: httpx.Client, robots: Robots) -> None:
    with Site() as first, Site() as second:
        first.serve("/robots.txt", status=301, headers={"Location": second.url("/1")})
        for step in range(1, 5):
            second.serve(f"/{step}", status=302, headers={"Location": f"/{step + 1}"})
        second.serve("/5", "User-agent: *\nDisallow: /")
        assert not robots.allows(first.url("/about"))


def test_redirects_that_do_not_end_count_as_no_file(site: Site, robots: Robots) -> None:
    site.serve("/robots.txt", status=302, headers={"Location": "/robots.txt"})
    assert robots.allows(site.url("/about"))
    assert site.asked_for("/robots.txt") == 6


def test_a_redirect_into_a_private_network_refuses(site: Site, robots: Robots) -> None:
    site.serve("/robots.txt", status=302, headers={"Location": "http://169.254.169.254/"})
    assert not robots.allows(site.url("/about"))


def test_rules_are_fetched_anew_after_a_day(site: Site, client: httpx.Client) -> None:
    start = datetime(2024, 4, 19, tzinfo=UTC)
    times: Iterator[datetime] = iter(start + timedelta(hours=hours) for hours in (0, 23, 25))
    robots = Robots(client, USER_AGENT, clock=lambda: next(times))
    site.serve_each("/robots.txt", Reply("User-agent: *\nDisallow: /"), Reply(""))
    assert [robots.allows(site.url("/")) for _ in range(3)] == [False, False, True]


def test_each_site_has_its_own_rules(site: Site, robots: Robots) -> None:
    with Site() as other:
        other.serve("/robots.txt", "User-agent: *\nDisallow: /")
        assert robots.allows(site.url("/"))
        assert not robots.allows(other.url("/"))
