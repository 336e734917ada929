"""A URL in, a capture out: the only module that asks a site for its page.

The address is checked before each connection, redirects are followed here and held to the page's own site, and
what came is returned whatever its status: `scraper.verdict.judge` says what it is.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Literal

import httpx

from model import Capture
from scraper.addresses import Guard, is_same_site, require_web_url
from scraper.errors import AddressRefused, FetchError, RedirectRefused
from scraper.exchange import DEFAULT_LIMITS, Answer, Limits, ask, log_retries
from scraper.robots import Robots, utc_now
from scraper.wire import GuardedTransport, time_limit

__all__ = ["Limits", "Validators", "fetch", "open_client", "utc_now"]

HEADERS = {
    "accept": "text/html, application/xhtml+xml, */*;q=0.1",
    "accept-language": "en",
}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the version that we hold, sent back so that it may answer 304 (RFC 9110, 13.1)."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the conditional request headers; none when nothing is known."""
        pairs = (("if-none-match", self.etag), ("if-modified-since", self.last_modified))
        return {name: value for name, value in pairs if value}


def open_client(
    user_agent: str,
    *,
    allow_private: Collection[str] = (),
    limits: Limits = DEFAULT_LIMITS,
    verify: ssl.SSLContext | Literal[True] = True,
) -> httpx.Client:
    """Open a client that reaches public addresses only, verifies TLS, keeps no cookies, uses no proxy.

    `user_agent` names the program and a contact URL. `allow_private` names hosts, addresses and CIDR networks
    that may be reached though they are not public. `verify` takes a context with other authorities, for tests.
    """
    log_retries()
    context = verify if isinstance(verify, ssl.SSLContext) else httpx.create_ssl_context(trust_env=False)
    return httpx.Client(
        transport=GuardedTransport(Guard(tuple(allow_private)), context),
        headers={"user-agent": user_agent} | HEADERS,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        timeout=httpx.Timeout(limits.read_timeout, connect=limits.connect_timeout),
        follow_redirects=False,
        trust_env=False,
    )


def fetch(
    client: httpx.Client,
    url: str,
    *,
    validators: Validators | None = None,
    limits: Limits = DEFAULT_LIMITS,
    robots: Robots | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Capture:
    """Fetch a page, following its redirects within its own site.

    `Capture.redirects` holds the URLs that redirects led to, in order; the last one is `final_url`. A body that
    was cut off comes back with `truncated` set. Raises FetchError or a subclass with the reason in words and,
    where anything came, the capture: AddressRefused, RobotsRefused, RedirectRefused, BodyRefused.
    """
    conditions = validators.headers() if validators else {}
    with time_limit(limits.total_timeout):
        start = require_web_url(url)
        visited, answer = _follow(client, start, conditions, limits, robots)
    capture = Capture(
        url=url,
        final_url=str(answer.url),
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        fetched_at=clock(),
        redirects=tuple(str(each) for each in visited[1:]),
        truncated=answer.truncated,
    )
    return _usable(capture, answer, conditional=bool(conditions))


def _usable(capture: Capture, answer: Answer, *, conditional: bool) -> Capture:
    if answer.trouble:
        answer.trouble.capture = capture
        raise answer.trouble
    if capture.status == 304 and not conditional:
        raise FetchError(
            "the server answered 304 (not modified) though no earlier version was named", capture=capture
        )
    return capture


def _follow(
    client: httpx.Client,
    url: httpx.URL,
    conditions: dict[str, str],
    limits: Limits,
    robots: Robots | None,
) -> tuple[list[httpx.URL], Answer]:
    """Return the URLs asked for, in order, and the answer of the last one."""
    cookies, visited = httpx.Cookies(), [url]
    states: set[tuple[str, str]] = set()
    while True:
        if robots is not None:
            robots.require(str(url))
        states.add((str(url), repr(cookies)))
        answer = ask(client, url, conditions, limits, cookies=cookies)
        if answer.location is None:
            return visited, answer
        url = _target(url, answer.location)
        visited.append(url)
        if (str(url), repr(cookies)) in states:
            raise RedirectRefused(f"redirect loop: {url} leads back to itself")
        if len(visited) > limits.max_redirects + 1:
            raise RedirectRefused(f"too many redirects: more than {limits.max_redirects}, the last to {url}")


def _target(url: httpx.URL, location: str) -> httpx.URL:
    """Return where a redirect leads; raise RedirectRefused naming both hosts when that is another site."""
    try:
        target = require_web_url(url.join(location))
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise RedirectRefused(f"{url.host} redirects to {location[:200]!r}, which is no URL") from error
    except AddressRefused as refusal:
        raise AddressRefused(f"{url.host} redirects to {location[:200]!r}: {refusal.reason}") from refusal
    if not is_same_site(url, target):
        raise RedirectRefused(f"redirect off the site: {_place(url)} leads to {_place(target)}")
    return target


def _place(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
