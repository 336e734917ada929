"""Bodies that nothing rests on, dropped by age: their captures, their digests and all that was read stay.

A capture goes only where a check judged it well and found in it what an earlier one had said: no snapshot was read
from it, no run of sightings begins or ends with it, nothing else in the archive names it, and it is not the page's
newest. What was blocked or failed is kept, as evidence of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Exists, Select, exists, func, select

from model import Json
from storage.bodies import drop_bodies, stored_size
from storage.schema import (
    JUDGED_OK,
    bodies,
    captures,
    checks,
    heads,
    links,
    metadata,
    sightings,
    snapshots,
    validators,
)

NO_CLAIM = (checks, links, heads, validators)
"""Tables that name captures without resting on their bytes: their rows stay, and the capture's row with them."""


@dataclass(frozen=True, slots=True)
class Pruning:
    """What was dropped, or would be: captures, their bodies, and the bytes that these take in the database."""

    captures: int
    bodies: int
    stored: int

    def __add__(self, other: Pruning) -> Pruning:
        return Pruning(self.captures + other.captures, self.bodies + other.bodies, self.stored + other.stored)

    def to_json(self) -> Json:
        return {"captures": self.captures, "bodies": self.bodies, "bytes": self.stored}


def prune(connection: Connection, page_id: int, before: datetime, *, drop: bool) -> Pruning:
    """Drop the bodies of a page's captures from before a moment that nothing rests on; or only count them."""
    going = {row.id: row.body_id for row in connection.execute(_unneeded(page_id, before))}
    needed = set(connection.scalars(select(snapshots.c.text_id)))
    needed |= {
        row.body_id
        for row in connection.execute(select(captures.c.id, captures.c.body_id))
        if row.id not in going
    }
    numbers = sorted(set(going.values()) - needed)
    stored = stored_size(connection, numbers)
    if drop:
        drop_bodies(connection, numbers)
    return Pruning(sum(body_id not in needed for body_id in going.values()), len(numbers), stored)


def _unneeded(page_id: int, before: datetime) -> Select[tuple[int, int]]:
    newest = select(func.max(captures.c.fetched_at)).where(captures.c.page_id == page_id, _is_good())
    old = (
        select(captures.c.id, captures.c.body_id)
        .join(bodies)
        .where(
            captures.c.page_id == page_id,
            captures.c.fetched_at < before,
            captures.c.fetched_at < newest.scalar_subquery(),
            bodies.c.zstd.is_not(None),
            _is_good(),
        )
    )
    return old.where(~_ends_a_run(), *(~exists().where(column == captures.c.id) for column in _claims()))


def _is_good() -> Exists:
    return exists().where(checks.c.capture_id == captures.c.id, JUDGED_OK)


def _ends_a_run() -> Exists:
    """Whether the check that ends a run of sightings saw this capture."""
    ended = sightings.c.last_seen == checks.c.started_at
    seen = checks.c.capture_id == captures.c.id
    return exists().where(seen, JUDGED_OK, checks.c.page_id == sightings.c.page_id, ended)


def _claims() -> Iterator[Column[int]]:
    """Yield every column that names a capture whose bytes must stay."""
    for table in metadata.tables.values():
        if table not in NO_CLAIM:
            yield from (column for column in table.columns if column.references(captures.c.id))
