"""HTML to lines: what a reader sees of a page, top to bottom, with where each line stands in the tree.

A line is the text of one block, or of one part of it between two `<br>`. Scripts, hidden leftovers and site
chrome (menus, banners, footers, side bars) are left out of the main lines by what they are in HTML and ARIA,
by what their class and id call them, and by how much of their text is links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html
from lxml.html import HtmlElement

from scraper.lexicon import HEADS, TITLE_MODIFIERS, fold

_SKIPPED = frozenset(
    "script style template noscript head svg math object embed iframe canvas audio video map select option "
    "datalist textarea input meta link title".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section "
    "summary table tbody td tfoot th thead tr ul button".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CAPTIONS = frozenset({"figcaption", "caption"})
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
_FOLLOWING = re.compile(r"[A-Z][a-z]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_BOLD = frozenset({"b", "strong"})
_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff\u202a\u202b\u202c\u202d\u202e")
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CONTAINERS = re.compile(
    r"</?(?:div|span|font|b|i|u|em|strong|section|center|small|big|blockquote|ul|ol|li)\b[^<>]*>", re.I
)
_DEEP = 2000
_CHROME_LINKS = 0.5
_CHROME_SHARE = 0.5


@dataclass(slots=True)
class Line:
    """One line of text; `start` is its place in the page's text, `seams` are places where inline markup changes."""

    text: str
    block: HtmlElement
    level: int = 0
    bold: bool = False
    linked: bool = False
    caption: bool = False
    seams: frozenset[int] = frozenset()
    start: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def heading(self) -> bool:
        """Whether the page sets this line apart as a heading: by its tag, or as a short line all in bold."""
        return self.level > 0 or (self.bold and len(self.text) <= 120)


@dataclass(slots=True)
class Document:
    """A page as its reader sees it: `lines` of the main part, `chrome` around it, `text` that quotes point into."""

    title: str
    lines: list[Line]
    chrome: list[str]
    breadcrumb: list[str]
    text: str = field(init=False)

    def __post_init__(self) -> None:
        place = 0
        for line in self.lines:
            line.start = place
            place = line.end + 1
        self.text = "\n".join(line.text for line in self.lines)


def read_document(html: str) -> Document:
    """Return the page's lines. Never raises on any text; time is linear in its length."""
    root = _tree(_CONTROL.sub(" ", html))
    if root is None:
        return Document("", [], [], [])
    sight = _Sight(root)
    main = _Walk(sight, sight.main).lines
    chrome = [line.text for line in _Walk(sight, root, chrome=True).lines]
    return Document(_squeeze(root.findtext(".//title") or ""), main, chrome, _breadcrumb(root))


def whole_document(html: str) -> Document:
    """Return the page's lines without regard to a main part or chrome: for pages whose markup misleads."""
    root = _tree(_CONTROL.sub(" ", html))
    if root is None:
        return Document("", [], [], [])
    lines = _Walk(_Sight(root), root, chrome=True).lines
    return Document(_squeeze(root.findtext(".//title") or ""), lines, [], _breadcrumb(root))


def _tree(html: str) -> HtmlElement | None:
    if not html.strip():
        return None
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    text = html if _depth_bound(html) < _DEEP else _CONTAINERS.sub(" ", html)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None


def _depth_bound(html: str) -> int:
    """Return how deep containers nest at most; beyond 2,048 levels the parser would drop what they hold."""
    depth = deepest = 0
    for tag in _CONTAINERS.finditer(html):
        depth = max(0, depth - 1) if tag[0][1] == "/" else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _squeeze(text: str) -> str:
    return " ".join(text.translate(_INVISIBLE).split())


def _breadcrumb(root: HtmlElement) -> list[str]:
    """Return the texts of the page's breadcrumb, outermost first; [] where it has none."""
    for element in root.iter("nav", "div", "ol", "ul", "p"):
        marks = _marks(element) | set(_WORD.findall((element.get("aria-label") or "").lower()))
        if marks & {"breadcrumb", "breadcrumbs"}:
            return [text for step in element.itertext() if (text := _squeeze(step).strip(" »›>/|"))]
    return []


def _marks(element: HtmlElement) -> set[str]:
    words = f"{element.get('class') or ''} {element.get('id') or ''}"
    return {word.lower() for word in _WORD.findall(words)}


