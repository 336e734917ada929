"""Measures how time grows with a page's size: `python -m bench.linear`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress

import click
from rich.console import Console
from rich.table import Table

from bench.linear.pages import KINDS
from scraper import ScraperError, parse

STEP = 4
ALLOWED = 1.8


def seconds(html: str) -> float:
    """Return the time that one reading takes; a page that is refused was read too."""
    body = html.encode()
    begun = time.perf_counter()
    with suppress(ScraperError):
        parse(body)
    return time.perf_counter() - begun


@click.command()
@click.option(
    "--megabytes", default=0.4, show_default=True, help="Size of the larger page; the smaller has a quarter."
)
@click.option("--largest", default=0.0, show_default=True, help="Size of a page read once more, 0 for none.")
@click.argument("kinds", nargs=-1)
def main(megabytes: float, largest: float, kinds: Sequence[str]) -> None:
    """Read pages of each kind in two sizes and print how many times longer four times the page takes."""
    table = Table("kind", "MB", "s", f"{STEP}x MB", "s", "times", "", "largest, s", title="Time by size")
    slow = []
    for kind in kinds or KINDS:
        page, size = KINDS[kind], int(megabytes * 1_000_000)
        small, large = seconds(page(size // STEP)), seconds(page(size))
        times = large / max(small, 0.02)
        steep = times > STEP * ALLOWED
        slow += [kind] if steep else []
        last = f"{seconds(page(int(largest * 1_000_000))):.2f}" if largest else ""
        table.add_row(
            kind,
            f"{megabytes / STEP:g}",
            f"{small:.2f}",
            f"{megabytes:g}",
            f"{large:.2f}",
            f"{times:.1f}",
            "steep" if steep else "",
            last,
        )
    Console(width=110).print(table)
    if slow:
        raise SystemExit(f"time grows faster than size: {', '.join(slow)}")


if __name__ == "__main__":
    main()
