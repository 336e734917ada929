"""The slots of the timetable: taken by one process at a time, and settled with the check they led to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select, update

from storage.errors import SlotGone
from storage.inserting import add, add_missing, lock_page
from storage.rows import SlotKind, SlotState, StoredSlot
from storage.schema import LEASED, slots

OVERDUE = "the check of this slot did not end"

LONGEST_LEASE = timedelta(hours=2)
"""Longer than any check may take: a lease that ends later was made by a clock that was ahead, and is void."""

NEWEST = (
    select(slots)
    .where(
        slots.c.page_id == bindparam("page_id"),
        slots.c.kind == SlotKind.REGULAR,
        slots.c.due_at <= bindparam("now"),
    )
    .order_by(slots.c.due_at.desc())
    .limit(1)
)
THIS = select(slots.c.id).where(slots.c.page_id == bindparam("page_id"), slots.c.due_at == bindparam("due_at"))
UNDER_WAY = select(func.max(slots.c.leased_until)).where(
    slots.c.page_id == bindparam("page_id"),
    LEASED,
    slots.c.leased_until > bindparam("now"),
    slots.c.leased_until <= bindparam("latest"),
)
DONE = (
    update(slots)
    .where(slots.c.id == bindparam("slot_id"), slots.c.state == SlotState.LEASED)
    .values(state=SlotState.DONE, leased_until=None, check_id=bindparam("by"))
)


def newest(connection: Connection, page_id: int, now: datetime) -> StoredSlot | None:
    """Return the newest slot of the page's timetable that is not in the future."""
    row = connection.execute(NEWEST, {"page_id": page_id, "now": now}).one_or_none()
    return StoredSlot(*row) if row is not None else None


def stored(connection: Connection, page_id: int, limit: int) -> list[StoredSlot]:
    """Return the newest slots, newest first."""
    wanted = select(slots).where(slots.c.page_id == page_id).order_by(slots.c.due_at.desc()).limit(limit)
    return [StoredSlot(*row) for row in connection.execute(wanted)]


def leased_until(connection: Connection, page_id: int, now: datetime) -> datetime | None:
    """Return until when a process may work on the page; None where none does."""
    asked = {"page_id": page_id, "now": now, "latest": now + LONGEST_LEASE}
    until: datetime | None = connection.scalar(UNDER_WAY, asked)
    return until


def take(
    connection: Connection, page_id: int, due_at: datetime, kind: SlotKind, *, now: datetime, until: datetime
) -> int | None:
    """Lease the slot until then, and return its number; None where another process has or had it.

    One whose lease is over is taken over. Older ones of the page whose lease is over are missed.
    """
    lock_page(connection, page_id)
    if leased_until(connection, page_id, now) is not None:
        return None
    overdue = update(slots).where(slots.c.page_id == page_id, LEASED)
    missed = {"state": SlotState.MISSED, "leased_until": None, "reason": OVERDUE}
    connection.execute(overdue.where(slots.c.due_at != due_at).values(missed))
    row = connection.execute(THIS, {"page_id": page_id, "due_at": due_at}).one_or_none()
    if row is None:
        leased = {"page_id": page_id, "due_at": due_at, "kind": kind, "state": SlotState.LEASED}
        return add(connection, slots, leased | {"leased_until": until})
    again = connection.execute(overdue.where(slots.c.id == row.id).values(leased_until=until))
    return row.id if again.rowcount else None


def let_go(connection: Connection, page_id: int, now: datetime) -> None:
    """End the leases on a page's slots now; whoever takes one next checks it."""
    leased = update(slots).where(slots.c.page_id == page_id, LEASED)
    connection.execute(leased.values(leased_until=now))


def miss(connection: Connection, page_id: int, moments: Sequence[datetime], reason: str) -> None:
    """Note that these slots of the timetable went by without a check; those that are known stay as they are."""
    row = {"page_id": page_id, "kind": SlotKind.REGULAR, "state": SlotState.MISSED, "reason": reason}
    if moments:
        add_missing(connection, slots, [row | {"due_at": moment} for moment in moments])


def settle(connection: Connection, slot_id: int, check_id: int) -> None:
    """Note which check the slot led to; raises SlotGone where it is not leased any more."""
    if not connection.execute(DONE, {"slot_id": slot_id, "by": check_id}).rowcount:
        raise SlotGone(f"slot {slot_id} was settled by another process: this check is not recorded twice")
