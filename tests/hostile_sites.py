"""Sites that turn hostile while a process of its own checks them, and what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from monitor.settings import FetchSettings
from tests import hostile_run
from tests.hostile_cases import GOOD, Hostile
from tests.loopback import Asked, Reply, Site

PATH = "/leadership"
ROOT = Path(__file__).parents[1]
AT_ONCE = FetchSettings().at_once
"""Sites that are asked side by side, where the settings do not say otherwise."""

MOST_MEMORY = 64 * 1024
"""KiB above the peak of the checks of good pages."""

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
