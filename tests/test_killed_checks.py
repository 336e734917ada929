"""A check may be killed at any point: the next one carries on, and nothing is lost or told twice."""

from __future__ import annotations

from pathlib import Path

from tests.killed_checks import kill_after_each_step, kill_at_random


def test_killed_after_any_step_a_check_loses_no_change_and_sends_one_message(tmp_path: Path) -> None:
    assert kill_after_each_step(tmp_path) >= 25, (
        "a check with news for two channels does that much that others see"
    )


def test_killed_at_random_moments_a_check_loses_no_change_and_sends_one_message(tmp_path: Path) -> None:
    kill_at_random(tmp_path, 25)
