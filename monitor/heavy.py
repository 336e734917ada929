"""Heavy pages are taken in one at a time: hostile ones side by side take little more memory than one alone."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from model import Capture
from monitor.lanes import Lanes, Rest

LIGHT, FEW_TAGS = 300_000, 8_000
"""Bytes and tags of a body that is taken in at once: no page that is known has more."""

M_MMAP_THRESHOLD, LARGE = -3, 256 * 1024
"""The name in malloc.h, and the bytes from which on a block is large."""

T = TypeVar("T")

_ALONE = Lanes(1)
"""One thread for all of them, since each thread keeps memory of its own for what it may need again."""


def in_turn(capture: Capture | None, job: Callable[[], T]) -> T:
    """Return what a job on this capture comes to, or raise what it raises; a heavy one waits for its turn."""
    if capture is None or _is_light(capture.body):
        return job()
    _give_large_blocks_back()
    return _ALONE.put("", lambda: Rest(job(), 0.0)).result()


@cache
def _give_large_blocks_back() -> None:
    """Have glibc return each large block to the system when it is freed (mallopt(3)).

    Left to itself it keeps such blocks in the heap after a few of them, whose gaps then cost more than the pages.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(M_MMAP_THRESHOLD, LARGE)


def _is_light(body: bytes) -> bool:
    return len(body) <= LIGHT and body.count(b"<") <= FEW_TAGS
