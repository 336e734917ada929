"""Connections that behave: transactions that begin when they say so, foreign keys, errors in plain words."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, NoSuchModuleError, StatementError

from storage.errors import ArchiveError

ADVICE = {
    "SQLITE_BUSY": "another process has kept it locked too long; try again when that one has finished",
    "SQLITE_CANTOPEN": "cannot be opened; check that the folder exists and that you may write to it",
    "SQLITE_CORRUPT": "is damaged; keep a copy and restore the newest backup",
    "SQLITE_FULL": "cannot grow: the disk is full; free some space and run this again",
    "SQLITE_IOERR": "cannot be read or written: the disk reports an error",
    "SQLITE_NOTADB": "is not a Leaderwatch database; name another file",
    "SQLITE_READONLY": "may not be written; check the owner and permissions of the file and its folder",
}


def locate(location: str | Path) -> URL:
    """Return the URL of an archive named by a path or a URL; ArchiveError for what cannot be one."""
    if isinstance(location, Path) or "://" not in location:
        return URL.create("sqlite", database=str(location))
    try:
        url = make_url(location)
    except ArgumentError as error:
        raise ArchiveError(
            f"{location}: not a database URL; write sqlite:///leaderwatch.db or a path"
        ) from error
    return url


def examine(path: Path) -> None:
    """Raise ArchiveError where `path` cannot be an archive, before SQLite says so in fewer words."""
    if str(path) in {"", "."} or str(path).startswith((":memory:", "file:")):
        raise ArchiveError(f"database {str(path)!r}: an archive is kept in a file; give its path")
    try:
        problem = _problem(path)
    except OSError as error:
        problem = f" cannot be opened: {error.strerror}; name another file"
    if problem:
        raise ArchiveError(f"{path}{problem}")


def _problem(path: Path) -> str | None:
    if path.is_dir():
        return f" is a folder; name a file in it, such as {path / 'leaderwatch.db'}"
    if not path.parent.is_dir():
        return f": there is no folder {path.parent}; create it or name another file"
    if path.exists() and not path.is_file():
        return " is not a file; name another one"
    return None


def keep_private(path: Path) -> None:
    """Make the file, where there is none, for its owner alone: it will hold the addresses of those written to.

    Where that fails, SQLite fails at the same and says so.
    """
    if not path.exists():
        with suppress(OSError):
            path.touch(mode=0o600)


def open_engine(url: URL, *, patience: float) -> Engine:
    """Return an engine; on SQLite one that waits `patience` seconds for another process that is writing."""
    arguments: dict[str, Any] = {"connect_args": {"timeout": patience}} if _is_sqlite(url) else {}
    if _is_sqlite(url) and _is_at_rest(Path(url.database or "")):
        arguments = {"creator": partial(_connect_to_file_at_rest, Path(url.database or ""))}
    try:
        engine = create_engine(url, **arguments, json_serializer=partial(json.dumps, ensure_ascii=False))
    except (NoSuchModuleError, ImportError) as error:
        raise ArchiveError(
            f"{url.render_as_string()}: no driver for this kind of database ({error}); for PostgreSQL, "
            "pip install 'leaderwatch[postgresql]' and write postgresql+psycopg://..."
        ) from error
    if _is_sqlite(url):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _is_at_rest(path: Path) -> bool:
    """Return whether this file may only be read, and no write-ahead log beside it says that somebody writes."""
    if not path.is_file() or path.with_name(f"{path.name}-wal").exists():
        return False
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _connect_to_file_at_rest(path: Path) -> sqlite3.Connection:
    """Connect without a lock: to read a write-ahead log takes files beside it, which may not be made here."""
    address = f"{path.absolute().as_uri()}?immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Take BEGIN over from the driver, which would start transactions late or never.

    synchronous=FULL: in WAL mode NORMAL may lose the last commits when the power fails. The mail they queued
    may be out by then; the next check would find the same change again and send a second mail under another
    Message-ID. One flush a check is cheap beside the fetch before it.
    """
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    """Begin; a writer takes its lock at once, since one that reads first can find the lock taken and fail."""
    immediate = connection.get_execution_options().get("writing", False)
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    driver.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose queries all see one state of the archive."""
    with plain_errors(engine.url), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction: kept when the block ends well, undone when it raises."""
    with (
        plain_errors(engine.url),
        engine.connect() as connection,
        connection.execution_options(writing=True).begin(),
    ):
        yield connection


def shrink(engine: Engine) -> None:
    """Give the room that rows left behind in a SQLite file back to the disk."""
    with plain_errors(engine.url), closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM")


@contextmanager
def plain_errors(url: URL) -> Iterator[None]:
    """Turn what the database refuses into ArchiveError; what a column type refuses keeps its own error."""
    try:
        yield
    except StatementError as error:
        if isinstance(error.orig, ValueError | ArchiveError):
            raise error.orig from error
        if isinstance(error, DatabaseError) and not isinstance(error, IntegrityError):
            raise ArchiveError(f"{place(url)} {_advice(error.orig)}") from error
        raise
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{place(url)} {_advice(error)}") from error


def place(url: URL) -> str:
    """Return how to name the archive to a person: its path, or its URL without the password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string()


def _advice(error: Any) -> str:
    name = getattr(error, "sqlite_errorname", None) or ""
    known = (advice for code, advice in ADVICE.items() if name.startswith(code))
    return next(known, f"failed: {str(error).strip()}")
