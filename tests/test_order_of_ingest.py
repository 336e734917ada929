"""The same evidence gives the same history, in whatever order it comes in."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from storage import Archive
from tests.evidence_in_order import all_evidence, dated_versions, shuffled, told_after

ORDERS = 60
"""How many orders of chance the suite tries; `bench.history` tries 1,000."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("empty") / "empty.db"
    Archive.open(file).close()
    return file


def test_the_dated_versions_give_the_same_history_in_every_order_of_five(empty: Path, tmp_path: Path) -> None:
    versions = dated_versions()
    expected = told_after(empty, tmp_path / "in_order.db", [versions])
    assert len(expected["changes"]) > 6
    for number, order in enumerate(permutations(versions)):
        cut = number % 5
        assert told_after(empty, tmp_path / "any.db", [order[:cut], order[cut:]]) == expected


def test_all_evidence_gives_the_same_history_in_orders_of_chance(empty: Path, tmp_path: Path) -> None:
    evidence, chance = all_evidence(), Random(20240419)  # noqa: S311 no secret
    expected = told_after(empty, tmp_path / "in_order.db", [sorted(evidence, key=lambda each: each.fetched_at)])
    for _ in range(ORDERS):
        assert told_after(empty, tmp_path / "any.db", shuffled(evidence, chance)) == expected
