"""When pages are due: intervals, cron expressions, also on the nights the clock is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from monitor.settings import PageSettings, ScheduleSettings
from monitor.timetable import Interval, WallClock, delay_of, timetable_of

NEW_YORK, LONDON, LORD_HOWE = "America/New_York", "Europe/London", "Australia/Lord_Howe"


def fired(expression: str, zone: str, start: str, count: int) -> list[str]:
    """Return the first slots from `start` (UTC) on, in the zone's own time."""
    timetable, slots = WallClock(expression, zone), list[str]()
    previous = datetime.fromisoformat(start).replace(tzinfo=UTC) - timedelta(microseconds=1)
    for _ in range(count):
        previous = timetable.following(previous)
        slots.append(previous.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M%z"))
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


NIGHTS = {
    NEW_YORK: ("2026-03-08T07:00", "2026-11-01T06:00"),
    LONDON: ("2026-03-29T01:00", "2026-10-25T01:00"),
    LORD_HOWE: ("2026-10-03T15:30", "2026-04-04T15:00"),
}
"""When each zone's clock is moved in 2026, in UTC."""


@pytest.mark.parametrize(("zone", "night"), [(zone, night) for zone in NIGHTS for night in NIGHTS[zone]])
@pytest.mark.parametrize("expression", ["0 * * * *", "*/30 * * * *", "30 1 * * *", "30 2 * * *", "0 6 * * *"])
def test_slots_asked_for_together_are_those_asked_for_one_by_one(
    zone: str, night: str, expression: str
) -> None:
    middle = datetime.fromisoformat(night).replace(tzinfo=UTC)
    start, end = middle - timedelta(hours=30), middle + timedelta(hours=30)
    timetable, one_by_one = WallClock(expression, zone), list[datetime]()
    slot = timetable.following(start)
    while slot <= end:
        one_by_one.append(slot)
        slot = timetable.following(slot)
    assert timetable.between(start, end, 1000) == one_by_one
    assert timetable.between(start, end, 2) == one_by_one[-2:]
    if "*" not in expression.split()[1]:
        days = [each.astimezone(ZoneInfo(zone)).date() for each in one_by_one]
        assert len(set(days)) == len(days) >= 2


def test_an_interval_is_counted_from_its_start_in_both_directions() -> None:
    start = datetime(2026, 6, 1, 6, 0, 30, tzinfo=UTC)
    timetable, hour = Interval(timedelta(hours=6), start), timedelta(hours=1)
    assert timetable.first(start) == start
    assert timetable.first(start + 7 * hour) == start + 6 * hour
    assert timetable.following(start) == start + 6 * hour
    assert timetable.following(start - hour) == start
    assert timetable.between(start - 7 * hour, start + 6 * hour, 9) == [
        start - 6 * hour,
        start,
        start + 6 * hour,
    ]
    assert timetable.between(start, start + 1000 * hour, 2) == [start + 990 * hour, start + 996 * hour]


def test_an_expression_has_no_slot_at_once() -> None:
    assert WallClock("0 6 * * *", "UTC").first(datetime(2026, 6, 1, 12, tzinfo=UTC)) is None


def test_a_page_may_have_a_timetable_of_its_own() -> None:
    since = datetime(2026, 6, 1, 6, 0, 30, 999, tzinfo=UTC)
    schedule = ScheduleSettings(cron="0 6 * * *", timezone=NEW_YORK)
    assert timetable_of(PageSettings(), schedule, since) == WallClock("0 6 * * *", NEW_YORK)
    assert timetable_of(PageSettings(cron="0 7 * * *"), schedule, since) == WallClock("0 7 * * *", NEW_YORK)
    own_zone = PageSettings(cron="0 7 * * *", timezone=LONDON)
    assert timetable_of(own_zone, schedule, since) == WallClock("0 7 * * *", LONDON)
    hourly = timetable_of(PageSettings(every=timedelta(hours=1)), schedule, since)
    assert hourly == Interval(timedelta(hours=1), since.replace(microsecond=0))


def test_each_page_has_its_own_place_in_the_jitter_and_keeps_it() -> None:
    schedule = ScheduleSettings(jitter=timedelta(minutes=10))
    pages = [PageSettings(url=f"https://agency.example/{number}") for number in range(50)]
    delays = [delay_of(page, schedule) for page in pages]
    assert delays == [delay_of(page, schedule) for page in pages]
    assert len(set(delays)) > 40
    assert max(delays) < timedelta(minutes=10)
    assert delay_of(pages[0], ScheduleSettings()) == timedelta()


def test_an_expression_that_never_comes_is_refused() -> None:
    with pytest.raises(ValueError, match="never comes"):
        WallClock("0 0 31 2 *", "UTC").following(datetime(2026, 6, 1, tzinfo=UTC))
