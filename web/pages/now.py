"""Who leads which office: as last seen, or as the page stood on another day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from monitor.showing import known
from web.pages.health import health_now
from web.rendering import render
from web.versions import as_it_stood, moment_asked
from web.visiting import Here

router = APIRouter()


@router.get("/pages/{page}/")
def now(here: Here) -> Response:
    answer = as_it_stood(here, here.site.clock())
    return render(
        here,
        "now.html.j2",
        known=known(here.archive, here.page),
        health=health_now(here),
        answer=answer,
        subjects=here.subjects,
    )


@router.get("/pages/{page}/as-of")
def then(here: Here, on: Annotated[str, Query(max_length=40)]) -> Response:
    answer = as_it_stood(here, moment_asked(here, on))
    return render(here, "asof.html.j2", asked=on, answer=answer, history=here.history, subjects=here.subjects)
