"""Spans to the rows that are kept of them, and back.

The end of a span that still stood at the newest good sighting is not written down: each check moves it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from model import Figure, Leader
from monitor.history.certainty import Gap, Window
from monitor.history.spans import FigureSpan, Naming, Span, Tenure

Values = dict[str, Any]


def tenure_values(tenure: Tenure, newest: datetime | None) -> Values:
    """Return the row of a tenure; `newest` is the newest good sighting of the page."""
    leader = tenure.leader
    return {
        "post": tenure.post,
        "office": tenure.office,
        "abbreviation": tenure.abbreviation,
        "called": list(tenure.called),
        "leader": leader.name if leader else None,
        "title": leader.title if leader else None,
        "capacity": leader.capacity if leader else None,
        "vacant": tenure.vacant,
        "namings": [naming.to_json() for naming in tenure.namings],
        **_span_values(tenure, newest),
    }


def tenure_of(row: Mapping[str, Any], newest: datetime) -> Tenure:
    """Return the tenure of a row."""
    return Tenure(
        **_span(row, newest),
        post=row["post"],
        office=row["office"],
        abbreviation=row["abbreviation"],
        called=tuple(row["called"]),
        vacant=row["vacant"],
        namings=tuple(_naming(naming) for naming in row["namings"]),
    )


def figure_values(span: FigureSpan, newest: datetime | None) -> Values:
    """Return the row of a figure span."""
    figure = span.figure
    return {
        "post": span.post,
        "office": span.office,
        "abbreviation": span.abbreviation,
        "series": span.series,
        "measure": figure.measure,
        "value": figure.value,
        "unit": figure.unit,
        "bound": figure.bound,
        "text": figure.text,
        "quote": span.quote,
        "snapshot_id": span.snapshot_id,
        "capture_id": span.capture_id,
        **_span_values(span, newest),
    }


def figure_of(row: Mapping[str, Any], newest: datetime) -> FigureSpan:
    """Return the figure span of a row."""
    return FigureSpan(
        **_span(row, newest),
        post=row["post"],
        office=row["office"],
        abbreviation=row["abbreviation"],
        series=row["series"],
        figure=Figure(row["measure"], row["value"], row["unit"], row["bound"], row["text"]),
        quote=row["quote"],
        snapshot_id=row["snapshot_id"],
        capture_id=row["capture_id"],
    )


def _span_values(span: Span, newest: datetime | None) -> Values:
    stands = span.ended is None and span.last_seen == newest
    return {
        "first_seen": span.first_seen,
        "last_seen": None if stands else span.last_seen,
        "absent_at": span.began.last_seen,
        "page_dated": span.began.page_dated,
        "gone_at": span.ended.first_seen if span.ended else None,
        "gone_dated": span.ended.page_dated if span.ended else None,
        "silent_edit": span.silent_edit,
        "unseen": [gap.to_json() for gap in span.unseen],
    }


def _span(row: Mapping[str, Any], newest: datetime) -> Values:
    last_seen = row["last_seen"] or newest
    return {
        "first_seen": row["first_seen"],
        "last_seen": last_seen,
        "began": Window(row["absent_at"], row["first_seen"], row["page_dated"]),
        "ended": Window(last_seen, row["gone_at"], row["gone_dated"]) if row["gone_at"] else None,
        "silent_edit": row["silent_edit"],
        "unseen": tuple(Gap(_moment(gap["before"]), _moment(gap["after"])) for gap in row["unseen"]),
    }


def _naming(row: Mapping[str, Any]) -> Naming:
    leader = Leader.from_json(row["leader"]) if row["leader"] else None
    return Naming(leader, _required(row["first_seen"]), row["quote"], row["snapshot"], row["capture"])


def _moment(text: str | None) -> datetime | None:
    return _required(text) if text else None


def _required(text: str) -> datetime:
    return datetime.fromisoformat(text)
