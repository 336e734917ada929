"""How much an archive holds, how large it is, and what time it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select, text

from model import Json
from storage.columns import written
from storage.schema import bodies, captures, changes, checks, deliveries, pages, snapshots


@dataclass(frozen=True, slots=True)
class Covered:
    """The time from the first of something to the last; None where there is none."""

    first: datetime | None
    last: datetime | None

    def to_json(self) -> Json:
        return {"first": self.first and written(self.first), "last": self.last and written(self.last)}


@dataclass(frozen=True, slots=True)
class PageCounts:
    """What is kept of one page, counted by outcome or state; `imported` of the captures came from elsewhere.

    `served` is the size of all captures in bytes, as if each were kept in full.
    """

    page: str
    url: str
    checks: dict[str, int]
    checked: Covered
    captures: int
    imported: int
    served: int
    captured: Covered
    snapshots: dict[str, int]
    changes: dict[str, int]

    def to_json(self) -> Json:
        return {
            "page": self.page,
            "url": self.url,
            "checks": self.checks,
            "checked": self.checked.to_json(),
            "captures": self.captures,
            "imported": self.imported,
            "served_bytes": self.served,
            "captured": self.captured.to_json(),
            "snapshots": self.snapshots,
            "changes": self.changes,
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """What the whole archive holds.

    `distinct` is the size of all bodies in bytes, `stored` what they take; `size` is that of the database.
    """

    pages: tuple[PageCounts, ...]
    bodies: int
    pruned: int
    distinct: int
    stored: int
    deliveries: dict[str, int]
    size: int

    def to_json(self) -> Json:
        return {
            "pages": [page.to_json() for page in self.pages],
            "bodies": self.bodies,
            "pruned": self.pruned,
            "distinct_bytes": self.distinct,
            "stored_bytes": self.stored,
            "deliveries": self.deliveries,
            "database_bytes": self.size,
        }


SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def count(connection: Connection) -> Counts:
    """Return how much the archive holds."""
    kept = select(
        func.count(),
        func.count() - func.count(bodies.c.zstd),
        func.coalesce(func.sum(bodies.c.size), 0),
        func.coalesce(func.sum(func.length(bodies.c.zstd)), 0),
    ).select_from(bodies)
    number, pruned, distinct, stored = connection.execute(kept).one()
    every = connection.execute(select(pages.c.id, pages.c.name, pages.c.url).order_by(pages.c.id)).all()
    return Counts(
        tuple(_of_page(connection, *page) for page in every),
        number,
        pruned,
        distinct,
        stored,
        _by(connection, deliveries, deliveries.c.state),
        connection.scalar(text(SIZE[connection.dialect.name])) or 0,
    )


def _of_page(connection: Connection, page_id: int, name: str, url: str) -> PageCounts:
    kept = select(
        func.count(), func.count(captures.c.source), func.coalesce(func.sum(bodies.c.size), 0)
    ).join_from(captures, bodies)
    number, imported, served = connection.execute(kept.where(captures.c.page_id == page_id)).one()
    return PageCounts(
        name,
        url,
        _by(connection, checks, checks.c.outcome, page_id),
        _covered(connection, checks, checks.c.started_at, page_id),
        number,
        imported,
        served,
        _covered(connection, captures, captures.c.fetched_at, page_id),
        _by(connection, snapshots, snapshots.c.state, page_id),
        _by(connection, changes, changes.c.state, page_id),
    )


def _by(connection: Connection, table: Table, word: Column[Any], page_id: int | None = None) -> dict[str, int]:
    counted = select(word, func.count()).group_by(word).order_by(word)
    wanted = counted if page_id is None else counted.where(table.c.page_id == page_id)
    return {value.value: number for value, number in connection.execute(wanted)}


def _covered(connection: Connection, table: Table, moment: Column[datetime], page_id: int) -> Covered:
    ends = select(func.min(moment), func.max(moment)).where(table.c.page_id == page_id)
    return Covered(*connection.execute(ends).one())
