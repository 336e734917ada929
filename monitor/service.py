"""Every page checked at its slots, side by side: what `leaderwatch run` does between two signals.

APScheduler reads the cron expressions (`monitor.timetable`); its own scheduler is not used, since that waits for
absolute times: it would sleep through a clock that is set back, or a suspend. Here the time is asked for again at
least each `HEARTBEAT`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from model import LeaderwatchError
from monitor import outbox
from monitor.asking import open_web, robots_for
from monitor.checking import check_page
from monitor.courtesy import NOW, Courtesy, site_of
from monitor.due import BESIDE_THE_FETCH, Plan, next_look, take_turn
from monitor.events import Checked, Event, Listener, Missed, Posted, Recovered, Troubled
from monitor.lanes import Lanes, Rest
from monitor.timetable import delay_of, timetable_of
from storage.errors import SlotGone

if TYPE_CHECKING:
    from monitor.settings import PageSettings, Settings
    from storage import Archive

GRACE = timedelta(seconds=8)
"""How long a stop waits for the checks that are under way; process managers kill after ten seconds or more."""

HEARTBEAT = timedelta(seconds=15)
"""The longest time without a turn: after a suspend, or when the clock is set, that much is lost at most."""

RETRY = timedelta(seconds=30)
"""When a page is looked at again after the archive failed."""

POST_EVERY = timedelta(seconds=30)
"""How often the service looks for deliveries that are due between checks."""

POST = "the post"
"""The one lane in which they go out."""

Clock = Callable[[], datetime]


@dataclass
class _Watch:
    """One page under watch: when to look at it again, and whether that is under way."""

    page: PageSettings
    look_at: datetime
    plan: Plan | None = None
    busy: bool = False


class Service:
    """Checks every page at its slots; `turn` starts what is due and waits for nothing.

    `wake` is called by another thread when `turn` should come sooner than it said. `trouble` is what keeps the
    archive from being written, None while nothing does; `turned_at` is when `turn` came last, by the machine's
    steady clock. `lanes` makes the pools that checks and deliveries run in, by their width. The archive is the
    service's own from now on: `close` closes it.
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
        self.settings = settings
        self.trouble: str | None = None
        self.turned_at = time.monotonic()
        self._clock = clock
        self._wake = wake
        self._listeners = listeners
        self._telling = threading.Lock()
        self._begun = self._now = self._post_at = clock()
        self._watches = [_Watch(page, self._begun) for page in settings.pages]
        self._lanes, self._post = lanes(settings.fetch.at_once), lanes(1)
        self._posted: Future[None] | None = None
        self.archive = archive
        self._client = open_web(settings.fetch)
        self._robots = robots_for(self._client)
        self._courtesy = Courtesy(archive, settings.fetch, self._robots.crawl_delay, clock)
        self._courtesy.share(page.url for page in settings.pages)

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

    def tell(self, event: Event) -> None:
        """Tell every listener, which one thread does at a time."""
        with self._telling:
            for listener in self._listeners:
                listener(event)

    def close(self) -> bool:
        """End the checks under way; tell whether all were over within `GRACE`. One that was not can be killed."""
        end = time.monotonic() + GRACE.total_seconds()
        ended = [lanes.close(max(0.0, end - time.monotonic())) for lanes in (self._lanes, self._post)]
        self._courtesy.leave_all()
        if all(ended):
            self._client.close()
            self.archive.close()
        return all(ended)

    def _attend(self, watch: _Watch) -> Rest[None]:
        """Check a page if it is this process's turn, and note when to look at it again."""
        rest = NOW
        try:
            self.archive.require_current()
            if wait := self._courtesy.take(watch.page.url):
                return Rest(None, wait.total_seconds())
            watch.plan = plan = watch.plan or self._plan(watch.page)
            turn = take_turn(self.archive, plan, self._clock())
            if turn.missed:
                self.tell(Missed(watch.page, turn.missed))
            if turn.slot_id is None:
                self._courtesy.leave(watch.page.url, NOW)
            else:
                rest = self._check(watch.page, turn.slot_id)
            watch.look_at = next_look(self.archive, plan, self._clock())
            if turn.slot_id is not None or self.archive.leased_until(plan.page_id, self._clock()) is None:
                self._note(None)  # else the check that failed is still to be made again
        except Exception as error:  # noqa: BLE001 a service outlives what one check ran into
            self._note(_reason(error))
            watch.look_at = self._clock() + RETRY
        finally:
            watch.busy = False
            self._wake()
        return Rest(None, rest.total_seconds())

    def _check(self, page: PageSettings, slot_id: int) -> timedelta:
        """Check a page and return how long its site is to be left alone."""
        try:
            result = check_page(
                page,
                archive=self.archive,
                client=self._client,
                settings=self.settings,
                clock=self._clock,
                robots=self._robots,
                slot_id=slot_id,
            )
        except SlotGone:  # this process slept so long that another one took over
            return self._courtesy.leave(page.url, self._courtesy.pause(page.url))
        self.tell(Checked(result))
        return self._courtesy.leave_after(result)

    def _deliver(self) -> Rest[None]:
        try:
            report = outbox.deliver(self.archive, self.settings, clock=self._clock)
            self.tell(Posted(report))
        except Exception as error:  # noqa: BLE001 a service outlives what one delivery ran into
            self._note(_reason(error))
        return Rest(None, 0.0)

    def _plan(self, page: PageSettings) -> Plan:
        page_id = self.archive.page_id(page.name, page.url)
        schedule = self.settings.schedule
        return Plan(
            page_id,
            timetable_of(page, schedule, self.archive.added_at(page_id)),
            delay_of(page, schedule),
            schedule.grace,
            self.settings.alerts.confirm_losses,
            self.settings.fetch.total_timeout + BESIDE_THE_FETCH,
            self._begun,
        )

    def _note(self, trouble: str | None) -> None:
        """Tell a trouble when it begins and when it is over, not at every try."""
        if trouble and trouble != self.trouble:
            self.tell(Troubled(trouble))
        elif self.trouble and not trouble:
            self.tell(Recovered())
        self.trouble = trouble


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, LeaderwatchError) else f"{type(error).__name__}: {error}"
