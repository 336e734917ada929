"""`leaderwatch captures`: what was served, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.cli.options import archive_options, open_existing, page_option, pages_named, read_settings

if TYPE_CHECKING:
    from model import Json


@click.command()
@archive_options
@page_option
@click.option("--since", metavar="DATE", help="Only what was fetched on this day or later.")
@click.option("--until", metavar="DATE", help="Only what was fetched until the end of this day.")
def command(
    config: str | None,
    database: str | None,
    as_json: bool,
    page_name: str | None,
    since: str | None,
    until: str | None,
) -> None:
    """List what was served, and when.

    Oldest first: the number that `raw`, `parse` and `diff` take, when it was fetched, the server's status, what
    it was judged to be, its size in bytes, the snapshot that was read from it or says the same, and where an
    imported one came from. Days are in UTC.

    \b
    Examples:
      leaderwatch captures
      leaderwatch captures --since 2025-01-01 --json
    """
    from monitor.capture_list import capture_row, verdict_of
    from monitor.cli.terminal import say_json
    from monitor.sources import day_begins, day_ends

    settings = read_settings(config, database=database)
    first, end = (day_begins(since) if since else None), (day_ends(until) if until else None)
    with open_existing(settings) as archive:
        pages = pages_named(archive, page_name)
        rows = [
            capture_row(listed, verdict_of(archive, listed), page.name)
            for page in pages
            for listed in archive.captures(page.id, since=first, until=end)
        ]
    if as_json:
        say_json({"captures": rows})
    else:
        _print(rows, several=len(pages) > 1)


def _print(rows: list[Json], *, several: bool) -> None:
    from monitor.cli.tables import capture_table
    from monitor.cli.terminal import console, say

    if rows:
        console().print(capture_table(rows, several=several))
    else:
        say("No capture.")
