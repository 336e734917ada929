"""Files that are there whole or not at all, whenever somebody looks and whenever the power goes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

READABLE = 0o644
"""The mode of a file that others may read."""


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file beside its place and move it there; readers see the old one or the new one.

    The folder must exist. Raises OSError where it cannot be written.
    """
    with opened_whole(path, mode=mode) as file:
        file.write(content)


@contextmanager
def opened_whole(path: Path, *, mode: int = 0o600) -> Iterator[IO[bytes]]:
    """Give a file beside its place to write to, and move it there when the block ends well."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, mode)
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
