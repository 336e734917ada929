"""Which revision a database is at."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text


def revision_of(connection: Connection) -> str | None:
    """Return the database's revision, None where no migration has run."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return written_revision(connection)


def written_revision(connection: Connection) -> str | None:
    """Return the revision that a database names which has one."""
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision
