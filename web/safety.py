"""What every request passes before the archive is asked: its host, its method, its sign-in, and what comes back.

Nothing here can be changed over HTTP, and no page loads anything from elsewhere: the headers hold browsers to it.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NoBase64
from hmac import compare_digest

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.settings import WebSettings

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
READING = ("GET", "HEAD")
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::\d*)?")

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content Security Policy Level 3: only what this server serves, no inline script or style."""

CAPTURED = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""The policy of a captured page: without origin, script, form, frame, or anything from another place."""

DRAWN = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The policy of a drawing by itself, which carries its own styles."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-cache",
}
"""Unless a response has its own: every answer may be kept, and is asked for again by its ETag."""


class Guard:
    """Lets through who asks for a known host, only to read, and signed in where a password is set.

    The host is checked against DNS rebinding: another name that leads to this address gets nothing.
    """

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._hosts = {host.lower() for host in (*LOOPBACK, _bracketed(settings.host), *settings.hosts)}
        self._user = settings.user
        self._password = settings.password.reveal() if settings.password else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._refusal(scope) or self._app
        await answer(
            {**scope, "method": "GET"}, receive, _with_headers(send)
        )  # the server cuts a HEAD's body off

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if _name(headers.get("host", "")) not in self._hosts:
            return _plain(400, "This host name is not served here: [web] hosts names those that are.")
        if scope["method"] not in READING:
            return _plain(405, "The archive is read-only.", {"allow": ", ".join(READING)})
        if self._password is not None and not self._is_signed_in(headers.get("authorization", "")):
            asked = {"www-authenticate": 'Basic realm="Leaderwatch", charset="UTF-8"'}
            return _plain(401, "Sign in to see this archive.", asked)
        return None

    def _is_signed_in(self, authorization: str) -> bool:
        """Return whether the password came, as Basic (RFC 7617) or as a bearer token (RFC 6750)."""
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "bearer":
            return _same(given.strip().encode("latin-1").decode("utf-8", "replace"), self._password or "")
        return scheme.lower() == "basic" and _same(_decoded(given), f"{self._user}:{self._password}")


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def _plain(status: int, words: str, headers: dict[str, str] | None = None) -> ASGIApp:
    return PlainTextResponse(words + "\n", status, {"cache-control": "no-store", **(headers or {})})


def _name(host: str) -> str:
    """Return a Host header without its port, in lower case ("[::1]" of "[::1]:8017"); "" where it is none."""
    match = HOST.fullmatch(host.lower())
    return match[1] if match else ""


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _decoded(credentials: str) -> str:
    try:
        return b64decode(credentials, validate=True).decode()
    except (NoBase64, UnicodeDecodeError):
        return ""


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())
