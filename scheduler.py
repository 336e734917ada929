"""The check, on a clock: an interval, or a cron expression in the zone the user names.

APScheduler keeps the time; slots that were missed while a check ran long, or while the machine slept, become
one run. What runs is handed in, so this module knows nothing of pages.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor.crontab import cron_trigger

GRACE = timedelta(seconds=8)
"""How long a stop waits for the check that is under way; process managers kill after ten seconds or more."""

STOPS = (signal.SIGTERM, signal.SIGINT)

RULES = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
"""Slots that were missed, however long ago, become one run."""

_LARGEST_SHIFT = timedelta(hours=3)

_LOG = logging.getLogger("leaderwatch.scheduler")
_LOG.setLevel(logging.ERROR)  # APScheduler warns of each slot that comes while a check runs: it is left out


class WallClock(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """Fires when a zone's wall clock shows what a cron expression asks for, also on the nights it is moved.

    Rules as in cron(8) of Debian: an expression with an hour fires once a day, so a time that the clock skips
    is moved past the gap and a time that it shows twice counts once. One with any hour (`*`, `*/2`) follows the
    clock as it shows: the repeated hour fires again, the skipped one does not exist.
    """

    def __init__(self, expression: str, timezone: str) -> None:
        self.wall = cron_trigger(expression, "UTC")
        self.zone = ZoneInfo(timezone)
        self.any_hour = expression.split()[1].startswith("*")

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """Return the first slot after the previous one, or the first that is not before `now`, in UTC."""
        earliest = previous_fire_time.astimezone(UTC) + timedelta(microseconds=1) if previous_fire_time else now
        slots = self._slots(earliest)
        first = next((slot for slot in slots if slot >= earliest), None)
        if first is None:
            return None
        nearby = (slot for slot in self._slots(earliest, until=first + _LARGEST_SHIFT) if slot >= earliest)
        return min(nearby, default=first)

    def _slots(self, earliest: datetime, until: datetime | None = None) -> Iterator[datetime]:
        """Yield slots in the order of the wall clock, from well before `earliest` on."""
        wall = earliest.astimezone(self.zone).replace(tzinfo=UTC) - _LARGEST_SHIFT
        previous = None
        while shown := self.wall.get_next_fire_time(previous, wall):
            if until and shown.replace(tzinfo=self.zone).astimezone(UTC) > until:
                return
            yield from self._instants(shown)
            previous, wall = shown, shown + timedelta(microseconds=1)

    def _instants(self, shown: datetime) -> list[datetime]:
        first, second = (shown.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if not self.any_hour or first == second:
            return [first]
        return [first, second] if first < second else []


def every(interval: timedelta) -> BaseTrigger:
    """Return the trigger that fires each `interval`, counted from the start."""
    return IntervalTrigger(seconds=int(interval.total_seconds()), timezone=UTC)


def keep(
    check: Callable[[], object],
    trigger: BaseTrigger,
    *,
    at_once: bool,
    announce: Callable[[], object] = lambda: None,
    grace: timedelta = GRACE,
) -> bool:
    """Run `check` whenever `trigger` fires, until SIGTERM or SIGINT; call it from the main thread.

    `announce` is called once, when the signals are heeded and before the first check. A check never overlaps
    with itself. Returns False when the stop came during a check that was not over within `grace`: the caller
    may then end the process, since a check can be killed at any point.
    """
    scheduler = BackgroundScheduler(
        timezone=UTC, executors={"default": ThreadPoolExecutor(1)}, job_defaults=RULES, logger=_LOG
    )
    first = {"next_run_time": datetime.now(UTC)} if at_once else {}
    scheduler.add_job(check, trigger, **first)
    with _held(STOPS):
        announce()
        scheduler.start()
        signal.sigwait(STOPS)
    ending = threading.Thread(target=scheduler.shutdown, daemon=True)
    ending.start()
    ending.join(grace.total_seconds())
    return not ending.is_alive()


@contextmanager
def _held(signals: Iterable[signal.Signals]) -> Iterator[None]:
    """Keep these signals waiting, in this thread and those it starts, so that `sigwait` alone receives them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
