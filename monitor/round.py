"""One round: every page of the settings is checked once, sites side by side and politely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from monitor.asking import open_web, robots_for
from monitor.checking import check_page
from monitor.courtesy import Courtesy, site_of
from monitor.lanes import Lanes, Rest
from monitor.results import CheckResult
from storage import Archive

if TYPE_CHECKING:
    from monitor.settings import PageSettings, Settings


def check_pages(settings: Settings, *, clock: Callable[[], datetime]) -> Iterator[CheckResult]:
    """Check each page and yield how it ended, in the order of the settings.

    Raises ArchiveError where the archive fails.
    """
    with (
        Archive.open(settings.database, clock=clock) as archive,
        open_web(settings.fetch) as client,
        Lanes(settings.fetch.at_once) as lanes,
    ):
        robots = robots_for(client)
        courtesy = Courtesy(settings.fetch.pause, robots.crawl_delay)

        def check(page: PageSettings) -> Rest[CheckResult]:
            result = check_page(
                page, archive=archive, client=client, settings=settings, clock=clock, robots=robots
            )
            return Rest(result, courtesy.pause(page.url).total_seconds())

        checks = [lanes.put(site_of(page.url), partial(check, page)) for page in settings.pages]
        for ended in checks:
            yield ended.result()
