"""Turns at a site: its pause, its Crawl-delay, longer when it says that it is busy; one process at a time."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from model import Outcome, Verdict
from monitor.courtesy import BESIDE_THE_PAGE, LOOK_AGAIN, NOW, Courtesy, shared_sites, site_of
from monitor.results import CheckResult
from monitor.round import check_pages
from monitor.service import Service
from monitor.settings import FetchSettings
from scraper.robots import utc_now
from storage import Archive
from tests.commands import PROGRAM, started
from tests.loopback import Asked, Reply, Site
from tests.serving import Heard, settings_for
from tests.watching import PATH, START, Clock, markup

URL = "https://Agency.example:8443/leadership"
OTHER = "https://agency.example:8443/other"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
PAUSE = 2 * SECOND

Join = Callable[..., Courtesy]


def answered(retry_after: timedelta | None = None) -> CheckResult:
    return CheckResult("agency", URL, Outcome.FAILED, Verdict.ERROR, None, START, retry_after=retry_after)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def join(archive: Archive, clock: Clock) -> Join:
    """Return what a process that watches these pages knows of courtesy."""

    def join(*urls: str, crawl_delay: float | None = None) -> Courtesy:
        joined = Courtesy(archive, FetchSettings(), lambda _: crawl_delay, clock)
        joined.share(urls or (URL, OTHER))
        return joined

    return join


def test_a_site_is_a_host_and_a_port() -> None:
    assert site_of(URL) == "agency.example:8443"


def test_a_site_of_several_pages_is_shared() -> None:
    assert shared_sites([URL, URL, "https://agency.example/leadership"]) == set()
    assert shared_sites([URL, OTHER, "https://agency.example/leadership"]) == {"agency.example:8443"}


@pytest.mark.parametrize(
    ("crawl_delay", "rest"), [(None, PAUSE), (1.0, PAUSE), (30.0, 30 * SECOND), (1e9, 10 * MINUTE)]
)
def test_the_longer_of_pause_and_crawl_delay_counts(
    join: Join, crawl_delay: float | None, rest: timedelta
) -> None:
    assert join(crawl_delay=crawl_delay).leave_after(answered()) == rest


def test_a_site_is_asked_by_one_process_at_a_time_and_rests_between_them(join: Join, clock: Clock) -> None:
    one, other = join(), join()
    assert one.take(URL) == NOW
    assert other.take(OTHER) == LOOK_AGAIN
    one.leave_after(answered())
    assert other.take(OTHER) == PAUSE
    clock.move(seconds=2)
    assert other.take(OTHER) == NOW
    assert one.take(URL) == LOOK_AGAIN


def test_a_page_of_another_process_shares_the_site(join: Join, archive: Archive) -> None:
    one = join(URL)
    assert one.take(URL) == NOW
    assert archive.site(site_of(URL)) is None
    archive.page_id("other", OTHER)
    join(URL)
    assert one.take(URL) == NOW
    assert one.take(URL) == LOOK_AGAIN


def test_where_no_pause_is_wanted_nobody_waits_for_a_turn(archive: Archive, clock: Clock) -> None:
    hasty = Courtesy(archive, FetchSettings(pause=NOW), lambda _: None, clock)
    hasty.share([URL, OTHER])
    assert archive.site(site_of(URL)) is None
    assert hasty.take(URL) == hasty.take(OTHER) == NOW


def test_a_turn_that_led_to_nothing_costs_no_pause(join: Join) -> None:
    one = join()
    assert one.take(URL) == NOW
    one.leave(URL, NOW)
    assert join().take(URL) == NOW


def test_a_process_that_died_holds_a_site_no_longer_than_a_page_may_take(join: Join, clock: Clock) -> None:
    assert join().take(URL) == NOW
    clock.now += FetchSettings().total_timeout + BESIDE_THE_PAGE
    assert join().take(URL) == NOW


def test_a_process_that_ends_gives_its_turns_up(join: Join, clock: Clock) -> None:
    ending = join()
    assert ending.take(URL) == NOW
    ending.leave_all()
    assert join().take(URL) == PAUSE


def test_a_busy_site_is_left_alone_as_long_as_it_says(join: Join) -> None:
    assert join().leave_after(answered(timedelta(hours=1))) == timedelta(hours=1)
    assert join().leave_after(answered(timedelta(days=300))) == timedelta(days=1)


def test_a_busy_site_that_does_not_say_how_long_is_left_alone_twice_as_long_each_time(
    join: Join, clock: Clock
) -> None:
    rests = []
    for _ in range(20):  # each time another process, which knows of the times before
        polite = join(URL)
        assert polite.take(URL) == NOW
        rests.append(polite.leave_after(answered(timedelta())))
        assert join(URL).take(URL) == rests[-1]
        clock.now += rests[-1]
    assert rests[:4] == [1 * MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert rests[-1] == timedelta(days=1)
    assert polite.take(URL) == NOW
    assert polite.leave_after(answered()) == PAUSE
    clock.now += PAUSE
    assert polite.take(URL) == NOW
    assert polite.leave_after(answered(timedelta())) == MINUTE


def test_a_rest_that_a_clock_which_was_ahead_gave_is_void(join: Join, clock: Clock) -> None:
    one = join()
    clock.move(days=400)
    assert one.take(URL) == NOW
    one.leave_after(answered(timedelta(hours=1)))
    clock.move(days=-400)
    assert join().take(URL) == NOW


def test_three_processes_leave_a_site_its_pause_between_any_two_pages(site: Site, tmp_path: Path) -> None:
    arrivals: list[float] = []
    all_came = threading.Event()

    def answer(_: Asked) -> Reply:
        arrivals.append(time.monotonic())
        if len(arrivals) == 2 * len(paths):
            all_came.set()
        return Reply(markup())

    paths = [f"{PATH}/{number}" for number in range(3)]
    for path in paths:
        site.serve_with(path, answer)
    pages = [f'[[pages]]\nname = "{path[-1]}"\nurl = "{site.url(path)}"\n' for path in paths]
    (tmp_path / "leaderwatch.toml").write_text("\n".join(pages), encoding="utf-8")
    commands = (["run"], ["run"], ["check"])  # each slot is checked by one of the services
    running = [started([*PROGRAM, *words], tmp_path, LEADERWATCH_FETCH_PAUSE="1s") for words in commands]
    assert all_came.wait(60)
    for process in running[:2]:
        process.send_signal(signal.SIGTERM)
    for process in running:
        assert process.communicate(timeout=30)[1] == ""
        assert process.returncode == 0
    assert min(later - sooner for sooner, later in pairwise(arrivals)) >= 1


def test_a_check_asks_no_site_that_told_a_service_to_wait(site: Site, tmp_path: Path) -> None:
    site.serve(PATH, status=503, headers={"Retry-After": "3600"})
    database = tmp_path / "watch.db"
    settings = settings_for(database, site.url(PATH))
    checked = threading.Event()
    service = Service(settings, Archive.open(database), listeners=[Heard()], clock=utc_now, wake=checked.set)
    service.turn()
    assert checked.wait(10)
    assert service.close()
    site.serve(PATH, markup())
    [result] = check_pages(settings, clock=utc_now)
    assert result.outcome is Outcome.FAILED
    assert str(result.reason).startswith("not asked: the site said that it is busy, and is left alone until ")
    assert site.asked_for(PATH) == 1
    with Archive.open(database) as archive:
        assert [check.reason for check in archive.checks(1, 1)] == [result.reason]
