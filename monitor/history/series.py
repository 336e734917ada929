"""The values of a measure one after the other, with what lies between them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from model import Json, json_number
from monitor.amounts import difference
from monitor.history.asking import measures_called, office_called
from monitor.history.spans import FigureSpan
from monitor.history.subjects import FigureSubject, Subjects

BARS = "▁▂▃▄▅▆▇█"

Step = tuple[FigureSpan, Decimal | None, Decimal | None]
"""A value, and how far it is from the one before: the difference, and that in percent."""


def asked_series(subjects: Subjects, office: str | None, measure: str | None) -> list[FigureSubject]:
    """Return the series of an office and a measure, all of them where neither is named; `page` is no office.

    Raises UnknownName, AmbiguousName.
    """
    found = list(subjects.figures.values())
    if office == "page":
        found = [each for each in found if each.office is None]
    elif office:
        post = office_called(office, subjects).post
        found = [each for each in found if each.spans[-1].post == post]
    return measures_called(measure, found) if measure else found


def steps(series: FigureSubject) -> Iterator[Step]:
    """Yield the values, oldest first, each with its difference from the one before."""
    before: FigureSpan | None = None
    for span in series.spans:
        delta, percent = difference(before.figure, span.figure) if before else (None, None)
        yield span, delta, percent
        before = span


def sparkline(series: FigureSubject) -> str:
    """Return the values as bars of eight heights, the least to the greatest; "" where there is but one.

    Each value is one bar, however long it stood.
    """
    values = [span.figure.value for span in series.spans]
    least, most = min(values), max(values)
    if least == most:
        return ""
    return "".join(BARS[int((value - least) / (most - least) * (len(BARS) - 1))] for value in values)


def series_row(series: FigureSubject) -> Json:
    """Return a series as JSON."""
    values = [
        span.to_json() | {"delta": _number(delta), "percent": _number(percent)}
        for span, delta, percent in steps(series)
    ]
    return {"office": series.office, "measure": series.measure, "values": values}


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else json_number(value)
