"""A service that runs for long: memory stays flat, no descriptor leaks, the archive grows as promised."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soaking import EMPTY, PROMISED, soak


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is measured through /proc")
def test_thousands_of_checks_leak_nothing(tmp_path: Path) -> None:
    """`python -m bench.service soak` does the same 100,000 times."""
    cost = soak(tmp_path, 1_500)
    assert cost["checks"] == 1_500
    assert cost["memory"][-1] - cost["memory"][0] < 8 * 1024
    assert len(set(cost["descriptors"])) == 1
    assert cost["bytes"] < EMPTY + 1_500 * PROMISED
