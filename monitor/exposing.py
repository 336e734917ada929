"""What a service says of itself over HTTP: /healthz for whoever restarts it, /metrics for Prometheus."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv6Address
from socket import AF_INET6
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST

from model import LeaderwatchError
from monitor.metrics import Metrics

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.kept import Kept

STALE = 90.0
"""Seconds after which a service that has not turned hangs: several of its heartbeats."""

TEXT_TYPE = "text/plain; charset=utf-8"

Answer = tuple[HTTPStatus, str, bytes]
"""Status, content type, body."""


class CannotListen(LeaderwatchError):
    """The address for /metrics cannot be used."""


class Board:
    """A service as it is asked for over HTTP; with new settings a new one takes its place, and the counts stay."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.metrics = Metrics(clock)
        self._service: Kept | None = None

    def show(self, service: Kept) -> None:
        """Speak of this service from now on."""
        self._service = service
        self.metrics.follow(service.settings.pages, service.archive)

    def answer(self, path: str) -> Answer:
        """Return the answer to a GET of this path."""
        if path == "/healthz":
            return self._health()
        if path == "/metrics":
            return self._metrics()
        return HTTPStatus.NOT_FOUND, TEXT_TYPE, b"Ask for /healthz or /metrics.\n"

    def _health(self) -> Answer:
        """Say whether the service does its work; how its pages are is no reason to restart it."""
        reason = _failing(self._service) if self._service else "it has not begun"
        status = HTTPStatus.SERVICE_UNAVAILABLE if reason else HTTPStatus.OK
        row = {"status": "failing" if reason else "ok", "reason": reason}
        return status, "application/json", json.dumps(row).encode()

    def _metrics(self) -> Answer:
        try:
            return HTTPStatus.OK, CONTENT_TYPE_LATEST, self.metrics.text()
        except LeaderwatchError as error:
            return HTTPStatus.SERVICE_UNAVAILABLE, TEXT_TYPE, f"{error}\n".encode()


def _failing(service: Kept) -> str | None:
    silent = time.monotonic() - service.turned_at
    return service.trouble or (f"it has not turned for {silent:.0f} seconds" if silent > STALE else None)


@contextmanager
def exposed(address: str, answer: Callable[[str], Answer]) -> Iterator[int]:
    """Answer GET requests, by their path, at HOST:PORT while the block runs; gives the port. Raises CannotListen."""
    host, port = parse_address(address)
    try:
        server = _server(host)((host, port), _handler(answer))
    except (OSError, OverflowError) as error:
        raise CannotListen(
            f"cannot listen at {address}: {error}; name another HOST:PORT with --metrics"
        ) from None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def parse_address(address: str) -> tuple[str, int]:
    """Return host and port of "127.0.0.1:9108", "[::1]:9108" or ":9108", which is this machine only.

    Raises CannotListen.
    """
    host, colon, port = address.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit():
        raise CannotListen(f"{address!r} is no HOST:PORT, such as 127.0.0.1:9108")
    return host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port)


def _server(host: str) -> type[ThreadingHTTPServer]:
    class Server(ThreadingHTTPServer):
        address_family = AF_INET6 if _is_ipv6(host) else ThreadingHTTPServer.address_family

    return Server


def _is_ipv6(host: str) -> bool:
    try:
        IPv6Address(host)
    except ValueError:
        return False
    return True


def _handler(answering: Callable[[str], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10  # seconds of silence after which a client is let go
        server_version, sys_version = "Leaderwatch", ""

        def do_GET(self) -> None:
            status, content_type, body = answering(self.path.partition("?")[0])
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: object = None, size: object = None) -> None:
            """Keep silent: who asked is of no interest."""

    return Handler
