"""Measures an import on one core, on disk: `python -m bench.importing`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import click

from fixtures import path
from model import Capture
from monitor.declared import CBP_URL
from monitor.history.importing import take_in
from monitor.importing.found import Found
from monitor.settings import PageSettings, Settings
from storage import Archive, upkeep

START = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cost:
    """What an import took: captures taken in, CPU seconds, and bytes of the database afterwards."""

    captures: int
    seconds: float
    size: int

    @property
    def a_second(self) -> float:
        return self.captures / self.seconds


def history(captures: int, contents: int) -> Iterator[Found]:
    """Yield captures six hours apart; the page says something else `contents` times, a number of its staff."""
    page = path("cbp_2024-04-19.html").read_bytes()
    assert page.count(b"32,000") == 1
    for number in range(captures):
        version = number * contents // captures
        body = page.replace(b"32,000", b"%d,%03d" % (30 + version // 1000, version % 1000))
        served = Capture(
            CBP_URL, CBP_URL, 200, {"content-type": "text/html"}, body, START + number * timedelta(hours=6)
        )
        yield Found(served, "bench")


def measure(file: Path, captures: int, contents: int) -> Cost:
    """Import into a new archive on disk, and look it over afterwards."""
    settings = Settings(pages=(PageSettings(name="cbp-executive", url=CBP_URL),))
    found = list(history(captures, contents))
    with Archive.open(file) as archive:
        archive.page_id("cbp-executive", CBP_URL)
        (page,) = archive.pages()
        begun = process_time()
        report = take_in(archive, page, found, settings, lambda: datetime.now(UTC))
        seconds = process_time() - begun
        assert (report.taken, report.unread[:1]) == (captures, ())
        assert upkeep.verify(archive).faults == ()
        return Cost(captures, seconds, upkeep.count(archive).size)


@click.command()
@click.option("--captures", default=10_000, show_default=True)
@click.option("--contents", default=500, show_default=True, help="How many of them say something new.")
def main(captures: int, contents: int) -> None:
    """Import captures of the CBP page, 58 KB, and say how many a second of CPU, and how many bytes each takes."""
    with TemporaryDirectory() as folder:
        cost = measure(Path(folder) / "leaderwatch.db", captures, contents)
    click.echo(
        f"{captures} captures, {contents} contents: {cost.seconds:.1f} s of CPU, {cost.a_second:.0f} a second"
    )
    click.echo(f"the archive takes {cost.size / 1e6:.1f} MB, {cost.size / captures:.0f} bytes a capture")


if __name__ == "__main__":
    main()
