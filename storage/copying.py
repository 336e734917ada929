"""A SQLite database copied while others read and write it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.connecting import keep_private


def copy_database(source: Path, target: Path) -> None:
    """Copy a database to a file of its own; a copy that was cut short never has the final name.

    Raises sqlite3.Error or OSError, and leaves nothing behind then.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        keep_private(partial)
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(partial)) as copy:
            original.backup(copy)
        partial.replace(target)
    except (sqlite3.Error, OSError):
        partial.unlink(missing_ok=True)
        raise
