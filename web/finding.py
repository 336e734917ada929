"""Which changes are asked for: by office, kind, state and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from model import ChangeKind, Json
from monitor.history.asking import office_names
from monitor.history.subjects import Subjects
from monitor.history.timeline import history_of
from monitor.sources import day_begins, day_ends
from storage import ChangeState, StoredChange
from web.visiting import LARGEST, Visit


class Filters(BaseModel):
    """What a list of changes is narrowed to; an empty value narrows nothing."""

    office: str = Field("", max_length=300, description="An office, by its name or abbreviation.")
    kind: ChangeKind | Literal[""] = Field("", description="A kind of change.")
    since: str = Field(
        "", max_length=40, description="First seen on this day (UTC) or at this moment, or later."
    )
    until: str = Field("", max_length=40, description="First seen until the end of this day, or this moment.")
    every_state: bool = Field(False, alias="all", description="Losses too that wait, or were withdrawn.")
    offset: int = Field(0, ge=0, le=LARGEST, description="How many to pass over, newest first.")

    def given(self) -> Json:
        """Return what narrows the list, by the names that a query has."""
        named = {"office": self.office, "kind": self.kind, "since": self.since, "until": self.until}
        return {name: value for name, value in named.items() if value} | (
            {"all": "true"} if self.every_state else {}
        )

    def at(self, offset: int) -> str:
        """Return the query of the same list from another place on."""
        return "?" + urlencode(self.given() | ({"offset": offset} if offset > 0 else {}))


class AsKnown(Filters):
    """The same, and as known when."""

    known_at: str = Field(
        "", max_length=40, description="The list as it was then: a day (its end, in UTC), a moment, or `now`."
    )

    def given(self) -> Json:
        return super().given() | ({"known_at": self.known_at} if self.known_at else {})


def find(here: Visit, filters: Filters, known_at: datetime | None = None) -> list[StoredChange]:
    """Return the changes that are asked for, newest first, as known now or at a moment."""
    since = day_begins(filters.since) if filters.since else None
    until = day_ends(filters.until) if filters.until else None
    recorded = _recorded(here, filters, known_at)
    called = _called(here, filters.office, recorded, known_at) if filters.office and recorded else None
    return [
        stored
        for stored in reversed(recorded)
        if (since is None or stored.first_seen >= since)
        and (until is None or stored.first_seen < until)
        and (called is None or stored.change.office in called)
        and (not filters.kind or stored.change.kind is filters.kind)
    ]


def _recorded(here: Visit, filters: Filters, known_at: datetime | None) -> Sequence[StoredChange]:
    if known_at is None and not filters.every_state:
        return here.history.changes
    states = None if filters.every_state else [ChangeState.CONFIRMED]
    return here.archive.changes(page_id=here.page.id, states=states, known_at=known_at)


def _called(here: Visit, office: str, recorded: Sequence[StoredChange], known_at: datetime | None) -> set[str]:
    """Return the names that changes call the office by that is meant; raises UnknownName, AmbiguousName."""
    changed = (stored.change.office for stored in recorded)
    subjects = Subjects(history_of(here.archive, here.page, known_at)) if known_at else here.subjects
    return office_names(office, list(subjects.offices.values()), changed)


def offices_of(here: Visit) -> list[str]:
    """Return the names of the offices that changes speak of, in order."""
    return sorted({stored.change.office for stored in here.history.changes if stored.change.office})
