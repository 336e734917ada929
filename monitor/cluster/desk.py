"""What the tasks of a cluster do: check a page for its slot, send what is due, read what was brought in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job

from model import LeaderwatchError
from monitor import outbox
from monitor.attending import Attendant
from monitor.cluster.queue import (
    CHECK,
    DERIVE,
    POST,
    PRIORITY,
    QUEUE,
    READ,
    REPARSE,
    derive_task,
    post_task,
    put,
)
from monitor.courtesy import site_of
from monitor.due import plans_of
from monitor.events import Event, Posted, Read
from monitor.history.importing import derive_again
from monitor.history.reparsing import reparse
from monitor.history.spreading import read_kept
from monitor.kept import RETRY
from monitor.timetable import TICK

if TYPE_CHECKING:
    from monitor.outbox import DeliveryReport
    from monitor.running import Clock
    from monitor.settings import Settings
    from storage import Archive, StoredPage

MOST_FAILURES = 3
"""How often a task may fail, or its worker die over it, before it is given up; its slot is put anew then."""


class Resting(LeaderwatchError):
    """A site is to be left alone before its page can be checked; `rest` is for how long."""

    def __init__(self, url: str, rest: timedelta) -> None:
        super().__init__(f"{site_of(url)} is left alone for {rest.total_seconds():.0f} seconds more")
        self.rest = rest


class Patience(BaseRetryStrategy):
    """When a task is tried again: once its site has rested, or after a failure, behind the others of its site.

    Its priority counts the failures: each takes one from what tasks of its kind begin with.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again, None where the task is given up."""
        if isinstance(exception, Resting):
            return RetryDecision(retry_in={"seconds": ceil(exception.rest.total_seconds())})
        if is_given_up(job):
            return None
        return RetryDecision(retry_in={"seconds": RETRY.seconds}, priority=job.priority - 1)


def is_given_up(job: Job) -> bool:
    """Return whether a task that failed once more has had its chances."""
    return job.priority <= PRIORITY[job.task_name] + 1 - MOST_FAILURES


class Desk:
    """Where a worker's tasks are done, several at a time; it tells what happens, and its trouble to `note`."""

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        *,
        clock: Clock,
        tell: Callable[[Event], object],
        note: Callable[[Exception | None], object],
    ) -> None:
        self._settings, self._archive, self._clock = settings, archive, clock
        self._tell, self._note = tell, note
        self._pages = {page.url: page for page in settings.pages}
        self._plans = plans_of(archive, settings, clock())
        self._attendant = Attendant(settings, archive, clock=clock, tell=tell, deliver=self._put_post)

    def app(self, connector: BaseConnector) -> App:
        """Return the application that does each task here."""
        app = App(connector=connector)
        tasks: dict[str, Callable[..., None]] = {
            CHECK: self.check,
            POST: self.post,
            READ: self.read,
            DERIVE: self.derive,
            REPARSE: self.reparse,
        }
        for name, doing in tasks.items():
            app.task(name=name, queue=QUEUE, retry=Patience())(self._noting(doing))
        return app

    def check(self, *, url: str, due_at: str) -> None:
        """Check a page for the slot that was due then, or a newer one; nothing where that is done."""
        page = self._pages.get(url)
        if page is None:
            raise LeaderwatchError(f"{url} is not among this worker's pages: give it the schedule's settings")
        plan = replace(self._plans[url], begun=datetime.fromisoformat(due_at) - TICK)
        came = self._attendant.attend(page, plan)
        if came.turn is None:
            raise Resting(url, came.rest)

    def post(self) -> None:
        """Send the deliveries that are due."""
        self._tell(Posted(outbox.deliver(self._archive, self._settings, clock=self._clock)))

    def read(self, *, page_id: int, captures: list[int]) -> None:
        """Read captures that an import kept; the page's history is derived when all of them are read."""
        page = self._stored(page_id)
        came = read_kept(self._archive, page, captures, done=lambda tx: put(tx, [derive_task(page_id)]))
        unread = f", {len(came.unread)} that read as no page" if came.unread else ""
        self._tell(Read(page.name, f"{came.taken} captures taken in{unread}"))

    def derive(self, *, page_id: int) -> None:
        """Derive a page's history from what was brought in."""
        page = self._stored(page_id)
        derive_again(self._archive, page, self._settings)
        self._tell(Read(page.name, "its history is derived from all that was brought in"))

    def reparse(self, *, page_id: int) -> None:
        """Read all evidence of a page again, and believe what is read."""
        came = reparse(self._archive, self._stored(page_id), self._settings, apply=True)
        self._tell(Read(came.page, f"{came.read} readings made again, {came.differing} read otherwise now"))

    def let_go(self, words: Mapping[str, Any]) -> None:
        """Free the page and the site that a dead worker's task held; `words` are those of the task."""
        url = words.get("url")
        if url in self._plans:
            self._archive.let_go(self._plans[url].page_id, self._clock())
            self._archive.free_site(site_of(url), self._clock())

    def close(self) -> None:
        """End the turns of what was given up, and close what was open."""
        self._attendant.leave_all()
        self._attendant.close()

    def _stored(self, page_id: int) -> StoredPage:
        return next(page for page in self._archive.pages() if page.id == page_id)

    def _put_post(self, archive: Archive, settings: Settings, clock: Clock) -> DeliveryReport | None:
        """Leave what a check has to tell to the queue."""
        if archive.is_delivery_due(clock()):
            with archive.transaction() as tx:
                put(tx, [post_task()])
        return None

    def _noting(self, doing: Callable[..., None]) -> Callable[..., None]:
        def do(**words: Any) -> None:
            try:
                doing(**words)
            except Resting:
                raise
            except Exception as error:
                self._note(error)
                raise
            self._note(None)

        return do
