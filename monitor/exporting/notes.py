"""What formats without room for doubt say in words: when a tenure was seen, and when it turned."""

from __future__ import annotations

from datetime import datetime

from monitor.history.certainty import Window
from monitor.history.spans import Tenure


def seen(tenure: Tenure) -> str:
    """Return the sightings of a tenure and its windows in a sentence each."""
    words = [
        f"Seen from {_at(tenure.first_seen)} to {_at(tenure.last_seen)}.",
        f"Began {_turned(tenure.began)}.",
    ]
    if tenure.ended:
        words.append(f"Ended {_turned(tenure.ended)}.")
    else:
        words.append("Still so when the page was last seen.")
    if tenure.silent_edit:
        words.append("The page's own date did not tell of it.")
    return " ".join(words)


def _turned(window: Window) -> str:
    by = f"by {_at(window.ends)}" + (
        f", as the page's own date {window.page_dated} says" if window.page_dated else ""
    )
    return f"after {_at(window.last_seen)} and {by}" if window.last_seen else f"{by}, nobody saw when"


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
