"""What `leaderwatch schedule` does between two signals: it puts what is due into the queue, and checks nothing.

Which slot is due is asked of `monitor.due`, as `leaderwatch run` does. Several may run side by side: a task that
waits already is not put twice, and one that comes late finds its slot settled.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from monitor.cluster.queue import check_task, post_task, put
from monitor.cluster.tables import make_tables
from monitor.due import Plan, due_slot, look_again_at, plans_of
from monitor.kept import HEARTBEAT, POST_EVERY, RETRY, Kept, reason

if TYPE_CHECKING:
    from monitor.events import Listener
    from monitor.running import Clock
    from monitor.settings import PageSettings, Settings
    from storage import Archive

BATCH = 500
"""How many pages are looked at, and their tasks put, in one transaction."""

AGAIN = timedelta(minutes=5)
"""When a slot whose task was put is looked at again: one that failed for good is put anew."""


@dataclass
class _Watch:
    """One page under watch, and when to look at it again."""

    page: PageSettings
    plan: Plan
    look_at: datetime


class Schedule(Kept):
    """Puts each slot that is due into the queue as one task."""

    def __init__(
        self, settings: Settings, archive: Archive, *, listeners: Sequence[Listener], clock: Clock
    ) -> None:
        super().__init__(settings, archive, listeners=listeners, clock=clock)
        make_tables(archive)
        self._now = self._post_at = clock()
        plans = plans_of(archive, settings, self._now)
        self._watches = [_Watch(page, plans[page.url], self._now) for page in settings.pages]

    def turn(self) -> float:
        """Put what is due, and return the seconds until something will be; look again each `HEARTBEAT` at least."""
        self.turned_at, now = time.monotonic(), self._clock()
        if now < self._now:  # the clock was set back: what was planned by the wrong one is void
            self._post_at = now
            for watch in self._watches:
                watch.look_at = now
        self._now = now
        try:
            self.archive.require_current()
            self._put_checks(now)
            self._put_post(now)
        except Exception as error:  # noqa: BLE001 a schedule outlives what one turn ran into
            self.note(reason(error))
            return RETRY.total_seconds()
        self.note(None)
        soonest = min((watch.look_at for watch in self._watches), default=now + HEARTBEAT)
        return max(0.0, (soonest - now).total_seconds())

    def close(self) -> bool:
        """Close the archive; nothing is under way between two turns."""
        self.archive.close()
        return True

    def _put_checks(self, now: datetime) -> None:
        losing = self.archive.pages_losing()
        due = (watch for watch in self._watches if watch.look_at <= now or watch.plan.page_id in losing)
        for batch in _batches(due):
            known = self.archive.slot_standings([watch.plan.page_id for watch in batch], now)
            slots = [(watch, due_slot(watch.plan, known[watch.plan.page_id], now)) for watch in batch]
            with self.archive.transaction() as tx:
                put(tx, [check_task(watch.plan.page_id, watch.page.url, slot) for watch, slot in slots if slot])
            for watch, slot in slots:
                again = look_again_at(watch.plan, known[watch.plan.page_id], now)
                watch.look_at = min(again, now + AGAIN) if slot else again

    def _put_post(self, now: datetime) -> None:
        if self._post_at <= now:
            self._post_at = now + POST_EVERY
            if self.archive.is_delivery_due(now):
                with self.archive.transaction() as tx:
                    put(tx, [post_task()])


def _batches(watches: Iterable[_Watch]) -> Iterator[list[_Watch]]:
    left = iter(watches)
    while batch := list(islice(left, BATCH)):
        yield batch
