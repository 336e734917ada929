"""When a page is due: an interval counted from when the archive first knew it, or a cron expression in a zone.

Every process computes the same slots, so that the archive can give each of them to one process alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from monitor.crontab import cron_trigger

if TYPE_CHECKING:
    from apscheduler.triggers.base import BaseTrigger

    from monitor.settings import PageSettings, ScheduleSettings

LARGEST_SHIFT = timedelta(hours=3)
"""More than any zone's clock is moved at once."""

FIRST_WINDOW = timedelta(days=2)
"""How far back the newest slots of a cron expression are looked for first; wider where that is not enough."""

TICK = timedelta(microseconds=1)


class Timetable(Protocol):
    """The slots of one page."""

    def between(self, after: datetime, until: datetime, most: int) -> list[datetime]:
        """Return the slots after `after` and up to `until`, in order, in UTC: the newest `most` of them."""

    def following(self, after: datetime) -> datetime:
        """Return the first slot after `after`, in UTC."""

    def first(self, now: datetime) -> datetime | None:
        """Return the slot that a page which was never checked on a clock is due at; None: the following one."""


@dataclass(frozen=True)
class Interval:
    """A slot each `every`, counted from `start` in both directions."""

    every: timedelta
    start: datetime

    def between(self, after: datetime, until: datetime, most: int) -> list[datetime]:
        last = self._number(until)
        first = max(self._number(after) + 1, last + 1 - most)
        return [self.start + number * self.every for number in range(first, last + 1)]

    def following(self, after: datetime) -> datetime:
        return self.start + (self._number(after) + 1) * self.every

    def first(self, now: datetime) -> datetime | None:
        return self.start + self._number(now) * self.every

    def _number(self, moment: datetime) -> int:
        return (moment - self.start) // self.every


@dataclass(frozen=True)
class WallClock:
    """A slot when a zone's wall clock shows what a cron expression asks for, also on the nights it is moved.

    Rules as in cron(8) of Debian: an expression with an hour fires once a day, so a time that the clock skips
    is moved past the gap and a time that it shows twice counts once. One with any hour (`*`, `*/2`) follows the
    clock as it shows: the repeated hour fires again, the skipped one does not exist.
    """

    expression: str
    timezone: str

    @cached_property
    def _wall(self) -> BaseTrigger:
        return cron_trigger(self.expression, "UTC")

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def between(self, after: datetime, until: datetime, most: int) -> list[datetime]:
        window = FIRST_WINDOW
        while True:
            begin = max(after, until - window)
            found = sorted({slot for slot in self._slots(begin, until) if begin < slot <= until})
            if len(found) >= most or begin == after:
                return found[-most:]
            window *= 4

    def following(self, after: datetime) -> datetime:
        slot = next(slot for slot in self._slots(after) if slot > after)
        return min(each for each in self._slots(after, slot) if each > after)

    def first(self, now: datetime) -> datetime | None:
        return None

    def _slots(self, after: datetime, until: datetime | None = None) -> Iterator[datetime]:
        """Yield slots in the order of the wall clock, from well before `after` to well behind `until`."""
        wall = after.astimezone(self._zone).replace(tzinfo=UTC) - LARGEST_SHIFT
        previous = None
        while shown := self._wall.get_next_fire_time(previous, wall):
            instants = self._instants(shown)
            if until and min(instants, default=until) > until + LARGEST_SHIFT:
                return
            yield from instants
            previous, wall = shown, shown + TICK

    def _instants(self, shown: datetime) -> list[datetime]:
        first, second = (shown.replace(tzinfo=self._zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if not self._any_hour or first == second:
            return [first]
        return [first, second] if first < second else []

    @cached_property
    def _any_hour(self) -> bool:
        return self.expression.split()[1].startswith("*")


def timetable_of(page: PageSettings, schedule: ScheduleSettings, known_since: datetime) -> Timetable:
    """Return the page's own timetable, or that of [schedule] where it has none.

    `known_since` is when the archive first knew the page: intervals are counted from its whole second.
    """
    own = page.cron is not None or page.every is not None
    cron, every = (page.cron, page.every) if own else (schedule.cron, schedule.every)
    if cron is not None:
        return WallClock(cron, page.timezone or schedule.timezone)
    return Interval(every or schedule.every, known_since.replace(microsecond=0))


def delay_of(page: PageSettings, schedule: ScheduleSettings) -> timedelta:
    """Return how long after each slot this page is checked: its own fixed share of the jitter."""
    share = int.from_bytes(sha256(page.url.encode()).digest()[:4], "big") / 2**32
    return timedelta(seconds=int(schedule.jitter.total_seconds() * share))
