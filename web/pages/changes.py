"""What changed: the list with its filters, and each change with its evidence."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from model import ChangeKind
from monitor.evidence import NewsItem, news_item
from monitor.telling import page_dates, tell, window
from storage import StoredChange
from web.finding import Filters, find, offices_of
from web.rendering import render
from web.visiting import Here, Number, Visit, own

router = APIRouter()

EACH = 50
"""Changes on one page of the list."""


@router.get("/pages/{page}/changes")
def changes(here: Here, filters: Annotated[Filters, Query()]) -> Response:
    found = find(here, filters)
    shown = found[filters.offset : filters.offset + EACH]
    return render(
        here,
        "changes.html.j2",
        changes=shown,
        total=len(found),
        filters=filters,
        offices=offices_of(here),
        kinds=list(ChangeKind),
        newer=filters.at(filters.offset - EACH) if filters.offset else None,
        older=filters.at(filters.offset + EACH) if filters.offset + EACH < len(found) else None,
    )


@router.get("/pages/{page}/changes/{number}")
def change(here: Here, number: Number) -> Response:
    stored: StoredChange = own(here, here.archive.change(number), "change")
    news = _with_evidence(here, stored)
    return render(
        here,
        "change.html.j2",
        stored=stored,
        telling=tell([news])[0],
        window=window(stored.last_seen, stored.first_seen),
        dated=page_dates([news]),
        deliveries=here.archive.told(stored.id),
    )


def _with_evidence(here: Visit, stored: StoredChange) -> NewsItem:
    before, after = (
        here.archive.snapshot(each).page for each in (stored.snapshot_before, stored.snapshot_after)
    )
    return news_item(
        stored.change,
        last_seen=stored.last_seen,
        first_seen=stored.first_seen,
        page_before=before,
        page_after=after,
    )
