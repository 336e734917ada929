"""The site that is watched: many pages on loopback, served by a process of its own.

What it serves is set by `Mode`: the same bytes, new nonces around the same content, another leader on every page,
or 304 to whoever names the version that it holds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread

from bench.conversing import Conversation
from bench.speed.pages import page


class Mode(StrEnum):
    """What each page is at the next round."""

    SAME = "same bytes"
    NONCES = "new nonces"
    CHANGED = "a changed leader"
    NOT_MODIFIED = "304"


class Site:
    """The site as its bench sees it: `url` of a page, and `turn` to what the next round is served."""

    def __init__(self, orders: Connection) -> None:
        self._orders = orders
        self.port: int = orders.recv()

    def url(self, number: int) -> str:
        return f"http://127.0.0.1:{self.port}/pages/{number}"

    def turn(self, mode: Mode, round_: int) -> None:
        """Serve this from now on; `round_` makes nonces and leaders new."""
        self._orders.send((mode, round_))
        self._orders.recv()


@contextmanager
def serving() -> Iterator[Site]:
    """Serve until the block ends."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Site(ours)
    finally:
        process.terminate()
        process.join()


def _answer(request: bytes, state: dict[str, object]) -> bytes:
    path = request.split(b" ", 2)[1].decode()
    if not path.startswith("/pages/"):
        return _response("404 Not Found", b"no such page", "")
    body, etag = _page(int(path.removeprefix("/pages/")), state)
    if etag and f"if-none-match: {etag}".encode() in request.lower():
        return _response("304 Not Modified", b"", etag)
    return _response("200 OK", body, etag)


def _page(number: int, state: dict[str, object]) -> tuple[bytes, str]:
    """Return what a page is now; an ETag is named from the first round on, but only 304s keep to it."""
    mode, round_ = state["mode"], state["round"]
    assert isinstance(round_, int)
    if mode == Mode.NONCES:
        return page(number, nonce=round_), ""
    if mode == Mode.CHANGED:
        return page(number, version=round_), ""
    return page(number), '"first"' if mode == Mode.NOT_MODIFIED else ""


def _response(status: str, body: bytes, etag: str) -> bytes:
    named = f"ETag: {etag}\r\n" if etag else ""
    length = "" if status.startswith("304") else f"Content-Length: {len(body)}\r\n"
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{length}{named}\r\n"
    return head.encode() + body


def _serve(orders: Connection) -> None:
    asyncio.run(_converse(orders))


async def _converse(orders: Connection) -> None:
    state: dict[str, object] = {"mode": Mode.SAME, "round": 0}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Conversation(partial(_answer, state=state)), "127.0.0.1", 0)
    orders.send(server.sockets[0].getsockname()[1])
    Thread(target=_obey, args=(orders, state), daemon=True).start()
    await server.serve_forever()


def _obey(orders: Connection, state: dict[str, object]) -> None:
    while True:
        mode, round_ = orders.recv()
        state.update(mode=mode, round=round_)
        orders.send(True)
