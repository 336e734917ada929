"""HTTP on loopback as cheap as it gets, so that what is measured is who asks and not who answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Conversation(asyncio.Protocol):
    """One connection: requests without bodies, each answered at once, kept open in between."""

    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        self._answer = answer
        self._asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._asked += data
        while b"\r\n\r\n" in self._asked:
            request, _, self._asked = self._asked.partition(b"\r\n\r\n")
            self._transport.write(self._answer(request))
