"""`leaderwatch changes`: what changed, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from model import ChangeKind
from monitor.cli.options import archive_options, open_existing, page_option, pages_named, read_settings

if TYPE_CHECKING:
    from storage.rows import StoredChange


@click.command()
@archive_options
@page_option
@click.option("--since", metavar="DATE", help="Only what was first seen on this day or later.")
@click.option("--until", metavar="DATE", help="Only what was first seen until the end of this day.")
@click.option("--office", metavar="NAME", help="Only this office, by its name or abbreviation.")
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
    every_state: bool,
) -> None:
    """List what changed, and when.

    Oldest first, with when the old was last and the new first seen, and the two captures that `leaderwatch diff`
    and `parse` take by their numbers. Days are in UTC. Losses that were seen once wait to be confirmed; --all
    lists them too, and those that were withdrawn because the page had them again.

    \b
    Examples:
      leaderwatch changes --since 2025-01-01
      leaderwatch changes --office "Office of Trade" --json
      leaderwatch changes --since 2025-01-01 --format mail
    """
    from monitor.alerting import part_of, preview
    from monitor.cli.terminal import say_json, say_lines
    from monitor.showing import change_row, offices_called
    from monitor.sources import day_begins, day_ends
    from storage.rows import ChangeState

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        names = {page.id: page.name for page in pages_named(archive, page_name)}
        found = archive.changes(
            since=day_begins(since) if since else None,
            until=day_ends(until) if until else None,
            kind=ChangeKind(kind) if kind else None,
            states=None if every_state else [ChangeState.CONFIRMED],
        )
        found = [stored for stored in found if stored.page_id in names]
        if office:
            offices = offices_called(archive, names, office)
            found = [stored for stored in found if stored.change.office in offices]
        if form == "mail" and found and not as_json:
            say_lines(part_of(preview(archive, settings, found), "plain"))
            return
    if as_json or form == "json":
        say_json({"changes": [change_row(stored, names[stored.page_id]) for stored in found]})
    else:
        _print(found, names)


def _print(found: list[StoredChange], names: dict[int, str]) -> None:
    from monitor.cli.tables import history_table
    from monitor.cli.terminal import console, say

    if found:
        console().print(history_table(found, names))
    else:
        say("No change.")
