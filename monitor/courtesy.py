"""How processes on one archive take turns at a site, and how long it is left alone after a page of it.

Whoever asks a site of several pages holds it meanwhile, and notes from when on the next one may ask, which takes two
more writes a page. A site of one page costs a look into the archive: its slots already keep processes apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from storage.errors import ArchiveError
from storage.sites import LONGEST_REST

if TYPE_CHECKING:
    from monitor.results import CheckResult
    from monitor.settings import FetchSettings
    from storage import Archive, StoredSite

LONGEST_CRAWL_DELAY = timedelta(minutes=10)
"""What a site may ask for at most, so that a slip in its robots.txt does not blind a page; see LONGEST_REST too."""

FIRST_REST = timedelta(minutes=1)
"""After a 429 or 503 without Retry-After; doubled for each that follows, until the site answers again."""

MOST_DOUBLED = 16
"""How many refusals in a row are counted: the rest has long been the longest then."""

BESIDE_THE_PAGE = timedelta(minutes=1)
"""What a check may ask a site for besides its page, robots.txt above all; one that died holds it no longer."""

LOOK_AGAIN = timedelta(seconds=1)
"""When to look again whether a site that another process asks is free."""

NOW = timedelta()

CrawlDelay = Callable[[str], float | None]


def site_of(url: str) -> str:
    """Return the host and port that a URL's requests go to."""
    return urlsplit(url).netloc.lower()


def shared_sites(urls: Iterable[str]) -> set[str]:
    """Return the sites that more than one of these pages lies on."""
    pages = Counter(site_of(url) for url in set(urls))
    return {site for site, number in pages.items() if number > 1}


def rest_of(site: StoredSite, now: datetime) -> timedelta:
    """Return how long a site is still to be left alone."""
    left = site.free_at - now
    return left if NOW < left <= LONGEST_REST else NOW


class Courtesy:
    """Whose turn it is at each site, and its rests: `[fetch] pause` at least, the Crawl-delay of robots.txt.

    `crawl_delay` gives the seconds that the robots.txt of a URL's site asks for, where it is known.
    """

    def __init__(
        self, archive: Archive, fetch: FetchSettings, crawl_delay: CrawlDelay, clock: Callable[[], datetime]
    ) -> None:
        self._archive = archive
        self._pause = fetch.pause
        self._lease = fetch.total_timeout + BESIDE_THE_PAGE
        self._crawl_delay = crawl_delay
        self._clock = clock
        self._held: dict[str, int] = {}  # the sites that it is our turn at, with their refusals before

    def share(self, urls: Iterable[str]) -> None:
        """Take turns at the sites that several pages lie on: these, and those in the archive; not without a pause."""
        if not self._pause:
            return
        shared = shared_sites([*urls, *(page.url for page in self._archive.pages())])
        unknown = {site for site in shared if self._archive.site(site) is None}
        if unknown:
            self._archive.share_sites(unknown, self._clock())

    def take(self, url: str) -> timedelta:
        """Take the turn at a URL's site: return zero, or how long to wait before trying again."""
        site, now = self._archive.site(site_of(url)), self._clock()
        if site is None:
            return NOW
        if rest := rest_of(site, now):
            return min(rest, LOOK_AGAIN) if site.held else rest
        if not self._archive.take_site(site.name, now=now, until=now + self._lease):
            return LOOK_AGAIN
        self._held[site.name] = site.refusals
        return NOW

    def pause(self, url: str) -> timedelta:
        """Return the rest between two pages of a site that answers as it should."""
        asked = timedelta(seconds=min(self._crawl_delay(url) or 0.0, LONGEST_CRAWL_DELAY.total_seconds()))
        return max(self._pause, asked)

    def leave(self, url: str, rest: timedelta) -> timedelta:
        """End the turn at a URL's site, and return how long it rests."""
        return self._leave(site_of(url), rest, None)

    def leave_after(self, result: CheckResult) -> timedelta:
        """End the turn with this check; a 429 or 503 makes the rest longer, by what the server says or by doubling."""
        site, pause = site_of(result.url), self.pause(result.url)
        if result.retry_after is None:
            return self._leave(site, pause, 0)
        refusals = min(self._held.get(site, 0) + 1, MOST_DOUBLED)
        backed_off = result.retry_after or FIRST_REST * 2 ** (refusals - 1)
        return self._leave(site, max(pause, min(backed_off, LONGEST_REST)), refusals)

    def leave_all(self) -> None:
        """End the turns of checks that were given up; where the archive fails, they end by themselves."""
        with suppress(ArchiveError):
            for site in list(self._held):
                self._leave(site, self._pause, None)

    def _leave(self, site: str, rest: timedelta, refusals: int | None) -> timedelta:
        if self._held.pop(site, None) is not None or refusals:
            self._archive.free_site(site, self._clock() + rest, refusals)
        return rest
