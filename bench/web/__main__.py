"""Measures what pages of the archive in a browser take: `python -m bench.web`."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import click
import httpx
from rich.console import Console
from rich.table import Table

from bench.years import build
from storage import Archive
from tests.serving_web import visiting
from tests.watching import START

PAGE = "/pages/waterways"
ALLOWED_MS, LARGEST_TIMELINE = 30, 200_000


def paths(archive: Archive) -> Iterator[str]:
    """Yield every kind of page and question there is."""
    [page] = archive.pages()
    change = archive.changes(page_id=page.id)[-1]
    parts = (
        "",
        "timeline",
        "changes",
        "changes?office=Office+of+Rivers",
        "checks",
        "health",
        "review",
        "compare",
    )
    yield from (f"{PAGE}/{part}" for part in parts)
    yield f"{PAGE}/compare?a={change.capture_before}&b=now"
    yield f"{PAGE}/as-of?on={change.first_seen.date()}"
    yield f"{PAGE}/offices/office-of-rivers"
    yield f"{PAGE}/changes/{change.id}"
    yield f"{PAGE}/captures/{change.capture_after}"
    yield f"{PAGE}/captures/{change.capture_after}?view=source"
    for question in (
        "",
        "/as-of?on=now",
        "/tenures",
        "/figures",
        "/changes",
        "/checks",
        "/health",
        "/diff?a=1&b=2",
    ):
        yield f"/api/v1{PAGE}{question}"


def milliseconds(client: httpx.Client, path: str, times: int) -> tuple[float, int]:
    """Return the median CPU time of one answer, client included, and its size in bytes.

    CPU time is what one core takes, whatever else the machine is doing; nothing here waits for anything else.
    """
    taken = []
    for _ in range(times):
        begun = process_time()
        response = client.get(path)
        taken.append(1000 * (process_time() - begun))
        assert response.status_code == 200, (path, response.status_code)
    return median(taken), len(response.content)


@click.command()
@click.option("--checks", default=1_000_000, show_default=True)
@click.option("--changes", default=500, show_default=True)
@click.option("--times", default=15, show_default=True, help="Requests to each page.")
def main(checks: int, changes: int, times: int) -> None:
    """Serve an archive of years and print the median CPU time of every page, which is to stay under 30 ms."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "years.db"
        build(database, checks=checks, changes=changes)
        gc.collect()
        gc.freeze()  # what building left behind is nothing that a server would go through
        found = measure(database, times)
    table = Table("page", "CPU, ms", "bytes", title=f"{checks:,} checks, {changes} changes")
    for path, (taken, size) in found.items():
        table.add_row(path, f"{taken:.1f}", f"{size:,}")
    Console(width=110).print(table)
    slow = [path for path, (taken, _) in found.items() if taken > ALLOWED_MS]
    if slow or found[f"{PAGE}/timeline"][1] > LARGEST_TIMELINE:
        raise SystemExit(f"too slow or too large: {', '.join(slow) or 'the timeline'}")


def measure(database: Path, times: int) -> dict[str, tuple[float, int]]:
    """Return time and size of each page of an archive."""
    with Archive.open(database) as archive:
        asked = list(paths(archive))
        [belief] = [archive.belief(page.id) for page in archive.pages()]
    now = belief.last_seen if belief else START
    with visiting(database, now=now) as client:
        return {path: milliseconds(client, path, times) for path in asked}


if __name__ == "__main__":
    main()
