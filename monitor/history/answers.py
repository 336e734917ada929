"""Who led what at a moment, which figures stood, and how surely: answers out of a history, without an archive.

Between two sightings that agree a value is observed. In a window the old and the new are both possible, and from
the page's own Last Modified on, where that is trusted, the new is page-dated. After the last sighting a value is
presumed. Before the first, nothing is known but what Last Modified reaches back to.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

from model import Json
from monitor.history.certainty import Certainty, Gap, Window
from monitor.history.spans import FigureSpan, Span, Tenure
from monitor.showing import written

if TYPE_CHECKING:
    from monitor.history.spans import History

AnySpan = TypeVar("AnySpan", bound=Span)


@dataclass(frozen=True, slots=True)
class Candidate(Generic[AnySpan]):
    """A span that holds the moment, how surely, and on what that rests.

    `gap` are the sightings around the moment, `window` is when the value turned where the moment lies in it.
    """

    span: AnySpan
    certainty: Certainty
    gap: Gap
    window: Window | None = None

    def to_json(self) -> Json:
        return {
            "certainty": self.certainty.value,
            "gap": self.gap.to_json(),
            "window": self.window.to_json() if self.window else None,
        }


@dataclass(frozen=True, slots=True)
class OfficeAsOf:
    """An office at a moment: who may have led it, and the figures that may have stood."""

    candidates: tuple[Candidate[Tenure], ...]
    figures: tuple[Candidate[FigureSpan], ...]

    @property
    def tenure(self) -> Tenure:
        return self.candidates[0].span


@dataclass(frozen=True, slots=True)
class AsOf:
    """What is known of a page at a moment; `reason` says in words why nothing is.

    `figures` are those outside every office.
    """

    page: str
    url: str
    moment: datetime
    known_at: datetime | None
    gap: Gap
    offices: tuple[OfficeAsOf, ...]
    figures: tuple[Candidate[FigureSpan], ...]
    reason: str | None

    @property
    def certainty(self) -> Certainty | None:
        """Return the weakest certainty of what is answered; None where nothing is known."""
        found = [each.certainty for office in self.offices for each in office.candidates]
        return max(found, key=list(Certainty).index, default=None)

    def basis(self, asked: str) -> Json:
        """Return what the answer rests on, as a comparison with the version of that day tells it."""
        said = self.to_json()
        return {"asked": asked} | {name: said[name] for name in ("on", "certainty", "gap", "reason")}

    def about(self, tenures: Collection[Tenure]) -> list[Candidate[Tenure]]:
        """Return those of these tenures that may have held the moment."""
        wanted = {(tenure.post, tenure.first_seen) for tenure in tenures}
        found = (each for office in self.offices for each in office.candidates)
        return [each for each in found if (each.span.post, each.span.first_seen) in wanted]

    def to_json(self) -> Json:
        return {
            "page": self.page,
            "url": self.url,
            "on": written(self.moment),
            "known_at": written(self.known_at),
            "certainty": self.certainty.value if self.certainty else None,
            "gap": self.gap.to_json(),
            "reason": self.reason,
            "offices": [self._office_row(office) for office in self.offices],
            "figures": [_figure_row(each) for each in self.figures],
        }

    def _office_row(self, office: OfficeAsOf) -> Json:
        return {
            "name": office.tenure.office,
            "abbreviation": office.tenure.abbreviation,
            "candidates": [self.tenure_row(each) for each in office.candidates],
            "figures": [_figure_row(each) for each in office.figures],
        }

    def tenure_row(self, candidate: Candidate[Tenure]) -> Json:
        """Return who may have led an office, as the page named them then, and how surely."""
        naming = candidate.span.naming_at(self.moment)
        leader = naming.leader.to_json() if naming.leader else None
        seen = {
            "first_seen": written(candidate.span.first_seen),
            "last_seen": written(candidate.span.last_seen),
        }
        source = {"quote": naming.quote, "snapshot": naming.snapshot_id, "capture": naming.capture_id}
        return {"leader": leader, "vacant": candidate.span.vacant} | candidate.to_json() | seen | source


def on(history: History, moment: datetime, gap: Gap) -> AsOf:
    """Return what the history says of a moment; `gap` are the good sightings around it."""
    offices = [
        OfficeAsOf(found, _candidates([f for f in history.figures if f.post == post], moment, gap))
        for post, spans in groupby(history.tenures, key=lambda tenure: tenure.post)
        if (found := _candidates(list(spans), moment, gap))
    ]
    figures = _candidates([span for span in history.figures if span.post is None], moment, gap)
    reason = None if offices else _reason(history, moment)
    page = history.page
    return AsOf(page.name, page.url, moment, history.known_at, gap, tuple(offices), figures, reason)


def _reason(history: History, moment: datetime) -> str:
    if history.first_seen is None:
        return history.nothing_known
    if moment < history.first_seen:
        return f"not known: first seen {history.first_seen:%Y-%m-%d %H:%M} UTC"
    return "no office was on the page"


def _candidates(spans: Sequence[AnySpan], moment: datetime, gap: Gap) -> tuple[Candidate[AnySpan], ...]:
    return tuple(candidate for span in spans if (candidate := _candidate(span, moment, gap)))


def _candidate(span: AnySpan, moment: datetime, gap: Gap) -> Candidate[AnySpan] | None:
    """Return how surely the span holds the moment; None where it surely does not."""
    if moment < span.first_seen:
        return _before(span, moment, gap)
    if moment <= span.last_seen:
        return Candidate(span, Certainty.OBSERVED, _around(span, moment, gap))
    if span.ended is None:
        return Candidate(span, Certainty.PRESUMED, Gap(span.last_seen, None))
    if moment < span.ended.ends:
        return Candidate(span, Certainty.POSSIBLE, _of(span.ended), span.ended)
    return None


def _before(span: AnySpan, moment: datetime, gap: Gap) -> Candidate[AnySpan] | None:
    if moment >= span.began.ends:
        return Candidate(span, Certainty.PAGE_DATED, _of(span.began), span.began)
    if span.began.last_seen is not None and moment > span.began.last_seen:
        return Candidate(span, Certainty.POSSIBLE, _of(span.began), span.began)
    return None


def _of(window: Window) -> Gap:
    return Gap(window.last_seen, window.first_seen)


def _around(span: Span, moment: datetime, gap: Gap) -> Gap:
    """Return the sightings of this very value around the moment: a flap that was not believed lies between."""
    for unseen in span.unseen:
        if unseen.before and unseen.after and unseen.before < moment < unseen.after:
            return unseen
    return gap


def _figure_row(candidate: Candidate[FigureSpan]) -> Json:
    span = candidate.span
    seen = {"first_seen": written(span.first_seen), "last_seen": written(span.last_seen)}
    source = {"quote": span.quote, "snapshot": span.snapshot_id, "capture": span.capture_id}
    return span.figure.to_json() | candidate.to_json() | seen | source
