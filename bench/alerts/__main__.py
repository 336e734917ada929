"""Kills checks that have news to tell: `python -m bench.alerts`. The test suite kills 25 of them.

After each kill two more checks run; then every change is recorded once, and every recipient has it under exactly
one Message-ID.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import click

from tests.killed_checks import kill_after_each_step, kill_at_random


@click.command()
@click.option("--count", type=int, default=200, show_default=True, help="How many kills at random moments.")
def main(count: int) -> None:
    """Kill a check after each step that others can see, and at random moments."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        click.echo(f"alerts: killed after each of {kill_after_each_step(Path(folder))} steps: each told once")
    with tempfile.TemporaryDirectory() as folder:
        kill_at_random(Path(folder), count)
    click.echo(
        f"alerts: killed {count} times at random: each told once; {time.monotonic() - began:.0f} s in all"
    )


main()
