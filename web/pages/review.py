"""The versions that were not believed. To decide about them is an act of the command line."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from monitor.reviewing import doubted, rejected
from web.rendering import render
from web.sidebyside import beside
from web.visiting import Here

router = APIRouter()


@router.get("/pages/{page}/review")
def review(here: Here) -> Response:
    versions = [*doubted(here.archive), *rejected(here.archive)]
    mine = [each for each in versions if each.page.id == here.page.id]
    pairs = [(each, beside(each.belief.page if each.belief else None, each.snapshot.page)) for each in mine]
    return render(here, "review.html.j2", versions=pairs)
