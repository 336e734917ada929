"""Questions about a moment: what `show`, `who`, `history` and `figures` are asked, and the history that answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from monitor.cli.options import choose_page, open_existing, read_settings, utc_now

if TYPE_CHECKING:
    from monitor.history.answers import AsOf
    from monitor.history.spans import History
    from storage import Archive
    from storage.rows import StoredPage

on_option = click.option("--on", metavar="DATE", help="On this day, at its end in UTC.  [default: now]")
known_at_option = click.option("--known-at", metavar="DATE", help="As it was known then.  [default: now]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of the archive, and as of when it is asked about."""

    archive: Archive
    page: StoredPage
    moment: datetime
    known_at: datetime | None

    def history(self) -> History:
        from monitor.history.timeline import history_of

        return history_of(self.archive, self.page, self.known_at)

    def answer(self, history: History) -> AsOf:
        """Return what the history says of the moment."""
        from monitor.history.answers import on
        from monitor.history.timeline import gap_around

        return on(history, self.moment, gap_around(self.archive, self.page, self.moment, self.known_at))


@contextmanager
def asked(
    config: str | None, database: str | None, page_name: str | None, on: str | None, known_at: str | None
) -> Iterator[Asked]:
    """Open the archive and choose the page; without a date, what was known then is asked about then."""
    from monitor.sources import moment_asked

    settings = read_settings(config, database=database)
    known = moment_asked(known_at, utc_now) if known_at else None
    moment = moment_asked(on, utc_now) if on else known or utc_now()
    with open_existing(settings) as archive:
        yield Asked(archive, choose_page(settings, archive, page_name), moment, known)
