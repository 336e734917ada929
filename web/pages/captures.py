"""A capture: what the server sent, what was read from it, and where each value stood."""

from __future__ import annotations

from typing import Literal

import nh3
from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import Response

from monitor.quoting import marks_in_markup, marks_in_text
from scraper.decoding import text_of
from storage import StoredCapture, StoredSnapshot
from web.answering import HTML, answer
from web.marking import marked, marked_markup
from web.rendering import render, templates
from web.safety import CAPTURED
from web.visiting import Here, Number, Visit, own

router = APIRouter()

View = Literal["text", "page", "source"]
ATTRIBUTES = {"mark": {"class", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
TAGS = (nh3.ALLOWED_TAGS | {"main", "section"}) - {"a", "img", "map", "area"}
UNSEEN = {
    "script",
    "style",
    "title",
    "noscript",
    "template",
    "iframe",
    "object",
    "select",
    "textarea",
    "svg",
    "math",
}
"""What is left of a captured page is its text and its structure, and nothing that leads or loads."""


@router.get("/pages/{page}/captures/{number}")
def capture(here: Here, number: Number, view: View = "text") -> Response:
    stored, snapshot = _read(here, number)
    shown = Markup("")
    if view == "source":
        markup = text_of(stored.capture)
        shown = marked(markup, marks_in_markup(snapshot.page, markup) if snapshot else [])
    elif view == "text" and snapshot:
        shown = marked(snapshot.page.text, marks_in_text(snapshot.page))
    return render(here, "capture.html.j2", stored=stored, snapshot=snapshot, view=view, shown=shown)


@router.get("/pages/{page}/captures/{number}/served")
def served(here: Here, number: Number) -> Response:
    """The captured page for the frame it is shown in: cleaned, and without origin, script or outside."""
    stored, snapshot = _read(here, number)
    markup = text_of(stored.capture)
    whole = marked_markup(markup, marks_in_markup(snapshot.page, markup) if snapshot else [])
    clean = nh3.clean(whole, tags=TAGS, clean_content_tags=UNSEEN, attributes=ATTRIBUTES, link_rel=None)
    body = templates().get_template("served.html.j2").render(content=Markup(clean))  # noqa: S704 nh3 cleaned it
    return answer(here.request, body, HTML, {"content-security-policy": CAPTURED})


@router.get("/pages/{page}/captures/{number}/bytes")
def exact(here: Here, number: Number) -> Response:
    """The bytes as they were served, to keep, never to open here."""
    stored, _ = _read(here, number)
    named = {"content-disposition": f'attachment; filename="capture-{stored.id}.html"'}
    return answer(here.request, stored.capture.body, "application/octet-stream", named)


def _read(here: Visit, number: int) -> tuple[StoredCapture, StoredSnapshot | None]:
    stored: StoredCapture = own(here, here.archive.stored_capture(number), "capture")
    return stored, here.archive.snapshot(stored.snapshot_id) if stored.snapshot_id else None
