"""How a cluster is, by what stands in its queue: in a line, as JSON, and what is the matter with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from model import Json
from monitor.showing import written
from monitor.wording import moment

if TYPE_CHECKING:
    from storage.rows import TaskCounts

LATE = timedelta(hours=1)
"""How long a slot may wait in the queue before that is a warning."""


def line(tasks: TaskCounts) -> str:
    """Return "Cluster: 2 workers; 120 tasks wait, 8 run, 0 failed; the oldest slot waits since ..."."""
    oldest = f"; the oldest slot waits since {moment(tasks.oldest_slot)}" if tasks.oldest_slot else ""
    workers = f"{tasks.workers} worker{'s' * (tasks.workers != 1)}"
    return f"Cluster: {workers}; {tasks.waiting} tasks wait, {tasks.running} run, {tasks.failed} failed{oldest}"


def complaints(tasks: TaskCounts, now: datetime) -> list[str]:
    """Return what is the matter: nobody works, the work takes too long, tasks that could not be done."""
    found = []
    if tasks.waiting and not tasks.workers:
        found.append("tasks wait and no worker is alive")
    if tasks.oldest_slot and now - tasks.oldest_slot > LATE:
        found.append(f"a check waits since {moment(tasks.oldest_slot)}: are there enough workers?")
    if tasks.failed:
        found.append(f"tasks that failed for good in the last week: {tasks.failed}")
    return found


def to_json(tasks: TaskCounts) -> Json:
    """Return the published row."""
    return {
        "workers": tasks.workers,
        "tasks_waiting": tasks.waiting,
        "tasks_running": tasks.running,
        "tasks_failed": tasks.failed,
        "oldest_slot": written(tasks.oldest_slot),
    }
