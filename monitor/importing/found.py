"""What a source of the past holds: captures of the page, each with its origin, and what was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from model import Capture, LeaderwatchError

Left = Counter[str]
"""How much was left where it was, by the reason in words: "of another URL"."""

KNOWN = "captures that were here already"
DEFAULT_PORTS = {"http": 80, "https": 443}


class ImportProblem(LeaderwatchError):
    """A source that cannot be brought in; the message names it and says what would do."""


@dataclass(frozen=True, slots=True)
class Found:
    """A capture that was kept elsewhere; `source` names the file, the record or the address it came from.

    `refers_at` is when the capture was served that this one, a 304, says the page was the same as.
    """

    capture: Capture
    source: str
    refers_at: datetime | None = None


def between(
    found: Iterable[Found], since: datetime | None, until: datetime | None, left: Left
) -> Iterator[Found]:
    """Yield what was served from `since` on and before `until`."""
    for each in found:
        moment = each.capture.fetched_at
        if (since and moment < since) or (until and moment >= until):
            left["captures of another time"] += 1
        else:
            yield each


def same_page(one: str, other: str) -> bool:
    """Return whether two URLs name one page to a web archive: http is https, `www.` is nothing, nor a last slash.

    >>> same_page("http://www.cbp.gov:80/about/", "https://cbp.gov/about#top")
    True
    """
    return _page_key(one) == _page_key(other)


def _page_key(url: str) -> tuple[str, int | None, str, str] | str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url  # no URL at all: itself and nothing else
    usual = DEFAULT_PORTS.get(parts.scheme)
    host = (parts.hostname or "").removeprefix("www.")
    return host, None if port == usual else port, parts.path.rstrip("/"), parts.query
