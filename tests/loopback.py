"""A real HTTP(S) server on 127.0.0.1 that answers as it is told, for tests.

    with Site() as site:
        site.serve("/page", "<h1>Leadership</h1>")
        site.serve("/down", status=503, headers={"Retry-After": "1"})
        site.serve_each("/page", Reply("first"), Reply(status=304))    # in turn; the last one stays
        site.serve("/broken", raw=b"HTTP/1.1 200 OK\\r\\nContent-Length: 99\\r\\n\\r\\n<html>")
        client.get(site.url("/page"))
        site.requests[0].headers["user-agent"]

A path that was not told answers 404; so does /robots.txt, which then allows everything.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import trustme

Body = str | bytes


@dataclass(frozen=True)
class Asked:
    """One request as it came; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """One answer. `raw` is sent exactly as it is, then the connection is closed.

    `wait` is the seconds of silence before the answer, `drip` the seconds between two bytes of it. `endless` is
    sent after the rest, again and again until the client goes; `hang` keeps the connection open in silence.
    """

    body: Body = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    wait: float = 0.0
    drip: float = 0.0
    endless: bytes = b""
    hang: bool = False

    def to_bytes(self) -> bytes:
        if self.raw is not None:
            return self.raw
        body = self.body.encode() if isinstance(self.body, str) else self.body
        headers = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body))}
        headers |= {name.lower(): value for name, value in self.headers.items()}
        lines = [f"HTTP/1.1 {self.status} Scripted", *(f"{name}: {value}" for name, value in headers.items())]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        return head if self.status in (204, 304) else head + body


Answering = Callable[[Asked], Reply]
NOT_FOUND = Reply("<html><title>Not found</title><h1>Not found</h1></html>", status=404)


class Site:
    """The server; it listens from the moment it is made until `close`, or the end of its `with` block."""

    def __init__(self, *, certificate: trustme.LeafCert | None = None, host: str = "127.0.0.1") -> None:
        self.host = host
        self.requests: list[Asked] = []
        self._replies: dict[str, deque[Reply] | Answering] = {}
        self._tls = _server_context(certificate) if certificate else None
        self._closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def url(self, path: str = "/", *, host: str | None = None) -> str:
        return f"{'https' if self._tls else 'http'}://{host or self.host}:{self.port}{path}"

    def serve(self, path: str, body: Body = b"", **reply: Any) -> None:
        """Answer a path with one reply from now on; the keywords are the fields of Reply."""
        self.serve_each(path, Reply(body, **reply))

    def serve_each(self, path: str, *replies: Reply) -> None:
        """Answer a path with these replies in turn; the last one stays."""
        self._replies[path] = deque(replies)

    def serve_with(self, path: str, answering: Answering) -> None:
        """Answer a path with what a function makes of each request."""
        self._replies[path] = answering

    def asked_for(self, path: str) -> int:
        """Return how many requests came for a path."""
        return sum(asked.path == path for asked in self.requests)

    def close(self) -> None:
        """Stop at once, whatever is being sent."""
        self._closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=5)

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection, self._registered(connection):
            if self._tls is None:
                self._converse(connection)
                return
            with self._tls.wrap_socket(connection, server_side=True) as secured, self._registered(secured):
                self._converse(secured)

    @contextlib.contextmanager
    def _registered(self, connection: socket.socket) -> Any:
        with self._lock:
            self._open.add(connection)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(connection)

    def _converse(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as lines:
            while not self._closing.is_set() and (asked := _request(lines)) is not None:
                self.requests.append(asked)
                reply = self._reply(asked)
                self._send(connection, reply)
                if reply.raw is not None:
                    return

    def _reply(self, asked: Asked) -> Reply:
        replies = self._replies.get(asked.path)
        if replies is None:
            return NOT_FOUND
        if callable(replies):
            return replies(asked)
        return replies.popleft() if len(replies) > 1 else replies[0]

    def _send(self, connection: socket.socket, reply: Reply) -> None:
        if reply.wait:
            self._closing.wait(reply.wait)
        if not reply.drip:
            connection.sendall(reply.to_bytes())
        for byte in reply.to_bytes() if reply.drip else b"":
            connection.sendall(bytes([byte]))
            if self._closing.wait(reply.drip):
                return
        while reply.endless and not self._closing.is_set():
            connection.sendall(reply.endless)
        if reply.hang:
            self._closing.wait()


def _server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def _request(lines: Any) -> Asked | None:
    """Read one request, with its body where it says how long that is; None when the client has gone."""
    first = lines.readline().decode("latin-1").split()
    if len(first) != 3:
        return None
    headers = {}
    while line := lines.readline().strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    body = lines.read(int(headers.get("content-length", 0)))
    return Asked(first[0], first[1], headers, body)
