"""Runs services for years, fast: `python -m bench.service slots|kills|soak|hostile`.

The test suite runs the same code with smaller counts: tests/test_many_services.py, tests/test_killed_services.py,
tests/test_soak.py and tests/test_hostile.py.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from tests.hostile_cases import HEAVY
from tests.hostile_sites import AT_ONCE, MOST_MEMORY, asked_for
from tests.killed_services import AFTERWARDS, WARM_UP, kill_at_random
from tests.many_services import NEWS_EACH, run_side_by_side
from tests.soaking import EMPTY, PROMISED, soak

MOST_GROWTH = 16 * 1024
"""KiB that memory may grow from the start of the soak; the second half of it may add a quarter of that."""


def slots(folder: Path, count: int) -> str:
    """Three processes on one archive: each slot one check, each change told once, nobody locked out."""
    pages = 4
    ended = run_side_by_side(folder, services=3, pages=pages, slots=count // pages)
    assert ended.slots == {"done": count}, ended
    assert (ended.checks, ended.checks_twice) == (count, 0), ended
    news = (count // pages - 1) // NEWS_EACH * pages
    assert ended.changes == ended.deliveries == ended.mails == news, ended
    assert not any(ended.said), ended.said
    return f"{count} slots, {ended.checks} checks, {ended.changes} changes, {ended.mails} mails; no trouble"


def kills(folder: Path, count: int) -> str:
    """Kill -9 at random moments; the archive is verified after each."""
    kept = kill_at_random(folder, count)
    assert kept["faults"] == kept["leased"] == kept["told_twice"] == kept["undelivered"] == 0, kept
    assert kept["done"] == kept["checks"] > WARM_UP + AFTERWARDS, kept
    assert kept["changes"] == kept["told"], kept
    return f"{count} kills: {kept}"


def soaked(folder: Path, count: int) -> str:
    """Check very often; memory, descriptors and the size of the archive are measured on the way."""
    cost = soak(folder, count)
    start, quarter, half, three, end = cost["memory"]
    assert max(quarter, half, three, end) - start < MOST_GROWTH, cost
    assert end - half < MOST_GROWTH / 4, cost
    assert len(set(cost["descriptors"])) == 1, cost
    assert cost["bytes"] < EMPTY + count * PROMISED, cost
    return (
        f"{count} checks: {start // 1024} MiB of memory at the start, {quarter // 1024} at a quarter, "
        f"{half // 1024} at half, {end // 1024} at the end; {cost['bytes_each']} bytes a check in the archive; "
        f"{cost['descriptors'][-1]} descriptors, as at the start"
    )


def hostile(folder: Path, count: int) -> str:
    """Check pages side by side that take as much memory as the limits leave, and measure what that comes to."""
    cases = [HEAVY[number % len(HEAVY)] for number in range(count)]
    good, worst, _ = asked_for(cases, AT_ONCE, folder)
    more = worst["peak"] - good["peak"]
    assert more < MOST_MEMORY, (good["peak"], worst["peak"])
    assert not any(page["changes"] for page in worst["pages"]), worst
    return (
        f"{count} heavy pages, {AT_ONCE} at once: {more // 1024} MiB above the peak of good ones, "
        f"{good['peak'] // 1024}"
    )


RUNS: dict[str, tuple[Callable[[Path, int], str], int]] = {
    "slots": (slots, 2_000),
    "kills": (kills, 200),
    "soak": (soaked, 100_000),
    "hostile": (hostile, 90),
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(RUNS)))
@click.option("--count", type=int, help="How many slots, kills, checks or pages, instead of the usual number.")
def main(names: tuple[str, ...], count: int | None) -> None:
    """Run all of them, or those that are named, and print what each came to."""
    for name in names or RUNS:
        run, usual = RUNS[name]
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            outcome = run(Path(folder), count or usual)
        click.echo(f"{name}: {outcome} ({time.monotonic() - begun:.0f} s)")


if __name__ == "__main__":
    main()
