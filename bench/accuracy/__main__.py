"""Measures how well pages are read and changes told: `python -m bench.accuracy`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.accuracy.notpages import not_pages
from bench.accuracy.pairs import pairs
from bench.accuracy.real import RealScore, score_real
from bench.accuracy.runs import Failure, Score, run, run_not_pages
from bench.accuracy.scoring import MATERIAL, Tally

TARGET = 0.995
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"


def percent(share: float) -> str:
    return f"{share:.2%}"


def change_rows(table: Table, tally: Tally, name: str) -> None:
    """Add one row a kind of change and one for all material kinds."""
    material = [kind.value for kind in MATERIAL]
    for kind in [*(kind for kind in tally.kinds() if kind in material), "moves told"]:
        _row(table, name, kind, tally, (kind,))
    _row(table, name, "all material changes", tally, tuple(material))
    table.add_section()


def _row(table: Table, name: str, what: str, tally: Tally, whats: tuple[str, ...]) -> None:
    counts = (sum(counter[one] for one in whats) for counter in (tally.hits, tally.false, tally.missed))
    table.add_row(
        name,
        what,
        *(f"{count:,}" for count in counts),
        percent(tally.precision(whats)),
        percent(tally.recall(whats)),
    )


def report(score: Score, real: RealScore | None) -> Table:
    """Return the one table that this bench prints."""
    table = Table("part", "what", "right", "false", "missed", "precision", "recall", title="Accuracy")
    for what in score.fields.kinds():
        _row(table, "reading", what, score.fields, (what,))
    table.add_section()
    change_rows(table, score.changes, "changes")
    change_rows(table, score.perfect_changes, "comparison alone")
    for name, counter in (("same facts", score.quiet), ("not the page", score.not_pages)):
        for what, count in counter.items():
            table.add_row(name, what, f"{count:,}", "", "", "", "")
        table.add_section()
    for what, right, total in real.rows() if real else ():
        table.add_row(
            "real pages",
            what,
            f"{right:,}",
            "",
            f"{total - right:,}",
            "",
            percent(right / total if total else 1),
        )
    return table


def write_failures(folder: Path, failures: list[Failure]) -> None:
    """Write each failure as its mistakes and its pages, side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, failure in enumerate(failures):
        stem = folder / f"{place:03}-{failure.name}"
        stem.with_suffix(".txt").write_text("\n".join([failure.label, *failure.mistakes, ""]))
        stem.with_suffix(".before.html").write_text(failure.before_html)
        stem.with_suffix(".after.html").write_text(failure.after_html)


@click.command()
@click.option("--pairs", "edited", default=2000, show_default=True, help="Pairs with known edits.")
@click.option("--same", default=1000, show_default=True, help="Pairs on which nothing happened.")
@click.option("--not-pages", "others", default=200, show_default=True, help="Pages that are not the page.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same pairs.")
@click.option("--show-failures", "shown", default=0, help="How many failures to write to the folder.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("accuracy-failures"), show_default=True)
@click.option(
    "--cases",
    type=click.Path(path_type=Path),
    default=CASES,
    help="Folder of real pages; skipped where absent.",
)
def main(edited: int, same: int, others: int, seed: int, shown: int, folder: Path, cases: Path) -> None:
    """Generate pages with known truth, read them, compare them, and print how often the answer was right."""
    score = Score()
    for _ in track(run(score, pairs(seed, edited, same)), "pairs", total=edited + same, transient=True):
        pass
    run_not_pages(score, not_pages(seed, others))
    real = score_real(cases) if cases.is_dir() else None
    Console(width=120).print(report(score, real))
    if real:
        Console().print(*real.mistakes, sep="\n", markup=False)
    if shown:
        write_failures(folder, list(islice(score.failures, shown)))


if __name__ == "__main__":
    main()
