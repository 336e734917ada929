"""Many sites on loopback, a port each, all served by one process of their own: every page has the same bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

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


class _Conversation(asyncio.Protocol):
    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._asked += data
        while b"\r\n\r\n" in self._asked:
            request, _, self._asked = self._asked.partition(b"\r\n\r\n")
            self._transport.write(self._answer if b" /pages/" in request else NOT_FOUND)


def _serve(told: Connection, page: bytes, sites: int) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n"
    asyncio.run(_listen(told, head.encode() + page, sites))


async def _listen(told: Connection, answer: bytes, sites: int) -> None:
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(lambda: _Conversation(answer), "127.0.0.1", 0) for _ in range(sites)]
    told.send([server.sockets[0].getsockname()[1] for server in servers])
    await asyncio.Event().wait()