class _Sight:
    """What of a tree is to be seen: its main part, its chrome, and what is hidden."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.sizes, self.links = _text_sizes(root)
        self.controlled = _controlled(root)
        self.main = self._main()

    def _main(self) -> HtmlElement:
        mains = [e for e in self.root.iter("main", "div", "section", "article") if self._is_main(e)]
        largest = max(mains, key=lambda e: self.sizes.get(e, 0), default=None)
        return self.root if largest is None else largest

    def _is_main(self, element: HtmlElement) -> bool:
        return element.tag == "main" or element.get("role") == "main"

    def hidden(self, element: HtmlElement) -> bool:
        """Whether a reader cannot bring the element into view; folded panels of accordions and tabs can be opened."""
        if not (element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or "")):
            return bool(_marks(element) & _QUIET_WORDS and self.sizes.get(element, 0) < 80)
        if element.get("id") in self.controlled or element.get("role") in {"tabpanel", "region"}:
            return False
        return not _marks(element) & _REVEALED

    def chrome(self, element: HtmlElement) -> bool:
        """Whether the element is site furniture rather than content."""
        if element is self.main or self._holds_main(element):
            return False
        if element.tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES:
            return self.sizes.get(element, 0) < _CHROME_SHARE * max(self.sizes.get(self.main, 0), 1)
        if element.tag == "header":
            return (
                self.main is not self.root
                and element.getparent() is not None
                and element.getparent().tag == "body"
            )
        marks = _marks(element)
        if marks & _FURNITURE:
            return self.sizes.get(element, 0) < _CHROME_SHARE * max(self.sizes.get(self.main, 0), 1)
        return bool(marks & _CHROME_WORDS) and self._looks_like_links(element)

    def _holds_main(self, element: HtmlElement) -> bool:
        return element.tag in {"html", "body", "main", "article"} or element.find(".//h1") is not None

    def _looks_like_links(self, element: HtmlElement) -> bool:
        size = self.sizes.get(element, 0)
        if size > _CHROME_SHARE * max(self.sizes.get(self.main, 0), 1):
            return False
        return self.links.get(element, 0) >= _CHROME_LINKS * size or size < 400


def _text_sizes(root: HtmlElement) -> tuple[dict[HtmlElement, int], dict[HtmlElement, int]]:
    """Return for each element the characters of text inside it, and how many of them are links."""
    sizes: dict[HtmlElement, int] = {}
    links: dict[HtmlElement, int] = {}
    for element in reversed(list(root.iter())):
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
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
    for element in root.iter("a", "button", "div", "summary", "h2", "h3", "h4", "li", "span"):
        for name in ("aria-controls", "data-target", "data-bs-target"):
            ids.update((element.get(name) or "").replace("#", " ").split())
        href = element.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            ids.add(href[1:])
    return ids


class _Walk:
    """One pass over a tree that gathers its lines; iterative, so depth costs no stack."""

    def __init__(self, sight: _Sight, root: HtmlElement, *, chrome: bool = False) -> None:
        self.sight = sight
        self.with_chrome = chrome
        self.lines: list[Line] = []
        self._open: list[HtmlElement] = [root]
        self._bold = 0
        self._linked = 0
        self._start()
        for step, element in _steps(root, self._skips):
            getattr(self, f"_{step}")(element)
        self._flush()

    def _skips(self, element: HtmlElement) -> bool:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED or self.sight.hidden(element):
            return True
        if element.tag == "button" and not _opens(element):
            return True
        return not self.with_chrome and self.sight.chrome(element)

    def _enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._flush()
        elif tag in _BLOCKS:
            self._flush()
            self._open.append(element)
        else:
            self._seam()
        self._bold += _is_bold(element)
        self._linked += tag == "a"
        if tag == "img" and self._open[-1].tag in _HEADINGS:
            self._say(element.get("alt") or "")
        self._say(element.text or "")

    def _leave(self, element: HtmlElement) -> None:
        if element.tag in _BLOCKS:
            self._flush()
            if len(self._open) > 1:
                self._open.pop()
        elif element.tag != "br":
            self._seam()
        self._bold -= _is_bold(element)
        self._linked -= element.tag == "a"

    def _tail(self, element: HtmlElement) -> None:
        self._say(element.tail or "")

    def _start(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._seams: set[int] = set()
        self._plain = self._unlinked = 0

    def _seam(self) -> None:
        self._seams.add(self._length)

    def _say(self, text: str) -> None:
        if not text:
            return
        words = text.translate(_INVISIBLE)
        self._parts.append(words)
        self._length += len(words)
        visible = len(words.strip())
        self._plain += 0 if self._bold else visible
        self._unlinked += 0 if self._linked else visible

    def _flush(self) -> None:
        raw = "".join(self._parts)
        text, seams = _settle(raw, self._seams)
        if text:
            block = self._open[-1]
            level = _level(block)
            self.lines.append(
                Line(
                    text,
                    block,
                    level,
                    bold=self._plain == 0,
                    linked=self._unlinked == 0,
                    caption=block.tag in _CAPTIONS,
                    seams=seams,
                )
            )
        self._start()


def _steps(root: HtmlElement, skips: object) -> Iterator[tuple[str, HtmlElement]]:
    """Yield enter, leave and tail of each element in reading order, without the ones that are skipped."""
    assert callable(skips)
    stack: list[tuple[str, HtmlElement]] = [("enter", root)]
    while stack:
        step, element = stack.pop()
        if step == "enter":
            if element is not root and skips(element):
                continue
            yield step, element
            stack.append(("leave", element))
            for child in reversed(element):
                stack.append(("tail", child))
                stack.append(("enter", child))
        else:
            yield step, element


def _opens(button: HtmlElement) -> bool:
    """Whether a button is the heading of a panel rather than a control."""
    parent = button.getparent()
    if button.get("aria-expanded") is not None or button.get("aria-controls") or button.get("data-bs-target"):
        return True
    return parent is not None and parent.tag in _HEADINGS


def _is_bold(element: HtmlElement) -> bool:
    return element.tag in _BOLD or bool(_BOLD_STYLE.search(element.get("style") or ""))


def _level(block: HtmlElement) -> int:
    """Return the heading level of a block, 1 to 6; an ARIA heading, a panel's button, a summary or a term counts; else 0."""
    if block.tag in _HEADINGS:
        return _HEADINGS[block.tag]
    if block.get("role") == "heading":
        level = block.get("aria-level") or "2"
        return int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2
    parent = block.getparent()
    if parent is not None and parent.tag in _HEADINGS:
        return _HEADINGS[parent.tag]
    return {"summary": 4, "legend": 4, "button": 4, "dt": 6}.get(str(block.tag), 0)


