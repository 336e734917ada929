"""How pages are asked for, as the settings say: the client, its name and its limits."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from model import Capture
from scraper.fetching import Limits, Validators, fetch, open_client
from scraper.robots import Robots

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import httpx

    from monitor.settings import FetchSettings


def open_web(asked: FetchSettings) -> httpx.Client:
    """Open the client for every page of a run."""
    return open_client(name_of(asked.contact), allow_private=asked.allow_private, limits=limits(asked))


def name_of(contact: str) -> str:
    """Return the User-Agent: it says who asks and where to write to (RFC 9110, 10.1.5)."""
    return f"Leaderwatch/{version('leaderwatch')} (+{contact})"


def limits(asked: FetchSettings) -> Limits:
    """Return the settings' limits in the scraper's terms."""
    return Limits(
        connect_timeout=asked.timeout.total_seconds(),
        read_timeout=asked.timeout.total_seconds(),
        total_timeout=asked.total_timeout.total_seconds(),
        max_bytes=asked.max_bytes,
        attempts=asked.attempts,
    )


def get(
    client: httpx.Client,
    url: str,
    asked: FetchSettings,
    *,
    clock: Callable[[], datetime],
    validators: Validators | None = None,
    robots: Robots | None = None,
) -> Capture:
    """Fetch one page within the limits, where its robots.txt allows it; raises FetchError.

    `robots` is what is known of robots.txt files already; without it, the site's is asked for first.
    """
    robots = robots or robots_for(client)
    return fetch(client, url, validators=validators, limits=limits(asked), robots=robots, clock=clock)


def robots_for(client: httpx.Client) -> Robots:
    """Return what keeps the rules of every site that this client asks, each for a day."""
    return Robots(client, client.headers["user-agent"])
