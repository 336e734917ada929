"""`leaderwatch copy`: an archive moved into another database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.cli.options import open_existing, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.moving import Progress


@click.command()
@click.argument("source")
@click.argument("target")
def command(source: str, target: str) -> None:
    """Copy the archive into another database.

    From SQLite to PostgreSQL, or back. SOURCE and TARGET are files or database URLs; the target is made where
    it is not there yet. Stop what writes to the source first. Every row is read back and compared. A copy that
    was cut short goes on when the command is given again.

    \b
    Example:
      leaderwatch copy leaderwatch.db postgresql+psycopg://leaderwatch@db.example.org/leaderwatch
    """
    from monitor.cli.tables import counted
    from monitor.cli.terminal import say
    from storage import Archive
    from storage.moving import copy_archive

    settings = read_settings(None, database=source)
    with open_existing(settings) as original, Archive.open(target) as copy:
        rows = _show(copy_archive(original, copy))
    say(f"Copied {counted(rows, 'row')}: each was read back and is the same.")


def _show(progress: Iterable[Progress]) -> int:
    """Show a bar on standard error, where that is a terminal; return the number of rows."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, disable=not console.is_terminal, transient=True) as bar:
        task, done = bar.add_task("", total=None), 0
        for at in progress:
            done = at.done
            bar.update(task, description=at.table, completed=at.done, total=at.total)
    return done