def _settle(raw: str, seams: set[int]) -> tuple[str, frozenset[int]]:
    """Return the text with white space squeezed, and the seams as places in it.

    Two inline elements that touch ("<b>Director</b><i>Jane Doe</i>") are two words to a reader: a space goes in
    where a capital follows a small letter or a bracket there.
    """
    out: list[str] = []
    length = 0
    places: set[int] = set()
    previous = ""
    for index, char in enumerate(raw):
        glued = index in seams and char.isupper() and _two_words(raw, index, previous)
        if glued:
            out.append(" ")
            length += 1
        if index in seams:
            places.add(length)
        if char.isspace():
            if previous and not previous.isspace():
                out.append(" ")
                length += 1
        else:
            out.append(char)
            length += 1
        previous = char
    text = "".join(out)
    lead = len(text) - len(text.lstrip())
    stripped = text.strip()
    return stripped, frozenset(p - lead for p in places if 0 < p - lead < len(stripped))


def _two_words(raw: str, index: int, previous: str) -> bool:
    """Whether the letters on both sides of a seam are the end of one word and the start of another."""
    following = _FOLLOWING.match(raw, index)
    if following is not None and fold(following[0]) in HEADS | TITLE_MODIFIERS:
        return previous.isalpha() or previous in ".)"
    if previous == ".":
        return raw[index - 2 : index - 1].isalpha() and raw[index + 1 : index + 2].islower()
    if previous.isupper():
        return raw[max(0, index - 2) : index].isalpha() and index >= 2 and raw[index + 1 : index + 2].islower()
    return (
        previous.islower() and raw[max(0, index - 3) : index].isalpha() and raw[index + 1 : index + 2].isalpha()
    )
