"""Which URLs and addresses may be asked, and that the checked address is the one connected to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Collection
from ipaddress import ip_address

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Verdict
from scraper.addresses import Guard, UnknownHost, is_same_site, require_web_url
from scraper.errors import AddressRefused, FetchError
from scraper.fetching import Limits, fetch
from scraper.wire import GuardedTransport
from tests.loopback import Site

ONCE = Limits(connect_timeout=1, read_timeout=1, total_timeout=2, attempts=1)


class Answers:
    """A name server that gives these answers in turn, the last one for ever."""

    def __init__(self, *answers: Collection[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str) -> Collection[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://www.cbp.gov/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,hello",
        "gopher://www.cbp.gov/",
        "www.cbp.gov/about",
        "/about",
        "",
        "http://",
        "https:///about",
        "https://user@www.cbp.gov/",
        "https://user:word@www.cbp.gov/",
        "http://www.cbp.gov:99999/",
        "http://www.cbp.gov:port/",
        "http://[::1/",
        "http://www.cbp.gov\n.example.com/",
        "http://\x00/",
        "http://a b.gov/",
    ],
)
def test_only_plain_web_urls_are_asked(url: str) -> None:
    with pytest.raises(AddressRefused):
        Guard(resolver=Answers([])).addresses(require_web_url(url).host)


def test_a_password_in_a_url_is_never_shown() -> None:
    with pytest.raises(AddressRefused) as caught:
        require_web_url("https://user:hunter2@www.cbp.gov/")
    assert "hunter2" not in caught.value.reason


@given(st.text(max_size=60))
def test_no_text_gives_another_error(text: str) -> None:
    for url in (text, f"http://{text}", f"http://{text}/x"):
        try:
            host = require_web_url(url).raw_host.decode()
            Guard(resolver=Answers(["10.0.0.1"])).addresses(host)
        except AddressRefused:
            continue


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "169.254.169.254",
        "168.63.129.16",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "[::1]",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.1",
        "127.1",
        "017700000001",
        "134744072",
        "0x08080808",
    ],
)
def test_what_is_not_public_is_refused(host: str) -> None:
    with pytest.raises(AddressRefused, match="allow_private"):
        Guard(resolver=Answers(["8.8.8.8"])).addresses(host)


@pytest.mark.parametrize("digits", ["①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "0x7f.0.0.1", "127.0.0.1."])
def test_an_address_in_unusual_letters_is_still_that_address(digits: str) -> None:
    with pytest.raises(AddressRefused):
        Guard(resolver=lambda host: [socket.inet_ntoa(socket.inet_aton(host))]).addresses(
            require_web_url(f"http://{digits}/").raw_host.decode()
        )


@pytest.mark.parametrize("host", ["8.8.8.8", "2600:1f18::1", "64:ff9b::808:808"])
def test_public_addresses_are_allowed(host: str) -> None:
    assert Guard().addresses(host) == [ip_address(host)]


@pytest.mark.parametrize(
    ("host", "entry"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.9.9.9", "127.0.0.0/8"),
        ("10.1.2.3", "10.1.0.0/16"),
        ("10.1.2.3", "10.1.9.9/16"),
        ("::1", "::1"),
        ("::1", "[::1]"),
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("Intranet.Example.", "intranet.example"),
        ("intranet.example", "INTRANET.example."),
        ("intranet.example", "10.0.0.0/8"),
    ],
)
def test_what_the_settings_name_is_allowed(host: str, entry: str) -> None:
    assert Guard([entry], Answers(["10.0.0.7"])).addresses(host)


@pytest.mark.parametrize("entry", ["intranet", "example", "10.0.0.8", "xintranet.example", "11.0.0.0/8"])
def test_nothing_else_is_allowed_by_that(entry: str) -> None:
    with pytest.raises(AddressRefused, match=r"intranet\.example \(10\.0\.0\.7\)"):
        Guard([entry], Answers(["10.0.0.7"])).addresses("intranet.example")


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        Guard(resolver=Answers(["8.8.8.8", "10.0.0.1"])).addresses("mixed.example")


def test_a_host_without_an_address_is_unknown() -> None:
    with pytest.raises(UnknownHost):
        Guard(resolver=Answers([])).addresses("nobody.example")


@pytest.mark.parametrize("host", ["a" * 300 + ".example", "a..example"])
def test_a_host_that_cannot_be_a_name_is_unknown(host: str) -> None:
    with pytest.raises(UnknownHost):
        Guard().addresses(host)


@pytest.mark.parametrize(
    ("code", "words"), [(socket.EAI_NONAME, "has no address"), (socket.EAI_AGAIN, "no name server answered")]
)
def test_an_unknown_host_is_named(code: int, words: str) -> None:
    def unknowing(host: str) -> Collection[str]:
        raise socket.gaierror(code, "unknown")

    client = httpx.Client(transport=_transport(Guard(resolver=unknowing)))
    with client, pytest.raises(FetchError, match=f"^unknown host: .*{words}") as caught:
        fetch(client, "http://www.example.gov/", limits=ONCE)
    assert caught.value.verdict is Verdict.ERROR


def test_a_name_server_that_is_silent_is_a_time_out() -> None:
    answered = threading.Event()

    def silent(host: str) -> Collection[str]:
        answered.wait(30)
        return []

    guard = Guard(resolver=silent)
    begun = time.monotonic()
    with httpx.Client(transport=_transport(guard)) as client, pytest.raises(FetchError, match="no DNS answer"):
        fetch(client, "http://slow.example/", limits=Limits(0.2, 0.2, 0.5, attempts=1))
    answered.set()
    assert time.monotonic() - begun < 2


def _transport(guard: Guard) -> GuardedTransport:
    return GuardedTransport(guard, httpcore.default_ssl_context())


def test_the_checked_address_is_the_one_connected_to(site: Site) -> None:
    site.serve("/", "hello")
    names = Answers(["127.0.0.1"], ["192.168.0.1"])
    with httpx.Client(transport=_transport(Guard(["127.0.0.1"], names))) as client:
        url = site.url("/", host="pinned.example")
        assert fetch(client, url, limits=ONCE).body == b"hello"
    assert names.asked == ["pinned.example"], "one DNS answer is asked for, checked and used"
    assert site.requests[0].headers["host"] == f"pinned.example:{site.port}"


def test_a_name_that_turns_private_between_two_requests_is_refused(site: Site) -> None:
    site.serve("/", raw=b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    site.serve("/b", "secret")
    guard = Guard(["127.0.0.1"], Answers(["127.0.0.1"], ["127.0.0.2"]))
    with httpx.Client(transport=_transport(guard)) as client, pytest.raises(AddressRefused, match="loopback"):
        fetch(client, site.url("/", host="rebinding.example"), limits=ONCE)
    assert site.asked_for("/b") == 0


def test_the_next_address_is_tried_when_one_refuses(site: Site) -> None:
    site.serve("/", "hello")
    guard = Guard(["127.0.0.0/8"], Answers(["127.0.0.9", "127.0.0.1"]))
    with httpx.Client(transport=_transport(guard)) as client:
        assert fetch(client, site.url("/", host="two.example"), limits=ONCE).status == 200


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("https://www.cbp.gov/a", "https://www.cbp.gov/b", True),
        ("https://www.cbp.gov/a", "https://cbp.gov/b", True),
        ("https://cbp.gov/a", "https://WWW.cbp.gov./b", True),
        ("http://www.cbp.gov/a", "https://www.cbp.gov/a", True),
        ("http://cbp.gov/a", "https://www.cbp.gov/a", True),
        ("http://cbp.gov:8080/a", "https://cbp.gov:8443/a", True),
        ("https://cbp.gov/a", "http://cbp.gov/a", False),
        ("https://cbp.gov/a", "https://cbp.gov:8443/a", False),
        ("https://cbp.gov/a", "https://help.cbp.gov/a", False),
        ("https://cbp.gov/a", "https://cbp.gov.example.com/a", False),
        ("https://cbp.gov/a", "https://evilcbp.gov/a", False),
        ("https://cbp.gov/a", "https://dhs.gov/a", False),
    ],
)
def test_the_same_site_is_the_same_host_with_or_without_www(before: str, after: str, same: bool) -> None:
    assert is_same_site(httpx.URL(before), httpx.URL(after)) is same
