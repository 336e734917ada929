"""The changes as feeds and each table as CSV, as `leaderwatch export` writes them."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from monitor.exporting.formats import Export
from web.answering import answer
from web.visiting import Here, Visit

router = APIRouter()


@router.get("/pages/{page}/{table}.csv")
def table(here: Here, table: Literal["tenures", "figures", "changes"]) -> Response:
    name = f"{here.page.name}-{table}.csv"
    return _export(here, "csv", "text/csv; charset=utf-8; header=present", table=table, name=name)


@router.get("/pages/{page}/changes.atom")
def feed(here: Here) -> Response:
    return _export(here, "atom", "application/atom+xml; charset=utf-8")


@router.get("/pages/{page}/changes.ics")
def calendar(here: Here) -> Response:
    name = f"{here.page.name}-changes.ics"
    return _export(here, "ical", "text/calendar; charset=utf-8", name=name)


def _export(here: Visit, form: str, media_type: str, *, table: str = "changes", name: str = "") -> Response:
    out = BytesIO()
    Export(here.archive, [here.page], table).write(form, out)
    kept = {"content-disposition": f'attachment; filename="{name}"'} if name else {}
    return answer(here.request, out.getvalue(), media_type, kept)
