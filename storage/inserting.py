"""Rows that exist once, however many processes write them at the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Executable, Insert, Table, bindparam, insert, select

from storage.schema import pages

# FOR NO KEY UPDATE: a plain FOR UPDATE waits for every transaction that only added a row of this page.
PAGE_LOCK = select(pages.c.id).where(pages.c.id == bindparam("page_id")).with_for_update(key_share=True)


def lock_page(connection: Connection, page_id: int) -> None:
    """Keep other processes off a page until the transaction ends; SQLite has one writer and needs no lock."""
    if connection.dialect.name != "sqlite":
        connection.execute(PAGE_LOCK, {"page_id": page_id})


def add(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Add a row and return its id."""
    number: int = connection.execute(_adding(table), row).scalar_one()
    return number


def number_of(connection: Connection, table: Table, row: Mapping[str, Any], *unique: str) -> int:
    """Return the id of the row whose `unique` columns have these values, which is added when there is none."""
    wanted, values = _finding(table, unique), {name: row[name] for name in unique}
    found: int | None = connection.scalar(wanted, values)
    if found is None:
        found = connection.scalar(_adding_one(table, connection.dialect.name), row)
    return found if found is not None else connection.execute(wanted, values).scalar_one()


def add_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the rows, leaving out those that a unique constraint already knows."""
    connection.execute(_adding_missing(table, connection.dialect.name), rows)


@cache
def _adding(table: Table) -> Executable:
    return insert(table).returning(table.c.id)


@cache
def _finding(table: Table, unique: tuple[str, ...]) -> Executable:
    return select(table.c.id).where(*(table.c[name] == bindparam(name) for name in unique))


@cache
def _adding_missing(table: Table, dialect: str) -> Insert:
    statement: Insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(table).on_conflict_do_nothing()
    return statement


@cache
def _adding_one(table: Table, dialect: str) -> Executable:
    """Return the statement that adds a row and gives its id; none where another process was faster."""
    return _adding_missing(table, dialect).returning(table.c.id)
