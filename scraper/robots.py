"""robots.txt, honoured as RFC 9309 says.

A file that is not there (4xx) allows everything; one that cannot be had (5xx, no network) allows nothing for
now. Answers are kept per site for a day; a failure is asked for anew each time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
from protego import Protego

from model import Verdict
from scraper.addresses import require_web_url
from scraper.errors import BodyRefused, FetchError, RobotsRefused
from scraper.exchange import Answer, Limits, ask
from scraper.wire import time_limit

MAX_BYTES = 500 * 1024
"""RFC 9309, 2.5: at least 500 KiB must be read; what is beyond may be ignored."""

MAX_REDIRECTS = 5
"""RFC 9309, 2.3.1.2: at least five redirects are followed, to other hosts too."""

KEPT_FOR = timedelta(hours=24)
"""RFC 9309, 2.4: a copy is not used for longer than a day."""

LIMITS = Limits(connect_timeout=10.0, read_timeout=10.0, total_timeout=30.0, max_bytes=MAX_BYTES, attempts=3)

ALLOW_ALL = Protego.parse("")

Site = tuple[str, str, int | None]
"""Scheme, host and port: what one robots.txt speaks for (RFC 9309, 2.3)."""


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


class Robots:
    """What each site's robots.txt lets `user_agent` fetch; fetched with `client` when first needed."""

    def __init__(
        self,
        client: httpx.Client,
        user_agent: str,
        *,
        limits: Limits = LIMITS,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._client = client
        self._product = user_agent.partition("/")[0]
        self._limits = limits
        self._clock = clock
        self._kept: dict[Site, tuple[datetime, Protego]] = {}

    def allows(self, url: str) -> bool:
        """Tell whether the URL may be fetched; False also when its robots.txt cannot be had."""
        try:
            self.require(url)
        except FetchError:
            return False
        return True

    def require(self, url: str) -> None:
        """Return when the URL may be fetched.

        Raises RobotsRefused when the site says no or its robots.txt answers 5xx, and the FetchError itself when
        the site cannot be reached: then robots.txt is not what is wrong.
        """
        if not self._rules(url).can_fetch(url, self._product):
            site = require_web_url(url).host
            raise RobotsRefused(f"robots.txt of {site} asks programs not to fetch this page")

    def crawl_delay(self, url: str) -> float | None:
        """Return the seconds that the site wants between two requests; None when it does not say, or was not asked."""
        _, rules = self._kept.get(_site(require_web_url(url)), (None, ALLOW_ALL))
        return rules.crawl_delay(self._product)

    def _rules(self, url: str) -> Protego:
        parsed = require_web_url(url)
        now = self._clock()
        fetched_at, rules = self._kept.get(_site(parsed), (None, None))
        if rules is None or fetched_at is None or not timedelta(0) <= now - fetched_at < KEPT_FOR:
            rules = self._fetch(parsed)
            self._kept[_site(parsed)] = (now, rules)
        return rules

    def _fetch(self, url: httpx.URL) -> Protego:
        with time_limit(self._limits.total_timeout):
            answer = self._follow(url.copy_with(raw_path=b"/robots.txt"))
        if answer is None or 400 <= answer.status < 500:
            return ALLOW_ALL
        if answer.status >= 500:
            raise RobotsRefused(
                f"robots.txt of {url.host} answered {answer.status}, which asks programs to wait",
                verdict=Verdict.ERROR,
            )
        if answer.trouble and not isinstance(answer.trouble, BodyRefused):
            raise answer.trouble
        return Protego.parse(answer.body.decode("utf-8-sig", errors="replace").replace("\0", ""))

    def _follow(self, url: httpx.URL) -> Answer | None:
        """Return the answer at the end of the redirects; None when they do not end, which counts as no file."""
        cookies = httpx.Cookies()
        for _ in range(MAX_REDIRECTS + 1):
            answer = ask(self._client, url, {"accept": "text/plain, */*;q=0.1"}, self._limits, cookies=cookies)
            if answer.location is None:
                return answer
            url = require_web_url(url.join(answer.location))
        return None


def _site(url: httpx.URL) -> Site:
    return url.scheme, url.host, url.port
