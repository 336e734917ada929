"""The shapes of the answers, for OpenAPI: a test holds the answers to them, none has more fields or fewer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from model import Bound, Capacity, ChangeKind, Outcome, Verdict
from monitor.health import HealthState
from monitor.history.certainty import Certainty
from storage import ChangeState


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Leader(Shape):
    """A person as the page names them."""

    name: str
    title: str
    capacity: Capacity


class Figure(Shape):
    """A quantity the page states: `unit` is an ISO 4217 code for money, "percent" for shares, null for counts."""

    measure: str
    value: float
    unit: str | None
    bound: Bound | None
    text: str


class Office(Shape):
    """A post on the page that exists whoever holds it."""

    name: str
    abbreviation: str | None
    vacant: bool
    note: str | None
    leader: Leader | None
    figures: list[Figure]
    text: str


class LeadershipPage(Shape):
    """The rows read from one capture."""

    url: str
    title: str
    last_modified: date | None
    figures: list[Figure]
    offices: list[Office]


class Change(Shape):
    """One difference that a reader cares about: leader or figure objects, names or texts on either side, by kind."""

    kind: ChangeKind
    office: str | None
    measure: str | None
    before: Any
    after: Any
    sentence: str
    went_to: str | None = None
    came_from: str | None = None
    delta: float | None = None
    percent: float | None = None


class RecordedChange(Change):
    """A change and its window: the old was seen last at `last_seen`, the new first at `first_seen`."""

    id: int
    page: str
    state: ChangeState
    last_seen: datetime
    first_seen: datetime
    capture_before: int
    capture_after: int


class Check(Shape):
    """One run of the pipeline on one page."""

    started_at: datetime
    outcome: Outcome
    verdict: Verdict
    reason: str | None
    capture: int | None


class NumberedCheck(Check):
    """A check with its number, which `before` takes."""

    id: int


class Known(Shape):
    """One page as last seen; `pending` losses wait to be confirmed."""

    name: str
    url: str
    first_seen: datetime | None
    last_seen: datetime | None
    capture: int | None
    last_check: Check | None
    pending: list[Change]
    page: LeadershipPage | None


class Pages(Shape):
    """Every page of the archive, as last seen."""

    pages: list[Known]


class Gap(Shape):
    """The two sightings around a moment."""

    before: datetime | None
    after: datetime | None


class Window(Shape):
    """When something turned: between the last sighting of the old, and `ends`."""

    last_seen: datetime | None
    first_seen: datetime
    page_dated: date | None
    ends: datetime


class Days(Shape):
    """How many whole days something lasted, at least and at most."""

    least: int
    most: int | None


class Span(Shape):
    """Something that stood on the page without a break."""

    first_seen: datetime
    last_seen: datetime
    began: Window
    ended: Window | None
    silent_edit: bool
    unseen: list[Gap]
    days: Days


class Naming(Shape):
    """How the page named a leader from `first_seen` on, and the words that say so."""

    leader: Leader | None
    first_seen: datetime
    quote: str | None
    snapshot: int
    capture: int


class Tenure(Span):
    """One leader in one office in one capacity."""

    office: str
    abbreviation: str | None
    post: int
    called: list[str]
    leader: Leader | None
    vacant: bool
    namings: list[Naming]


class FigureSpan(Span):
    """One value of one measure."""

    office: str | None
    abbreviation: str | None
    series: int
    figure: Figure
    quote: str | None
    snapshot: int
    capture: int


class Candidate(Shape):
    """What may have been so at a moment, how surely, and on what that rests."""

    certainty: Certainty
    gap: Gap
    window: Window | None
    first_seen: datetime
    last_seen: datetime
    quote: str | None
    snapshot: int
    capture: int


class TenureAsOf(Candidate):
    """Who may have led an office."""

    leader: Leader | None
    vacant: bool


class FigureAsOf(Candidate, Figure):
    """A figure that may have stood."""


class OfficeAsOf(Shape):
    """An office at a moment."""

    name: str
    abbreviation: str | None
    candidates: list[TenureAsOf]
    figures: list[FigureAsOf]


class AsOf(Shape):
    """What is known of a page at a moment; `reason` says in words why nothing is."""

    page: str
    url: str
    on: datetime
    known_at: datetime | None
    certainty: Certainty | None
    gap: Gap
    reason: str | None
    offices: list[OfficeAsOf]
    figures: list[FigureAsOf]


class Tenures(Shape):
    """Tenures by office, oldest first."""

    tenures: list[Tenure]
    total: int
    next: str | None


class Figures(Shape):
    """Figures by office and measure, oldest first."""

    figures: list[FigureSpan]
    total: int
    next: str | None


class Changes(Shape):
    """Changes, newest first."""

    changes: list[RecordedChange]
    total: int
    next: str | None


class Checks(Shape):
    """Checks, newest first."""

    checks: list[NumberedCheck]
    next: str | None


class Quote(Shape):
    """Words of the page and their place in its text, in characters."""

    text: str
    start: int
    end: int


class Quoted(Shape):
    """A value and the words it was read from."""

    what: str
    value: str
    quote: Quote


class Capture(Shape):
    """What the server sent at one moment; `page` is what was read from it, null where nothing was."""

    capture: int
    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    fetched_at: datetime
    sha256: str
    size: int
    truncated: bool
    snapshot: int | None
    page: LeadershipPage | None
    quotes: list[Quoted]


class Dated(Shape):
    """How surely it is known what the page said on a date that was asked for; `reason` says why it is not."""

    asked: str
    on: datetime
    certainty: Certainty | None
    gap: Gap
    reason: str | None


class Difference(Shape):
    """What lies between two versions: `verdict` is same, changed or suspect; `dates` where dates were asked for."""

    verdict: str
    reason: str | None
    changes: list[Change]
    dates: list[Dated] = []


class Health(Shape):
    """Whether what is known of a page can be trusted to be up to date."""

    state: HealthState
    since: datetime
    reason: str | None


class Doubted(Shape):
    """A version in doubt beside what is believed."""

    snapshot: int
    capture: int
    page: str
    url: str
    taken_at: datetime
    reason: str | None
    current: bool
    believed: LeadershipPage | None
    candidate: LeadershipPage


class Review(Shape):
    """The versions that were not believed."""

    quarantined: list[Doubted]
    rejected: list[Doubted]


class Problem(Shape):
    """What went wrong, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
