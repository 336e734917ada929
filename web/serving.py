"""The server: it listens from the moment it is asked to, in a thread of its own, until it is no longer wanted."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import uvicorn

from model import LeaderwatchError
from web.app import create_app

if TYPE_CHECKING:
    from monitor.settings import Settings, WebSettings
    from storage import Archive

PATIENCE = 5
"""Seconds that answers under way have to end when the server stops."""


class CannotListen(LeaderwatchError):
    """The address or the port cannot be had; the message says why."""


@contextmanager
def serving(archive: Archive, settings: Settings, *, clock: Callable[[], datetime]) -> Iterator[str]:
    """Serve the archive until the block ends, and give the address to open in a browser; raises CannotListen."""
    with _listener(settings.web) as listener:
        port = listener.getsockname()[1]
        web = replace(settings.web, port=port)
        server = uvicorn.Server(_config(create_app(archive, replace(settings, web=web), clock=clock), web))
        thread = threading.Thread(target=server.run, args=([listener],), name="web", daemon=True)
        thread.start()
        try:
            yield address(web)
        finally:
            server.should_exit = True
            thread.join(2 * PATIENCE)


def address(web: WebSettings) -> str:
    """Return the URL that a browser on this machine opens."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(web.host, web.host)  # noqa: S104 asked for, not chosen
    return f"http://{f'[{host}]' if ':' in host and '[' not in host else host}:{web.port}/"


def _config(app: object, web: WebSettings) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # uvicorn's own name for an ASGI application
        root_path=web.root_path,
        proxy_headers=bool(web.proxies),
        forwarded_allow_ips=list(web.proxies),
        access_log=False,
        log_level="warning",
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=PATIENCE,
    )


def _listener(web: WebSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    try:
        return socket.create_server((web.host, web.port), family=family, backlog=128)
    except OSError as error:
        reason = error.strerror or error
        raise CannotListen(
            f"cannot listen on {web.host}, port {web.port}: {reason}; --host and --port name others"
        ) from error
