"""`leaderwatch changes`: what changed, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from model import ChangeKind
from monitor.cli.asked import known_at_option
from monitor.cli.options import (
    archive_options,
    open_existing,
    page_option,
    pages_named,
    read_settings,
    utc_now,
)

if TYPE_CHECKING:
    from storage import Archive
    from storage.rows import StoredChange, StoredPage


@click.command()
@archive_options
@page_option
@click.option("--since", metavar="DATE", help="Only what was first seen on this day or later.")
@click.option("--until", metavar="DATE", help="Only what was first seen until the end of this day.")
@click.option("--office", metavar="NAME", help='Only this office: OFO, "field ops".')
@click.option(
    "--kind", type=click.Choice([kind.value for kind in ChangeKind]), help="Only this kind of change."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "mail"]),
    default="table",
    show_default=True,
    help="How to print them; `mail` is one that tells of them all.",
)
@known_at_option
@click.option("--all", "every_state", is_flag=True, help="Losses too that wait, or were withdrawn.")
def command(
    config: str | None,
    database: str | None,
    as_json: bool,
    page_name: str | None,
    since: str | None,
    until: str | None,
    office: str | None,
    kind: str | None,
    form: str,
    known_at: str | None,
    every_state: bool,
) -> None:
    """List what changed, and when.

    Oldest first, with when the old was last and the new first seen, and the two captures that `leaderwatch diff`
    and `parse` take by their numbers. Days are in UTC. Losses that were seen once wait to be confirmed; --all
    lists them too, and those that were withdrawn because the page had them again. With --known-at it is the list
    as it was then: what was found, confirmed or taken back later is left out.

    \b
    Examples:
      leaderwatch changes --since 2025-01-01
      leaderwatch changes --office "Office of Trade" --json
      leaderwatch changes --since 2025-01-01 --format mail
    """
    from monitor.alerting import part_of, preview
    from monitor.cli.terminal import say_json, say_lines
    from monitor.showing import change_row
    from monitor.sources import day_begins, day_ends, moment_asked
    from storage.rows import ChangeState

    settings = read_settings(config, database=database)
    known = moment_asked(known_at, utc_now) if known_at else None
    with open_existing(settings) as archive:
        pages = pages_named(archive, page_name)
        names = {page.id: page.name for page in pages}
        found = archive.changes(
            since=day_begins(since) if since else None,
            until=day_ends(until) if until else None,
            kind=ChangeKind(kind) if kind else None,
            states=None if every_state else [ChangeState.CONFIRMED],
            known_at=known,
        )
        found = [stored for stored in found if stored.page_id in names]
        if office and (found or not known):
            meant = _meant(archive, pages, office, known)
            found = [stored for stored in found if stored.change.office in meant]
        if form == "mail" and found and not as_json:
            say_lines(part_of(preview(archive, settings, found), "plain"))
            return
    if as_json or form == "json":
        say_json({"changes": [change_row(stored, names[stored.page_id]) for stored in found]})
    else:
        _print(found, names, known)


def _meant(archive: Archive, pages: Sequence[StoredPage], office: str, known_at: datetime | None) -> set[str]:
    """Return the names that changes of these pages call the office by that is meant."""
    from monitor.history.asking import office_names
    from monitor.history.subjects import Subjects
    from monitor.history.timeline import history_of

    histories = [history_of(archive, page, known_at) for page in pages]
    known = [subject for history in histories for subject in Subjects(history).offices.values()]
    changed = (
        each.change.office for page in pages for each in archive.changes(page_id=page.id, known_at=known_at)
    )
    return office_names(office, known, changed)


def _print(found: list[StoredChange], names: dict[int, str], known_at: datetime | None) -> None:
    from monitor.cli.tables import history_table, moment
    from monitor.cli.terminal import console, say

    if found:
        console().print(history_table(found, names))
    else:
        say(f"No change was known at {moment(known_at)}." if known_at else "No change.")
