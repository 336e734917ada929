"""Who leads which office as last seen, and how fresh that is."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from monitor.showing import known
from web.rendering import render
from web.visiting import Here

router = APIRouter()


@router.get("/pages/{page}/")
def now(here: Here) -> Response:
    return render(here, "now.html.j2", known=known(here.archive, here.page))
