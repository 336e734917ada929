"""What a leadership page says, and what it means for it to change.

Frozen dataclasses without I/O; every other module speaks in these words. `to_json` gives the published
shapes; `from_json` reads them back. Quotes (the words a value was read from) travel beside the values and
take no part in equality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

Json = dict[str, Any]


class LeaderwatchError(Exception):
    """The root of every error that a user may see: its message names the thing and says what to do."""


class Capacity(StrEnum):
    """How a leader holds the office; never part of the name or the title."""

    PERMANENT = "permanent"
    ACTING = "acting"
    INTERIM = "interim"
    PERFORMING_DUTIES = "performing_duties"


class Bound(StrEnum):
    """Which side of the stated value the truth lies on; no bound means the value as stated."""

    OVER = "over"
    ABOUT = "about"
    UNDER = "under"


class Verdict(StrEnum):
    """What a capture is, decided before it is parsed."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    BLOCKED = "blocked"
    ERROR = "error"
    NOT_THE_PAGE = "not_the_page"
    TRUNCATED = "truncated"


class Outcome(StrEnum):
    """How one check of one page ended."""

    BASELINE = "baseline"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    QUARANTINED = "quarantined"
    BLOCKED = "blocked"
    FAILED = "failed"


class ChangeKind(StrEnum):
    """The differences that a reader cares about."""

    LEADER_REPLACED = "leader_replaced"
    LEADER_APPOINTED = "leader_appointed"
    LEADER_DEPARTED = "leader_departed"
    ACTING_BEGAN = "acting_began"
    ACTING_ENDED = "acting_ended"
    TITLE_CHANGED = "title_changed"
    NAME_CHANGED = "name_changed"
    OFFICE_ADDED = "office_added"
    OFFICE_REMOVED = "office_removed"
    OFFICE_RENAMED = "office_renamed"
    FIGURE_CHANGED = "figure_changed"
    FIGURE_ADDED = "figure_added"
    FIGURE_REMOVED = "figure_removed"
    BOUND_CHANGED = "bound_changed"
    TEXT_CHANGED = "text_changed"


LOSSES = frozenset({ChangeKind.LEADER_DEPARTED, ChangeKind.OFFICE_REMOVED, ChangeKind.FIGURE_REMOVED})
"""Changes that a broken page can fake: they wait for a second capture before they are news."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the page and their place: `page.text[start:end] == text`, in characters."""

    text: str
    start: int
    end: int

    def to_json(self) -> Json:
        return {"text": self.text, "start": self.start, "end": self.end}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        return cls(row["text"], row["start"], row["end"])


