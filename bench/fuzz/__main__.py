"""Looks for pages that break the parser, guided by coverage: `python -m bench.fuzz --seconds 600`.

Needs atheris, which only this bench uses: `pip install atheris`. Without it the bench says so and does nothing.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import click

from bench.accuracy.pairs import pairs
from bench.fuzz.editing import LONGEST, edited
from fixtures import HERE

DRAWN, DRAWN_FROM = 150, 1
"""How many pages in invented layouts stand beside the saved ones, and the seed that draws them."""

SLOWEST = 10
"""Seconds after which one page counts as a hang."""


def start(corpus: Path, seconds: int, findings: Path) -> None:
    """Fuzz until the time is over; a finding ends the process, its page kept in `findings`."""
    import atheris

    with atheris.instrument_imports(include=["scraper", "model"]):
        from scraper import ScraperError, parse

    def read(page: bytes) -> None:
        """Read one page; a quote that does not stand where it says is a finding like any other error."""
        try:
            found = parse(page)
        except ScraperError:
            return
        for office in found.offices:
            quotes = [
                office.quote,
                office.leader and office.leader.quote,
                *(one.quote for one in office.figures),
            ]
            assert all(found.text[quote.start : quote.end] == quote.text for quote in quotes if quote), office

    def mutate(page: bytes, longest: int, seed: int) -> bytes:
        mutated: bytes = edited(page, seed) if seed % 2 else atheris.Mutate(page, longest)
        return mutated[:longest]

    options = {"max_total_time": seconds, "max_len": LONGEST, "timeout": SLOWEST, "rss_limit_mb": 4096}
    flags = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-artifact_prefix={findings}/",
            "-len_control=0",
            "-print_final_stats=1",
            *flags,
        ],
        read,
        custom_mutator=mutate,
    )
    atheris.Fuzz()


@click.command()
@click.option("--seconds", default=60, show_default=True, help="How long to look.")
@click.option("--findings", type=click.Path(path_type=Path), default=Path("fuzz-findings"), show_default=True)
def main(seconds: int, findings: Path) -> None:
    """Read edited pages and bytes: nothing but ScraperError, no hang, every quote in its place."""
    if find_spec("atheris") is None:
        click.echo("No fuzzing: atheris is not installed (pip install atheris).")
        return
    findings.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for page in HERE.glob("*.html"):
            shutil.copy(page, corpus)
        for place, pair in enumerate(pairs(DRAWN_FROM, DRAWN, 0)):
            (Path(corpus) / f"drawn_{place}.html").write_text(pair.before_html, encoding="utf-8")
        start(Path(corpus), seconds, findings)


if __name__ == "__main__":
    main()
