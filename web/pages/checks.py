"""Every check, newest first: also those that failed or found nothing new."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from web.rendering import render
from web.visiting import LARGEST, Here

router = APIRouter()

EACH = 100


@router.get("/pages/{page}/checks")
def checks(here: Here, before: Annotated[int | None, Query(ge=1, le=LARGEST)] = None) -> Response:
    found = here.archive.checks(here.page.id, EACH + 1, before=before)
    older = found[EACH - 1].id if len(found) > EACH else None
    return render(here, "checks.html.j2", checks=found[:EACH], before=before, older=older)
