"""The task queue of a cluster as a test sees it: what waits, and all of it done here."""

from __future__ import annotations

from typing import Any

from monitor.cluster.desk import Desk
from tests.archive_rows import sql


def waiting(location: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the tasks that wait, first of all the first to be done."""
    found = sql(
        location,
        "SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY priority DESC, id",
    )
    return [(name, words) for name, words in found]


def do_all(location: str, desk: Desk) -> None:
    """Do every task that waits, and take it out of the queue."""
    tasks = waiting(location)
    sql(location, "DELETE FROM procrastinate_jobs")
    for name, words in tasks:
        getattr(desk, name)(**words)
