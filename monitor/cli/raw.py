"""`leaderwatch raw`: the bytes of a capture."""

from __future__ import annotations

import sys
from http.client import responses
from typing import TYPE_CHECKING

import click

from model import LeaderwatchError
from monitor.cli.options import config_option, database_option, page_option, reader

if TYPE_CHECKING:
    from model import Capture


@click.command()
@click.argument("source", metavar="CAPTURE")
@config_option
@database_option
@page_option
@click.option("--headers", is_flag=True, help="Write the status and the headers before the bytes.")
def command(
    source: str, config: str | None, database: str | None, page_name: str | None, headers: bool
) -> None:
    """Write the bytes of a capture, as they were served.

    CAPTURE is a number, as `captures` lists them, a date for the newest good one until then, or `now`. The bytes go
    to standard output, which must not be a terminal: what a page holds could steer it.

    \b
    Examples:
      leaderwatch raw 12 > page.html
      leaderwatch raw 2024-05-01 --headers | less
    """
    if sys.stdout.isatty():
        raise LeaderwatchError("these are a foreign page's bytes: write them to a file, or pipe them to less")
    with reader(config, database, page_name) as sources:
        capture = sources.archived(source)
    sys.stdout.buffer.write((_head(capture) if headers else b"") + capture.body)


def _head(capture: Capture) -> bytes:
    lines = [f"HTTP/1.1 {capture.status} {responses.get(capture.status, '')}".rstrip()]
    lines += [f"{name}: {value}" for name, value in capture.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")
