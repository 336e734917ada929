"""`leaderwatch prune`: old bodies that nothing rests on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from monitor.cli.options import archive_options, open_existing, page_option, pages_named, read_settings, utc_now

if TYPE_CHECKING:
    from storage.pruning import Pruning


@click.command()
@click.option("--older-than", metavar="AGE", required=True, help="How old a capture must be: 365d, 8w.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@archive_options
@page_option
def command(
    older_than: str,
    dry_run: bool,
    config: str | None,
    database: str | None,
    as_json: bool,
    page_name: str | None,
) -> None:
    """Drop the bytes of old captures that said nothing new.

    A capture keeps its row, its digest and its place in the chain; `verify` stays clean. What a belief, a tenure or
    a change rests on is never dropped, nor is the first or the last capture that said so, nor what was blocked.
    Bytes that are dropped can be neither read again nor shown: make a backup first.

    \b
    Examples:
      leaderwatch prune --older-than 365d --dry-run
      leaderwatch prune --older-than 365d
    """
    from monitor.cli.terminal import say_json
    from storage import upkeep

    before = utc_now() - _age(older_than)
    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        numbers = [page.id for page in pages_named(archive, page_name)]
        found = upkeep.prune(archive, numbers, before, drop=not dry_run)
    if as_json:
        say_json({"before": before.isoformat(), "dry_run": dry_run} | found.to_json())
    else:
        _print(found, before, dry_run=dry_run)


def _age(written: str) -> timedelta:
    from monitor.durations import parse_duration

    try:
        return parse_duration(written)
    except ValueError as error:
        raise click.BadParameter(f"{written!r}: {error}", param_hint="--older-than") from None


def _print(found: Pruning, before: datetime, *, dry_run: bool) -> None:
    from monitor.cli.tables import counted
    from monitor.cli.terminal import say

    went = "would go" if dry_run else "went"
    say(
        f"{counted(found.bodies, 'body', 'bodies')} of {counted(found.captures, 'capture')} from before "
        f"{before:%Y-%m-%d} {went}, {found.stored} bytes."
    )
