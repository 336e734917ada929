"""`leaderwatch init`: a settings file to start from."""

from __future__ import annotations

from pathlib import Path

import click

from model import LeaderwatchError


class WouldOverwrite(LeaderwatchError):
    """The file is already there, and may hold what somebody wrote."""


@click.command()
@click.argument("file", default="leaderwatch.toml", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file that is already there.")
def command(file: Path, force: bool) -> None:
    """Write a commented leaderwatch.toml to start from.

    Every setting is in it with its default and what it may be; nothing needs to be changed to begin.

    \b
    Example:
      leaderwatch init
    """
    from monitor.settings import starter_file

    if file.exists() and not force:
        raise WouldOverwrite(f"{file} is already there: --force replaces it, or name another file")
    try:
        file.write_text(starter_file(), encoding="utf-8")
    except OSError as error:
        raise LeaderwatchError(f"cannot write {file}: {error.strerror}") from error
    click.echo(f"Wrote {file}. Next: `leaderwatch check`.")
