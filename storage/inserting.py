"""Rows that exist once, however many processes write them at the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Table, select


def number_of(connection: Connection, table: Table, row: Mapping[str, Any], *unique: str) -> int:
    """Return the id of the row whose `unique` columns have these values, which is added when there is none."""
    wanted = select(table.c.id).where(*(table.c[name] == row[name] for name in unique))
    found: int | None = connection.scalar(wanted)
    if found is None:
        add_missing(connection, table, [row])
        found = connection.execute(wanted).scalar_one()
    return found


def add_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the rows, leaving out those that a unique constraint already knows."""
    insert = import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert
    connection.execute(insert(table).on_conflict_do_nothing(), rows)
