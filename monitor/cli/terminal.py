"""What reaches the terminal: lines, JSON, the place where tables are printed. Page text comes out harmless."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from model import Json
from monitor.plain_words import plain

if TYPE_CHECKING:
    from rich.console import Console

_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON leaves unescaped although a terminal may obey it: DEL, C1 controls, marks of writing direction."""


def say(line: str = "", *, title: str = "", indent: int = 0) -> None:
    """Print one line for people; `title` comes first and stands out."""
    strong = click.style(plain(title), bold=True) + " " if title else ""
    click.echo(" " * indent + strong + plain(line))


def say_lines(text: str) -> None:
    """Print lines for people: breaks and indents stay, whatever else a page put into them comes out harmless."""
    for line in text.splitlines():
        bare = line.lstrip(" ")
        say(bare, indent=len(line) - len(bare))


def complain(line: str) -> None:
    """Print one line on standard error."""
    click.echo(f"leaderwatch: {plain(line)}", err=True)


def say_json(row: Json) -> None:
    """Print one JSON object, the same in every terminal and encoding."""
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    written = json.dumps(row, indent=2, ensure_ascii=ascii_only)
    click.echo(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written))


def say_json_line(row: Json) -> None:
    """Print one JSON object on one line, for programs that read a stream of them."""
    click.echo(json.dumps(row))


def console() -> Console:
    """Return where tables are printed: as wide as the terminal, 80 columns where there is none."""
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rich itself would end the program, with the status that means trouble

    return Piped(markup=False, emoji=False, highlight=False)


@contextmanager
def heard_or_not() -> Iterator[None]:
    """Let what is told inside go unheard where the reader of standard output has gone: the work goes on."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        speak_to_nobody()


def speak_to_nobody() -> None:
    """Send standard output nowhere from now on, what waits to be flushed included."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
