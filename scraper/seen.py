"""What of a tree is to be seen: its main part, its chrome, and what is hidden.

Chrome is told by what elements are in HTML and ARIA, by what their class and id call them, and by how much of
their text is links."""

from __future__ import annotations

import re
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

SKIPPED = frozenset(
    "script style template noscript head svg math object embed iframe canvas audio video map select option "
    "datalist textarea input meta link title".split()
)
_CHROME_TAGS = frozenset({"nav", "footer", "aside", "search", "dialog"})
_CHROME_ROLES = frozenset(
    "navigation search banner contentinfo complementary dialog alertdialog menu menubar toolbar".split()
)
_CHROME_WORDS = frozenset(
    "breadcrumb breadcrumbs menu submenu megamenu nav navbar navigation sidenav sidebar cookie cookies skip skipnav "
    "skiplink social share sharing addthis pager pagination banner toolbar footer masthead search login "
    "advert advertisement alert alerts related promo newsletter subscribe toc trail siteheader sitefooter "
    "sitealert siteinfo utility".split()
)
_QUIET_WORDS = frozenset({"sr", "visually", "visuallyhidden", "offscreen", "invisible"})
_REVEALED = frozenset("accordion collapse collapsible panel tab tabpanel tabs toggle expander".split())
_FURNITURE = frozenset(
    "sidebar cookie cookies footer masthead breadcrumb breadcrumbs sidenav announcement announcements alert alerts "
    "notice notification related newsletter social sharing promo megamenu siteheader sitefooter".split()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CONTROLS = frozenset({"a", "button", "div", "summary", "h2", "h3", "h4", "li", "span"})
_PROMISING = XPath(
    "descendant-or-self::*[@aria-controls or @data-target or @data-bs-target or starts-with(@href, '#')]"
)
"""What may open a panel; told in one step, since a page has a thousand elements and few of these."""

_CHROME_LINKS = 0.5
_CHROME_SHARE = 0.5


def marks(element: HtmlElement) -> set[str]:
    words = f"{element.get('class') or ''} {element.get('id') or ''}"
    return {word.lower() for word in _WORD.findall(words)}


class Sight:
    """What of a tree is to be seen: its main part, its chrome, and what is hidden."""

    def __init__(self, root: HtmlElement, *, whole: bool = False) -> None:
        self.root = root
        self.sizes, self.links = _text_sizes(root)
        self.controlled = _controlled(root)
        self.main = root if whole else self._main()

    def _main(self) -> HtmlElement:
        mains = [e for e in self.root.iter("main", "div", "section", "article") if self._is_main(e)]
        largest = max(mains, key=lambda e: self.sizes.get(e, 0), default=None)
        return self.root if largest is None else largest

    def _is_main(self, element: HtmlElement) -> bool:
        return bool(element.tag == "main" or element.get("role") == "main")

    def hidden(self, element: HtmlElement) -> bool:
        """Whether a reader cannot bring the element into view; folded panels of accordions and tabs can be opened."""
        if not (element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or "")):
            return bool(marks(element) & _QUIET_WORDS and self.sizes.get(element, 0) < 80)
        if element.get("id") in self.controlled or element.get("role") in {"tabpanel", "region"}:
            return False
        return not marks(element) & _REVEALED

    def chrome(self, element: HtmlElement) -> bool:
        """Whether the element is site furniture rather than content."""
        return element is not self.main and self._looks_like_chrome(element) and not _holds_main(element)

    def _looks_like_chrome(self, element: HtmlElement) -> bool:
        if element.tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES:
            return self.sizes.get(element, 0) < _CHROME_SHARE * max(self.sizes.get(self.main, 0), 1)
        if element.tag == "header":
            return (
                self.main is not self.root
                and element.getparent() is not None
                and element.getparent().tag == "body"
            )
        words = marks(element)
        if words & _FURNITURE:
            return self.sizes.get(element, 0) < _CHROME_SHARE * max(self.sizes.get(self.main, 0), 1)
        return bool(words & _CHROME_WORDS) and self._looks_like_links(element)

    def _looks_like_links(self, element: HtmlElement) -> bool:
        size = self.sizes.get(element, 0)
        if size > _CHROME_SHARE * max(self.sizes.get(self.main, 0), 1):
            return False
        return self.links.get(element, 0) >= _CHROME_LINKS * size or size < 400


def _holds_main(element: HtmlElement) -> bool:
    return element.tag in {"html", "body", "main", "article"} or element.find(".//h1") is not None


def _text_sizes(root: HtmlElement) -> tuple[dict[HtmlElement, int], dict[HtmlElement, int]]:
    """Return for each element the characters of text inside it, and how many of them are links."""
    sizes: dict[HtmlElement, int] = {}
    links: dict[HtmlElement, int] = {}
    for element in reversed(list(root.iter())):
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            size = linked = 0
        else:
            size = sizes.get(element, 0) + len((element.text or "").strip())
            linked = size if element.tag == "a" else links.get(element, 0)
        sizes[element], links[element] = size, linked
        parent = element.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + size + len((element.tail or "").strip())
            links[parent] = links.get(parent, 0) + linked
    return sizes, links


def _controlled(root: HtmlElement) -> set[str]:
    """Return the ids of panels that some control on the page opens."""
    ids: set[str] = set()
    promising = cast(list[HtmlElement], _PROMISING(root))
    for element in (each for each in promising if each.tag in _CONTROLS):
        for name in ("aria-controls", "data-target", "data-bs-target"):
            ids.update((element.get(name) or "").replace("#", " ").split())
        href = element.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            ids.add(href[1:])
    return ids
