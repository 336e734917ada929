"""`leaderwatch parse`: one page into rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from model import LeaderwatchError
from monitor.cli.options import archive_options, page_option, reader

if TYPE_CHECKING:
    from model import LeadershipPage
    from monitor.quoting import Quoted


@click.command()
@click.argument("source")
@archive_options
@page_option
@click.option("--quotes", is_flag=True, help="Add the words that each value was read from, and their place.")
def command(
    source: str, config: str | None, database: str | None, as_json: bool, page_name: str | None, quotes: bool
) -> None:
    """Read one page into offices, leaders and figures.

    SOURCE is a file, a URL, - for standard input, or a version in the archive: the number of a capture, a date
    (2024-05-01 is the end of that day in UTC, 2024-05-01T12:00Z that moment) or `now` for the newest.

    \b
    Examples:
      leaderwatch parse page.html
      leaderwatch parse https://www.energy.gov/leadership --json
      curl -s https://example.gov/leaders | leaderwatch parse - --quotes --json
    """
    from monitor.cli.terminal import say_json
    from monitor.quoting import quotes as quotes_of
    from scraper.errors import ScraperError

    try:
        with reader(config, database, page_name) as sources:
            page = sources.read(source)
    except ScraperError as trouble:
        name = "standard input" if source == "-" else source
        raise LeaderwatchError(f"{name}: {trouble.reason}") from trouble
    found = quotes_of(page) if quotes else []
    if as_json:
        say_json(page.to_json() | ({"quotes": [each.to_json() for each in found]} if quotes else {}))
    else:
        _print(page, found)


def _print(page: LeadershipPage, found: list[Quoted]) -> None:
    from monitor.cli.tables import page_table, quote_table, summary
    from monitor.cli.terminal import console, say

    dated = f", last modified {page.last_modified}" if page.last_modified else ""
    say(f"{page.title}: {summary(page)}{dated}")
    console().print()
    console().print(page_table(page))
    if found:
        console().print(quote_table(found))
