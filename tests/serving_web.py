"""The demo's archive, served as `leaderwatch web` serves it, and a client that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from monitor.demo import DATABASE, play
from monitor.settings import Settings, WebSettings
from storage import Archive
from web.serving import serving

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
PAGE = "/pages/cbp-executive"


def demo_archive(folder: Path) -> Path:
    """Return the archive that the demo leaves behind."""
    assert [step.result.is_trouble for step in play(folder)] == [False] * 5
    return folder / DATABASE


@contextmanager
def visiting(database: Path, *, now: datetime = NOW, **web: Any) -> Iterator[httpx.Client]:
    """Serve an archive on a free port of loopback; `web` are settings of [web]."""
    settings = Settings(web=replace(WebSettings(port=0), **web))
    with (
        Archive.open(database) as archive,
        serving(archive, settings, clock=lambda: now) as address,
        httpx.Client(base_url=address, timeout=20) as client,
    ):
        yield client
