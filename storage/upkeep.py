"""What is done to an archive as a whole: looked over."""

from __future__ import annotations

from storage import verifying
from storage.archive import Archive
from storage.connecting import reading


def verify(archive: Archive) -> verifying.Verification:
    """Return whether everything in the archive is as it was kept."""
    with reading(archive.engine) as connection:
        return verifying.verify(connection)
