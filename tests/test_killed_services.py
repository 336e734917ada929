"""A service may be killed at any moment, again and again: the archive stays whole and the next one carries on."""

from __future__ import annotations

from pathlib import Path

from tests.killed_services import AFTERWARDS, WARM_UP, kill_at_random


def test_services_killed_at_random_leave_a_whole_archive_and_no_check_stuck(tmp_path: Path) -> None:
    """`python -m bench.service kills` does the same 200 times."""
    kept = kill_at_random(tmp_path, 15)
    assert kept["faults"] == 0
    assert kept["verified"]
    assert kept["leased"] == 0
    assert kept["done"] == kept["checks"] > WARM_UP + AFTERWARDS, "those that were killed checked too"
    assert kept["changes"] == kept["told"] > 0
    assert kept["told_twice"] == kept["undelivered"] == 0
    assert kept["mails"] == kept["deliveries"]
