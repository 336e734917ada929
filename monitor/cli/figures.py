"""`leaderwatch figures`: what the page stated, and how it moved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.asked import asked, known_at_option
from monitor.cli.options import archive_options, page_option

if TYPE_CHECKING:
    from monitor.history.spans import History
    from monitor.history.subjects import FigureSubject


@click.command()
@click.argument("office", required=False)
@click.argument("measure", required=False)
@known_at_option
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw the series into this .svg or .png (needs the extra `plot`).",
)
@archive_options
@page_option
def command(
    office: str | None,
    measure: str | None,
    known_at: str | None,
    plot: Path | None,
    config: str | None,
    database: str | None,
    as_json: bool,
    page_name: str | None,
) -> None:
    """Tell what the page stated, and how it moved.

    Each value comes with its window, delta and percent. OFFICE and MEASURE are taken leniently; `page` stands for
    what is stated outside every office.

    \b
    Examples:
      leaderwatch figures OFO employees
      leaderwatch figures OFO budget --plot budget.svg
    """
    from monitor.cli.terminal import say_json
    from monitor.history.series import asked_series, series_row
    from monitor.history.subjects import Subjects
    from monitor.showing import written

    with asked(config, database, page_name, None, known_at) as question:
        history = question.history()
    found = asked_series(Subjects(history), office, measure) if history.runs else []
    if plot:
        from monitor.plotting import draw

        draw(found, plot)
    if as_json:
        known = written(history.known_at)
        say_json({"page": history.page.name, "known_at": known, "series": [series_row(each) for each in found]})
    else:
        _print(history, found, plot)


def _print(history: History, found: list[FigureSubject], plot: Path | None) -> None:
    from monitor.cli.as_of_table import sentence, series_table
    from monitor.cli.terminal import console, say

    if found:
        console().print(series_table(found))
    else:
        say("The page states no figure." if history.runs else f"{sentence(history.nothing_known)}.")
    if plot:
        say(f"Drawn into {plot}.")
