"""`leaderwatch who`: who led an office, or what a person led, on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.cli.asked import asked, known_at_option, on_option
from monitor.cli.options import archive_options, page_option

if TYPE_CHECKING:
    from monitor.history.answers import AsOf, Candidate
    from monitor.history.spans import Tenure


@click.command()
@click.argument("name", metavar="OFFICE|PERSON")
@on_option
@known_at_option
@archive_options
@page_option
def command(
    name: str,
    on: str | None,
    known_at: str | None,
    config: str | None,
    database: str | None,
    as_json: bool,
    page_name: str | None,
) -> None:
    """Say who led an office on a day, or what a person led.

    And how surely that is known. Names are taken leniently: OFO, "field ops", Sabatino. Without --on it is now. An
    answer is `observed` between two sightings that agree, `page_dated` where the page's own Last Modified says so,
    `possible` for the old and the new while one turned into the other, and `presumed` since the last sighting.

    \b
    Examples:
      leaderwatch who OFO --on 2024-05-01
      leaderwatch who Sabatino --json
    """
    from monitor.cli.terminal import say_json
    from monitor.history.asking import asked_for
    from monitor.history.subjects import Subjects

    with asked(config, database, page_name, on, known_at) as question:
        history = question.history()
        answer = question.answer(history)
    subject = asked_for(name, Subjects(history)) if history.runs else None
    found = answer.about(subject.tenures) if subject else []
    called = subject.name if subject else name
    if as_json:
        said = answer.to_json()
        row = {name: said[name] for name in ("page", "url", "on", "known_at")}
        offices = ({"office": each.span.office, "abbreviation": each.span.abbreviation} for each in found)
        rows = [office | answer.tenure_row(each) for office, each in zip(offices, found, strict=True)]
        say_json(row | {"name": called, "reason": _reason(answer, found), "candidates": rows})
    else:
        _print(answer, called, found)


def _reason(answer: AsOf, found: list[Candidate[Tenure]]) -> str | None:
    """Return in words why there is no answer, None where there is one."""
    return None if found else answer.reason or "not on the page then"


def _print(answer: AsOf, name: str, found: list[Candidate[Tenure]]) -> None:
    from monitor.cli.as_of_table import candidate_table, sentence
    from monitor.cli.tables import moment
    from monitor.cli.terminal import console, say

    say(f"as of {moment(answer.moment)}", title=f"{name}:")
    if found:
        console().print()
        console().print(candidate_table(answer, found))
    else:
        say(f"{sentence(_reason(answer, found) or '')}.")
