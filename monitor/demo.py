"""Two years of the CBP page in a minute: its saved versions served on loopback, the real check on each.

Time stands at noon of each version's date, so that what is recorded is dated as it would have been.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from fixtures import dated_versions
from monitor.asking import open_web
from monitor.checking import check_page
from monitor.results import CheckResult
from monitor.settings import CBP_URL, AlertSettings, FetchSettings, PageSettings, Settings
from storage import Archive

PATH = CBP_URL.removeprefix("https://www.cbp.gov")
DATABASE = "leaderwatch.db"
MAILS = "mails"


class Server(ThreadingHTTPServer):
    """A site that serves one page, whichever version it is given, with its ETag."""

    body = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{PATH}"


class Handler(BaseHTTPRequestHandler):
    """Answers 200 with the page, 304 to whoever holds it, and 404 for everything else."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.server.body if self.path == PATH else b""
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        held = body and self.headers["If-None-Match"] == etag
        self.send_response(304 if held else 200 if body else 404)
        self.send_header("ETag", etag)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if not held:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not held:
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing: the demo's own output is what there is to see."""


@dataclass(frozen=True, slots=True)
class Step:
    """One check of the demo: the day it stands for, and how it ended."""

    day: date
    result: CheckResult


@contextmanager
def serving() -> Iterator[Server]:
    """Serve on a free port of loopback until the block ends."""
    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def settings_for(folder: Path, url: str) -> Settings:
    """Return settings that keep everything the demo makes inside `folder`."""
    return Settings(
        database=str(folder / DATABASE),
        pages=(PageSettings(name="cbp-executive", url=url),),
        fetch=FetchSettings(allow_private=("127.0.0.1",)),
        alerts=AlertSettings(recipients=("newsroom@example.org",), folder=str(folder / MAILS)),
    )


def play(folder: Path) -> Iterator[Step]:
    """Check each saved version as it was served on its day, the last one twice; yield how each check ended.

    `folder` then holds the archive and the alert mails; what an earlier demo left there is replaced.
    """
    _clear(folder)
    with serving() as server:
        settings = settings_for(folder, server.url)
        versions = [*dated_versions(), dated_versions()[-1]]
        for day, file in versions:
            server.body = file.read_bytes()
            yield Step(day, _check(settings, _noon(day)))


def _check(settings: Settings, clock: Callable[[], datetime]) -> CheckResult:
    with Archive.open(settings.database, clock=clock) as archive, open_web(settings.fetch) as client:
        return check_page(settings.pages[0], archive=archive, client=client, settings=settings, clock=clock)


def _noon(day: date) -> Callable[[], datetime]:
    moment = datetime.combine(day, time(12), UTC)
    return lambda: moment


def _clear(folder: Path) -> None:
    (folder / MAILS).mkdir(parents=True, exist_ok=True)
    for left in (*folder.glob(f"{DATABASE}*"), *(folder / MAILS).glob("*.eml")):
        left.unlink()
