"""`leaderwatch parse`: one page into rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from model import Json, LeaderwatchError
from monitor.cli.options import archive_options, page_option, reader

if TYPE_CHECKING:
    from model import Figure, LeadershipPage, Quote


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
    from scraper.errors import ScraperError

    try:
        with reader(config, database, page_name) as sources:
            page = sources.read(source)
    except ScraperError as trouble:
        name = "standard input" if source == "-" else source
        raise LeaderwatchError(f"{name}: {trouble.reason}") from trouble
    if as_json:
        say_json(page.to_json() | ({"quotes": _quotes(page)} if quotes else {}))
    else:
        _print(page, quotes)


def _print(page: LeadershipPage, quotes: bool) -> None:
    from monitor.cli.tables import page_table, quote_table, summary
    from monitor.cli.terminal import console, say

    dated = f", last modified {page.last_modified}" if page.last_modified else ""
    say(f"{page.title}: {summary(page)}{dated}")
    console().print()
    console().print(page_table(page))
    if quotes:
        console().print(quote_table(_quotes(page)))


def _quotes(page: LeadershipPage) -> list[Json]:
    """Return a row for each value that quotes the page: what it is, the words, their place in the text."""
    rows = []
    for office in page.offices:
        rows.append(_row("office", office.name, office.quote))
        if office.leader:
            rows.append(_row("leader", office.leader.name, office.leader.quote))
        rows += [_figure_row(figure) for figure in office.figures]
    rows += [_figure_row(figure) for figure in page.figures]
    return [row for row in rows if row["quote"]]


def _figure_row(figure: Figure) -> Json:
    return _row("figure", figure.measure, figure.quote)


def _row(what: str, value: str, quote: Quote | None) -> Json:
    return {"what": what, "value": value, "quote": quote.to_json() if quote else None}
