"""The application: which paths there are, and what becomes of an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from model import LeaderwatchError
from storage import ArchiveError, NotThere, Pruned
from web.answering import HTML, PROBLEM, answer
from web.api.routes import router as api
from web.pages import ROUTERS
from web.remembering import Memory
from web.rendering import render_apart
from web.safety import Guard
from web.visiting import Site, named_pages, root_of

if TYPE_CHECKING:
    from monitor.settings import Settings
    from storage import Archive

ABOUT = "Who leads which office, which figures the page states, and what changed: read-only, each answer with an ETag."


def create_app(archive: Archive, settings: Settings, *, clock: Callable[[], datetime]) -> FastAPI:
    """Return the archive as a site, read-only."""
    app = FastAPI(
        title="Leaderwatch",
        version=version("leaderwatch"),
        description=ABOUT,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # these two load scripts from elsewhere
        redoc_url=None,
    )
    app.state.site = Site(archive, settings, clock, Memory(archive))
    app.add_middleware(Guard, settings=settings.web)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    app.add_api_route("/", front, include_in_schema=False)
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.include_router(api)
    app.add_api_route("/api/", programs, include_in_schema=False)
    for error in (LeaderwatchError, RequestValidationError, HTTPException):
        app.add_exception_handler(error, told)
    return app


def front(request: Request) -> Response:
    """Return the list of pages, or lead to the only one."""
    archive = request.app.state.site.archive
    pages = named_pages(archive)
    if len(pages) == 1:
        return RedirectResponse(f"{root_of(request)}/pages/{next(iter(pages))}/", HTTPStatus.TEMPORARY_REDIRECT)
    return answer(request, render_apart(request, "front.html.j2"), HTML)


def programs(request: Request) -> Response:
    """Return the questions that programs may ask, for those who write them."""
    paths = request.app.openapi()["paths"]
    return answer(request, render_apart(request, "programs.html.j2", paths=paths), HTML)


async def told(request: Request, error: Exception) -> Response:
    """Tell an error: as a page for people, as RFC 9457 has it for programs."""
    status, reason = _status(error), _reason(error)
    title = HTTPStatus(status).phrase
    if request.url.path.startswith(f"{root_of(request)}/api/"):
        row = {"type": "about:blank", "title": title, "status": status, "detail": reason}
        return JSONResponse(row, status, media_type=PROBLEM)
    return HTMLResponse(render_apart(request, "error.html.j2", title=title, reason=reason), status)


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, NotThere | Pruned):
        return HTTPStatus.NOT_FOUND if isinstance(error, NotThere) else HTTPStatus.GONE
    return HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, ArchiveError) else HTTPStatus.BAD_REQUEST


def _reason(error: Exception) -> str:
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        return f"{first['loc'][1]}: {first['msg']}"
    if isinstance(error, HTTPException):
        return "there is nothing at this address" if error.status_code == HTTPStatus.NOT_FOUND else error.detail
    return str(error)
