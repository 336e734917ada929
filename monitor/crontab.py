"""Cron expressions as crontab(5) means them, on APScheduler's triggers.

APScheduler counts weekdays from Monday and wants day of month and day of week both to match; cron counts from
Sunday (0 and 7) and, where both are restricted, is content with either. This module speaks cron.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from apscheduler.triggers.base import BaseTrigger

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")

_WEEKDAY = re.compile(r"(\*|(\w+)(?:-(\w+))?)(?:/(\d+))?")


def cron_trigger(expression: str, timezone: str) -> BaseTrigger:
    """Return the trigger of a five-field cron expression in a zone; ValueError says what is wrong with it.

    APScheduler is imported on first use: a command that has no cron expression to read starts without it.
    """
    from apscheduler.triggers.combining import OrTrigger

    fields = expression.split()
    if len(fields) != 5:
        raise ValueError(f"it has {len(fields)} fields, not 5")
    minute, hour, day, month, weekday = fields
    if day == "*" or weekday == "*":
        trigger = _trigger(minute, hour, day, month, weekday, timezone)
    else:
        either = ((day, "*"), ("*", weekday))
        trigger = OrTrigger([_trigger(minute, hour, d, month, w, timezone) for d, w in either])
    if trigger.get_next_fire_time(None, datetime.now(UTC)) is None:
        raise ValueError("that day never comes")
    return trigger


def _trigger(minute: str, hour: str, day: str, month: str, weekday: str, timezone: str) -> BaseTrigger:
    from apscheduler.triggers.cron import CronTrigger

    return CronTrigger(
        minute=minute,
        hour=hour,
        day=day,
        month=month.lower(),
        day_of_week=_weekdays(weekday),
        timezone=ZoneInfo(timezone),
    )


def _weekdays(written: str) -> str:
    """Return the days by name, which both worlds read alike: "1-5" is "mon,tue,wed,thu,fri"."""
    if written == "*":
        return written
    days: list[int] = []
    for part in written.split(","):
        days += _weekday_range(part)
    return ",".join(WEEKDAYS[day] for day in sorted({day % 7 for day in days}))


def _weekday_range(part: str) -> range:
    match = _WEEKDAY.fullmatch(part)
    if not match:
        raise ValueError(f"{part!r} is no day of the week")
    every, first, last, step = match.groups()
    if every == "*":
        start, stop = 0, 6
    else:
        start = _weekday_number(first)
        stop = _weekday_number(last) if last else (6 if step else start)
    if stop < start:
        raise ValueError(f"{part!r} runs backwards")
    if step == "0":
        raise ValueError(f"{part!r} never moves on")
    return range(start, stop + 1, int(step or 1))


def _weekday_number(word: str) -> int:
    name = word.lower()
    if name in WEEKDAYS:
        return WEEKDAYS.index(name)
    if name.isascii() and name.isdigit() and int(name) <= 7:
        return int(name)
    raise ValueError(f"{word!r} is no day of the week: 0 to 7 or {', '.join(WEEKDAYS)}")
