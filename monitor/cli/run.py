"""`leaderwatch run`: the check on a clock."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from monitor.cli.options import archive_options, quiet_option, read_settings, url_option, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command()
@archive_options
@url_option
@click.option("--every", metavar="TIME", help="How often to check: 30m, 6h, 1d.  [default: 6h]")
@click.option("--cron", metavar="EXPRESSION", help='When to check, as in a crontab: "0 6 * * 1-5".')
@click.option("--timezone", metavar="ZONE", help="The zone of the cron expression.  [default: UTC]")
@quiet_option
def command(
    config: str | None,
    database: str | None,
    url: str | None,
    every: str | None,
    cron: str | None,
    timezone: str | None,
    as_json: bool,
    quiet: bool,
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
    """
    import scheduler
    from monitor.cli.service_lines import ServiceLines
    from monitor.service import Service
    from storage import Archive

    def start(wake: Callable[[], object]) -> Service:
        settings = read_settings(
            config,
            url=url,
            database=database,
            schedule_every=every,
            schedule_cron=cron,
            schedule_timezone=timezone,
        )
        archive = Archive.open(settings.database, clock=utc_now)
        lines = ServiceLines(quiet=quiet, as_json=as_json)
        return Service(settings, archive, log=lines, clock=utc_now, wake=wake)

    ended = scheduler.keep(start)
    sys.stdout.flush()
    if not ended:
        os._exit(0)  # a check that does not end must not hold the process: it can be killed at any point
