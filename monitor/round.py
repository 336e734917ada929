"""One round: every page of the settings is checked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.asking import open_web
from monitor.checking import check_page
from monitor.results import CheckResult
from storage import Archive

if TYPE_CHECKING:
    from monitor.settings import Settings


def check_pages(settings: Settings, *, clock: Callable[[], datetime]) -> Iterator[CheckResult]:
    """Check each page and yield how it ended, as it ends; raises ArchiveError where the archive fails."""
    with Archive.open(settings.database, clock=clock) as archive, open_web(settings.fetch) as client:
        for page in settings.pages:
            yield check_page(page, archive=archive, client=client, settings=settings, clock=clock)
