"""Templates to pages. Words from the archive are escaped, and lose what steers the direction of writing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import Response

from model import ChangeKind, LeaderwatchError
from monitor import wording
from monitor.plain_words import plain
from monitor.showing import written
from web.answering import HTML, answer
from web.visiting import Visit, named_pages, root_of, site_of

KINDS = {kind: kind.value.replace("_", " ") for kind in ChangeKind}
CAME = frozenset({ChangeKind.LEADER_APPOINTED, ChangeKind.OFFICE_ADDED, ChangeKind.FIGURE_ADDED})
WENT = frozenset({ChangeKind.LEADER_DEPARTED, ChangeKind.OFFICE_REMOVED, ChangeKind.FIGURE_REMOVED})

STEERING = {
    code: "\N{REPLACEMENT CHARACTER}"
    for first, last in (
        (0x00, 0x08),  # controls, without tab and line feed
        (0x0B, 0x1F),
        (0x7F, 0x9F),
        (0x061C, 0x061C),  # marks of writing direction
        (0x200E, 0x200F),
        (0x2028, 0x202E),
        (0x2066, 0x2069),
        (0xD800, 0xDFFF),  # lone surrogates
    )
    for code in range(first, last + 1)
}


def render(here: Visit, template: str, **shown: Any) -> Response:
    """Return a page of the site."""
    around = {"page": here.page, "pages": here.pages, "root": here.root, "here": here.here}
    return answer(here.request, templates().get_template(template).render(around | shown), HTML)


def render_apart(request: Request, template: str, **shown: Any) -> str:
    """Return the text of a page that is about no page of the archive, or about all of them."""
    around = {"page": None, "pages": _pages(request), "root": root_of(request), "here": None}
    return templates().get_template(template).render(around | shown)


def _pages(request: Request) -> dict[str, Any]:
    try:
        return named_pages(site_of(request).archive)
    except LeaderwatchError:
        return {}


@cache
def templates() -> Environment:
    """Return the templates; a name that is not there is an error, not an empty place."""
    environment = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "kept": kept,
        "time": time_tag,
        "day": day_tag,
        "ago": ago,
        "iso": written,
        "kind": KINDS.__getitem__,
        "mark": mark_of,
        "capacity": wording.CAPACITIES.__getitem__,
        "quantity": wording.quantity,
        "counted": counted,
    }
    return environment


def _harmless(value: Any) -> Any:
    return plain(value) if type(value) is str else value


def kept(text: str) -> Markup:
    """Return a text as HTML with its white space; what steers terminals or the direction of writing is shown."""
    return escape(text.translate(STEERING))


def day_tag(when: date | None) -> Markup:
    """Return the day of a date or moment (in UTC) for people and programs; a dash for none."""
    if when is None:
        return Markup("–")
    exact = written(when) if isinstance(when, datetime) else when.isoformat()
    return Markup('<time datetime="{}">{}</time>').format(exact, wording.day(when))


def time_tag(when: datetime | None) -> Markup:
    """Return a moment for people and programs; a dash for none."""
    if when is None:
        return Markup("–")
    return Markup('<time datetime="{}">{}</time>').format(written(when), wording.moment(when))


def ago(length: timedelta) -> str:
    """Return how long ago something was, in its largest whole unit: "5 hours ago"."""
    for size, noun in (
        (timedelta(days=1), "day"),
        (timedelta(hours=1), "hour"),
        (timedelta(minutes=1), "minute"),
    ):
        if length >= size:
            return f"{counted(length // size, noun)} ago"
    return "just now"


def counted(number: int, noun: str) -> str:
    """Return "1 office", "6 offices"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def mark_of(kind: ChangeKind) -> str:
    """Return what a change did: it `came`, it `went`, or it `turned` into something else."""
    return "came" if kind in CAME else "went" if kind in WENT else "turned"
