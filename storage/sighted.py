"""When the runs of sightings began and ended, and which capture was seen then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, select

from storage.rows import Origin
from storage.schema import captures, checks, sightings


def seen_again(connection: Connection, page_id: int) -> list[tuple[datetime, int]]:
    """Return the ends of the page's runs of checks at which an earlier capture was seen again, oldest first.

    Each with the number of that capture: one that was served at the very moment is a capture of its own.
    """
    at_an_end = or_(checks.c.started_at == sightings.c.first_seen, checks.c.started_at == sightings.c.last_seen)
    ends = (
        select(checks.c.started_at, checks.c.capture_id)
        .join(sightings, at_an_end)
        .join(captures, captures.c.id == checks.c.capture_id)
        .where(
            checks.c.page_id == page_id,
            sightings.c.page_id == page_id,
            sightings.c.replaced_at.is_(None),
            sightings.c.origin == Origin.CHECK,
            captures.c.fetched_at != checks.c.started_at,
        )
    )
    rows = connection.execute(ends.distinct().order_by(checks.c.started_at, checks.c.capture_id))
    return [(row.started_at, row.capture_id) for row in rows]
