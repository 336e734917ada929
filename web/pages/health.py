"""Whether what is shown can be trusted to be up to date, and when it could not."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from starlette.responses import Response

from monitor.health import LOOK_BACK, Health, page_health
from monitor.settings import PageSettings
from web.rendering import render
from web.visiting import Here, Visit

router = APIRouter()


@router.get("/pages/{page}/health")
def health(here: Here) -> Response:
    checks = here.archive.checks(here.page.id, LOOK_BACK)
    return render(
        here,
        "health.html.j2",
        health=health_now(here),
        outcomes=Counter(check.outcome.value for check in checks),
        newest=checks[0] if checks else None,
        history=here.history,
        watched=any(page.url == here.page.url for page in here.site.settings.pages),
    )


def health_now(here: Visit) -> Health:
    """Return the health of the page by its settings, or by the defaults where it is not watched from here."""
    watched = (page for page in here.site.settings.pages if page.url == here.page.url)
    page = next(watched, PageSettings(name=here.page.name, url=here.page.url))
    return page_health(here.archive, here.page.id, page, here.site.settings, now=here.site.clock())
