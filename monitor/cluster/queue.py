"""The tasks of a cluster, and how they come into the queue: written with the archive's own transactions.

A task may run twice, or find its work done: what it does is kept once by the archive, not by the queue. Its lock
is the page's site, so that no two workers ask a site at a time, nor check a page. The name keeps a second one of
its kind from waiting beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from procrastinate import SyncPsycopgConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from monitor.courtesy import site_of

if TYPE_CHECKING:
    from storage import Transaction

QUEUE = "leaderwatch"
CHECK, POST = "check", "post"

FIRST = 1
"""The priority of what must not wait behind ten thousand checks."""


def check_task(page_id: int, url: str, due_at: datetime) -> Job:
    """Return the task to check a page for the slot that is due."""
    slot = due_at.isoformat()
    return _task(CHECK, f"{CHECK} {page_id} {slot}", site_of(url), url=url, due_at=slot)


def post_task() -> Job:
    """Return the task to send the deliveries that are due: it says no more than that there are some."""
    return _task(POST, POST, POST, priority=FIRST)


def put(tx: Transaction, tasks: Iterable[Job]) -> int:
    """Put the tasks into the queue that do not wait in it already, and return how many those are."""
    named = {task.queueing_lock or "": task for task in tasks}
    waiting = tx.tasks_waiting(named)
    new = [task for name, task in named.items() if name not in waiting]
    if new:
        JobManager(SyncPsycopgConnector()).batch_defer_jobs(new, connection=tx.driver)
    return len(new)


def _task(kind: str, name: str, lock: str, priority: int = 0, **words: str) -> Job:
    return Job(
        queue=QUEUE,
        task_name=kind,
        queueing_lock=name,
        lock=lock,
        priority=priority,
        task_kwargs=dict(words),
    )
