"""What the whole suite shares: a stand-in site, a fresh archive, a client that reaches loopback, no waiting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import stamina

from scraper.fetching import open_client
from tests.loopback import Site

if TYPE_CHECKING:
    from storage import Archive

USER_AGENT = "leaderwatch/0 (+https://example.org/contact)"


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    """Let retries happen as often as in earnest, without the pauses between them."""
    with stamina.set_testing(True, attempts=100, cap=True):
        yield


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on loopback that answers as it is told."""
    with Site() as site:
        yield site


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """A client that may reach loopback, and nothing else that is private."""
    with open_client(USER_AGENT, allow_private=["127.0.0.1"]) as client:
        yield client


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive in a SQLite file of its own."""
    from storage import Archive

    with Archive.open(tmp_path / "archive.db") as archive:
        yield archive
