"""`leaderwatch show`: the page as last seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.cli.asked import asked, known_at_option, on_option
from monitor.cli.options import (
    archive_options,
    open_existing,
    page_option,
    pages_named,
    read_settings,
)

if TYPE_CHECKING:
    from monitor.history.answers import AsOf
    from monitor.showing import Known


@click.command()
@on_option
@known_at_option
@archive_options
@page_option
def command(
    on: str | None,
    known_at: str | None,
    config: str | None,
    database: str | None,
    as_json: bool,
    page_name: str | None,
) -> None:
    """Show who leads which office, as last seen.

    And what figures the page states, with when that was. It asks the archive and fetches nothing. Losses that
    wait to be confirmed are marked.

    With --on or --known-at it shows one page as of that day, each answer with how surely it is known: `observed`,
    `page_dated`, `possible` or `presumed`. An answer as known at a moment never changes after it.

    \b
    Examples:
      leaderwatch show
      leaderwatch show --on 2024-05-01 --known-at 2025-01-01
      leaderwatch show --page cbp-executive --json
    """
    from monitor.cli.terminal import say, say_json
    from monitor.showing import known

    if on or known_at:
        with asked(config, database, page_name, on, known_at) as question:
            answer = question.answer(question.history())
        say_json(answer.to_json()) if as_json else _print_as_of(answer)
        return
    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        pages = [known(archive, page) for page in pages_named(archive, page_name)]
    if as_json:
        say_json({"pages": [page.to_json() for page in pages]})
        return
    for number, page in enumerate(pages):
        if number:
            say()
        _print(page)


def _print_as_of(answer: AsOf) -> None:
    from monitor.cli.as_of_table import as_of_table, sentence
    from monitor.cli.tables import moment
    from monitor.cli.terminal import console, say

    known = f", as known at {moment(answer.known_at)}" if answer.known_at else ""
    say(f"as of {moment(answer.moment)}{known}", title=f"{answer.page}:")
    if answer.reason:
        say(f"{sentence(answer.reason)}.")
        return
    console().print()
    console().print(as_of_table(answer))


def _print(page: Known) -> None:
    from monitor.cli.tables import moment, page_table, summary
    from monitor.cli.terminal import console, say

    if page.rows is None or page.last_seen is None:
        say(f"never read well so far. {_last_check(page)}", title=f"{page.name}:")
        return
    say(page.rows.title, title=f"{page.name}:")
    say(page.url)
    say(f"As last seen {moment(page.last_seen)}, read from capture {page.capture}: {summary(page.rows)}.")
    if page.is_doubted:
        say(_last_check(page))
    console().print()
    console().print(page_table(page.rows, page.pending))


def _last_check(page: Known) -> str:
    from monitor.cli.tables import moment

    check = page.last_check
    if check is None:
        return "It was never checked."
    return f"The newest check, {moment(check.started_at)}, {check.outcome.value}: {check.reason}."
