"""A clock that several processes read and one of them moves, so that years pass in seconds."""

from __future__ import annotations

import mmap
import struct
from datetime import datetime, timedelta
from pathlib import Path

from tests.watching import START

SECONDS = struct.Struct("d")


class SharedClock:
    """Seconds since START in a file of eight bytes; `move` is for one process, to read is for all."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(SECONDS.pack(0.0))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), SECONDS.size)

    def __call__(self) -> datetime:
        return START + timedelta(seconds=SECONDS.unpack(self._memory[:])[0])

    def move(self, to: datetime) -> None:
        self._memory[:] = SECONDS.pack((to - START).total_seconds())

    def close(self) -> None:
        self._memory.close()
