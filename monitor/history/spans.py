"""What stood on the page without a break: tenures and figure spans, and the history that they make up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from model import Capacity, Figure, Json, Leader
from monitor.history.certainty import Gap, Window
from monitor.showing import written

if TYPE_CHECKING:
    from storage.rows import StoredChange, StoredPage


@dataclass(frozen=True, slots=True)
class Days:
    """How many whole days something lasted: at least, and at most; None: nobody saw it begin."""

    least: int
    most: int | None

    def __add__(self, other: Days) -> Days:
        known = self.most is not None and other.most is not None
        return Days(self.least + other.least, (self.most or 0) + (other.most or 0) if known else None)

    def to_json(self) -> Json:
        return {"least": self.least, "most": self.most}


@dataclass(frozen=True, slots=True)
class Span:
    """Something that stood from `first_seen` to `last_seen`, both sightings.

    `ended` is None while it stood at the page's last good sighting, or its loss waits to be confirmed.
    `silent_edit` says that it came while the page's Last Modified stood still. `unseen` are the sightings
    between which it was missing for a while, never long enough to be believed gone.
    """

    first_seen: datetime
    last_seen: datetime
    began: Window
    ended: Window | None
    silent_edit: bool
    unseen: tuple[Gap, ...]

    @property
    def is_open(self) -> bool:
        return self.ended is None

    @property
    def days(self) -> Days:
        """Return how long it lasted, as far as it was seen."""
        least = (self.last_seen - min(self.began.ends, self.last_seen)).days
        if self.began.last_seen is None:
            return Days(least, None)
        until = self.ended.ends if self.ended else self.last_seen
        return Days(least, max(least, (until - self.began.last_seen).days))

    def to_json(self) -> Json:
        return {
            "first_seen": written(self.first_seen),
            "last_seen": written(self.last_seen),
            "began": self.began.to_json(),
            "ended": self.ended.to_json() if self.ended else None,
            "silent_edit": self.silent_edit,
            "unseen": [gap.to_json() for gap in self.unseen],
            "days": self.days.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Naming:
    """How the page named an office's leader from `first_seen` on; nobody, where `leader` is None.

    `quote` holds the words it was read from, in that snapshot and that capture.
    """

    leader: Leader | None
    first_seen: datetime
    quote: str | None
    snapshot_id: int
    capture_id: int

    def to_json(self) -> Json:
        return {
            "leader": self.leader.to_json() if self.leader else None,
            "first_seen": written(self.first_seen),
            "quote": self.quote,
            "snapshot": self.snapshot_id,
            "capture": self.capture_id,
        }


@dataclass(frozen=True, slots=True)
class Tenure(Span):
    """One leader in one office in one capacity; nobody at all, where there is no leader.

    `post` numbers the page's offices by first appearance and stays through renamings; `office` is what it was
    called last, `called` every name that it had. `namings` are the leader's spellings and titles, oldest first.
    """

    post: int
    office: str
    abbreviation: str | None
    called: tuple[str, ...]
    vacant: bool
    namings: tuple[Naming, ...]

    @property
    def leader(self) -> Leader | None:
        """Return the leader as the page named them last."""
        return self.namings[-1].leader

    @property
    def is_acting(self) -> bool:
        return self.leader is not None and self.leader.capacity is not Capacity.PERMANENT

    def naming_at(self, moment: datetime) -> Naming:
        """Return how the page named the leader at that moment; the first naming, before it."""
        known = [naming for naming in self.namings if naming.first_seen <= moment]
        return known[-1] if known else self.namings[0]

    def to_json(self) -> Json:
        who = {
            "office": self.office,
            "abbreviation": self.abbreviation,
            "post": self.post,
            "called": list(self.called),
            "leader": self.leader.to_json() if self.leader else None,
            "vacant": self.vacant,
        }
        return who | Span.to_json(self) | {"namings": [naming.to_json() for naming in self.namings]}


@dataclass(frozen=True, slots=True)
class FigureSpan(Span):
    """One value of one measure; `series` joins the values of a measure, whatever it was called.

    `post` and `office` are None for what the page states outside every office. `figure` is as stated first, in
    the words of `quote`.
    """

    post: int | None
    office: str | None
    abbreviation: str | None
    series: int
    figure: Figure
    quote: str | None
    snapshot_id: int
    capture_id: int

    def to_json(self) -> Json:
        what = {
            "office": self.office,
            "abbreviation": self.abbreviation,
            "series": self.series,
            "figure": self.figure.to_json(),
        }
        source = {"quote": self.quote, "snapshot": self.snapshot_id, "capture": self.capture_id}
        return what | Span.to_json(self) | source


@dataclass(frozen=True, slots=True)
class Run:
    """Sightings of the same rows that nothing came between; it was blind before where checks saw nothing."""

    first_seen: datetime
    last_seen: datetime
    blind_before: bool


@dataclass(frozen=True, slots=True)
class History:
    """Everything that is known of a page, as known at `known_at`, or now.

    `runs` are the good sightings. `tenures` and `figures` stand in the order of their posts, oldest first.
    """

    page: StoredPage
    known_at: datetime | None
    runs: Sequence[Run]
    tenures: Sequence[Tenure]
    figures: Sequence[FigureSpan]

    @property
    def first_seen(self) -> datetime | None:
        return self.runs[0].first_seen if self.runs else None

    @property
    def last_seen(self) -> datetime | None:
        return self.runs[-1].last_seen if self.runs else None

    @property
    def nothing_known(self) -> str:
        """Return in words why there is nothing in it, where there is nothing."""
        if self.known_at is None:
            return "nothing is known: the page was never read well"
        return (
            f"nothing was known at {self.known_at:%Y-%m-%d %H:%M} UTC: the page had not been read well by then"
        )

    @property
    def blind(self) -> list[Gap]:
        """Return the times when checks ran and none saw the page."""
        return [
            Gap(earlier.last_seen, later.first_seen)
            for earlier, later in zip(self.runs, self.runs[1:], strict=False)
            if later.blind_before
        ]


@dataclass(frozen=True, slots=True)
class ToldHistory(History):
    """A history with the changes that were found in it, first seen first."""

    changes: Sequence[StoredChange]
