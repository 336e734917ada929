"""Many sites on loopback, a port each, all served by one process of their own: every page has the same bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection

from bench.conversing import Conversation

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def serving(page: bytes, sites: int) -> Iterator[list[int]]:
    """Serve the page at /pages/... of so many ports until the block ends; gives the ports."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(theirs, page, sites), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(told: Connection, page: bytes, sites: int) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n"
    asyncio.run(_listen(told, head.encode() + page, sites))


def _answer(request: bytes, whole: bytes) -> bytes:
    return whole if b" /pages/" in request else NOT_FOUND


async def _listen(told: Connection, answer: bytes, sites: int) -> None:
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda: Conversation(partial(_answer, whole=answer)), "127.0.0.1", 0)
        for _ in range(sites)
    ]
    told.send([server.sockets[0].getsockname()[1] for server in servers])
    await asyncio.Event().wait()
