"""Deliveries on their way: taken by one process at a time, settled after each attempt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from storage.errors import ArchiveError
from storage.rows import DeliveryState
from storage.schema import deliveries, delivery_changes


def claim(connection: Connection, delivery_id: int, now: datetime, until: datetime) -> bool:
    """Put off the next attempt of a due delivery; False when it is not due any more."""
    due = update(deliveries).where(
        deliveries.c.id == delivery_id,
        deliveries.c.state == DeliveryState.QUEUED,
        deliveries.c.next_attempt_at <= now,
    )
    return connection.execute(due.values(next_attempt_at=until)).rowcount == 1


@dataclass(frozen=True, slots=True)
class Attempt:
    """How one attempt to deliver ended; a delivery that stays queued is due again at `next_attempt_at`."""

    state: DeliveryState
    at: datetime
    error: str | None
    next_attempt_at: datetime | None


def settle(connection: Connection, delivery_id: int, attempt: Attempt) -> None:
    """Count an attempt and note how it ended; what was delivered stays delivered."""
    before = connection.scalar(
        select(deliveries.c.state).where(deliveries.c.id == delivery_id).with_for_update()
    )
    if before is None:
        raise ArchiveError(f"there is no delivery {delivery_id} in this archive")
    if before == DeliveryState.DELIVERED:
        return
    queued = attempt.state is DeliveryState.QUEUED
    values = {
        "state": attempt.state,
        "attempts": deliveries.c.attempts + 1,
        "last_error": attempt.error,
        "settled_at": None if queued else attempt.at,
    }
    again = {"next_attempt_at": attempt.next_attempt_at or attempt.at} if queued else {}
    connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(values | again))


def leave_out(connection: Connection, delivery_id: int, change_ids: Collection[int]) -> None:
    """Take changes out of a delivery."""
    connection.execute(
        delete(delivery_changes).where(
            delivery_changes.c.delivery_id == delivery_id, delivery_changes.c.change_id.in_(change_ids)
        )
    )


def requeue(connection: Connection, delivery_id: int, due_at: datetime) -> None:
    """Begin a failed delivery anew; one that is not failed raises ArchiveError."""
    failed = update(deliveries).where(
        deliveries.c.id == delivery_id, deliveries.c.state == DeliveryState.FAILED
    )
    fresh = {"state": DeliveryState.QUEUED, "due_at": due_at, "next_attempt_at": due_at, "settled_at": None}
    if not connection.execute(failed.values(fresh | {"attempts": 0})).rowcount:
        raise ArchiveError(f"delivery {delivery_id} did not fail: there is nothing to try again")
