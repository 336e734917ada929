"""Measures what answers about years of checks take, and whether order matters: `python -m bench.history`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import click
from rich.console import Console
from rich.table import Table

from bench.history.orders import differing
from bench.years import build
from monitor.history.asking import asked_for
from monitor.history.subjects import Subjects
from monitor.history.timeline import as_of, history_of
from monitor.history.verifying import derived_faults
from monitor.showing import known
from storage import Archive, upkeep
from tests.checked import SETTINGS, Checked, rows_of
from tests.watching import START, Clock, instead

ALLOWED_MS = 50


def questions(archive: Archive, years: timedelta) -> dict[str, Callable[[], object]]:
    """Return what people ask, each as a call."""
    [page] = archive.pages()
    day, late = START + years / 2, START + years
    return {
        "show": lambda: known(archive, page),
        "show --on": lambda: as_of(archive, page, day),
        "show --on --known-at": lambda: as_of(archive, page, day, late),
        "history, figures": lambda: Subjects(history_of(archive, page)),
        "who": lambda: asked_for("rivers", Subjects(history_of(archive, page))),
        "changes": lambda: archive.changes(page_id=page.id),
        "diff of two days": lambda: [archive.capture_at(page.id, moment) for moment in (day, late)],
        "captures": lambda: list(archive.captures(page.id)),
    }


def work(archive: Archive, begins: datetime, times: int) -> dict[str, float]:
    """Return the CPU time of a check that finds a change, once the page is read, of deriving all again, of verify."""
    [stored] = archive.pages()
    page, versions = Checked(archive, Clock(begins), stored.id), cycle(map(instead_of_rivers, "ABCDEFGH"))
    page.check(next(versions), hours=1)
    return {
        "a check that finds a change": milliseconds(lambda: page.check(next(versions), hours=1), times),
        "all sightings gone through again": milliseconds(page.go_through_all, 3),
        "verify: the evidence": milliseconds(lambda: upkeep.verify(archive), 1),
        "verify: what is derived": milliseconds(lambda: derived_faults(archive, SETTINGS), 1),
    }


def instead_of_rivers(initial: str) -> str:
    """Return a version of the page that says something new; it is read once, before anything is measured."""
    version = instead(Rivers=f"Director Zoe {initial}. Park")
    rows_of(version)
    return version


def milliseconds(ask: Callable[[], object], times: int) -> float:
    """Return the median CPU time of one answer, whatever else the machine is doing."""
    taken = []
    for _ in range(times):
        begun = process_time()
        ask()
        taken.append(1000 * (process_time() - begun))
    return median(taken)


@click.command()
@click.option("--checks", default=1_000_000, show_default=True)
@click.option("--changes", default=500, show_default=True)
@click.option("--times", default=15, show_default=True, help="Times that each question is asked.")
@click.option("--orders", default=1_000, show_default=True, help="Orders in which the same evidence comes in.")
@click.option("--seed", default=20240419, show_default=True)
def main(checks: int, changes: int, times: int, orders: int, seed: int) -> None:
    """Ask an archive of years everything: the median CPU time of an answer is to stay under 50 ms.

    Then bring the same evidence in, in orders of chance: each is to give the same history.
    """
    with TemporaryDirectory() as folder:
        database = Path(folder) / "years.db"
        build(database, checks=checks, changes=changes)
        with Archive.open(database) as archive:
            asked = questions(archive, timedelta(minutes=checks))
            found = {name: milliseconds(ask, times) for name, ask in asked.items()}
            worked = work(archive, START + timedelta(minutes=checks), times)
    table = Table("question", "CPU, ms", title=f"{checks:,} checks, {changes} changes")
    for name, taken in (found | worked).items():
        table.add_row(name, f"{taken:.1f}")
    Console(width=110).print(table)
    slow = [name for name, taken in found.items() if taken > ALLOWED_MS]
    if slow:
        raise SystemExit(f"too slow: {', '.join(slow)}")
    if others := differing(orders, seed):
        raise SystemExit(
            f"{len(others)} of {orders} orders gave another history, the first of them number {others[0]}"
        )
    click.echo(f"{orders} orders of the same evidence gave one history")


if __name__ == "__main__":
    main()
