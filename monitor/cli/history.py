"""`leaderwatch history`: who led what, from when to when, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from model import Json
from monitor.cli.asked import asked, known_at_option
from monitor.cli.options import archive_options, page_option

if TYPE_CHECKING:
    from monitor.history.spans import History, Tenure
    from monitor.history.subjects import PersonSubject


@click.command()
@click.argument("name", metavar="[OFFICE|PERSON]", required=False)
@known_at_option
@archive_options
@page_option
def command(
    name: str | None,
    known_at: str | None,
    config: str | None,
    database: str | None,
    as_json: bool,
    page_name: str | None,
) -> None:
    """Tell who led what, from when to when, and for how long.

    Each tenure has its first and last sighting, the windows in which it began and ended, and the days in post, at
    least and at most. For a person, acting and permanent days are told apart and summed.

    \b
    Examples:
      leaderwatch history OFO
      leaderwatch history Sabatino --json
    """
    from monitor.cli.terminal import say_json
    from monitor.history.asking import asked_for
    from monitor.history.subjects import PersonSubject, Subjects
    from monitor.showing import written

    with asked(config, database, page_name, None, known_at) as question:
        history = question.history()
    subjects = Subjects(history)
    subject = asked_for(name, subjects) if name and history.runs else None
    tenures = subject.tenures if subject else tuple(history.tenures)
    people = [subject] if isinstance(subject, PersonSubject) else []
    if as_json:
        row = {"page": history.page.name, "url": history.page.url, "known_at": written(history.known_at)}
        say_json(
            row
            | {"name": subject.name if subject else None}
            | {"tenures": [tenure.to_json() for tenure in tenures]}
            | {"people": [_person_row(person) for person in people or subjects.people.values()]}
        )
    else:
        _print(history, tenures, people)


def _person_row(person: PersonSubject) -> Json:
    acting, permanent = person.days(acting=True), person.days(acting=False)
    days = {
        "acting": acting.to_json(),
        "permanent": permanent.to_json(),
        "total": (acting + permanent).to_json(),
    }
    return {"name": person.name, "spellings": person.spellings, "days": days}


def _print(history: History, tenures: Sequence[Tenure], people: Sequence[PersonSubject]) -> None:
    from monitor.cli.as_of_table import days_text, sentence, tenure_table
    from monitor.cli.terminal import console, say

    if not tenures:
        say(f"{sentence(history.nothing_known)}.")
        return
    console().print(tenure_table(tenures))
    for person in people:
        acting, permanent = person.days(acting=True), person.days(acting=False)
        parts = f"acting {days_text(acting)}, permanent {days_text(permanent)}"
        say(f"{days_text(acting + permanent)} in post as far as seen: {parts}.", title=f"{person.name}:")
