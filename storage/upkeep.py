"""What is done to an archive as a whole: looked over, counted, pruned, backed up."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from storage.archive import Archive
from storage.connecting import place, reading, shrink, writing
from storage.copying import copy_database
from storage.counting import Counts
from storage.counting import count as count_rows
from storage.errors import ArchiveError
from storage.pruning import Pruning
from storage.pruning import prune as prune_page
from storage.verifying import Verification
from storage.verifying import verify as look_over


def verify(archive: Archive) -> Verification:
    """Return whether everything in the archive is as it was kept."""
    with reading(archive.engine) as connection:
        return look_over(connection)


def count(archive: Archive) -> Counts:
    """Return how much the archive holds, and how large it is."""
    with reading(archive.engine) as connection:
        return count_rows(connection)


def prune(archive: Archive, page_ids: Sequence[int], before: datetime, *, drop: bool) -> Pruning:
    """Drop old bodies that nothing rests on and give their room back; without `drop`, only count them.

    Raises ArchiveError where one that must be compressed anew is damaged; nothing is dropped then.
    """
    with writing(archive.engine) if drop else reading(archive.engine) as connection:
        found = [prune_page(connection, page_id, before, drop=drop) for page_id in page_ids]
    if drop and archive.engine.dialect.name == "sqlite":
        shrink(archive.engine)
    return sum(found, Pruning(0, 0, 0))


def back_up(archive: Archive, file: Path) -> Verification:
    """Copy the archive to a new file while others read and write it, and look the copy over.

    Raises ArchiveError where the file is there already or cannot be written, and for an archive that is no file.
    """
    if archive.engine.dialect.name != "sqlite":
        raise ArchiveError(
            f"{place(archive.engine.url)} is no file: back it up with the database's own pg_dump"
        )
    if file.exists():
        raise ArchiveError(f"{file} is there already: a backup never replaces anything, name a new file")
    try:
        copy_database(Path(place(archive.engine.url)), file)
    except (sqlite3.Error, OSError) as error:
        raise ArchiveError(f"{file}: the backup failed ({error}); nothing was written") from error
    with Archive.open(file) as copy:
        return verify(copy)
