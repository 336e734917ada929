"""`leaderwatch status`: how the watch is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from model import LeaderwatchError
from monitor.cli.options import archive_options, open_existing, read_settings, utc_now

if TYPE_CHECKING:
    from monitor.status import Status


@click.command()
@archive_options
@click.pass_context
def command(ctx: click.Context, config: str | None, database: str | None, as_json: bool) -> None:
    """Say how the watch is: each page's health, and what is due.

    The first line is for monitors, and so is the exit status, as Nagios plugins have it: 0 when all is well, 1
    when somebody should look (checks fail, a version is not believed, a check is overdue, an alert could not be
    sent), 2 when a page is blind or the archive fails, 3 when nothing is known yet.

    \b
    Examples:
      leaderwatch status
      leaderwatch status --json
    """
    from monitor.cli.options import NothingKept
    from monitor.cli.terminal import say, say_json
    from monitor.settings import SettingsError
    from monitor.status import Level, status_of

    try:
        settings = read_settings(config, database=database)
        with open_existing(settings) as archive:
            status = status_of(archive, settings, now=utc_now())
    except LeaderwatchError as error:
        unknown = isinstance(error, NothingKept | SettingsError)
        level = Level.UNKNOWN if unknown else Level.CRITICAL
        if as_json:
            say_json({"status": level.name.lower(), "sentence": f"{level.name}: {error}", "pages": []})
        else:
            say(f"{level.name}: {error}")
        ctx.exit(level)
    if as_json:
        say_json(status.to_json())
    else:
        _print(status)
    ctx.exit(status.level)


def _print(status: Status) -> None:
    from monitor import clustered
    from monitor.cli.tables import status_table
    from monitor.cli.terminal import console, say

    say(status.sentence)
    if status.tasks:
        say(clustered.line(status.tasks))
    say()
    console().print(status_table(status))
