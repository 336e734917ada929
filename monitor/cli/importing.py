"""`leaderwatch import`: captures of the past."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from model import LeaderwatchError
from monitor.cli import TROUBLE
from monitor.cli.cluster import require_cluster
from monitor.cli.options import archive_options, page_option, read_settings, url_option, utc_now

if TYPE_CHECKING:
    from monitor.history.importing import ImportReport
    from monitor.importing.found import Found, Left
    from monitor.settings import Settings
    from storage import Archive, StoredPage

SHOWN = 10
"""How many captures that read as no page are told with their reasons."""


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=click.Path(path_type=Path))
@click.option("--wayback", is_flag=True, help="Bring in what the Internet Archive has.")
@click.option("--at", metavar="DATE", help="When HTML files were served whose names do not say.")
@click.option("--since", metavar="DATE", help="Only what was served on this day or later.")
@click.option("--until", metavar="DATE", help="Only what was served until the end of this day.")
@click.option(
    "--spread", is_flag=True, help="Keep the captures here, and let the workers of a cluster read them."
)
@url_option
@archive_options
@page_option
def command(
    sources: tuple[Path, ...],
    wayback: bool,
    at: str | None,
    since: str | None,
    until: str | None,
    spread: bool,
    url: str | None,
    config: str | None,
    database: str | None,
    as_json: bool,
    page_name: str | None,
) -> int:
    """Bring in captures of the past; nobody is alerted.

    SOURCE is an HTML file whose name has a date (page_2024-04-19.html, 20240419120000.html), a WARC or WACZ file,
    or a folder of them. A day without a time means its end, in UTC. Of web archives, the records of the page's URL
    are taken. The history is the same in whatever order captures come in, and what is known already is left out,
    so an import that was cut short can be run again.

    \b
    Examples:
      leaderwatch import saved-pages/ crawl.warc.gz
      leaderwatch import page.html --at 2024-04-19T12:00Z
      leaderwatch import --wayback --since 2023-01-01
    """
    from monitor.cli.terminal import complain, say_json
    from monitor.sources import day_begins, day_ends

    if bool(sources) == wayback:
        raise click.UsageError("name files or folders, or say --wayback", click.get_current_context())
    settings = read_settings(config, url=url, database=database)
    span = (day_begins(since) if since else None, day_ends(until) if until else None)
    with _opened(settings) as archive:
        intake = Intake(archive, _page(archive, settings, page_name), settings, Counter(), *span, spread)
        report, stopped = intake.from_wayback() if wayback else (intake.from_files(sources, at), None)
    if as_json:
        say_json({"page": intake.page.name} | report.to_json() | {"left": +intake.left})
    else:
        _print(intake, report)
    if stopped:
        complain(f"stopped early ({stopped}): run it again to go on")
    return TROUBLE if stopped else 0


@dataclass(frozen=True, slots=True)
class Intake:
    """What is brought in where: the captures of a page, served in a span of time, and what is left of the source.

    With `spread` the workers of a cluster read them.
    """

    archive: Archive
    page: StoredPage
    settings: Settings
    left: Left
    since: datetime | None
    until: datetime | None
    spread: bool

    def from_files(self, sources: Iterable[Path], at: str | None) -> ImportReport:
        from monitor.importing.files import captures_in
        from monitor.sources import moment_of

        moment = moment_of(at) if at else None
        if at and moment is None:
            raise LeaderwatchError(f"--at {at!r} is no date: write 2024-04-19 or 2024-04-19T12:00Z")
        now = utc_now()
        return self._take_in(
            captures_in(list(sources), self.page.url, at=moment, now=now, left=self.left), None
        )

    def from_wayback(self) -> tuple[ImportReport, str | None]:
        from monitor.importing.internet_archive import Download, open_client

        known = {listed.fetched_at for listed in self.archive.captures(self.page.id)}
        with open_client(self.settings.fetch.contact) as client:
            download = Download(client, self.left)
            records = download.listed(self.page.url, since=self.since, until=self.until, known=known)
            return self._take_in(download.captures(records), len(records)), download.stopped

    def _take_in(self, found: Iterable[Found], total: int | None) -> ImportReport:
        from monitor.importing.found import KNOWN, ImportProblem, between

        wanted = between(found, self.since, self.until, self.left)
        with _watched(wanted, total) as seen:
            report = self._kept(seen)
        if not (report.taken or report.known or report.unread or self.left[KNOWN]):
            told = ", ".join(f"{number} {why}" for why, number in (+self.left).items())
            raise ImportProblem(f"nothing of {self.page.url} was found there{told and f', only {told}'}")
        return report

    def _kept(self, found: Iterable[Found]) -> ImportReport:
        if self.spread:
            require_cluster()
            from monitor.cluster.handing import hand_import

            return hand_import(self.archive, self.page, found, utc_now)
        from monitor.history.importing import take_in

        return take_in(self.archive, self.page, found, self.settings, utc_now)


@contextmanager
def _opened(settings: Settings) -> Iterator[Archive]:
    from storage import Archive

    with Archive.open(settings.database) as archive:
        yield archive


def _page(archive: Archive, settings: Settings, name: str | None) -> StoredPage:
    """Return the page of the settings that is meant, or of the archive; it is added where it was never checked."""
    watched = [page for page in settings.pages if name in (None, page.name)]
    stored = [page for page in archive.pages() if page.name == name]
    if len(watched) > 1:
        raise LeaderwatchError(f"say which page with --page: {', '.join(page.name for page in watched)}")
    if watched:
        number = archive.page_id(watched[0].name, watched[0].url)
        return next(page for page in archive.pages() if page.id == number)
    if not stored:
        known = dict.fromkeys([page.name for page in settings.pages] + [page.name for page in archive.pages()])
        raise LeaderwatchError(f"no page {name!r}: there is {', '.join(known)}")
    return stored[-1]


@contextmanager
def _watched(found: Iterable[Found], total: int | None) -> Iterator[Iterable[Found]]:
    """Give the captures, with a bar that moves on with each, where somebody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    looked_at = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), "captures", TimeRemainingColumn())
    with Progress(*columns, console=looked_at, transient=True, disable=not sys.stderr.isatty()) as progress:
        yield progress.track(found, total=total)


def _print(intake: Intake, report: ImportReport) -> None:
    from monitor.cli.tables import counted
    from monitor.cli.terminal import say

    known = f", {report.known} known before" if report.known else ""
    unread = f", {len(report.unread)} that read as no page" if report.unread else ""
    taken = "handed to the workers" if intake.spread else "taken in"
    say(f"{counted(report.taken, 'capture')} {taken}{known}{unread}.", title=f"{intake.page.name}:")
    for each in report.unread[:SHOWN]:
        say(f"{each.fetched_at:%Y-%m-%d %H:%M} UTC: {each.reason}", indent=2)
    if len(report.unread) > SHOWN:
        say(f"and {len(report.unread) - SHOWN} more", indent=2)
    for why, number in (+intake.left).items():
        say(f"Left {why}: {number}", indent=2)
