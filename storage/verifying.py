"""Whether an archive still holds what was put into it: every body, every capture, every quoted word.

Whether what was concluded from these still holds is another question: `monitor.history.verifying`.

Nothing is trusted that can be computed again: bodies by their sha256, captures by their chain, quotes by the text
of their snapshot, tables by the database's own checks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Column, Connection, Row, Select, Table, bindparam, func, select, text
from sqlalchemy.exc import DatabaseError

from model import Json
from storage.bodies import AS_TEXT, digest, read_body
from storage.chain import broken_links
from storage.errors import ArchiveError
from storage.faults import Fault
from storage.schema import bodies, captures, figures, heads, leaders, offices, pages, snapshots

LOCK = "captures_are_never_changed"
"""The trigger of revision 0002."""


QUOTING = {
    "office": (offices, offices.c.name),
    "leader": (leaders, leaders.c.name),
    "figure": (figures, figures.c.text),
}
"""The tables whose rows quote the page, and the column that says what was read."""


def _quotes(table: Table, said: Column[Any]) -> Select[Any]:
    quote = (table.c[name] for name in ("quote", "quote_start", "quote_end"))
    rows = select(said.label("said"), *quote).select_from(table.join(offices) if table is leaders else table)
    place = (offices if table is leaders else table).c.snapshot_id
    return rows.where(place == bindparam("of"), table.c.quote.is_not(None))


QUOTES = {what: _quotes(table, said) for what, (table, said) in QUOTING.items()}


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where the chain of a page ends: whoever writes the digest down can tell later that nothing was rewritten."""

    page: str
    url: str
    captures: int
    digest: str

    def to_json(self) -> Json:
        return {"page": self.page, "url": self.url, "captures": self.captures, "digest": self.digest}


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what of it is not as it was kept. `pruned` bodies are known by their sha256 alone."""

    captures: int
    bodies: int
    pruned: int
    quotes: int
    heads: tuple[ChainHead, ...]
    faults: tuple[Fault, ...]

    def to_json(self) -> Json:
        counts = {
            "captures": self.captures,
            "bodies": self.bodies,
            "pruned": self.pruned,
            "quotes": self.quotes,
        }
        ends = {"heads": [head.to_json() for head in self.heads]}
        return counts | ends | {"faults": [fault.to_json() for fault in self.faults]}


def verify(connection: Connection) -> Verification:
    """Look at everything once."""
    return Verification(
        _count(connection, captures),
        _count(connection, bodies),
        connection.scalar(select(func.count()).where(bodies.c.zstd.is_(None))) or 0,
        sum(_count(connection, table, table.c.quote.is_not(None)) for table, _ in QUOTING.values()),
        tuple(_heads(connection)),
        tuple(_faults(connection)),
    )


def _count(connection: Connection, table: Table, *where: Any) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(*where)) or 0


def _heads(connection: Connection) -> Iterator[ChainHead]:
    ends = select(pages.c.name, pages.c.url, heads.c.place, heads.c.digest).join_from(heads, pages)
    for row in connection.execute(ends.order_by(pages.c.id)):
        yield ChainHead(*row)


def _faults(connection: Connection) -> Iterator[Fault]:
    if connection.dialect.name == "sqlite":
        yield from _of_the_file(connection)
    yield from broken_links(connection)
    yield from _of_bodies(connection)
    yield from _of_quotes(connection)


def _of_the_file(connection: Connection) -> Iterator[Fault]:
    """Ask SQLite whether its pages, its indexes and its links between tables are whole."""
    try:
        found = connection.execute(text("PRAGMA integrity_check")).scalars().all()
        yield from (Fault("database", None, f"SQLite finds: {line}") for line in found if line != "ok")
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            yield Fault("database", None, f"row {row[1]} of {row[0]} points to a row of {row[2]} that is gone")
    except DatabaseError as error:
        yield Fault("database", None, f"SQLite gives up: {cast(sqlite3.Error, error.orig)}")
    triggers = text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    if not connection.scalar(triggers, {"name": LOCK}):
        yield Fault("database", None, f"the trigger {LOCK} is gone, which refuses to change captures")


def _of_bodies(connection: Connection) -> Iterator[Fault]:
    for number in connection.scalars(select(bodies.c.id).order_by(bodies.c.id)).all():
        row = connection.execute(select(bodies).where(bodies.c.id == number)).one()
        if problem := _damage(connection, row):
            yield Fault("body", number, f"{_users(connection, number)}: {problem}")


def _damage(connection: Connection, row: Row[Any]) -> str | None:
    if row.zstd is None:
        return None
    if not isinstance(row.zstd, bytes):
        return AS_TEXT
    if digest(row.zstd) != row.zstd_sha256:
        return "its stored bytes are not those that were kept; restore it from a backup"
    try:
        read_body(connection, row.id)
    except ArchiveError as error:
        return str(error)
    return None


def _users(connection: Connection, body_id: int) -> str:
    """Return who rests on a body: "of capture 3 and the text of snapshot 2"."""
    of_captures = connection.scalars(select(captures.c.id).where(captures.c.body_id == body_id))
    of_snapshots = connection.scalars(select(snapshots.c.id).where(snapshots.c.text_id == body_id))
    named = [f"capture {number}" for number in of_captures]
    named += [f"the text of snapshot {number}" for number in of_snapshots]
    return f"of {' and '.join(named)}" if named else "of nothing"


def _of_quotes(connection: Connection) -> Iterator[Fault]:
    for number, text_id in connection.execute(select(snapshots.c.id, snapshots.c.text_id)).all():
        quotes = [
            (what, row) for what, query in QUOTES.items() for row in connection.execute(query, {"of": number})
        ]
        try:
            words = read_body(connection, text_id).decode() if quotes else ""
        except (ArchiveError, UnicodeDecodeError):
            yield Fault("snapshot", number, f"cannot show its {len(quotes)} quotes: its text is damaged")
            continue
        for what, row in quotes:
            if words[row.quote_start : row.quote_end] != row.quote:
                place = f"{row.quote_start}-{row.quote_end}"
                yield Fault(
                    "snapshot", number, f"quotes its {what} {row.said!r} from {place}, where it does not stand"
                )
