"""Time laid out from left to right: where a moment stands, and which moments are worth a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dateutil.relativedelta import relativedelta

STEPS = (
    relativedelta(minutes=10),
    relativedelta(hours=1),
    relativedelta(hours=6),
    relativedelta(days=1),
    relativedelta(days=7),
    relativedelta(months=1),
    relativedelta(months=3),
    relativedelta(months=6),
    relativedelta(years=1),
    relativedelta(years=2),
    relativedelta(years=5),
    relativedelta(years=10),
    relativedelta(years=50),
)
MOST = 9
"""Lines across the drawing at most."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the drawing, and what it says; a `minor` one says nothing where it is narrow."""

    at: str
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The time from `start` to `end` on 100 percent."""

    start: datetime
    end: datetime

    def share(self, moment: datetime) -> float:
        """Return where a moment stands, from 0 to 1; what lies outside stands at the edge."""
        if moment <= self.start:
            return 0.0
        return 1.0 if moment >= self.end else (moment - self.start) / (self.end - self.start)

    def shows(self, begin: datetime, end: datetime) -> bool:
        return begin < self.end and end > self.start

    def ticks(self) -> list[Tick]:
        """Return the first moments of years, months or days, whichever makes no more lines than can be read."""
        for step in STEPS:
            moments = list(_steps(self.start, self.end, step))
            if len(moments) <= MOST:
                break
        return [
            Tick(percent(self.share(each)), _label(each, step), index % 2 == 1)
            for index, each in enumerate(moments)
        ]


def percent(share: float) -> str:
    """Return a share as SVG writes it: 0.5 is "50%"."""
    return f"{round(share * 100, 2):g}%"


def _steps(start: datetime, end: datetime, step: relativedelta) -> Iterator[datetime]:
    moment = _first(start, step)
    limit = 0
    while moment < end and limit <= MOST:
        if moment >= start:
            yield moment
            limit += 1
        moment += step


def _first(start: datetime, step: relativedelta) -> datetime:
    """Return a round moment before `start`."""
    if not (step.years or step.months or step.days):
        return start.replace(hour=start.hour // 6 * 6, minute=0, second=0, microsecond=0)
    day = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if step.years:
        return day.replace(year=max(1, day.year - day.year % step.years), month=1, day=1)
    if step.months:
        return day.replace(month=(day.month - 1) // step.months * step.months + 1, day=1)
    return day - timedelta(days=day.weekday() if step.days == 7 else 0)


def _label(moment: datetime, step: relativedelta) -> str:
    if step.years or (step.months and moment.month == 1):
        return f"{moment:%Y}"
    if step.months:
        return f"{moment:%b}"
    return f"{moment.day} {moment:%b}" if step.days or not (moment.hour or moment.minute) else f"{moment:%H:%M}"
