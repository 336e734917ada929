"""`leaderwatch diff`: what lies between two versions of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.cli.options import archive_options, page_option, reader

if TYPE_CHECKING:
    from monitor.differing import Difference
    from monitor.history.answers import AsOf
    from monitor.sources import Reader

STATUS = {"same": 0, "changed": 1, "suspect": 2}


@click.command()
@click.argument("a")
@click.argument("b")
@archive_options
@page_option
@click.pass_context
def command(
    ctx: click.Context,
    a: str,
    b: str,
    config: str | None,
    database: str | None,
    as_json: bool,
    page_name: str | None,
) -> None:
    """Compare two versions of a page.

    A and B are files, URLs, - for standard input, or versions in the archive: the number of a capture (`changes`
    and `show` name them), a date (2024-05-01 is the end of that day in UTC, 2024-05-01T12:00Z
    that moment) or `now` for the newest; of a date it is told how surely it is known. Exit status: 0 same, 1
    changed, 2 when one of them cannot be had or is no believable version of the page.

    \b
    Examples:
      leaderwatch diff old.html new.html
      leaderwatch diff 2024-01-01 now --json
    """
    from monitor.cli.terminal import say, say_json
    from monitor.differing import differ

    with reader(config, database, page_name) as sources:
        difference = differ(a, b, sources.read)
        answers = [(source, answer) for source in (a, b) if (answer := _as_of(sources, source))]
    if as_json:
        dates = [answer.basis(source) for source, answer in answers]
        say_json(difference.to_json() | ({"dates": dates} if dates else {}))
    else:
        for each in answers:
            say(_certainty(*each))
        _print(difference)
    ctx.exit(STATUS[difference.verdict])


def _print(difference: Difference) -> None:
    from monitor.cli.tables import change_lines
    from monitor.cli.terminal import complain, console, say

    if difference.reason:
        complain(f"suspect: {difference.reason}")
    elif difference.changes:
        console().print(change_lines(difference.changes))
    else:
        say("No change that a reader would care about.")


def _as_of(sources: Reader, source: str) -> AsOf | None:
    """Return what is known of the page on a date; None where the source is none."""
    from monitor.history.timeline import as_of

    asked = sources.moment_meant(source)
    if asked is None:
        return None
    archive = sources.archive()
    number = sources.page(archive)
    return as_of(archive, next(page for page in archive.pages() if page.id == number), asked)


def _certainty(source: str, answer: AsOf) -> str:
    """Return how surely it is known what the page said on a date."""
    from monitor.cli.tables import moment

    around = [f"seen {moment(answer.gap.before)}"] if answer.gap.before else []
    around += [f"seen {moment(answer.gap.after)}"] if answer.gap.after else ["not seen since"]
    return f"{source}: {answer.certainty.value if answer.certainty else answer.reason} ({', '.join(around)})"
