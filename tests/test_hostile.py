"""A hostile world: whatever a site does, a check ends in time, in little memory, and nothing false is believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile_cases import HEAVY, HUNGRY, SLOW, Hostile
from tests.hostile_sites import AT_ONCE, MOST_MEMORY, Rounds, asked_for
from tests.short_of_memory import went_short

LONGEST = 2 * 2.0 + 3.0
"""Seconds: the total limit for robots.txt and for the page, and some more for a busy machine."""


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return asked_for(SLOW, 8, tmp_path_factory.mktemp("slow"))


@pytest.fixture(scope="module")
def hungry(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return asked_for(HUNGRY, 1, tmp_path_factory.mktemp("hungry"))


def test_there_are_more_than_sixty_ways_each_with_a_name_of_its_own() -> None:
    assert len({case.name for case in [*SLOW, *HUNGRY, *HEAVY]}) == len(SLOW) + len(HUNGRY) + len(HEAVY) > 60


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return asked_for(HEAVY, AT_ONCE, tmp_path_factory.mktemp("heavy"))


@pytest.mark.parametrize("number", range(len(SLOW)), ids=[case.name for case in SLOW])
def test_a_site_that_makes_it_wait(slow: Rounds, number: int) -> None:
    nothing_false_is_believed(SLOW[number], slow, number)


@pytest.mark.parametrize("number", range(len(HUNGRY)), ids=[case.name for case in HUNGRY])
def test_a_site_that_serves_something_else(hungry: Rounds, number: int) -> None:
    nothing_false_is_believed(HUNGRY[number], hungry, number)


@pytest.mark.parametrize("number", range(len(HEAVY)), ids=[case.name for case in HEAVY])
def test_a_site_that_goes_on_and_on(heavy: Rounds, number: int) -> None:
    nothing_false_is_believed(HEAVY[number], heavy, number)


def nothing_false_is_believed(case: Hostile, rounds: Rounds, number: int) -> None:
    before, during, after = (round_["pages"][number] for round_ in rounds)
    assert before["outcome"] == "baseline"
    assert during["verdict"] == case.verdict.value, during["reason"]
    assert during["outcome"] != "changed"
    assert during["changes"] == after["changes"] == []
    assert after["outcome"] == "unchanged"
    assert during["seconds"]["fetch"] < LONGEST


def test_no_site_takes_much_memory(hungry: Rounds) -> None:
    good, hostile, _ = (round_["peak"] for round_ in hungry)
    assert hostile - good < MOST_MEMORY


def test_heavy_sites_side_by_side_take_little_more_memory_than_one(heavy: Rounds) -> None:
    """`python -m bench.service hostile` asks ten times as many."""
    good, hostile, _ = (round_["peak"] for round_ in heavy)
    assert hostile - good < MOST_MEMORY


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is measured through /proc")
def test_a_page_that_needs_more_memory_than_there_is_fails_and_the_others_go_on(tmp_path: Path) -> None:
    before, during, after = went_short(tmp_path)
    assert [page["outcome"] for page in before["pages"]] == ["baseline", "baseline"]
    grown, good = during["pages"]
    assert (grown["outcome"], good["outcome"]) == ("failed", "unchanged")
    assert (
        grown["reason"] == during["status"][0] == "it takes more memory than there is: nothing of it was read"
    )
    assert [page["outcome"] for page in after["pages"]] == ["unchanged", "unchanged"]
    assert after["log"] == []
