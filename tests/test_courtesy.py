"""How long a site is left alone: its pause, its Crawl-delay, and longer when it says that it is busy."""

from __future__ import annotations

from datetime import timedelta

import pytest

from model import Outcome, Verdict
from monitor.courtesy import Courtesy, site_of
from monitor.results import CheckResult
from tests.watching import START

URL = "https://Agency.example:8443/leadership"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def answered(retry_after: timedelta | None = None) -> CheckResult:
    return CheckResult("agency", URL, Outcome.FAILED, Verdict.ERROR, None, START, retry_after=retry_after)


def courtesy(crawl_delay: float | None = None) -> Courtesy:
    return Courtesy(2 * SECOND, lambda _: crawl_delay)


def test_a_site_is_a_host_and_a_port() -> None:
    assert site_of(URL) == "agency.example:8443"


@pytest.mark.parametrize(
    ("crawl_delay", "rest"), [(None, 2 * SECOND), (1.0, 2 * SECOND), (30.0, 30 * SECOND), (1e9, 10 * MINUTE)]
)
def test_the_longer_of_pause_and_crawl_delay_counts(crawl_delay: float | None, rest: timedelta) -> None:
    assert courtesy(crawl_delay).after(answered()) == rest


def test_a_busy_site_is_left_alone_as_long_as_it_says() -> None:
    assert courtesy().after(answered(timedelta(hours=1))) == timedelta(hours=1)
    assert courtesy().after(answered(timedelta(days=300))) == timedelta(days=1)


def test_a_busy_site_that_does_not_say_how_long_is_left_alone_twice_as_long_each_time() -> None:
    polite = courtesy()
    rests = [polite.after(answered(timedelta())) for _ in range(20)]
    assert rests[:4] == [1 * MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert rests[-1] == timedelta(days=1)
    assert polite.after(answered()) == 2 * SECOND
    assert polite.after(answered(timedelta())) == MINUTE
