"""Every page checked at its slots, side by side: what `leaderwatch run` does between two signals.

APScheduler reads the cron expressions (`monitor.timetable`); its own scheduler is not used, since that waits for
absolute times: it would sleep through a clock that is set back, or a suspend. Here the time is asked for again at
least each `HEARTBEAT`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from monitor import outbox
from monitor.attending import Attendant
from monitor.courtesy import site_of
from monitor.due import Plan, next_look, plan_of
from monitor.events import Listener, Posted
from monitor.kept import GRACE, HEARTBEAT, POST_EVERY, RETRY, Kept, reason
from monitor.lanes import Lanes, Rest

if TYPE_CHECKING:
    from monitor.running import Clock
    from monitor.settings import PageSettings, Settings
    from storage import Archive

POST = "the post"
"""The one lane in which they go out."""


@dataclass
class _Watch:
    """One page under watch: when to look at it again, and whether that is under way."""

    page: PageSettings
    look_at: datetime
    plan: Plan | None = None
    busy: bool = False


class Service(Kept):
    """Checks every page at its slots; `turn` starts what is due and waits for nothing.

    `wake` is called by another thread when `turn` should come sooner than it said. `lanes` makes the pools that
    checks and deliveries run in, by their width.
    """

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        *,
        listeners: Sequence[Listener],
        clock: Clock,
        wake: Callable[[], object] = lambda: None,
        lanes: Callable[[int], Lanes] = Lanes,
    ) -> None:
        super().__init__(settings, archive, listeners=listeners, clock=clock)
        self._wake = wake
        self._begun = self._now = self._post_at = clock()
        self._watches = [_Watch(page, self._begun) for page in settings.pages]
        self._lanes, self._post = lanes(settings.fetch.at_once), lanes(1)
        self._posted: Future[None] | None = None
        self._attendant = Attendant(settings, archive, clock=clock, tell=self.tell)

    def turn(self) -> float:
        """Start what is due, and return the seconds until a page will be; look again each `HEARTBEAT` at least."""
        self.turned_at, now = time.monotonic(), self._clock()
        if now < self._now:  # the clock was set back: what was planned by the wrong one is void
            for watch in self._watches:
                watch.look_at = now
            self._post_at = now
        self._now = now
        for watch in self._watches:
            if not watch.busy and watch.look_at <= now:
                watch.busy = True
                self._lanes.put(site_of(watch.page.url), partial(self._attend, watch))
        if self._post_at <= now and (self._posted is None or self._posted.done()):
            self._post_at = now + POST_EVERY
            self._posted = self._post.put(POST, self._deliver)
        soonest = min((watch.look_at for watch in self._watches if not watch.busy), default=now + HEARTBEAT)
        return max(0.0, (soonest - now).total_seconds())

    def close(self) -> bool:
        """End the checks under way; tell whether all were over within `GRACE`. One that was not can be killed."""
        end = time.monotonic() + GRACE.total_seconds()
        ended = [lanes.close(max(0.0, end - time.monotonic())) for lanes in (self._lanes, self._post)]
        self._attendant.leave_all()
        if all(ended):
            self._attendant.close()
            self.archive.close()
        return all(ended)

    def _attend(self, watch: _Watch) -> Rest[None]:
        """Check a page if it is this process's turn, and note when to look at it again."""
        rest = timedelta()
        try:
            watch.plan = plan = watch.plan or self._plan(watch.page)
            came = self._attendant.attend(watch.page, plan)
            rest = came.rest
            if came.turn is not None:
                watch.look_at = next_look(self.archive, plan, self._clock())
                if (
                    came.turn.slot_id is not None
                    or self.archive.leased_until(plan.page_id, self._clock()) is None
                ):
                    self.note(None)  # else the check that failed is still to be made again
        except Exception as error:  # noqa: BLE001 a service outlives what one check ran into
            self.note(reason(error))
            watch.look_at = self._clock() + RETRY
        finally:
            watch.busy = False
            self._wake()
        return Rest(None, rest.total_seconds())

    def _deliver(self) -> Rest[None]:
        try:
            report = outbox.deliver(self.archive, self.settings, clock=self._clock)
            self.tell(Posted(report))
        except Exception as error:  # noqa: BLE001 a service outlives what one delivery ran into
            self.note(reason(error))
        return Rest(None, 0.0)

    def _plan(self, page: PageSettings) -> Plan:
        page_id = self.archive.page_id(page.name, page.url)
        known_since = self.archive.added_at(page_id)
        return plan_of(page, self.settings, page_id, known_since=known_since, begun=self._begun)
