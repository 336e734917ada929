"""Bring a database to the newest revision: created, or upgraded after a backup.

Alembic is loaded here alone, and this module only when a database is not current.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from storage.connecting import place, plain_errors, reading
from storage.copying import copy_database
from storage.errors import ArchiveError
from storage.revision import revision_of
from storage.schema import REVISION

SQLITE_APPLICATION = 0x4C574154
"""`LWAT`, written into the file by revision 0001: the program that a SQLite database belongs to."""

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, *, clock: Callable[[], datetime], target: str = "head") -> None:
    """Create the tables or bring them up to `target`, in one transaction that other processes wait for.

    Raises ArchiveError for a database of another program or of a newer version. On SQLite a database that
    holds pages is first copied to `<file>.backup-<revision>-<UTC time>`.
    """
    name = place(engine.url)
    with reading(engine) as connection:
        _refuse_strangers(connection, name)
    with plain_errors(engine.url), engine.execution_options(writing=True).connect() as connection:
        if on_sqlite := connection.dialect.name == "sqlite":
            _keep_a_write_ahead_log(connection)
            _let_tables_be_rebuilt(connection)
        with connection.begin():
            if not on_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('leaderwatch'))"))
            _upgrade(connection, name, clock, target)
    engine.dispose()


def _upgrade(connection: Connection, name: str, clock: Callable[[], datetime], target: str) -> None:
    found = _refuse_strangers(connection, name)
    if found == REVISION:
        return  # another process was faster
    if found is not None and connection.dialect.name == "sqlite" and _has_pages(connection):
        back_up(Path(name), found, clock())
    command.upgrade(configuration(connection), target)
    _check_links(connection, name)


def _refuse_strangers(connection: Connection, name: str) -> str | None:
    """Return the database's revision; raise ArchiveError where this version must not touch it."""
    found = revision_of(connection)
    if _is_foreign(connection, found):
        raise ArchiveError(f"{name} is the database of another program; name another file")
    if found is not None and found not in _known(configuration(connection)):
        raise ArchiveError(
            f"{name} was written by a newer version (revision {found}); install that version of Leaderwatch"
        )
    return found


def configuration(connection: Connection) -> Config:
    """Return Alembic's settings without a file: the scripts of this package, run on this connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def back_up(path: Path, revision: str, moment: datetime) -> Path:
    """Copy the database beside itself, named after its revision and the time."""
    kept = path.with_name(f"{path.name}.backup-{revision}-{moment:%Y%m%dT%H%M%SZ}")
    try:
        copy_database(path, kept)
    except (sqlite3.Error, OSError) as error:
        raise ArchiveError(
            f"{path}: the backup before the upgrade failed ({error}); nothing was changed"
        ) from error
    return kept


def _known(config: Config) -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _is_foreign(connection: Connection, found: str | None) -> bool:
    """Whether another program made this database; on SQLite the file itself names its program."""
    if found is None:
        return bool(inspect(connection).get_table_names())
    if connection.dialect.name != "sqlite":
        return False
    return bool(connection.scalar(text("PRAGMA application_id")) != SQLITE_APPLICATION)


def _has_pages(connection: Connection) -> bool:
    return bool(connection.scalar(text("SELECT count(*) FROM pages")))


def _let_tables_be_rebuilt(connection: Connection) -> None:
    """Switch foreign keys off, as SQLite allows outside transactions only; `_check_links` stands in."""
    _driver(connection).execute("PRAGMA foreign_keys = OFF")


def _check_links(connection: Connection, name: str) -> None:
    if connection.dialect.name == "sqlite" and (
        broken := connection.execute(text("PRAGMA foreign_key_check")).first()
    ):
        raise ArchiveError(
            f"{name}: row {broken[1]} of {broken[0]} points to nothing; restore the newest backup"
        )


def _keep_a_write_ahead_log(connection: Connection, attempts: int = 20) -> None:
    """Let readers read while one process writes; kept in the file, so done before its first revision alone.

    SQLite does not wait for others when the journal mode changes. To take and leave the exclusive lock does.
    """
    driver = _driver(connection)
    for left in reversed(range(attempts)):
        try:
            driver.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError:
            if not left:
                raise
            driver.executescript("BEGIN EXCLUSIVE; COMMIT")
        else:
            return


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.driver_connection)
