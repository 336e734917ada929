"""A sign of life after each good check: where none comes, somebody else's clock can tell that nothing runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from monitor.asking import name_of
from scraper.errors import AddressRefused
from scraper.fetching import open_client
from scraper.wire import time_limit

if TYPE_CHECKING:
    from monitor.settings import Settings

PATIENCE = 10.0
"""Seconds that a sign of life may take: the check is over, and others wait."""


def beat(settings: Settings) -> str | None:
    """Touch the file and ask for the address that the settings name; return what went wrong, None for nothing."""
    alerts = settings.alerts
    troubles = (
        _touch(alerts.heartbeat_file) if alerts.heartbeat_file else None,
        _ask(alerts.heartbeat_url, settings.fetch.contact) if alerts.heartbeat_url else None,
    )
    return "; ".join(filter(None, troubles)) or None


def _touch(file: str) -> str | None:
    try:
        Path(file).touch()
    except OSError as error:
        return f"cannot touch the heartbeat file {file}: {error.strerror}"
    return None


def _ask(url: str, contact: str) -> str | None:
    """Ask for the address, which its owner may have put on a private network."""
    place = urlsplit(url).hostname or ""
    try:
        with time_limit(PATIENCE), open_client(name_of(contact), allow_private=[place]) as client:
            answer = client.get(url)
    except (httpx.HTTPError, AddressRefused) as error:
        return f"the heartbeat did not reach {place}: {str(error) or type(error).__name__}"
    return None if answer.is_success else f"{place} answered the heartbeat with {answer.status_code}"
