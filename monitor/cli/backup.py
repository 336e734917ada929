"""`leaderwatch backup`: a copy of the archive."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.options import archive_options, open_existing, read_settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@archive_options
def command(file: Path, config: str | None, database: str | None, as_json: bool) -> int:
    """Copy the archive while it is in use, and verify the copy.

    FILE must not be there yet. The copy is an archive like any other; what `leaderwatch verify` would say of it is
    said at once.

    \b
    Example:
      leaderwatch backup backups/leaderwatch-2025-01-22.db
    """
    from monitor.cli.terminal import say, say_json
    from monitor.cli.verify import tell
    from storage import upkeep

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        found = upkeep.back_up(archive, file)
    if as_json:
        say_json({"file": str(file), "bytes": file.stat().st_size} | found.to_json())
    else:
        say(f"Wrote {file}, {file.stat().st_size} bytes.")
    return tell(found, as_json=as_json)
