"""Every way in which a site misbehaves ends in time, with a capture or one clear reason."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
import stamina
import trustme

from model import Capture, Verdict
from scraper.errors import AddressRefused, BodyRefused, FetchError, RedirectRefused, RobotsRefused
from scraper.exchange import retry_after
from scraper.fetching import Limits, Validators, fetch, open_client
from scraper.robots import Robots
from tests.conftest import USER_AGENT
from tests.loopback import Asked, Reply, Site

PAGE = "<!DOCTYPE html><html><body><h1>Leadership</h1><p>Director Ann Lee</p></body></html>"
QUICK = Limits(connect_timeout=0.5, read_timeout=0.25, total_timeout=0.8, max_bytes=200_000, attempts=2)
ONCE = Limits(connect_timeout=2, read_timeout=2, total_timeout=5, max_bytes=200_000, attempts=1)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def failure(client: httpx.Client, url: str, limits: Limits = ONCE) -> FetchError:
    with within(4), pytest.raises(FetchError) as caught:
        fetch(client, url, limits=limits)
    assert "\n" not in caught.value.reason
    assert 10 < len(caught.value.reason) < 300
    return caught.value


def test_a_page_comes_as_a_capture(site: Site, client: httpx.Client) -> None:
    moment = datetime(2024, 4, 19, tzinfo=UTC)
    site.serve("/leadership", PAGE, headers={"ETag": '"1713"', "X-Twice": "a"})
    capture = fetch(client, site.url("/leadership"), clock=lambda: moment)
    assert capture == Capture(
        url=site.url("/leadership"),
        final_url=site.url("/leadership"),
        status=200,
        headers=capture.headers,
        body=PAGE.encode(),
        fetched_at=moment,
    )
    assert capture.headers["etag"] == '"1713"'
    assert capture.headers["x-twice"] == "a"


def test_the_user_agent_names_the_program_and_a_contact(site: Site, client: httpx.Client) -> None:
    site.serve("/", PAGE)
    fetch(client, site.url("/"))
    assert site.requests[0].headers["user-agent"] == USER_AGENT
    assert site.requests[0].headers["accept-encoding"] == "gzip, deflate"
    assert site.requests[0].headers["host"] == f"127.0.0.1:{site.port}"


def test_validators_are_sent_and_a_304_comes_back_as_it_is(site: Site, client: httpx.Client) -> None:
    site.serve("/", status=304)
    capture = fetch(client, site.url("/"), validators=Validators('"1"', "Fri, 19 Apr 2024 10:00:00 GMT"))
    assert capture.status == 304
    assert site.requests[0].headers["if-none-match"] == '"1"'
    assert site.requests[0].headers["if-modified-since"] == "Fri, 19 Apr 2024 10:00:00 GMT"


def test_a_304_that_nobody_asked_for_is_an_error(site: Site, client: httpx.Client) -> None:
    site.serve("/", status=304)
    assert "304" in failure(client, site.url("/")).reason


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 429, 451, 500, 501, 502, 503, 504, 599])
def test_an_error_status_comes_back_as_a_capture(site: Site, client: httpx.Client, status: int) -> None:
    site.serve("/", "<html><body>no</body></html>", status=status)
    capture = fetch(client, site.url("/"), limits=QUICK)
    assert (capture.status, capture.body) == (status, b"<html><body>no</body></html>")
    assert site.asked_for("/") == (2 if status in (429, 502, 503, 504) else 1)


def test_a_site_that_recovers_is_asked_again(site: Site, client: httpx.Client) -> None:
    site.serve_each("/", Reply(status=503), Reply(raw=b""), Reply(PAGE))
    assert fetch(client, site.url("/")).body == PAGE.encode()
    assert len(site.requests) == 3


def test_attempts_are_bounded(site: Site, client: httpx.Client) -> None:
    site.serve("/", status=503)
    assert fetch(client, site.url("/"), limits=Limits(attempts=3)).status == 503
    assert len(site.requests) == 3


@pytest.mark.parametrize(
    "late",
    ["3600", format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)],
    ids=["seconds", "a date"],
)
def test_a_retry_after_beyond_the_total_limit_is_not_waited_for(
    site: Site, client: httpx.Client, late: str
) -> None:
    site.serve("/", status=429, headers={"Retry-After": late})
    assert fetch(client, site.url("/")).status == 429
    assert len(site.requests) == 1


def test_a_short_retry_after_is_waited_for(site: Site, client: httpx.Client) -> None:
    site.serve_each("/", Reply(status=503, headers={"Retry-After": "0"}), Reply(PAGE))
    with stamina.set_testing(False), within(2):
        assert fetch(client, site.url("/")).status == 200


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Fri, 19 Apr 2024 12:00:30 GMT", 30.0),
        ("Fri, 19 Apr 2024 11:00:00 GMT", -3600.0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("9" * 5000, 999999999.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, datetime(2024, 4, 19, 12, tzinfo=UTC)) == seconds


# --- redirects


def test_redirects_within_the_site_are_followed_and_kept(site: Site, client: httpx.Client) -> None:
    site.serve("/a", status=301, headers={"Location": "/b#top"})
    site.serve("/b", status=308, headers={"Location": site.url("/c")})
    site.serve("/c", PAGE)
    capture = fetch(client, site.url("/a"))
    assert capture.url == site.url("/a")
    assert capture.redirects == (site.url("/b"), site.url("/c"))
    assert capture.final_url == site.url("/c")


@pytest.mark.parametrize(
    "target",
    [
        "http://www.example.com/",
        "http://localhost:{port}/page",
        "//other.example.com/page",
        "http://127.0.0.1:1/page",
        "http://127.0.0.1.example.com/page",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:{port}/",
    ],
)
def test_a_redirect_off_the_site_is_refused_naming_both_hosts(
    site: Site, client: httpx.Client, target: str
) -> None:
    site.serve("/", status=302, headers={"Location": target.format(port=site.port)})
    error = failure(client, site.url("/"))
    assert isinstance(error, RedirectRefused)
    assert error.verdict is Verdict.NOT_THE_PAGE
    assert error.reason.count("//") == 2
    assert f"127.0.0.1:{site.port}" in error.reason


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "javascript:alert(1)", "ftp://127.0.0.1/", "http://user:word@127.0.0.1/", "http://"],
)
def test_a_redirect_to_what_is_no_web_page_is_refused(site: Site, client: httpx.Client, target: str) -> None:
    site.serve("/", status=302, headers={"Location": target})
    error = failure(client, site.url("/"))
    assert isinstance(error, AddressRefused | RedirectRefused)
    assert "redirects to" in error.reason or "//" in error.reason


def test_a_redirect_to_an_unreadable_url_is_refused(site: Site, client: httpx.Client) -> None:
    site.serve("/", status=302, headers={"Location": "http://[broken/"})
    assert "redirects to" in failure(client, site.url("/")).reason


@pytest.mark.parametrize("target", ["/", "/b"])
def test_a_redirect_loop_is_refused(site: Site, client: httpx.Client, target: str) -> None:
    site.serve("/", status=302, headers={"Location": target})
    site.serve("/b", status=302, headers={"Location": "/"})
    assert "loop" in failure(client, site.url("/")).reason


def test_a_chain_without_end_is_refused(site: Site, client: httpx.Client) -> None:
    for step in range(20):
        site.serve(f"/{step}", status=302, headers={"Location": f"/{step + 1}"})
    assert "too many redirects" in failure(client, site.url("/0")).reason
    assert len(site.requests) == 6


def test_a_bounce_that_sets_a_cookie_is_followed_once(site: Site, client: httpx.Client) -> None:
    def bounce(asked: Asked) -> Reply:
        if asked.headers.get("cookie") == "seen=1":
            return Reply(PAGE)
        return Reply(status=302, headers={"Location": "/", "Set-Cookie": "seen=1"})

    site.serve_with("/", bounce)
    assert fetch(client, site.url("/")).status == 200
    assert fetch(client, site.url("/")).redirects == (site.url("/"),), "no cookie outlives its fetch"


@pytest.mark.parametrize("status", [300, 302, 304])
def test_a_redirect_that_names_no_target_is_returned_as_it_is(
    site: Site, client: httpx.Client, status: int
) -> None:
    site.serve("/", status=status)
    assert fetch(client, site.url("/"), validators=Validators(etag='"1"')).status == status


# --- bodies


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(PAGE.encode()), "gzip"),
        (gzip.compress(PAGE[:20].encode()) + gzip.compress(PAGE[20:].encode()), "x-gzip"),
        (gzip.compress(gzip.compress(PAGE.encode())), "gzip, gzip"),
        (zlib.compress(PAGE.encode()), "deflate"),
        (zlib.compress(PAGE.encode(), wbits=-15), "deflate"),
        (PAGE.encode(), "gzip"),
        (PAGE.encode(), "identity"),
        (gzip.compress(PAGE.encode()) + b"junk after the end", "gzip"),
    ],
    ids=[
        "once",
        "in two parts",
        "twice",
        "zlib",
        "deflate",
        "not at all",
        "identity",
        "with junk after the end",
    ],
)
def test_packed_bodies_are_unpacked(site: Site, client: httpx.Client, packed: bytes, encoding: str) -> None:
    site.serve("/", packed, headers={"Content-Encoding": encoding})
    capture = fetch(client, site.url("/"), limits=ONCE)
    assert (capture.body[: len(PAGE)], capture.status) == (PAGE.encode(), 200)


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, br", "gzip, gzip, gzip", "aes128gcm"])
def test_an_encoding_that_was_not_asked_for_is_refused(site: Site, client: httpx.Client, encoding: str) -> None:
    site.serve("/", b"\x8b\x00\x80packed\x03", headers={"Content-Encoding": encoding})
    assert isinstance(failure(client, site.url("/")), BodyRefused)


BOMB = gzip.compress(b"\0" * 30_000_000)


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (BOMB, "gzip"),
        (gzip.compress(BOMB), "gzip, gzip"),
        (zlib.compress(b"\0" * 30_000_000), "deflate"),
        (gzip.compress(b"") * 9_000, "gzip"),
    ],
    ids=["once", "twice", "zlib", "in nothing but parts"],
)
def test_a_compression_bomb_ends_at_the_limit(
    site: Site, client: httpx.Client, packed: bytes, encoding: str
) -> None:
    site.serve("/", packed, headers={"Content-Encoding": encoding})
    error = failure(client, site.url("/"))
    assert error.capture is not None
    assert len(error.capture.body) <= ONCE.max_bytes


def test_a_body_over_the_limit_is_refused_and_its_start_kept(site: Site, client: httpx.Client) -> None:
    site.serve("/", b"x" * 300_000)
    error = failure(client, site.url("/"))
    assert isinstance(error, BodyRefused)
    assert "200,000" in error.reason
    assert error.capture is not None
    assert error.capture.truncated
    assert len(site.requests) == 1


def test_an_endless_body_is_refused(site: Site, client: httpx.Client) -> None:
    site.serve("/", raw=b"HTTP/1.1 200 OK\r\n\r\n" + b"<p>more</p>" * 500_000)
    assert isinstance(failure(client, site.url("/")), BodyRefused)


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<html><body>half",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n<html><body>half\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n<html><body>half\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"<html><body>half" * 99, 0)[:800],
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
        + gzip.compress(b"<html><body>half" * 9_000)[:-8]
        + b"bad" * 9,
    ],
)
def test_a_body_cut_short_is_kept_as_truncated(site: Site, client: httpx.Client, raw: bytes) -> None:
    site.serve("/", raw=raw)
    capture = fetch(client, site.url("/"), limits=QUICK)
    assert capture.truncated
    assert capture.body.startswith(b"<html><body>half")
    assert len(site.requests) == 2


def test_a_body_that_is_whole_the_second_time_is_taken(site: Site, client: httpx.Client) -> None:
    site.serve_each("/", Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<html>"), Reply(PAGE))
    assert not fetch(client, site.url("/")).truncated


@pytest.mark.parametrize("packed", [b"\x1f\x8bnothing good", b"\x1f\x8b"])
def test_a_body_that_cannot_be_unpacked_says_so(site: Site, client: httpx.Client, packed: bytes) -> None:
    site.serve("/", packed, headers={"Content-Encoding": "gzip"})
    assert "unpacked" in failure(client, site.url("/")).reason


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "without an answer"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "without an answer"),
        (b"220 mail.example.gov ESMTP\r\n\r\n", "HTTP"),
        (b"HTTP/1.1 abc\r\n\r\n", "HTTP"),
        (b"HTTP/1.1 200 OK\r\nBad Header\r\n\r\n", "HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", "HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello", "HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n", "HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", "cut the connection"),
        (b"HTTP/1.1 200 OK\r\n", "without"),
        (b"\x15\x03\x01\x00\x02\x02\x28", "HTTP"),
    ],
)
def test_a_server_that_breaks_the_protocol_gives_a_reason(
    site: Site, client: httpx.Client, raw: bytes, words: str
) -> None:
    site.serve("/", raw=raw)
    assert words in failure(client, site.url("/")).reason


# --- time


def test_a_server_that_says_nothing_is_a_time_out(site: Site, client: httpx.Client) -> None:
    site.serve("/", PAGE, wait=30)
    with within(2):
        assert failure(client, site.url("/"), QUICK).reason.startswith("time-out")


def test_a_header_that_drips_ends_at_the_total_limit(site: Site, client: httpx.Client) -> None:
    site.serve("/", PAGE, drip=0.05)
    with within(2):
        error = failure(client, site.url("/"), QUICK)
    assert "did not finish within 0.8 seconds" in error.reason


def test_a_body_that_drips_ends_at_the_total_limit_and_is_kept(site: Site, client: httpx.Client) -> None:
    site.serve("/", raw=b"HTTP/1.1 200 OK\r\n\r\n" + PAGE.encode(), drip=0.01)
    with within(2):
        error = failure(client, site.url("/"), QUICK)
    assert "did not finish within 0.8 seconds" in error.reason
    assert error.capture is not None
    assert PAGE.encode().startswith(error.capture.body)
    assert error.capture.truncated


def test_a_client_is_not_late_for_the_next_fetch(site: Site, client: httpx.Client) -> None:
    site.serve_each("/", Reply(PAGE, drip=0.05), Reply(PAGE))
    failure(client, site.url("/"), Limits(read_timeout=0.3, total_timeout=0.3, attempts=1))
    assert fetch(client, site.url("/"), limits=QUICK).status == 200


# --- hosts and TLS


def test_a_refused_connection_is_named(client: httpx.Client) -> None:
    with Site() as gone:
        url = gone.url("/")
    assert "refused the connection" in failure(client, url).reason


def test_a_loopback_address_is_refused_unless_named(site: Site) -> None:
    with open_client(USER_AGENT) as client:
        error = failure(client, site.url("/"))
    assert isinstance(error, AddressRefused)
    assert "loopback" in error.reason
    assert not site.requests


def test_environment_proxies_are_ignored(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    site.serve("/", PAGE)
    with open_client(USER_AGENT, allow_private=["127.0.0.1"]) as client:
        assert fetch(client, site.url("/"), limits=ONCE).status == 200


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def trusting(authority: trustme.CA) -> httpx.Client:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return open_client(USER_AGENT, allow_private=["127.0.0.1"], verify=context)


def test_a_trusted_certificate_is_accepted_for_its_host(authority: trustme.CA) -> None:
    with (
        Site(certificate=authority.issue_cert("localhost"), host="localhost") as site,
        trusting(authority) as client,
    ):
        site.serve("/", PAGE)
        assert fetch(client, site.url("/"), limits=ONCE).body == PAGE.encode()
        assert site.requests[0].headers["host"] == f"localhost:{site.port}"


def expired(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("localhost", not_after=datetime(2020, 1, 1, tzinfo=UTC))


def early(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert(
        "localhost", not_before=datetime(2090, 1, 1, tzinfo=UTC), not_after=datetime(2091, 1, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("issue", "words"),
    [
        (expired, "has expired"),
        (early, "not valid yet"),
        (lambda authority: authority.issue_cert("www.example.gov"), "belongs to another host"),
        (lambda authority: trustme.CA().issue_cert("localhost"), "authority that is not trusted"),
    ],
)
def test_a_bad_certificate_is_named_and_not_asked_again(
    authority: trustme.CA, issue: Callable[[trustme.CA], trustme.LeafCert], words: str
) -> None:
    with Site(certificate=issue(authority), host="localhost") as site, trusting(authority) as client:
        error = failure(client, site.url("/"))
    assert error.reason.startswith("TLS failure")
    assert words in error.reason
    assert not site.requests


def test_a_server_without_tls_is_named(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer_in_clear() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                connection.recv(65536)

        answering = threading.Thread(target=answer_in_clear)
        answering.start()
        reason = failure(client, f"https://127.0.0.1:{server.getsockname()[1]}/").reason
        answering.join()
    assert "TLS" in reason


def test_a_redirect_from_https_to_http_is_refused(authority: trustme.CA) -> None:
    with (
        Site(certificate=authority.issue_cert("localhost"), host="localhost") as site,
        trusting(authority) as client,
    ):
        site.serve("/", status=302, headers={"Location": "http://localhost/"})
        assert isinstance(failure(client, site.url("/")), RedirectRefused)


def test_a_redirect_from_http_to_https_is_followed(site: Site, authority: trustme.CA) -> None:
    with Site(certificate=authority.issue_cert("127.0.0.1")) as secured, trusting(authority) as client:
        site.serve("/page", status=301, headers={"Location": secured.url("/page")})
        secured.serve("/page", PAGE)
        assert fetch(client, site.url("/page"), limits=ONCE).final_url == secured.url("/page")


# --- robots.txt


def test_robots_txt_is_honoured(site: Site, client: httpx.Client) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /about")
    with pytest.raises(RobotsRefused, match=r"robots\.txt") as caught:
        fetch(client, site.url("/about/leadership"), robots=Robots(client, USER_AGENT))
    assert caught.value.verdict is Verdict.BLOCKED
    assert site.asked_for("/about/leadership") == 0


def test_a_redirect_into_a_disallowed_path_is_refused(site: Site, client: httpx.Client) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /private")
    site.serve("/page", status=302, headers={"Location": "/private/page"})
    with pytest.raises(RobotsRefused):
        fetch(client, site.url("/page"), robots=Robots(client, USER_AGENT))


def test_a_site_that_is_gone_is_named_as_such_not_as_robots(client: httpx.Client) -> None:
    with Site() as gone:
        url = gone.url("/")
    with pytest.raises(FetchError, match="refused the connection"):
        fetch(client, url, limits=ONCE, robots=Robots(client, USER_AGENT))
