"""A cluster on this machine: `python -m bench.cluster kill|throughput`.

`kill`: pages due at once, two workers, one of them killed with SIGKILL in the middle, another one joined: each
slot must lead to one check. `throughput`: the same pages by one worker, then by two; the server and PostgreSQL run
on the same cores. The test suite runs the same code with smaller counts: tests/test_many_workers.py.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from bench.cluster.sites import serving
from bench.speed.pages import page
from storage import Archive
from tests.many_workers import Ended, run_cluster
from tests.postgres import Server, programs
from tests.watching import markup

NO_PAGE = b"<html><title>Offices</title><h1>Offices</h1><p>This page has moved.</p></html>"
"""What is kept, judged and recorded as a failed check: the queue is what is tried, not the reading."""

PAGES_EACH = 50
"""Pages of one site."""

MEMORY = Path("/dev/shm")  # noqa: S108 a folder of its own in there


@click.group()
def main() -> None:
    """Measure a cluster on this machine."""


@main.command()
@click.option("--pages", default=10_000, show_default=True)
@click.option(
    "--whole", is_flag=True, help="Serve leadership pages, whose first checks take three times as long."
)
def kill(pages: int, whole: bool) -> None:
    """Kill a worker in the middle, and let another one join."""
    ended = run(markup().encode() if whole else NO_PAGE, pages, workers=2, kill=True)
    click.echo(f"{pages} slots: {dict(ended.slots)}, {ended.checks} checks, {ended.checks_twice} twice")
    click.echo(f"{dict(ended.outcomes)}, {ended.faults} faults in the archive, {ended.tasks_left} tasks left")
    click.echo(f"{ended.seconds:.0f} s, {pages / ended.seconds:.0f} checks a second; {_load()}")


@main.command()
@click.option("--pages", default=1_000, show_default=True)
@click.option("--rounds", default=1, show_default=True)
def throughput(pages: int, rounds: int) -> None:
    """Compare two workers with one, over first checks of pages of 60 KB."""
    for _ in range(rounds):
        one, two = (run(page(0), pages, workers=number, kill=False).seconds for number in (1, 2))
        click.echo(
            f"{pages} pages: one worker {one:.1f} s ({pages / one:.1f} checks a second), "
            f"two {two:.1f} s ({pages / two:.1f}): {one / two:.2f} x; {_load()}"
        )


def run(served: bytes, pages: int, *, workers: int, kill: bool) -> Ended:
    """Run a cluster over so many pages of many sites, and hold that each slot led to one check."""
    found = programs()
    assert found is not None, "PostgreSQL is not installed"
    with (
        tempfile.TemporaryDirectory(dir=MEMORY) as folder,
        Server(Path(folder), found) as server,
        serving(served, max(1, pages // PAGES_EACH)) as ports,
        tempfile.TemporaryDirectory() as mails,
    ):
        urls = [f"http://127.0.0.1:{ports[number % len(ports)]}/pages/{number}" for number in range(pages)]
        location = server.new_database()
        Archive.open(location).close()
        ended = run_cluster(location, Path(mails), urls, workers=workers, kill=kill, dead_after=30.0)
    assert ended.slots == {"done": pages}, ended
    assert (ended.checks, ended.checks_twice, ended.faults, ended.tasks_left) == (pages, 0, 0, 0), ended
    assert ended.said == [], ended
    return ended


def _load() -> str:
    return f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
