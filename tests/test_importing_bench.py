"""The bench of imports runs, on a small count."""

from __future__ import annotations

from pathlib import Path

from bench.importing.__main__ import history, measure


def test_the_bench_imports_what_it_says(tmp_path: Path) -> None:
    cost = measure(tmp_path / "leaderwatch.db", captures=30, contents=3)
    assert cost.captures == 30
    assert cost.size > 0
    bodies = [found.capture.body for found in history(30, 3)]
    assert (len(set(bodies)), bodies[:10]) == (3, [bodies[0]] * 10)
