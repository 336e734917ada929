"""The same evidence in orders of chance, each into an empty archive: one history must come of all."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from storage import Archive
from tests.evidence_in_order import all_evidence, shuffled, told_after


def differing(orders: int, seed: int) -> list[int]:
    """Return the numbers of the orders that gave another history than the evidence in the order of time."""
    evidence, chance = all_evidence(), Random(seed)  # noqa: S311 no secret
    in_order = sorted(evidence, key=lambda each: each.fetched_at)
    with TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        Archive.open(empty).close()
        expected = told_after(empty, Path(folder) / "in_order.db", [in_order])
        mixed = (told_after(empty, Path(folder) / "any.db", shuffled(evidence, chance)) for _ in range(orders))
        return [number for number, told in enumerate(mixed) if told != expected]
