"""`leaderwatch run`: the check on a clock."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from monitor.cli.keeping import keep, metrics_option
from monitor.cli.options import archive_options, quiet_option, read_settings, url_option, utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.cli.keeping import Wake
    from monitor.events import Listener
    from monitor.service import Service
    from monitor.settings import Settings
    from storage import Archive


@click.command()
@archive_options
@url_option
@click.option("--every", metavar="TIME", help="How often to check: 30m, 6h, 1d.  [default: 6h]")
@click.option("--cron", metavar="EXPRESSION", help='When to check, as in a crontab: "0 6 * * 1-5".')
@click.option("--timezone", metavar="ZONE", help="The zone of the cron expression.  [default: UTC]")
@quiet_option
@click.option("--web", is_flag=True, help="Serve the archive to browsers too, as [web] says.")
@metrics_option
def command(
    config: str | None,
    database: str | None,
    url: str | None,
    every: str | None,
    cron: str | None,
    timezone: str | None,
    as_json: bool,
    quiet: bool,
    web: bool,
    metrics: str | None,
) -> None:
    """Check on a clock, until stopped.

    With an interval the first check comes at once; a cron expression waits for its time. Several processes may
    share an archive: each slot is checked by one of them. Each check is one line, with its changes below; with
    --json it is one JSON object on a line of its own, as `check` prints it. Ctrl-C or SIGTERM ends it, SIGHUP
    reads the settings again.

    \b
    Examples:
      leaderwatch run --every 6h
      leaderwatch run --cron "0 6 * * *" --timezone America/New_York
      leaderwatch run --web --metrics 127.0.0.1:9108
    """
    from monitor.service import Service

    schedule = {"schedule_every": every, "schedule_cron": cron, "schedule_timezone": timezone}

    def make(settings: Settings, archive: Archive, listeners: list[Listener], wake: Wake) -> Service:
        return Service(settings, archive, listeners=listeners, clock=utc_now, wake=wake)

    keep(
        make,
        partial(read_settings, config, url=url, database=database, **schedule),
        doing="Checking",
        metrics=metrics,
        quiet=quiet,
        as_json=as_json,
        beside=_site(read_settings(config, url=url, database=database), as_json=as_json) if web else None,
    )


@contextmanager
def _site(settings: Settings, *, as_json: bool) -> Iterator[None]:
    """Serve the archive to browsers while the block runs; it is made where there is none yet."""
    from monitor.cli.terminal import say
    from monitor.cli.web import served
    from storage import Archive

    with Archive.open(settings.database, clock=utc_now) as archive, served(archive, settings) as address:
        if not as_json:
            say(f"The archive is at {address}")
        yield
