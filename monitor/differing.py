"""What lies between two versions of a page, or why one of them is not to be believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from model import Change, Json, LeadershipPage
from monitor.comparison import compare
from monitor.screening import screen
from scraper.errors import NotALeadershipPage


@dataclass(frozen=True, slots=True)
class Difference:
    """`verdict` is `same`, `changed` or `suspect`; `reason` says why something is suspect."""

    verdict: str
    reason: str | None = None
    changes: tuple[Change, ...] = ()

    def to_json(self) -> Json:
        return {
            "verdict": self.verdict,
            "reason": self.reason,
            "changes": [change.to_json() for change in self.changes],
        }


def differ(a: str, b: str, read: Callable[[str], LeadershipPage]) -> Difference:
    """Compare two sources; errors of reaching them are the caller's."""
    pages = []
    for source in (a, b):
        try:
            pages.append(read(source))
        except NotALeadershipPage as trouble:
            return Difference("suspect", f"{source}: {trouble.reason}")
    before, after = pages
    if doubt := screen(before, after):
        return Difference("suspect", doubt)
    changes = tuple(compare(before, after))
    return Difference("changed" if changes else "same", None, changes)
