"""Histories that were read once, for as long as the archive says the same of a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from monitor.history.subjects import Subjects
from monitor.history.timeline import good_sightings, told_history_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.history.spans import ToldHistory
    from storage import Archive, StoredPage
    from storage.rows import StoredSighting


@dataclass(frozen=True, slots=True)
class Remembered:
    """A page's history, what links lead to and the good sightings, as long as the archive's stamp is this one."""

    stamp: tuple[Any, ...]
    history: ToldHistory
    subjects: Subjects
    sightings: Sequence[StoredSighting]


@dataclass(frozen=True, slots=True)
class Memory:
    """The newest history of each page; several visits may ask at once, and the last one's answer stays."""

    archive: Archive
    _pages: dict[int, Remembered] = field(default_factory=dict)

    def of(self, page: StoredPage) -> Remembered:
        """Return a page's history as the archive has it now."""
        stamp = self.archive.stamp(page.id)
        known = self._pages.get(page.id)
        if known is None or known.stamp != stamp or known.history.page != page:
            history = told_history_of(self.archive, page)
            known = self._pages[page.id] = Remembered(
                stamp, history, Subjects(history), good_sightings(self.archive, page)
            )
        return known
