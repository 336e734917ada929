"""Tenures, figures and changes as flat tables: one row each, the same columns in CSV, JSON Lines and Parquet.

Uncertainty has columns of its own: something began after `began_after` (empty: it was so when the page was first
seen) and by `began_by`, which the page's own Last Modified may put before `first_seen`; it ended after `last_seen`
and by `ended_by`, which is empty while it lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from monitor.history.spans import History, Span, ToldHistory

Row = tuple[Any, ...]


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    MOMENT = "moment"
    DATE = "date"
    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order, and a row for each thing in the history of a page."""

    columns: Mapping[str, Kind]
    rows_of: Callable[[ToldHistory], Iterable[Row]]

    def rows(self, histories: Iterable[ToldHistory]) -> Iterator[Row]:
        """Yield the rows of all pages, each beginning with the page's name and URL."""
        for history in histories:
            yield from ((history.page.name, history.page.url, *row) for row in self.rows_of(history))


PAGE = {"page": Kind.TEXT, "url": Kind.TEXT}
SPAN = {
    "first_seen": Kind.MOMENT,
    "last_seen": Kind.MOMENT,
    "began_after": Kind.MOMENT,
    "began_by": Kind.MOMENT,
    "page_dated": Kind.DATE,
    "ended_by": Kind.MOMENT,
    "lasts": Kind.FLAG,
    "silent_edit": Kind.FLAG,
    "days_least": Kind.COUNT,
    "days_most": Kind.COUNT,
}
SOURCE = {"quote": Kind.TEXT, "capture": Kind.COUNT}


def _span(span: Span) -> Row:
    return (
        span.first_seen,
        span.last_seen,
        span.began.last_seen,
        span.began.ends,
        span.began.page_dated,
        span.ended.ends if span.ended else None,
        span.is_open,
        span.silent_edit,
        span.days.least,
        span.days.most,
    )


def _tenures(history: History) -> Iterator[Row]:
    for tenure in history.tenures:
        naming, leader = tenure.namings[-1], tenure.leader
        who = (leader.name, leader.title, leader.capacity.value) if leader else (None, None, None)
        yield (
            tenure.office,
            tenure.abbreviation,
            *who,
            tenure.vacant,
            *_span(tenure),
            naming.quote,
            naming.capture_id,
        )


def _figures(history: History) -> Iterator[Row]:
    for span in history.figures:
        figure = span.figure
        bound = figure.bound.value if figure.bound else None
        stated = (figure.measure, figure.value, figure.unit, bound, figure.text)
        yield span.office, span.abbreviation, *stated, *_span(span), span.quote, span.capture_id


def _changes(history: ToldHistory) -> Iterator[Row]:
    for stored in history.changes:
        change = stored.change
        what = (change.kind.value, change.office, change.measure, change.sentence, change.before, change.after)
        moved = (change.went_to, change.came_from, change.delta, change.percent)
        yield *what, *moved, stored.last_seen, stored.first_seen, stored.capture_before, stored.capture_after


TABLES = {
    "tenures": Table(
        PAGE
        | {"office": Kind.TEXT, "abbreviation": Kind.TEXT, "leader": Kind.TEXT, "title": Kind.TEXT}
        | {"capacity": Kind.TEXT, "vacant": Kind.FLAG}
        | SPAN
        | SOURCE,
        _tenures,
    ),
    "figures": Table(
        PAGE
        | {"office": Kind.TEXT, "abbreviation": Kind.TEXT, "measure": Kind.TEXT, "value": Kind.NUMBER}
        | {"unit": Kind.TEXT, "bound": Kind.TEXT, "text": Kind.TEXT}
        | SPAN
        | SOURCE,
        _figures,
    ),
    "changes": Table(
        PAGE
        | {"kind": Kind.TEXT, "office": Kind.TEXT, "measure": Kind.TEXT, "sentence": Kind.TEXT}
        | {"before": Kind.OBJECT, "after": Kind.OBJECT, "went_to": Kind.TEXT, "came_from": Kind.TEXT}
        | {"delta": Kind.NUMBER, "percent": Kind.NUMBER, "last_seen": Kind.MOMENT, "first_seen": Kind.MOMENT}
        | {"capture_before": Kind.COUNT, "capture_after": Kind.COUNT},
        _changes,
    ),
}
