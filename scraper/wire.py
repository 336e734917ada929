"""The way to the network: checked addresses, connections pinned to them, and one deadline for everything.

httpx's own time limits run from byte to byte, so that a server which sends a byte a second is never too slow;
`time_limit` bounds the whole exchange instead.
"""

from __future__ import annotations

import math
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore
import httpx

from scraper.addresses import Address, Guard, UnknownHost

_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Bound all network waiting of this thread inside the block; an outer limit that ends earlier stays."""
    token = _deadline.set(min(_deadline.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _deadline.reset(token)


def time_left() -> float:
    """Return the seconds until the time limit ends: infinite without one, negative when it is over."""
    return _deadline.get() - time.monotonic()


def _bounded(timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
    left = time_left()
    if left <= 0:
        raise late("the total time limit is over")
    return min(left, math.inf if timeout is None else timeout) if left < math.inf else timeout


class _TimedStream(httpcore.NetworkStream):
    """A network stream whose every read and write also ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _bounded(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _bounded(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        limit = _bounded(timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, limit))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _PinnedBackend(httpcore.NetworkBackend):
    """Connects to an address that the guard has checked, never to a name."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        with time_limit(math.inf if timeout is None else timeout):
            return _TimedStream(self._connect_any(self._addresses(host), port))

    def _addresses(self, host: str) -> list[Address]:
        try:
            return self._guard.addresses(host, _bounded(None, httpcore.ConnectTimeout))
        except UnknownHost as error:
            raise httpcore.ConnectError(str(error)) from error
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error

    def _connect_any(self, addresses: list[Address], port: int) -> httpcore.NetworkStream:
        """Try each address in turn; each has an even share of the time that is left."""
        for position, address in enumerate(addresses):
            left = _bounded(None, httpcore.ConnectTimeout)
            share = left and left / (len(addresses) - position)
            try:
                return self._sockets.connect_tcp(str(address), port, share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if address == addresses[-1]:
                    raise
        raise AssertionError("the guard returns at least one address")


class GuardedTransport(httpx.BaseTransport):
    """An httpx transport that knows no proxies and connects to checked addresses only."""

    def __init__(self, guard: Guard, ssl_context: ssl.SSLContext, *, connections: int = 10) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=15.0,
            network_backend=_PinnedBackend(guard),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with _as_httpx_errors():
            response = self._pool.handle_request(_core_request(request))
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx_errors():
            yield from self._response.iter_stream()

    def close(self) -> None:
        with _as_httpx_errors():
            self._response.close()


def _core_request(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _as_httpx_errors() -> Iterator[None]:
    """Raise httpcore's errors as httpx's of the same name, the ones that callers of a client expect."""
    try:
        yield
    except tuple(_HTTPX_ERRORS) as error:
        kind = next(_HTTPX_ERRORS[each] for each in type(error).__mro__ if each in _HTTPX_ERRORS)
        raise kind(str(error)) from error


_HTTPX_ERRORS: dict[type[BaseException], type[httpx.TransportError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.ReadTimeout: httpx.ReadTimeout,
    httpcore.WriteTimeout: httpx.WriteTimeout,
    httpcore.PoolTimeout: httpx.PoolTimeout,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.ReadError: httpx.ReadError,
    httpcore.WriteError: httpx.WriteError,
    httpcore.NetworkError: httpx.NetworkError,
    httpcore.LocalProtocolError: httpx.LocalProtocolError,
    httpcore.RemoteProtocolError: httpx.RemoteProtocolError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
}
