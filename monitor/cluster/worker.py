"""What `leaderwatch worker` does between two signals: tasks, taken out of the queue as long as there are any.

Procrastinate's own worker runs in a thread with an event loop; the tasks run in threads below it. Each worker
looks for tasks of others that died over them, too.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status

from monitor.cluster.desk import Desk, is_given_up
from monitor.cluster.queue import QUEUE
from monitor.cluster.tables import make_tables
from monitor.kept import GRACE, HEARTBEAT, Kept, reason
from storage.tasks import STALLED

if TYPE_CHECKING:
    from monitor.events import Listener
    from monitor.running import Clock
    from monitor.settings import Settings
    from storage import Archive

POLL = 1.0
"""Seconds between two looks into the queue where nothing tells of a new task: for a site that has rested."""

KEPT_HOURS = 7 * 24
"""How long a task that failed for good can be looked at."""

BESIDE_TASKS = 3
"""Connections of a worker besides those of its tasks: to listen, to look around, to show that it is alive."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """Seconds between two signs of life of a worker, and without one after which its tasks are taken over."""

    every: float = 10.0
    dead_after: float = STALLED


class Worker(Kept):
    """Does the tasks of the queue, `jobs` at a time; `close` ends it."""

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        *,
        listeners: Sequence[Listener],
        clock: Clock,
        jobs: int = 1,
        pulse: Pulse = Pulse(),
    ) -> None:
        super().__init__(settings, archive, listeners=listeners, clock=clock)
        make_tables(archive)
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what fails is told as a trouble
        self._jobs, self._pulse = jobs, pulse
        self._desk = Desk(settings, archive, clock=clock, tell=self.tell, note=self._note)
        self._thread = self._begin()

    def turn(self) -> float:
        """Begin anew where the database was gone; return when to look again."""
        self.turned_at = time.monotonic()
        if not self._thread.is_alive():
            self._thread = self._begin()
        return HEARTBEAT.total_seconds()

    def close(self) -> bool:
        """End the tasks under way; tell whether all were over within `GRACE`. Others take over what was not."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._tasks.cancel)
        self._thread.join(GRACE.total_seconds())
        if self._thread.is_alive():
            return False
        self._desk.close()
        self.archive.close()
        return True

    def _begin(self) -> threading.Thread:
        ready = threading.Event()
        thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        thread.start()
        ready.wait()
        return thread

    def _run(self, ready: threading.Event) -> None:
        try:
            asyncio.run(self._begin_tasks(ready))
        except asyncio.CancelledError:
            pass
        except Exception as error:  # noqa: BLE001 a worker outlives a database that was gone
            self._note(error)

    async def _begin_tasks(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(self._jobs + 1))
        self._tasks = asyncio.create_task(self._take_tasks())
        ready.set()
        await self._tasks

    async def _take_tasks(self) -> None:
        connector = PsycopgConnector(conninfo=self.archive.address, max_size=self._jobs + BESIDE_TASKS)
        async with self._desk.app(connector).open_async() as app:
            beside = asyncio.create_task(self._look_around(app))
            try:
                await app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=self._jobs,
                    fetch_job_polling_interval=POLL,
                    delete_jobs=DeleteJobCondition.SUCCESSFUL.value,
                    install_signal_handlers=False,
                    update_heartbeat_interval=self._pulse.every,
                    stalled_worker_timeout=self._pulse.dead_after,
                )
            finally:
                beside.cancel()

    async def _look_around(self, app: App) -> None:
        """Take over the tasks of workers that died, and forget what failed long ago."""
        while True:
            await asyncio.sleep(self._pulse.dead_after / 3)
            try:
                await self._take_over(app)
                await app.job_manager.delete_old_jobs(KEPT_HOURS, include_failed=True)
            except Exception as error:  # noqa: BLE001 the next look may be luckier
                self._note(error)

    async def _take_over(self, app: App) -> None:
        tasks = app.job_manager
        for job in await tasks.get_stalled_jobs(seconds_since_heartbeat=self._pulse.dead_after):
            await asyncio.to_thread(self._desk.let_go, job.task_kwargs)
            try:
                if is_given_up(job):
                    await tasks.finish_job(job, Status.FAILED, delete_job=False)
                else:
                    await tasks.retry_job(job, priority=job.priority - 1)
            except ConnectorException:
                continue  # another worker was faster

    def _note(self, error: Exception | None) -> None:
        self.note(reason(error) if error else None)
