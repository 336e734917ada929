"""Deliveries on their way: taken by one process at a time, settled after each attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from storage.errors import ArchiveError
from storage.rows import DeliveryState
from storage.schema import deliveries


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
