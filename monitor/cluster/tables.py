"""Procrastinate's tables in the archive's database: made where there are none, upgraded where they are older."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from procrastinate.schema import SchemaManager

if TYPE_CHECKING:
    from storage import Archive

WRITTEN = "SELECT obj_description('procrastinate_jobs'::regclass)"
"""Where the newest of Procrastinate's migrations that the tables have stands: in the comment of a table of its own."""

BY_LOCK = """
CREATE INDEX IF NOT EXISTS leaderwatch_tasks_by_lock ON procrastinate_jobs (lock, priority, id)
WHERE status IN ('todo', 'doing')
"""
"""Procrastinate looks for tasks with the same lock each time it takes one, and has no index for that (3.10)."""


def make_tables(archive: Archive) -> None:
    """Make or upgrade the tables; several processes may do so at the same time. Raises ArchiveError."""
    archive.address  # noqa: B018 refuses an archive that cannot have them
    with archive.transaction() as tx:
        if not tx.has_tasks():
            tx.driver.execute(SchemaManager.get_schema())
        else:
            _upgrade(tx.driver)
        tx.driver.execute(BY_LOCK)
        tx.driver.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{_migrations()[-1].name}'")


def _upgrade(driver: Any) -> None:
    [found] = driver.execute(WRITTEN).fetchone()
    for script in _migrations():
        if script.name > found:
            driver.execute(script.read_text(encoding="utf-8"))


def _migrations() -> list[Path]:
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
