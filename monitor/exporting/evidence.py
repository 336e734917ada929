"""Everything that an archive has as evidence of its pages, in the order of time.

Beside the captures these are the moments at which a version was seen last while nothing new was kept: the same
bytes once more, without headers. An archive that takes both in knows the same history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from model import Capture

if TYPE_CHECKING:
    from storage import Archive, ListedCapture, StoredPage


@dataclass(frozen=True, slots=True)
class Seen:
    """A capture, at the moment when it was fetched, or at a later one when its bytes were seen again."""

    at: datetime
    listed: ListedCapture

    @property
    def is_again(self) -> bool:
        return self.at != self.listed.fetched_at

    @property
    def place(self) -> tuple[datetime, str, str, int]:
        """Return what orders evidence without its number in the archive."""
        return self.at, self.listed.url, self.listed.sha256, self.listed.status


class Evidence:
    """The evidence of pages; `pruned` captures are left out, since their bytes are gone."""

    def __init__(self, archive: Archive, pages: Sequence[StoredPage]) -> None:
        self._archive = archive
        listed = {each.id: each for page in pages for each in archive.captures(page.id)}
        again = [found for page in pages for found in archive.seen_again(page.id)]
        seen = [Seen(each.fetched_at, each) for each in listed.values()]
        seen += [Seen(at, listed[number]) for at, number in again]
        self._seen = sorted((each for each in seen if not each.listed.is_pruned), key=lambda each: each.place)
        self.pruned = sum(each.is_pruned for each in listed.values())

    def captures(self) -> Iterator[Capture]:
        """Yield the captures; one that was seen again has no headers then."""
        for seen in self._seen:
            capture = self._archive.capture(seen.listed.id)
            yield replace(capture, fetched_at=seen.at, headers={}) if seen.is_again else capture
