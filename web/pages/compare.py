"""Any two versions of a page, row beside row."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from web.rendering import render
from web.sidebyside import beside
from web.versions import difference, version
from web.visiting import Here

router = APIRouter()

Wanted = Annotated[
    str, Query(max_length=40, description="A day, a moment with its zone, `now`, or a capture's number.")
]


@router.get("/pages/{page}/compare")
def compare(here: Here, a: Wanted = "", b: Wanted = "now") -> Response:
    if not a:
        return render(here, "compare.html.j2", a=None, b=None, asked=(a, b), rows=(), difference=None)
    before, after = version(here, a), version(here, b)
    rows = beside(before.rows, after.rows)
    found = difference(before, after)
    return render(here, "compare.html.j2", a=before, b=after, asked=(a, b), rows=rows, difference=found)
