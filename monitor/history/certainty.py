"""On what an answer about time rests: a certainty, and the sightings around the moment.

A Last Modified is a date without a zone. What the page says is known to have stood from the end of that day in
the zone where days end last (UTC-12): noon of the next day in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from model import Json
from monitor.showing import written

LAST_ZONE = timedelta(hours=12)


class Certainty(StrEnum):
    """How an answer about a moment is known."""

    OBSERVED = "observed"  # sighted at that moment, or just so before and after it
    PAGE_DATED = "page_dated"  # the page's own Last Modified reaches back to the moment
    POSSIBLE = "possible"  # the moment lies in a window: the old or the new
    PRESUMED = "presumed"  # so at the last sighting, and not seen since


@dataclass(frozen=True, slots=True)
class Gap:
    """The two sightings around a moment: the same one twice at a sighting, None where there is none."""

    before: datetime | None
    after: datetime | None

    def to_json(self) -> Json:
        return {"before": written(self.before), "after": written(self.after)}


@dataclass(frozen=True, slots=True)
class Window:
    """When something turned: the old was last seen at `last_seen`, the new first at `first_seen`.

    `last_seen` is None where it was so when the page was first seen. `page_dated` is the Last Modified that the
    page then gave itself, where it is trusted: the new stood by the end of that day.
    """

    last_seen: datetime | None
    first_seen: datetime
    page_dated: date | None = None

    @property
    def ends(self) -> datetime:
        """Return from when on the new is known to have stood."""
        return min(self.first_seen, stands_from(self.page_dated)) if self.page_dated else self.first_seen

    def to_json(self) -> Json:
        dated = self.page_dated.isoformat() if self.page_dated else None
        seen = {"last_seen": written(self.last_seen), "first_seen": written(self.first_seen)}
        return seen | {"page_dated": dated, "ends": written(self.ends)}


@dataclass(frozen=True, slots=True)
class Mark:
    """The sighting at which something turned, read from that snapshot and that capture.

    `stood_still` says that the page's Last Modified, `dated`, is that of the good sighting before.
    """

    seen_at: datetime
    snapshot_id: int
    capture_id: int
    dated: date | None = None
    stood_still: bool = False

    def window(self, last_seen: datetime | None) -> Window:
        """Return when that came which is first seen here, the old having been seen last at `last_seen`."""
        fits = self.dated and not self.stood_still and not self._denies(last_seen)
        return Window(last_seen, self.seen_at, self.dated if fits else None)

    def is_silent_edit(self, last_seen: datetime | None) -> bool:
        """Return whether the page changed here without its Last Modified saying so."""
        return self.stood_still or self._denies(last_seen)

    def _denies(self, last_seen: datetime | None) -> bool:
        """Return whether the page claims to be older than what was still seen at `last_seen`."""
        return bool(self.dated and last_seen and stands_from(self.dated) <= last_seen)


def stands_from(dated: date) -> datetime:
    """Return the moment from which a page of that Last Modified is known to have stood, wherever it is kept.

    >>> stands_from(date(2024, 4, 19)).isoformat()
    '2024-04-20T12:00:00+00:00'
    """
    return datetime.combine(dated + timedelta(days=1), time(), UTC) + LAST_ZONE
