"""Measures what checks cost beside a bare fetch and the peers: `python -m bench.speed`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import click
import lxml.html
from rich.console import Console
from rich.table import Table

from bench.speed.pages import page
from bench.speed.programs import PROGRAMS, Cost, run, size_on_disk
from bench.speed.site import Mode, Site, serving
from scraper import parse

OURS, REFERENCE, PEER = "leaderwatch", "bare httpx fetch", "urlwatch"
STARTS = {
    "python -c 'import click'": [sys.executable, "-c", "import click"],
    "leaderwatch --version": [str(Path(sys.executable).with_name("leaderwatch")), "--version"],
}

Rounds = dict[tuple[str, str], Cost]
"""The cost of a round by program and mode."""


def rounds(site: Site, count: int, programs: Sequence[str], *, times: int = 3) -> Rounds:
    """Return what one round over `count` pages costs in each mode: the median of several, after a first one."""
    costs: Rounds = {}
    urls = [site.url(number) for number in range(count)]
    for program in programs:
        with TemporaryDirectory() as folder:
            command = PROGRAMS[program](Path(folder), urls)
            for mode in Mode:
                costs[program, mode] = _cost(site, mode, lambda: run(command, Path(folder)), times)  # noqa: B023
    return costs


def _cost(site: Site, mode: Mode, run_once: Callable[[], Cost], times: int) -> Cost:
    """Return the median cost of rounds in one mode; the first one, which finds its way into it, is left out."""
    costs = []
    for round_ in range(times + 1):
        site.turn(mode, round_ + 1)
        costs.append(run_once())
    return Cost(median(cost.cpu_seconds for cost in costs[1:]), max(cost.peak_megabytes for cost in costs[1:]))


def speed_table(costs: Rounds, count: int, programs: Sequence[str]) -> Table:
    """Return the CPU of a round in each mode, with our ratio to each other program."""
    table = Table("a round over pages with", *programs, title=f"CPU seconds of a round over {count} pages")
    for mode in Mode:
        ours = costs[OURS, mode].cpu_seconds
        cells = [_beside(costs[program, mode].cpu_seconds, ours, program) for program in programs]
        table.add_row(mode.value, *cells)
    table.add_row("peak MB", *(f"{max(costs[p, m].peak_megabytes for m in Mode):.0f}" for p in programs))
    return table


def _beside(seconds: float, ours: float, program: str) -> str:
    return f"{seconds:.2f}" if program == OURS else f"{seconds:.2f} ({ours / seconds:.2f} x)"


def sizes_table(site: Site, count: int, programs: Sequence[str], turns: int) -> Table:
    """Return the state on disk after rounds in which every page changed."""
    table = Table(
        "program", "MB", f"{OURS} is", title=f"State after {turns} rounds, {count} changed pages each"
    )
    urls = [site.url(number) for number in range(count)]
    sizes = {}
    for program in programs:
        with TemporaryDirectory() as folder:
            command = PROGRAMS[program](Path(folder), urls)
            for turn in range(turns):
                site.turn(Mode.CHANGED, turn)
                run(command, Path(folder))
            sizes[program] = size_on_disk(Path(folder)) / 1e6
    for program, size in sizes.items():
        table.add_row(program, f"{size:.1f}", f"{sizes[OURS] / size:.2f} x")
    return table


def reading_table(count: int = 40) -> Table:
    """Return the CPU of reading one page beside a bare parse by lxml, in this process.

    Lines that were read are remembered, so a page is read faster after another version of it than by itself.
    """
    pages = [page(number) for number in range(count)]
    parse(page(count))  # loads what reading takes
    bare = min(_seconds(lxml.html.document_fromstring, pages) for _ in range(5))
    first = _seconds(parse, pages)
    later = ([page(number, version=version) for number in range(count)] for version in (1, 2, 3))
    again = min(_seconds(parse, versions) for versions in later)
    table = Table("reading one page of 60 KB", "ms", "ratio", title="Reading")
    table.add_row("lxml.html.document_fromstring", f"{bare * 1e3:.2f}", "1.0")
    table.add_row("scraper.parse, a page of unknown lines", f"{first * 1e3:.2f}", f"{first / bare:.1f}")
    table.add_row("scraper.parse, its next version", f"{again * 1e3:.2f}", f"{again / bare:.1f}")
    return table


def _seconds(read: Callable[[bytes], object], pages: Sequence[bytes]) -> float:
    begun = process_time()
    for each in pages:
        read(each)
    return (process_time() - begun) / len(pages)


def starts_table() -> Table:
    """Return the CPU of starting, without any work."""
    with TemporaryDirectory() as folder:
        costs = {
            words: median(run(command, Path(folder)).cpu_seconds for _ in range(7))
            for words, command in STARTS.items()
        }
    first = next(iter(costs.values()))
    table = Table("whole process", "CPU s", "ratio", title="Starting")
    for words, seconds in costs.items():
        table.add_row(words, f"{seconds:.3f}", f"{seconds / first:.2f}")
    return table


@click.command()
@click.option("--pages", "counts", multiple=True, type=int, default=(1, 500), show_default=True)
@click.option(
    "--turns", default=20, show_default=True, help="Rounds after which state on disk is weighed; 0: not."
)
@click.option("--peer", "peers", multiple=True, default=("urlwatch", "webchanges"), show_default=True)
def main(counts: Sequence[int], turns: int, peers: Sequence[str]) -> None:
    """Print what starting, reading and rounds over pages cost, and the state they leave on disk."""
    console = Console(width=118)
    console.print(starts_table())
    console.print(reading_table())
    with serving() as site:
        for count in counts:
            programs = (OURS, REFERENCE, *peers)
            console.print(speed_table(rounds(site, count, programs), count, programs))
        if turns:
            console.print(sizes_table(site, max(counts), (OURS, *peers), turns))


if __name__ == "__main__":
    main()
