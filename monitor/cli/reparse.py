"""`leaderwatch reparse`: all evidence read again with today's parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.cli.cluster import require_cluster
from monitor.cli.options import archive_options, open_existing, page_option, pages_named, read_settings

if TYPE_CHECKING:
    from monitor.history.reparsing import Reparsed
    from storage import Archive, StoredPage


@click.command()
@click.option(
    "--apply", "is_applied", is_flag=True, help="Believe what is read now; without, it is only shown."
)
@click.option("--spread", is_flag=True, help="With --apply: let the workers of a cluster do it, page by page.")
@archive_options
@page_option
def command(
    is_applied: bool,
    spread: bool,
    config: str | None,
    database: str | None,
    as_json: bool,
    page_name: str | None,
) -> None:
    """Read all evidence again with today's parser.

    And show what would differ. With --apply the new readings are kept beside the old ones and the history is
    derived from them. Alerts that turn out to have been wrong are retracted, others are not repeated. What was
    known before stays known (`show --known-at`).

    \b
    Examples:
      leaderwatch reparse
      leaderwatch reparse --apply --json
    """
    if spread and not is_applied:
        raise click.UsageError("--spread goes with --apply", click.get_current_context())
    from monitor.cli.terminal import say_json
    from monitor.history.reparsing import reparse

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        if spread:
            _hand_on(archive, pages_named(archive, page_name), as_json)
            return
        found = [reparse(archive, page, settings, apply=is_applied) for page in pages_named(archive, page_name)]
    if as_json:
        say_json({"applied": is_applied, "pages": [each.to_json() for each in found]})
        return
    for each in found:
        _print(each, is_applied)


def _hand_on(archive: Archive, pages: list[StoredPage], as_json: bool) -> None:
    require_cluster()
    from monitor.cli.tables import counted
    from monitor.cli.terminal import say, say_json
    from monitor.cluster.handing import hand_reparse

    number = hand_reparse(archive, pages)
    if as_json:
        say_json({"applied": True, "handed_on": number})
    else:
        say(f"{counted(number, 'page')} handed to the workers: `leaderwatch status` says how many tasks wait.")


def _print(found: Reparsed, is_applied: bool) -> None:
    from monitor.cli.tables import counted
    from monitor.cli.terminal import complain, say

    would = "read otherwise now" if is_applied else "would read otherwise: --apply takes that over"
    say(f"{counted(found.read, 'reading')} made again, {found.differing} {would}.", title=f"{found.page}:")
    for line in found.lost:
        say(f"- {line}", indent=2)
    for line in found.gained:
        say(f"+ {line}", indent=2)
    for capture in found.unread:
        complain(f"{found.page}: capture {capture} cannot be read any more: it stays as it was read")
