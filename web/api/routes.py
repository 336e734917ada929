"""The questions that programs may ask. What did not change costs a 304: every answer has an ETag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from model import Json
from monitor.history.spans import History
from monitor.history.timeline import as_of, history_of
from monitor.quoting import quotes
from monitor.reviewing import doubted, rejected
from monitor.showing import change_row, check_row, known, written
from storage import StoredCapture
from web.answering import PROBLEM, answer_json
from web.api import shapes
from web.finding import AsKnown, find
from web.pages.health import health_now
from web.versions import as_it_stood, difference, moment_asked, moment_meant, version
from web.visiting import LARGEST, Here, Number, Visit, own, root_of, site_of

TOLD = {PROBLEM: {"schema": shapes.Problem.model_json_schema()}}

router = APIRouter(
    prefix="/api/v1",
    responses={
        "304": {"description": "Nothing changed since the answer of that ETag."},
        "4XX": {"content": TOLD, "description": "What was asked cannot be answered."},
        "503": {"content": TOLD, "description": "The archive cannot be read."},
    },
)

Limit = Annotated[int, Query(ge=1, le=1000, description="How many at most.")]
Offset = Annotated[int, Query(ge=0, le=LARGEST, description="How many to pass over.")]
Before = Annotated[
    int | None, Query(ge=1, le=LARGEST, description="Only those before the check of this number.")
]
Moment = Annotated[
    str,
    Query(
        max_length=40,
        description="A day (its end, in UTC), a moment with its zone, or `now`.",
        examples=["2024-05-01"],
    ),
]
Wanted = Annotated[
    str,
    Query(max_length=40, description="A day, a moment, `now`, or a capture's number.", examples=["2024-05-01"]),
]


@router.get("/pages", response_model=shapes.Pages)
def pages(request: Request) -> Response:
    """Return every page as last seen, as `leaderwatch show --json`."""
    archive = site_of(request).archive
    return answer_json(request, {"pages": [known(archive, page).to_json() for page in archive.pages()]})


@router.get("/pages/{page}", response_model=shapes.Known)
def page(here: Here) -> Response:
    """Return one page as last seen."""
    return answer_json(here.request, known(here.archive, here.page).to_json())


@router.get("/pages/{page}/as-of", response_model=shapes.AsOf)
def then(here: Here, on: Moment, known_at: Moment = "") -> Response:
    """Return who led what at a moment and which figures stood, how surely, and as known when."""
    moment = moment_asked(here, on)
    if known_at:
        found = as_of(here.archive, here.page, moment, moment_asked(here, known_at))
        return answer_json(here.request, found.to_json())
    return answer_json(here.request, as_it_stood(here, moment).to_json())


@router.get("/pages/{page}/tenures", response_model=shapes.Tenures)
def tenures(here: Here, limit: Limit = 100, offset: Offset = 0, known_at: Moment = "") -> Response:
    """Return every tenure with its windows and the words that it rests on, as known now or at a moment."""
    return _slice(here, "tenures", _history(here, known_at).tenures, limit, offset, known_at)


@router.get("/pages/{page}/figures", response_model=shapes.Figures)
def figures(here: Here, limit: Limit = 100, offset: Offset = 0, known_at: Moment = "") -> Response:
    """Return every value of every figure with its windows and its words, as known now or at a moment."""
    return _slice(here, "figures", _history(here, known_at).figures, limit, offset, known_at)


@router.get("/pages/{page}/changes", response_model=shapes.Changes)
def changes(here: Here, filters: Annotated[AsKnown, Query()], limit: Limit = 100) -> Response:
    """Return the changes that are asked for, newest first, as `leaderwatch changes --json`."""
    known_at = moment_asked(here, filters.known_at) if filters.known_at else None
    found, offset = find(here, filters, known_at), filters.offset
    rows = [change_row(stored, here.page.name) for stored in found[offset : offset + limit]]
    more = _path(here, "changes", filters.given() | {"limit": limit, "offset": offset + limit})
    following = more if offset + limit < len(found) else None
    return answer_json(here.request, {"changes": rows, "total": len(found), "next": following})


@router.get("/pages/{page}/changes/{number}", response_model=shapes.RecordedChange)
def change(here: Here, number: Number) -> Response:
    """Return one change."""
    stored = own(here, here.archive.change(number), "change")
    return answer_json(here.request, change_row(stored, here.page.name))


@router.get("/pages/{page}/checks", response_model=shapes.Checks)
def checks(here: Here, limit: Limit = 100, before: Before = None) -> Response:
    """Return the checks, newest first, whatever came of them."""
    found = here.archive.checks(here.page.id, limit + 1, before=before)
    rows = [{"id": check.id} | check_row(check) for check in found[:limit]]
    more = _path(here, "checks", {"limit": limit, "before": rows[-1]["id"]}) if len(found) > limit else None
    return answer_json(here.request, {"checks": rows, "next": more})


@router.get("/pages/{page}/captures/{number}", response_model=shapes.Capture)
def capture(here: Here, number: Number) -> Response:
    """Return what the server sent at one moment, without the bytes, and what was read from it."""
    stored = own(here, here.archive.stored_capture(number), "capture")
    return answer_json(here.request, _capture_row(here, stored))


@router.get("/pages/{page}/diff", response_model=shapes.Difference)
def diff(here: Here, a: Wanted, b: Wanted = "now") -> Response:
    """Return what lies between two versions, as `leaderwatch diff --json`."""
    row = difference(version(here, a), version(here, b)).to_json()
    dates = [
        as_it_stood(here, moment).basis(asked) for asked in (a, b) if (moment := moment_meant(here, asked))
    ]
    return answer_json(here.request, row | ({"dates": dates} if dates else {}))


@router.get("/pages/{page}/health", response_model=shapes.Health)
def health(here: Here) -> Response:
    """Return whether what is known of a page can be trusted to be up to date."""
    return answer_json(here.request, health_now(here).to_json())


@router.get("/pages/{page}/review", response_model=shapes.Review)
def review(here: Here) -> Response:
    """Return the versions that were not believed, as `leaderwatch review --json` has them."""
    rows = {
        name: [each.to_json() for each in found if each.page.id == here.page.id]
        for name, found in (("quarantined", doubted(here.archive)), ("rejected", rejected(here.archive)))
    }
    return answer_json(here.request, rows)


def _history(here: Visit, known_at: str) -> History:
    return history_of(here.archive, here.page, moment_asked(here, known_at)) if known_at else here.history


def _slice(here: Visit, name: str, found: Sequence[Any], limit: int, offset: int, known_at: str) -> Response:
    rows = [each.to_json() for each in found[offset : offset + limit]]
    query = {"limit": limit, "offset": offset + limit} | ({"known_at": known_at} if known_at else {})
    following = _path(here, name, query) if offset + limit < len(found) else None
    return answer_json(here.request, {name: rows, "total": len(found), "next": following})


def _path(here: Visit, part: str, query: Json) -> str:
    return f"{root_of(here.request)}/api/v1/pages/{here.key}/{part}?{urlencode(query)}"


def _capture_row(here: Visit, stored: StoredCapture) -> Json:
    capture, snapshot = stored.capture, None
    if stored.snapshot_id is not None:
        snapshot = here.archive.snapshot(stored.snapshot_id)
    return {
        "capture": stored.id,
        "url": capture.url,
        "final_url": capture.final_url,
        "status": capture.status,
        "headers": dict(capture.headers),
        "fetched_at": written(stored.fetched_at),
        "sha256": stored.sha256,
        "size": len(capture.body),
        "truncated": capture.truncated,
        "snapshot": stored.snapshot_id,
        "page": snapshot.page.to_json() if snapshot else None,
        "quotes": [each.to_json() for each in quotes(snapshot.page)] if snapshot else [],
    }
