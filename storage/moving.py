"""A whole archive moved into another database: every row copied, read back and compared.

What is there already is not copied again, so that a copy which was cut short goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, func, select, text, tuple_

from storage.archive import Archive
from storage.connecting import place, reading, writing
from storage.errors import ArchiveError
from storage.inserting import add_missing
from storage.schema import bodies, metadata, pages

BATCH = 500
"""How many rows are written, read back and committed together."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of all rows are in the copy, and the table that is being copied."""

    table: str
    done: int
    total: int


def copy_archive(source: Archive, target: Archive) -> Generator[Progress, None, None]:
    """Copy every row of an archive, as it is at this moment, and yield how far it has come.

    Nothing else may write into the target meanwhile. Raises ArchiveError where it holds anything that the source
    does not: it is the archive of other pages, or the source was written after a copy that was cut short.
    """
    with reading(source.engine) as reader:
        _require_part_of(reader, target)
        counts = {table: _count(reader, table) for table in metadata.sorted_tables}
        total, done = sum(counts.values()), 0
        for table in metadata.sorted_tables:
            for batch in _batches(reader, table):
                _keep(target, table, batch)
                done += len(batch)
                yield Progress(table.name, done, total)
            _require_no_more(target, table, counts[table])
    with writing(target.engine) as writer:
        _go_on_numbering(writer)


def _require_part_of(reader: Connection, target: Archive) -> None:
    theirs = select(pages.c.id, pages.c.url)
    with reading(target.engine) as connection:
        strangers = set(connection.execute(theirs).all()) - set(reader.execute(theirs).all())
    if strangers:
        raise ArchiveError(f"{place(target.engine.url)} holds other pages already: name an empty database")


def _batches(reader: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    """Yield a table's rows, what others point to first."""
    first: list[ColumnElement[Any]] = [table.c.base_id.is_not(None)] if table is bodies else []
    rows = select(table).order_by(*first, *table.primary_key)
    return reader.execution_options(yield_per=BATCH).execute(rows).partitions()


def _keep(target: Archive, table: Table, batch: Sequence[Row[Any]]) -> None:
    key = tuple_(*table.primary_key)
    numbers = [tuple(row._mapping[column] for column in table.primary_key) for row in batch]
    with writing(target.engine) as writer:
        add_missing(writer, table, [dict(row._mapping) for row in batch])
        held = writer.execute(select(table).where(key.in_(numbers))).all()
        if _told(held) != _told(batch):
            raise ArchiveError(_differs(target, table))


def _told(rows: Sequence[Row[Any]]) -> list[str]:
    return sorted(repr(tuple(row)) for row in rows)


def _require_no_more(target: Archive, table: Table, count: int) -> None:
    with reading(target.engine) as connection:
        if _count(connection, table) != count:
            raise ArchiveError(_differs(target, table))


def _differs(target: Archive, table: Table) -> str:
    where = place(target.engine.url)
    return f"{where}: its {table.name} are not those of the source; stop what writes to either, empty it and copy again"


def _count(connection: Connection, table: Table) -> int:
    number: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return number


def _go_on_numbering(writer: Connection) -> None:
    """Let PostgreSQL give the next row the number after the last one copied; SQLite does so by itself."""
    if writer.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        numbered = table.autoincrement_column
        last = writer.scalar(select(func.max(numbered))) if numbered is not None else None
        if last is not None:
            sequence = {"name": table.name, "last": last}
            writer.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), sequence)
