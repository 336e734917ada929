"""`leaderwatch stats`: how much the archive holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.cli.options import archive_options, open_existing, read_settings

if TYPE_CHECKING:
    from storage.counting import Counts, Covered, PageCounts


@click.command()
@archive_options
def command(config: str | None, database: str | None, as_json: bool) -> None:
    """Count what the archive holds, and how large it is.

    \b
    Examples:
      leaderwatch stats
      leaderwatch stats --json
    """
    from monitor.cli.terminal import say, say_json
    from storage import upkeep

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        counts = upkeep.count(archive)
    if as_json:
        say_json(counts.to_json())
        return
    for page in counts.pages:
        _print_page(page)
        say()
    _print_whole(counts)


def _print_page(page: PageCounts) -> None:
    from monitor.cli.tables import counted
    from monitor.cli.terminal import say

    imported = f", {page.imported} of them imported" if page.imported else ""
    say(page.url, title=f"{page.page}:")
    say(f"{counted(sum(page.checks.values()), 'check')}{_time(page.checked)}{_each(page.checks)}", indent=2)
    say(f"{counted(page.captures, 'capture')}{imported}{_time(page.captured)}", indent=2)
    say(f"{counted(sum(page.snapshots.values()), 'snapshot')}{_each(page.snapshots)}", indent=2)
    say(f"{counted(sum(page.changes.values()), 'change')}{_each(page.changes)}", indent=2)


def _print_whole(counts: Counts) -> None:
    from monitor.cli.tables import counted
    from monitor.cli.terminal import say

    pruned = f", {counts.pruned} of them pruned" if counts.pruned else ""
    served = sum(page.served for page in counts.pages)
    say(f"{_bytes(counts.size)}, of which the bodies take {_bytes(counts.stored)}", title="database:")
    say(f"{counts.bodies} bodies{pruned}; all captures in full would take {_bytes(served)}", indent=2)
    say(
        f"{counted(sum(counts.deliveries.values()), 'delivery', 'deliveries')}{_each(counts.deliveries)}",
        indent=2,
    )


def _each(numbers: dict[str, int]) -> str:
    return f": {', '.join(f'{number} {word}' for word, number in numbers.items())}" if numbers else ""


def _time(covered: Covered) -> str:
    return f", {covered.first:%Y-%m-%d} to {covered.last:%Y-%m-%d}" if covered.first and covered.last else ""


def _bytes(number: int) -> str:
    """Return a size as people read it: "812 bytes", "1.4 MB"."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if number >= size:
            return f"{number / size:.1f} {unit}"
    return f"{number} bytes"
