"""How the slots of many pages stand, asked in one statement: which have come, are worked on, wait for a loss."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ColumnExpressionArgument,
    Connection,
    Row,
    bindparam,
    func,
    select,
)

from storage.rows import SlotKind, SlotStanding, SlotState, StoredSlot
from storage.schema import LEASED, PENDING, changes, pages, slots
from storage.slots import LONGEST_LEASE

NOW: BindParameter[datetime] = bindparam("now")
LATEST: BindParameter[datetime] = bindparam("latest")
HAS_COME = slots.c.due_at <= NOW
NEWEST = (
    select(slots.c.id)
    .where(slots.c.page_id == pages.c.id, slots.c.kind == SlotKind.REGULAR, HAS_COME)
    .order_by(slots.c.due_at.desc())
    .limit(1)
    .correlate(pages)
    .scalar_subquery()
)
WAITING_SINCE = (
    select(func.min(changes.c.first_seen))
    .where(changes.c.page_id == pages.c.id, PENDING)
    .correlate(pages)
    .scalar_subquery()
)


def _newest(column: ColumnElement[Any], *conditions: ColumnExpressionArgument[bool]) -> ColumnElement[Any]:
    of_page = select(func.max(column)).where(slots.c.page_id == pages.c.id, *conditions)
    return of_page.correlate(pages).scalar_subquery()


STANDINGS = (
    select(
        pages.c.id.label("of_page"),
        _newest(slots.c.leased_until, LEASED, slots.c.leased_until > NOW, slots.c.leased_until <= LATEST).label(
            "leased"
        ),
        WAITING_SINCE.label("waiting"),
        _newest(
            slots.c.due_at, slots.c.kind == SlotKind.CONFIRMING, slots.c.state != SlotState.LEASED, HAS_COME
        ).label("looked_again"),
        *slots.c,
    )
    .select_from(pages.outerjoin(slots, slots.c.id == NEWEST))
    .where(pages.c.id.in_(bindparam("page_ids", expanding=True)))
)


def standings(connection: Connection, page_ids: Collection[int], now: datetime) -> dict[int, SlotStanding]:
    """Return how the slots of these pages stand, by the pages' numbers."""
    asked = {"page_ids": list(page_ids), "now": now, "latest": now + LONGEST_LEASE}
    return {
        row.of_page: SlotStanding(_slot(row), row.leased, row.waiting, row.looked_again)
        for row in connection.execute(STANDINGS, asked)
    }


def _slot(row: Row[Any]) -> StoredSlot | None:
    if row.id is None:
        return None
    return StoredSlot(**{column.name: row._mapping[column] for column in slots.c})
