"""`leaderwatch run`: the check on a clock."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from monitor.cli.options import archive_options, quiet_option, read_settings, url_option, utc_now

if TYPE_CHECKING:
    from apscheduler.triggers.base import BaseTrigger

    from monitor.settings import ScheduleSettings, Settings


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

    With an interval the first check comes at once; a cron expression waits for its time. Each check is one
    line, with its changes below; with --json each round is one JSON object on a line of its own. Ctrl-C or
    SIGTERM ends it.

    \b
    Examples:
      leaderwatch run --every 6h
      leaderwatch run --cron "0 6 * * *" --timezone America/New_York
    """
    import scheduler
    from monitor.cli.tables import counted
    from monitor.cli.terminal import say

    settings = read_settings(
        config, url=url, database=database, schedule_every=every, schedule_cron=cron, schedule_timezone=timezone
    )

    def announce() -> None:
        if not as_json:
            say(
                f"Checking {counted(len(settings.pages), 'page')} {_in_words(settings.schedule)}; Ctrl-C stops."
            )
        sys.stdout.flush()

    ended = scheduler.keep(
        lambda: check_once(settings, as_json=as_json, quiet=quiet),
        _trigger(settings.schedule),
        at_once=settings.schedule.cron is None,
        announce=announce,
    )
    sys.stdout.flush()
    if not ended:
        os._exit(0)  # a check that does not end must not hold the process: it can be killed at any point


def check_once(settings: Settings, *, as_json: bool, quiet: bool) -> None:
    """Run one round and tell how it ended; what goes wrong is told, and the next round comes all the same."""
    from monitor.cli.reporting import log_line
    from monitor.cli.terminal import complain, heard_or_not, say_json_line
    from monitor.round import check_pages

    results = []
    try:
        for result in check_pages(settings, clock=utc_now):
            results.append(result)
            with heard_or_not():
                log_line(result, quiet=quiet, json_follows=as_json)
    except Exception as error:  # noqa: BLE001 a service outlives what one round ran into
        complain(f"this round ended early: {type(error).__name__}: {error}")
    if as_json:
        with heard_or_not():
            say_json_line({"pages": [result.to_json() for result in results]})


def _trigger(schedule: ScheduleSettings) -> BaseTrigger:
    import scheduler

    if schedule.cron:
        return scheduler.WallClock(schedule.cron, schedule.timezone)
    return scheduler.every(schedule.every)


def _in_words(schedule: ScheduleSettings) -> str:
    from monitor.durations import format_duration

    if schedule.cron:
        return f'at "{schedule.cron}", {schedule.timezone} time'
    return f"every {format_duration(schedule.every)}"
