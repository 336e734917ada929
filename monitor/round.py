"""One round: every page of the settings is checked once, sites side by side and politely."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from monitor.asking import open_web, robots_for
from monitor.checking import check_page
from monitor.courtesy import NOW, Courtesy, site_of
from monitor.lanes import Lanes, Rest
from monitor.results import CheckResult
from storage import Archive

if TYPE_CHECKING:
    import httpx

    from monitor.settings import PageSettings, Settings

Ended = Future[CheckResult | None]
"""How a check ended; None where another process asks the site, so that it is to be tried again."""


def check_pages(settings: Settings, *, clock: Callable[[], datetime]) -> Iterator[CheckResult]:
    """Check each page and yield how it ended, in the order of the settings.

    Raises ArchiveError where the archive fails.
    """
    with (
        Archive.open(settings.database, clock=clock) as archive,
        open_web(settings.fetch) as client,
        Lanes(settings.fetch.at_once) as lanes,
        closing(_Round(settings, archive, client, clock)) as asked,
    ):

        def put(page: PageSettings) -> Ended:
            return lanes.put(site_of(page.url), partial(asked.check, page))

        begun = deque((page, put(page)) for page in settings.pages)
        while begun:
            page, ended = begun.popleft()  # a result that was told is held no longer
            yield _result(ended, partial(put, page))


def _result(begun: Ended, again: Callable[[], Ended]) -> CheckResult:
    while (result := begun.result()) is None:
        begun = again()
    return result


class _Round:
    """What the checks of a round share; `close` ends their turns at the sites."""

    def __init__(
        self, settings: Settings, archive: Archive, client: httpx.Client, clock: Callable[[], datetime]
    ) -> None:
        self._settings, self._archive, self._client, self._clock = settings, archive, client, clock
        self._robots = robots_for(client)
        self._courtesy = Courtesy(archive, settings.fetch, self._robots.crawl_delay, clock)
        self._courtesy.share(page.url for page in settings.pages)

    def check(self, page: PageSettings) -> Rest[CheckResult | None]:
        """Check a page once its site is free; one that rests for longer than a page may take is not asked."""
        wait = self._courtesy.take(page.url)
        if NOW < wait <= self._settings.fetch.total_timeout:
            return Rest(None, wait.total_seconds())
        result = check_page(
            page,
            archive=self._archive,
            client=self._client,
            settings=self._settings,
            clock=self._clock,
            robots=self._robots,
            resting_until=self._clock() + wait if wait else None,
        )
        return Rest(result, self._courtesy.leave(page.url, self._courtesy.pause(page.url)).total_seconds())

    def close(self) -> None:
        """End what was begun."""
        self._courtesy.leave_all()
