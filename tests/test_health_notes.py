"""When the watching itself fails, that is news: told once when it begins, once when it is over."""

from __future__ import annotations

import email
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from model import Outcome
from monitor.health import Health, HealthState
from monitor.health_notes import is_news
from tests.test_checking import watch
from tests.watching import START, Watch, markup

__all__ = ["watch"]

BLANK = "<html><head><title>Waterways Leadership</title></head><body><main></main></body></html>"


@pytest.fixture
def mailed(watch: Watch, tmp_path: Path) -> Any:
    """Return the subjects of the mails so far, in the order they were written."""
    watch.alerts |= {"folder": str(tmp_path / "mails")}

    def subjects() -> list[str]:
        files = sorted((tmp_path / "mails").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [str(email.message_from_bytes(file.read_bytes(), policy=SMTP)["Subject"]) for file in files]

    return subjects


def down(watch: Watch, **moved: float) -> None:
    watch.clock.move(**moved)
    watch.serve_bare("no", status=500)
    watch.check()


def test_failing_checks_are_told_once_and_their_end_once(watch: Watch, mailed: Any) -> None:
    watch.checked(markup())
    for _ in range(3):
        down(watch, hours=2)
    assert mailed() == ["waterways: its checks fail"]
    for _ in range(2):
        watch.checked(markup(), hours=2)
    assert mailed() == ["waterways: its checks fail", "waterways: it is watched as before again"]


def test_one_failed_check_is_no_news(watch: Watch, mailed: Any) -> None:
    watch.checked(markup())
    down(watch, hours=6)
    watch.checked(markup(), hours=6)
    assert mailed() == []


def test_a_page_that_stays_out_of_sight_is_told_as_blind(watch: Watch, mailed: Any) -> None:
    watch.checked(markup())
    for _ in range(9):
        down(watch, hours=6)
    assert mailed() == ["waterways: its checks fail", "waterways: cannot be seen any more"]


def test_a_version_in_quarantine_is_told_once_however_often_it_comes(watch: Watch, mailed: Any) -> None:
    watch.checked(markup())
    halved = markup({"Office of Harbors": "Director Jane Q. Doe"})
    assert [watch.checked(halved, hours=2).outcome for _ in range(2)] == [Outcome.QUARANTINED] * 2
    assert mailed() == ["waterways: it shows a version that is not believed"]
    watch.checked(markup(), hours=2)
    assert mailed()[1:] == ["waterways: it is watched as before again"]


def test_a_first_check_that_is_well_is_no_news(watch: Watch, mailed: Any) -> None:
    watch.checked(markup())
    assert mailed() == []


@pytest.mark.parametrize(
    ("told", "now", "news"),
    [
        ("healthy", "degraded", True),
        ("degraded", "degraded", False),
        ("degraded", "blind", True),
        ("degraded", "quarantined", True),
        ("quarantined", "degraded", False),
        ("blind", "quarantined", False),
        ("blind", "drifting", True),
        ("drifting", "healthy", True),
        ("degraded", "unchecked", False),
        ("healthy", "healthy", False),
    ],
)
def test_what_gets_worse_or_is_seen_again_is_news(told: str, now: str, news: bool) -> None:
    assert is_news(HealthState(told), Health(HealthState(now), START)) is news
