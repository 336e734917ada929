"""Times of the future, set to now: what a clock that was ahead left behind.

Captures keep the times they were given, since evidence is never changed; what was concluded from them is dated anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, or_, update

from storage.rereading import unsettle
from storage.rows import DeliveryState
from storage.schema import beliefs, changes, checks, deliveries
from storage.versions import keep_versions

if TYPE_CHECKING:
    from sqlalchemy import Column, Table

CONCLUDED: tuple[tuple[Table, tuple[Column[datetime], ...]], ...] = (
    (beliefs, (beliefs.c.first_seen, beliefs.c.last_seen)),
    (checks, (checks.c.started_at, checks.c.finished_at)),
    (changes, (changes.c.first_seen, changes.c.last_seen)),
)


def redate(connection: Connection, page_id: int, now: datetime) -> None:
    """Set every time of the page that lies ahead to now, and let queued alerts go out."""
    ahead_of_now = or_(changes.c.first_seen > now, changes.c.last_seen > now)
    keep_versions(connection, and_(changes.c.page_id == page_id, ahead_of_now), now)
    for table, columns in CONCLUDED:
        for column in columns:
            ahead = update(table).where(table.c.page_id == page_id, column > now)
            connection.execute(ahead.values({column: now}))
    waiting = update(deliveries).where(
        deliveries.c.state == DeliveryState.QUEUED, deliveries.c.next_attempt_at > now
    )
    connection.execute(waiting.values(next_attempt_at=now))
    unsettle(connection, page_id)