@dataclass(frozen=True, slots=True)
class Leader:
    """A person as the page names them; `name` keeps honorifics and suffixes as written."""

    name: str
    title: str
    capacity: Capacity = Capacity.PERMANENT
    quote: Quote | None = field(default=None, compare=False)

    def to_json(self) -> Json:
        return {"name": self.name, "title": self.title, "capacity": self.capacity.value}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        return cls(row["name"], row["title"], Capacity(row["capacity"]))


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity the page states.

    `unit` is an ISO 4217 code for money, "percent" for shares, None for counts. `text` holds the words as
    written, number and measure together.
    """

    measure: str
    value: Decimal
    unit: str | None = None
    bound: Bound | None = None
    text: str = ""
    quote: Quote | None = field(default=None, compare=False)

    def to_json(self) -> Json:
        return {
            "measure": self.measure,
            "value": json_number(self.value),
            "unit": self.unit,
            "bound": self.bound.value if self.bound else None,
            "text": self.text,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        bound = Bound(row["bound"]) if row["bound"] else None
        return cls(row["measure"], Decimal(str(row["value"])), row["unit"], bound, row["text"])


@dataclass(frozen=True, slots=True)
class Office:
    """A post on the page that exists whoever holds it.

    `found_by` says which evidence gave its name: `heading`, `text`, `title`, `table`, `list`, `label`, `page`.
    `title` is the title the page gives the post where nobody holds it.
    """

    name: str
    abbreviation: str | None = None
    vacant: bool = False
    note: str | None = None
    leader: Leader | None = None
    figures: tuple[Figure, ...] = ()
    text: str = ""
    title: str | None = field(default=None, compare=False)
    found_by: str = field(default="heading", compare=False)
    quote: Quote | None = field(default=None, compare=False)

    def to_json(self) -> Json:
        return {
            "name": self.name,
            "abbreviation": self.abbreviation,
            "vacant": self.vacant,
            "note": self.note,
            "leader": self.leader.to_json() if self.leader else None,
            "figures": [figure.to_json() for figure in self.figures],
            "text": self.text,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        leader = Leader.from_json(row["leader"]) if row["leader"] else None
        figures = tuple(Figure.from_json(figure) for figure in row["figures"])
        return cls(row["name"], row["abbreviation"], row["vacant"], row["note"], leader, figures, row["text"])


@dataclass(frozen=True, slots=True)
class LeadershipPage:
    """The rows read from one capture.

    `text` is the page's visible main text that quotes point into; `coverage` is the share of its characters
    (0 to 1) that rows, descriptions and known boilerplate explain.
    """

    url: str
    title: str
    last_modified: date | None = None
    figures: tuple[Figure, ...] = ()
    offices: tuple[Office, ...] = ()
    text: str = field(default="", compare=False)
    coverage: float = field(default=1.0, compare=False)

    def to_json(self) -> Json:
        return {
            "url": self.url,
            "title": self.title,
            "last_modified": self.last_modified.isoformat() if self.last_modified else None,
            "figures": [figure.to_json() for figure in self.figures],
            "offices": [office.to_json() for office in self.offices],
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        modified = date.fromisoformat(row["last_modified"]) if row["last_modified"] else None
        figures = tuple(Figure.from_json(figure) for figure in row["figures"])
        offices = tuple(Office.from_json(office) for office in row["offices"])
        return cls(row["url"], row["title"], modified, figures, offices)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that a reader cares about between two snapshots.

    `before` and `after` hold JSON objects (leader, figure), plain strings (office names, text) or None, by
    kind. `went_to` and `came_from` name the other office on this page when a person moved; `delta` and
    `percent` stand on `figure_changed` only. Keys that do not apply are left out of the JSON.
    """

    kind: ChangeKind
    office: str | None
    measure: str | None
    before: Any
    after: Any
    sentence: str
    went_to: str | None = None
    came_from: str | None = None
    delta: Decimal | None = None
    percent: Decimal | None = None

    def to_json(self) -> Json:
        row: Json = {
            "kind": self.kind.value,
            "office": self.office,
            "measure": self.measure,
            "before": self.before,
            "after": self.after,
            "sentence": self.sentence,
        }
        row |= {key: value for key in ("went_to", "came_from") if (value := getattr(self, key)) is not None}
        row |= {
            key: json_number(value) for key in ("delta", "percent") if (value := getattr(self, key)) is not None
        }
        return row

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        delta, percent = (Decimal(str(row[key])) if key in row else None for key in ("delta", "percent"))
        return cls(
            ChangeKind(row["kind"]),
            row["office"],
            row["measure"],
            row["before"],
            row["after"],
            row["sentence"],
            row.get("went_to"),
            row.get("came_from"),
            delta,
            percent,
        )


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes a server sent at one moment, with status and headers.

    `url` is what was asked for, `final_url` where redirects ended. Header names are lower case. `body` is
    decoded from its transfer and content encodings, never from its charset. `truncated` is True when the body
    ended before the server said it would.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    redirects: tuple[str, ...] = ()
    truncated: bool = False

    def __post_init__(self) -> None:
        require_aware(self.fetched_at)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and, unless it is `ok` or `not_modified`, the reason in words that a user can act on."""

    verdict: Verdict
    reason: str | None = None


def require_aware(moment: datetime) -> datetime:
    """Return the moment in UTC; a naive one raises ValueError, since nobody can say when it was."""
    if moment.tzinfo is None:
        raise ValueError(f"naive time {moment.isoformat()}: give it a time zone")
    return moment.astimezone(UTC)


def json_number(value: Decimal) -> int | float:
    """Return a whole number as int and any other as float, the shape that JSON readers expect."""
    return int(value) if value == value.to_integral_value() else float(value)
