"""How long a site is left alone after a page of it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from monitor.results import CheckResult

LONGEST_CRAWL_DELAY = timedelta(minutes=10)
LONGEST_REST = timedelta(days=1)
"""What a site may ask for at most, so that a slip in its robots.txt or Retry-After does not blind a page."""

FIRST_REST = timedelta(minutes=1)
"""After a 429 or 503 without Retry-After; doubled for each that follows, until the site answers again."""

CrawlDelay = Callable[[str], float | None]


def site_of(url: str) -> str:
    """Return the host and port that a URL's requests go to."""
    return urlsplit(url).netloc.lower()


class Courtesy:
    """The rests of all sites: `pause` at least, the Crawl-delay of robots.txt, more after a 429 or 503.

    `crawl_delay` gives the seconds that the robots.txt of a URL's site asks for, where it is known.
    """

    def __init__(self, pause: timedelta, crawl_delay: CrawlDelay) -> None:
        self._pause = pause
        self._crawl_delay = crawl_delay
        self._refusals: dict[str, int] = {}

    def pause(self, url: str) -> timedelta:
        """Return the rest between two pages of a site that answers as it should."""
        asked = timedelta(seconds=min(self._crawl_delay(url) or 0.0, LONGEST_CRAWL_DELAY.total_seconds()))
        return max(self._pause, asked)

    def after(self, result: CheckResult) -> timedelta:
        """Return the rest after this check; a 429 or 503 makes it longer, by what the server says or by doubling."""
        site = site_of(result.url)
        if result.retry_after is None:
            self._refusals.pop(site, None)
            return self.pause(result.url)
        self._refusals[site] = min(self._refusals.get(site, 0) + 1, 16)
        backed_off = FIRST_REST * 2 ** (self._refusals[site] - 1)
        return max(self.pause(result.url), min(result.retry_after or backed_off, LONGEST_REST))
