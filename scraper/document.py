"""HTML to lines: what a reader sees of a page, top to bottom, with where each line stands in the tree.

Scripts, hidden leftovers and site chrome (menus, banners, footers, side bars) are left out of the main lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import lxml.html
from lxml.html import HtmlElement

from scraper.lines import Line, read_lines, squeeze
from scraper.seen import Sight, marks
from scraper.tiles import with_labels

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CONTAINERS = re.compile(
    r"</?(?:div|span|font|b|i|u|em|strong|section|center|small|big|blockquote|ul|ol|li)\b[^<>]*>", re.I
)
_LONG = 20_000
_ENDLESS = re.compile(rf"<(\w+)\s[^<>]{{{_LONG},}}>")
_DEEP = 2000


@dataclass(slots=True)
class Document:
    """A page as its reader sees it: `lines` of the main part, and the `text` that quotes point into."""

    title: str
    lines: list[Line]
    breadcrumb: list[str]
    text: str = field(init=False)

    def __post_init__(self) -> None:
        place = 0
        for line in self.lines:
            line.start = place
            place = line.end + 1
        self.text = "\n".join(line.text for line in self.lines)


def read_document(html: str, *, whole: bool = False) -> Document:
    """Return the page's lines. Never raises on any text; time is linear in its length.

    `whole` looks beyond the element that the page calls its main part, for markup that misleads.
    """
    root = _tree(_CONTROL.sub(" ", html))
    if root is None:
        return Document("", [], [])
    sight = Sight(root, whole=whole)
    title = squeeze(root.findtext(".//title") or "")
    return Document(title, with_labels(read_lines(sight, sight.main)), _breadcrumb(root))


def all_lines(html: str) -> list[str]:
    """Return the texts of all lines of a page, those of its chrome too."""
    root = _tree(_CONTROL.sub(" ", html))
    return [] if root is None else [line.text for line in read_lines(Sight(root), root, chrome=True)]


def _tree(html: str) -> HtmlElement | None:
    if not html.strip():
        return None
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    text = _ENDLESS.sub(r"<\1>", html) if max(map(len, html.split("<"))) > _LONG else html
    text = text if _depth_bound(text) < _DEEP else _CONTAINERS.sub(" ", text)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None


def _depth_bound(html: str) -> int:
    """Return how deep containers nest at most; beyond 2,048 levels the parser would drop what they hold."""
    opened = html.count("<") - html.count("</")
    if opened < _DEEP:
        return opened
    depth = deepest = 0
    for tag in _CONTAINERS.finditer(html):
        depth = max(0, depth - 1) if tag[0][1] == "/" else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _breadcrumb(root: HtmlElement) -> list[str]:
    """Return the texts of the page's breadcrumb, outermost first; [] where it has none."""
    for element in root.iter("nav", "div", "ol", "ul", "p"):
        label = (element.get("aria-label") or "").lower()
        called = f"{element.get('class')} {element.get('id')} {label}"
        if "crumb" in called.lower() and {"breadcrumb", "breadcrumbs"} & {*marks(element), *label.split()}:
            return [text for step in element.itertext() if (text := squeeze(step).strip(" »›>/|"))]
    return []
