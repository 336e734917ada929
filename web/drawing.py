"""The timeline as SVG: inside a page, or by itself with its own styles."""

from __future__ import annotations

from markupsafe import Markup

from web.layout import Drawing
from web.rendering import templates

WIDTH = 1200
"""Pixels across of a drawing by itself; inside a page it is as wide as there is room."""


MASKS = {
    "came": Markup(' mask="url(#fade-in)"'),
    "went": Markup(' mask="url(#fade-out)"'),
    "sure": "",
    "dated": "",
    "presumed": "",
}


def inline(drawing: Drawing, way: str = "") -> Markup:
    """Return the drawing for a page, which has its styles; `way` leads from there to the part it is in."""
    return _render(drawing, way, width=None)


def alone(drawing: Drawing) -> str:
    """Return the drawing as a document of its own."""
    return str(_render(drawing, "", width=WIDTH))


def _render(drawing: Drawing, way: str, *, width: int | None) -> Markup:
    shown = {"drawing": drawing, "way": way, "width": width, "masks": MASKS}
    return Markup(templates().get_template("timeline.svg.j2").render(shown))  # noqa: S704 the template escapes
