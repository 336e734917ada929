"""When checks run: intervals, cron expressions on the nights the clock is moved, and a clean end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from scheduler import WallClock, every, keep

NEW_YORK, LONDON, LORD_HOWE = "America/New_York", "Europe/London", "Australia/Lord_Howe"


def fired(expression: str, zone: str, start: str, count: int) -> list[str]:
    """Return the first slots from `start` (UTC) on, in the zone's own time."""
    trigger, slots = WallClock(expression, zone), list[str]()
    previous, now = None, datetime.fromisoformat(start).replace(tzinfo=UTC)
    for _ in range(count):
        previous = trigger.get_next_fire_time(previous, now)
        assert previous is not None
        slots.append(previous.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M%z"))
        now = previous + timedelta(microseconds=1)
    return slots


@pytest.mark.parametrize(
    ("expression", "zone", "start", "slots"),
    [
        ("0 6 * * *", NEW_YORK, "2026-06-01T00:00", ["06-01 06:00-0400", "06-02 06:00-0400"]),
        ("0 6 * * 1-5", LONDON, "2026-06-05T00:00", ["06-05 06:00+0100", "06-08 06:00+0100"]),
        ("30 2 * * *", NEW_YORK, "2026-03-07T12:00", ["03-08 03:30-0400", "03-09 02:30-0400"]),
        ("30 1 * * *", NEW_YORK, "2026-10-31T12:00", ["11-01 01:30-0400", "11-02 01:30-0500"]),
        ("30 1 * * *", LONDON, "2026-03-28T12:00", ["03-29 02:30+0100", "03-30 01:30+0100"]),
        ("30 1 * * *", LONDON, "2026-10-24T12:00", ["10-25 01:30+0100", "10-26 01:30+0000"]),
        ("15 2 * * *", LORD_HOWE, "2026-10-03T03:30", ["10-04 02:45+1100", "10-05 02:15+1100"]),
        ("45 1 * * *", LORD_HOWE, "2026-04-04T03:30", ["04-05 01:45+1100", "04-06 01:45+1030"]),
    ],
)
def test_a_daily_check_comes_once_a_day_on_every_night(
    expression: str, zone: str, start: str, slots: list[str]
) -> None:
    assert fired(expression, zone, start, 2) == slots


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        (NEW_YORK, "2026-03-08T04:30"),
        (NEW_YORK, "2026-11-01T03:30"),
        (LONDON, "2026-03-28T22:30"),
        (LONDON, "2026-10-24T22:30"),
        ("Asia/Kolkata", "2026-06-01T00:00"),
    ],
)
def test_an_hourly_check_comes_every_hour_on_every_night(zone: str, start: str) -> None:
    hours = fired("0 * * * *", zone, start, 7)
    moments = [datetime.strptime(f"2026-{hour}", "%Y-%m-%d %H:%M%z") for hour in hours]
    assert {later - sooner for sooner, later in pairwise(moments)} == {timedelta(hours=1)}


def test_the_half_hour_of_lord_howe_neither_skips_nor_doubles() -> None:
    assert fired("45 * * * *", LORD_HOWE, "2026-04-04T13:30", 4) == [
        "04-05 00:45+1100",
        "04-05 01:45+1100",
        "04-05 01:45+1030",
        "04-05 02:45+1030",
    ]


def test_missed_slots_are_stepped_through_in_order() -> None:
    trigger = WallClock("0 6 * * *", "UTC")
    start = datetime(2026, 6, 1, 6, tzinfo=UTC)
    assert trigger.get_next_fire_time(start, start + timedelta(days=9)) == start + timedelta(days=1)


def test_an_expression_that_never_comes_is_refused() -> None:
    with pytest.raises(ValueError, match="never comes"):
        WallClock("0 0 31 2 *", "UTC")


def stop(number: signal.Signals) -> None:
    """Send a signal to the thread that keeps the schedule."""
    signal.pthread_kill(threading.main_thread().ident or 0, number)


def stop_after(checks: int) -> tuple[list[datetime], Callable[[], None]]:
    """Return a list of the checks made, and a check that ends the service after so many."""
    made: list[datetime] = []

    def check() -> None:
        made.append(datetime.now(UTC))
        if len(made) == checks:
            stop(signal.SIGTERM)

    return made, check


def test_an_interval_checks_at_once_and_again() -> None:
    made, check = stop_after(2)
    announced: list[int] = []
    assert keep(check, every(timedelta(seconds=1)), at_once=True, announce=lambda: announced.append(len(made)))
    assert len(made) == 2
    assert announced == [0]


def test_a_check_under_way_is_finished() -> None:
    ended = threading.Event()

    def check() -> None:
        stop(signal.SIGINT)
        ended.wait(0.2)
        ended.set()

    assert keep(check, every(timedelta(hours=1)), at_once=True)
    assert ended.is_set()


def test_a_check_that_does_not_end_is_abandoned() -> None:
    released = threading.Event()

    def check() -> None:
        stop(signal.SIGTERM)
        released.wait(30)

    assert not keep(check, every(timedelta(hours=1)), at_once=True, grace=timedelta(seconds=0.1))
    released.set()


def test_a_slot_that_comes_while_a_check_runs_is_left_out_without_a_word(
    caplog: pytest.LogCaptureFixture,
) -> None:
    made: list[datetime] = []

    def check() -> None:
        made.append(datetime.now(UTC))
        waited.wait(1.2)
        stop(signal.SIGTERM)

    waited = threading.Event()
    assert keep(check, every(timedelta(seconds=1)), at_once=True)
    assert len(made) <= 2
    assert caplog.records == []


def test_a_check_that_fails_does_not_end_the_service() -> None:
    made, check = stop_after(2)

    def failing() -> None:
        check()
        raise RuntimeError("this round only")

    assert keep(failing, every(timedelta(seconds=1)), at_once=True)
    assert len(made) == 2


def test_the_signals_are_as_before_afterwards() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    _, check = stop_after(1)
    keep(check, every(timedelta(hours=1)), at_once=True)
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before
