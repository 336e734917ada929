"""The tasks of a cluster, and how they come into the queue: written with the archive's own transactions.

A task may run twice, or find its work done: what it does is kept once by the archive, not by the queue. The lock of
a check is the page's site, so that no two workers ask a site at a time, nor check a page. A task's name keeps a
second one of its kind from waiting beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from procrastinate import SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from monitor.courtesy import site_of
from storage.errors import ArchiveError

if TYPE_CHECKING:
    from storage import Transaction

QUEUE = "leaderwatch"
CHECK, POST, READ, DERIVE, REPARSE = "check", "post", "read", "derive", "reparse"

PRIORITY = {POST: 10, CHECK: 0, READ: -10, REPARSE: -10, DERIVE: -20}
"""What is done first: deliveries, then checks; a history is derived once when all that was brought in is read."""


def check_task(page_id: int, url: str, due_at: datetime) -> Job:
    """Return the task to check a page for the slot that is due."""
    slot = due_at.isoformat()
    return _task(CHECK, f"{CHECK} {page_id} {slot}", site_of(url), url=url, due_at=slot)


def post_task() -> Job:
    """Return the task to send the deliveries that are due: it says no more than that there are some."""
    return _task(POST, POST, POST)


def read_task(page_id: int, capture_ids: Sequence[int]) -> Job:
    """Return the task to read captures that an import kept; several of one page may be done at a time."""
    name = f"{READ} {capture_ids[0]} {capture_ids[-1]}"
    return _task(READ, name, None, page_id=page_id, captures=list(capture_ids))


def derive_task(page_id: int) -> Job:
    """Return the task to derive a page's history from what was brought in."""
    return _task(DERIVE, f"{DERIVE} {page_id}", f"page {page_id}", page_id=page_id)


def reparse_task(page_id: int) -> Job:
    """Return the task to read all evidence of a page again, and to believe what is read."""
    return _task(REPARSE, f"{REPARSE} {page_id}", f"page {page_id}", page_id=page_id)


def put(tx: Transaction, tasks: Iterable[Job]) -> int:
    """Put the tasks into the queue that do not wait in it already, and return how many those are.

    Raises ArchiveError.
    """
    named = {task.queueing_lock or "": task for task in tasks}
    waiting = tx.tasks_waiting(named)
    new = [task for name, task in named.items() if name not in waiting]
    try:
        if new:
            JobManager(SyncPsycopgConnector()).batch_defer_jobs(new, connection=tx.driver)
    except ConnectorException as error:
        raise ArchiveError(f"the task queue of the archive failed: {error.__cause__ or error}") from error
    return len(new)


def _task(kind: str, name: str, lock: str | None, **words: Any) -> Job:
    return Job(
        queue=QUEUE,
        task_name=kind,
        queueing_lock=name,
        lock=lock,
        priority=PRIORITY[kind],
        task_kwargs=words,
    )
