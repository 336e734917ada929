"""Captures from elsewhere that say the page was as before, and the version that each of them refers to.

A revisit record names the capture that it repeats (ISO 28500, 6.7). A 304 confirms the version whose ETag it
bears (RFC 9110, 15.4.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, select

from storage.schema import captures, revisits, sightings

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Repeat:
    """A capture without a sighting so far, when it was served, and the capture and snapshot that it stands for."""

    number: int
    fetched_at: datetime
    capture_id: int
    snapshot_id: int


def repeats(connection: Connection, page_id: int) -> list[Repeat]:
    """Return the page's captures of that kind whose reference is known, oldest first."""
    seen_then = exists().where(
        sightings.c.page_id == page_id,
        sightings.c.replaced_at.is_(None),
        sightings.c.first_seen == captures.c.fetched_at,
    )
    unseen = (
        select(captures.c.id, captures.c.fetched_at, captures.c.headers, revisits.c.refers_at)
        .outerjoin(revisits, revisits.c.capture_id == captures.c.id)
        .where(captures.c.page_id == page_id, captures.c.status == NOT_MODIFIED, captures.c.source.is_not(None))
        .where(~seen_then)
        .order_by(captures.c.fetched_at, captures.c.id)
    )
    if not (left := connection.execute(unseen).all()):
        return []
    seen = _seen(connection, page_id)
    found = ((row, _reference(row, seen)) for row in left)
    return [Repeat(row.id, row.fetched_at, known.id, known.snapshot_id) for row, known in found if known]


def _seen(connection: Connection, page_id: int) -> Sequence[Any]:
    """Return the captures that were read as versions of the page, oldest first."""
    wanted = (
        select(captures.c.id, captures.c.fetched_at, captures.c.headers, sightings.c.snapshot_id)
        .join(sightings, sightings.c.capture_id == captures.c.id)
        .where(sightings.c.page_id == page_id, sightings.c.replaced_at.is_(None))
    )
    found: Sequence[Any] = connection.execute(wanted.order_by(captures.c.fetched_at, captures.c.id)).all()
    return found


def _reference(row: Any, seen: Sequence[Any]) -> Any:
    """Return the version that a capture names by its time, else the newest until then of the same ETag."""
    if row.refers_at is not None:
        return next((each for each in seen if each.fetched_at == row.refers_at), None)
    tag = _tag(row)
    alike = [each for each in seen if tag and _tag(each) == tag]
    before = [each for each in alike if each.fetched_at <= row.fetched_at]
    return before[-1] if before else next(iter(alike), None)


def _tag(row: Any) -> str | None:
    """Return the ETag of a capture; a weak one is as good, since the same page is meant (RFC 9110, 13.1.2)."""
    tag: str | None = row.headers.get("etag")
    return tag.removeprefix("W/") if tag else None
