"""`leaderwatch export`: the archive in other programs' formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from model import LeaderwatchError
from monitor.cli.options import (
    config_option,
    database_option,
    open_existing,
    page_option,
    pages_named,
    read_settings,
)

if TYPE_CHECKING:
    from monitor.exporting.formats import Export

FORMATS = ("csv", "jsonl", "parquet", "popolo", "ftm", "atom", "ical", "warc")
TABLES = ("tenures", "figures", "changes")


@click.command()
@click.option("--format", "form", required=True, type=click.Choice(FORMATS), help="What to write.")
@click.option(
    "--table",
    type=click.Choice(TABLES),
    default="tenures",
    help="Which table, as csv, jsonl or parquet.  [default: tenures]",
)
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Where to.  [default: standard output]"
)
@config_option
@database_option
@page_option
def command(
    form: str, table: str, out: Path | None, config: str | None, database: str | None, page_name: str | None
) -> None:
    """Hand the archive out in other programs' formats.

    csv, jsonl and parquet are tables of tenures, figures or changes; popolo and ftm (FollowTheMoney) are offices,
    leaders and tenures; atom and ical are the changes; warc is the evidence, which `import` takes into another
    archive, compressed where FILE ends in .gz. The same archive gives the same bytes. How surely something is
    known stays with it: windows have columns of their own, dates are as exact as the sightings around them.

    \b
    Examples:
      leaderwatch export --format csv --table figures > figures.csv
      leaderwatch export --format warc --out evidence.warc.gz
    """
    from monitor.cli.terminal import complain
    from monitor.exporting.formats import Export

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        packed = out is not None and out.name.endswith(".gz")
        left_out = _write(Export(archive, pages_named(archive, page_name), table, packed), form, out)
    if left_out:
        complain(f"left out: {left_out}")


def _write(export: Export, form: str, out: Path | None) -> str | None:
    from monitor.exporting.formats import BINARY
    from monitor.whole_files import READABLE, opened_whole

    if out is None:
        if form in BINARY and sys.stdout.isatty():
            raise LeaderwatchError(f"{form} is not for a terminal: name a file with --out, or pipe it on")
        return export.write(form, sys.stdout.buffer)
    try:
        with opened_whole(out, mode=READABLE) as file:
            return export.write(form, file)
    except OSError as error:
        raise LeaderwatchError(f"cannot write {out}: {error.strerror}") from None
