"""`leaderwatch verify`: whether the archive is as it was kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from monitor.cli.options import archive_options, open_existing, read_settings

if TYPE_CHECKING:
    from storage.verifying import Verification


@click.command()
@archive_options
def command(config: str | None, database: str | None, as_json: bool) -> int:
    """Say whether the archive is as it was kept.

    Every stored body is hashed again, the chain of captures is walked, every quoted word is looked for at its
    place, and the database checks itself. Then every version is read again, and tenures, figures and changes are
    derived again from the sightings. What is damaged, edited or gone is named on standard error, one line each,
    and the exit status is 2. The digest that ends a chain can be kept elsewhere: as long as it stands in the
    chain, nothing before it was rewritten.

    After a million checks and 500 versions of a small page that takes 12 seconds, half of them for the versions:
    a large one takes longer to read.

    \b
    Examples:
      leaderwatch verify
      leaderwatch verify --database leaderwatch.db --json
    """
    from monitor.cli.terminal import say_json
    from monitor.history.verifying import derived_faults
    from storage import upkeep

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        found = upkeep.verify(archive)
        found = replace(found, faults=(*found.faults, *derived_faults(archive, settings)))
    if as_json:
        say_json(found.to_json())
    return tell(found, as_json=as_json)


def tell(found: Verification, *, as_json: bool) -> int:
    """Say what was found, faults on standard error, and return the exit status."""
    from monitor.cli import TROUBLE
    from monitor.cli.terminal import complain

    if not as_json:
        _print(found)
    for fault in found.faults:
        complain(str(fault))
    return TROUBLE if found.faults else 0


def _print(found: Verification) -> None:
    from monitor.cli.tables import counted
    from monitor.cli.terminal import say

    pruned = f" ({found.pruned} pruned)" if found.pruned else ""
    looked_at = ", ".join(
        (
            counted(found.captures, "capture"),
            counted(found.bodies, "body", "bodies") + pruned,
            counted(found.quotes, "quote"),
        )
    )
    say(f"{looked_at}: {counted(len(found.faults), 'fault') if found.faults else 'all as they were kept'}.")
    for head in found.heads:
        say(f"{counted(head.captures, 'capture')}, chain ends at {head.digest}", title=f"{head.page}:")
