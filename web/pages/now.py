"""Who leads which office: as last seen, or as the page stood on another day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from monitor.history.subjects import Subjects
from monitor.history.timeline import as_of, history_of
from monitor.showing import known
from web.pages.health import health_now
from web.rendering import render
from web.versions import moment_asked
from web.visiting import Here

router = APIRouter()


@router.get("/pages/{page}/")
def now(here: Here) -> Response:
    subjects = Subjects(history_of(here.archive, here.page))
    answer = as_of(here.archive, here.page, here.site.clock())
    return render(
        here,
        "now.html.j2",
        known=known(here.archive, here.page),
        health=health_now(here),
        answer=answer,
        subjects=subjects,
    )


@router.get("/pages/{page}/as-of")
def then(here: Here, on: Annotated[str, Query(max_length=40)]) -> Response:
    history = history_of(here.archive, here.page)
    answer = as_of(here.archive, here.page, moment_asked(here, on))
    return render(here, "asof.html.j2", asked=on, answer=answer, history=history, subjects=Subjects(history))
