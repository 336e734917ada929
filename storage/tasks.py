"""What stands in the task queue of a cluster: Procrastinate's tables beside the archive's own, in one PostgreSQL.

They are only read here, with a lock that lets one process at a time add to them; Procrastinate's own code writes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import URL, Connection, text

from storage.columns import Moment
from storage.connecting import place
from storage.errors import ArchiveError
from storage.rows import TaskCounts

STALLED = 30
"""Seconds without a sign of life after which a worker counts as dead."""

ARE_THERE = text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
TURN = text("SELECT pg_advisory_xact_lock(hashtext('leaderwatch tasks'))")
WAITING = text(
    "SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(:names)"
)
COUNTS = text(
    f"""
    SELECT count(*) FILTER (WHERE status = 'todo') AS waiting,
           count(*) FILTER (WHERE status = 'doing') AS running,
           count(*) FILTER (WHERE status = 'failed') AS failed,
           min(args ->> 'due_at') FILTER (WHERE status IN ('todo', 'doing')) AS oldest_slot,
           (SELECT count(*) FROM procrastinate_workers
            WHERE last_heartbeat > now() - interval '{STALLED} seconds') AS workers
    FROM procrastinate_jobs
    """  # noqa: S608 a number of ours
).columns(oldest_slot=Moment)


def address(url: URL) -> str:
    """Return what libpq connects to for an archive on PostgreSQL; raises ArchiveError for any other."""
    if url.drivername != "postgresql+psycopg":
        raise ArchiveError(
            f"{place(url)}: a cluster needs a postgresql+psycopg:// archive; `leaderwatch copy` moves one"
        )
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def are_there(connection: Connection) -> bool:
    """Return whether the archive's database has a task queue."""
    return connection.dialect.name == "postgresql" and bool(connection.scalar(ARE_THERE))


def counts(connection: Connection) -> TaskCounts | None:
    """Return how many tasks stand in the queue; None where the archive has none."""
    return TaskCounts(**connection.execute(COUNTS).one()._mapping) if are_there(connection) else None


def take_turn(connection: Connection) -> None:
    """Keep other processes from adding tasks until the transaction ends."""
    connection.execute(TURN)


def waiting(connection: Connection, names: Collection[str]) -> set[str]:
    """Return which of these tasks, by their queueing locks, wait already."""
    return set(connection.scalars(WAITING, {"names": list(names)}))


def driver(connection: Connection) -> Any:
    """Return the psycopg connection of a transaction, for what is to be committed with it."""
    return connection.connection.driver_connection
