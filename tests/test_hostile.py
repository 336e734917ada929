"""A hostile world: whatever a site does, a check ends in time, in little memory, and nothing false is believed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests import hostile_run
from tests.hostile_cases import GOOD, HUNGRY, SLOW, Hostile
from tests.loopback import Asked, Reply, Site

PATH = "/leadership"
ROOT = Path(__file__).parents[1]
MOST_MEMORY = 64 * 1024
"""KiB above the peak of the checks of good pages."""

LONGEST = 2 * 2.0 + 3.0
"""Seconds: the total limit for robots.txt and for the page, and some more for a busy machine."""

Rounds = list[dict[str, Any]]


class Turncoat(Site):
    """Serves a good page until it is told to misbehave, and again once it is told to stop."""

    def __init__(self, case: Hostile) -> None:
        super().__init__()
        self.case = case
        self.hostile = False

    def _reply(self, asked: Asked) -> Reply:
        if not self.hostile:
            return Reply(GOOD) if asked.path == PATH else super()._reply(asked)
        if asked.path == "/robots.txt":
            return self.case.robots
        return self.case.answer if isinstance(self.case.answer, Reply) else self.case.answer(asked)


def asked_for(cases: list[Hostile], width: int, folder: Path) -> Rounds:
    """Check every site while it is good, while it is hostile, and when it is good again; `width` at a time."""
    with ExitStack() as opened:
        sites = [opened.enter_context(Turncoat(case)) for case in cases]
        words = [sys.executable, str(Path(hostile_run.__file__)), str(folder / "archive.db"), str(width)]
        child = opened.enter_context(
            subprocess.Popen(  # noqa: S603 our own program
                words + [site.url(PATH) for site in sites],
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        assert child.stdin is not None
        assert child.stdout is not None
        rounds = []
        for hostile in (False, True, False):
            for site in sites:
                site.hostile = hostile
            child.stdin.write("go on\n")
            child.stdin.flush()
            rounds.append(json.loads(child.stdout.readline()))
    assert child.returncode == 0
    return rounds


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return asked_for(SLOW, 8, tmp_path_factory.mktemp("slow"))


@pytest.fixture(scope="module")
def hungry(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return asked_for(HUNGRY, 1, tmp_path_factory.mktemp("hungry"))


def test_there_are_more_than_sixty_ways_each_with_a_name_of_its_own() -> None:
    assert len({case.name for case in [*SLOW, *HUNGRY]}) == len(SLOW) + len(HUNGRY) > 60


@pytest.mark.parametrize("number", range(len(SLOW)), ids=[case.name for case in SLOW])
def test_a_site_that_makes_it_wait(slow: Rounds, number: int) -> None:
    nothing_false_is_believed(SLOW[number], slow, number)


@pytest.mark.parametrize("number", range(len(HUNGRY)), ids=[case.name for case in HUNGRY])
def test_a_site_that_serves_something_else(hungry: Rounds, number: int) -> None:
    nothing_false_is_believed(HUNGRY[number], hungry, number)


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
