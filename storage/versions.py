"""Changes as they were recorded at a moment: what is revised, settled or told otherwise later stays known."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, case, func, insert, literal, select

from storage.schema import change_versions, changes

SAME = frozenset({"id", "change_id", "replaced_at"})
KEPT = tuple(column.name for column in change_versions.c if column.name not in SAME)
"""What of a change may be found otherwise later."""


def keep_versions(connection: Connection, which: ColumnElement[bool], at: datetime) -> None:
    """Keep changes as they stand, before they are written over at a moment."""
    columns = [
        changes.c.id,
        *(changes.c[name] for name in KEPT),
        literal(at, change_versions.c.replaced_at.type),
    ]
    names = ["change_id", *KEPT, "replaced_at"]
    connection.execute(insert(change_versions).from_select(names, select(*columns).where(which)))


def known(known_at: datetime | None) -> FromClause:
    """Return the changes as they stand, or as they stood at a moment: those that were recorded by then."""
    if known_at is None:
        return changes
    later = change_versions.alias()
    first = select(func.min(later.c.id)).where(
        later.c.change_id == changes.c.id, later.c.replaced_at > known_at
    )
    was = change_versions
    columns = [
        case((was.c.id.is_not(None), was.c[column.name]), else_=column).label(column.name)
        if column.name in KEPT
        else column
        for column in changes.c
    ]
    standing = changes.outerjoin(was, was.c.id == first.scalar_subquery())
    return select(*columns).select_from(standing).where(changes.c.recorded_at <= known_at).subquery()
