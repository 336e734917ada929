"""How it came about: every tenure on one drawing, and the same as a table."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from monitor.history.spans import History
from monitor.sources import SourceError, day_begins, day_ends
from storage import NotThere
from web.answering import SVG, answer
from web.drawing import alone, inline
from web.layout import draw, extent, reach
from web.rendering import render
from web.safety import DRAWN
from web.scale import Scale
from web.visiting import Here, Visit

router = APIRouter()

SHOWN = 30
"""Rows of the table at most."""
ZOOMS = (("5 years", 1826), ("1 year", 365), ("90 days", 90), ("30 days", 30))

Day = Annotated[str, Query(max_length=40)]
From = Annotated[str, Query(alias="from", max_length=40)]


@router.get("/pages/{page}/timeline")
def timeline(here: Here, begin: From = "", to: Day = "") -> Response:
    history, subjects = here.history, here.subjects
    scale = _scale(here, history, begin, to)
    if scale is None:
        return render(here, "timeline.html.j2", drawing=None)
    drawing = draw(history, subjects, scale)
    shown = [each for each in history.tenures if scale.shows(*extent(each, scale))]
    rows = sorted(shown, key=lambda each: each.first_seen, reverse=True)
    return render(
        here,
        "timeline.html.j2",
        drawing=drawing,
        svg=inline(drawing),
        query=_query(begin, to),
        zooms=_zooms(here, history),
        rows=rows[:SHOWN],
        total=len(rows),
        subjects=subjects,
    )


@router.get("/pages/{page}/timeline.svg")
def drawing(here: Here, begin: From = "", to: Day = "") -> Response:
    history = here.history
    scale = _scale(here, history, begin, to)
    if scale is None:
        raise NotThere("the page was never read well so far: there is no time to draw")
    body = alone(draw(history, here.subjects, scale))
    return answer(here.request, body, SVG, {"content-security-policy": DRAWN})


def _scale(here: Visit, history: History, begin: str, to: str) -> Scale | None:
    whole = reach(history, here.site.clock())
    if whole is None:
        return None
    start, end = day_begins(begin) if begin else whole.start, day_ends(to) if to else whole.end
    if start >= end:
        raise SourceError(f"a timeline from {begin or start.date()} to {to or end.date()} holds no time")
    return Scale(start, end)


def _query(begin: str, to: str) -> str:
    given = {"from": begin, "to": to}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"?{query}" if query else ""


def _zooms(here: Visit, history: History) -> list[tuple[str, str]]:
    """Return the times to zoom to that are shorter than the whole."""
    whole = reach(history, here.site.clock())
    if whole is None:
        return []
    last: datetime = whole.end
    shorter = [(name, days) for name, days in ZOOMS if timedelta(days=days) < whole.end - whole.start]
    return [("All", ""), *((name, f"?from={(last - timedelta(days=days)).date()}") for name, days in shorter)]
