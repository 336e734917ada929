"""What a page looks like at first glance: title, headlines, main visible text.

One pass over the markup without building a tree, since most of what comes in a page's place is told apart by
very little. Linear in the size of the page whatever the bytes are.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

MAX_SCANNED = 2_000_000
"""Characters of markup that are looked at; a page that has said nothing by then is left to the parser."""

MAX_H1 = 5

ENOUGH_TEXT = 30_000
"""Characters of main text after which nothing more is read."""

_TAG = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_STEP = re.compile(r"""([^<]*+)<(/?)([a-zA-Z][^\s/>]*+)((?:[^">]*+"[^">]*+")*+[^">]*+)>""")
"""Text and the tag behind it, whose double quotes pair up before its first ">", as nearly all do."""

_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LONGEST_ATTRIBUTE = 5_000
_MAIN = re.compile(r"<main\b|role\s*=\s*[\"']?main\b", re.I)
_RAW = ("script", "style", "noscript", "template", "svg", "iframe", "textarea", "title", "select")
_RAW_END = {name: re.compile(rf"</{name}\b", re.I) for name in _RAW}
_CHROME = frozenset({"nav", "header", "footer", "aside", "dialog"})
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"})
_TELLING = frozenset({"html", "body", "frameset", "link", "meta", "input"})
_INLINE = frozenset(
    "a abbr b bdi bdo cite code em font i kbd mark q s small span strong sub sup time u wbr".split()
)
_MEANT = frozenset({"h1", "article", "main"}) | _CHROME | _TELLING
"""Elements that mean something by their names alone; of others only their roles may."""

_SPACES = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
"""Spaces within a line that are anything but a single plain one."""

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\xad]")
_LINES = re.compile(r" ?\n\s*")


@dataclass(frozen=True, slots=True)
class Glance:
    """`text` is the visible text of the main part, a line per block; `prose` the same without its h1.

    `visible` counts the characters of visible text anywhere, as far as it was looked at.
    The main part is what `main` or its role marks, else all that is no navigation, header, footer or dialog.
    `is_whole_document` is True for a document, not a fragment, that was looked at to its end.
    `canonical`, `own_address` (og:url) and `refresh` are as written; `asks_password` is about the main part.
    """

    title: str
    h1: tuple[str, ...]
    text: str
    prose: str
    visible: int
    is_whole_document: bool
    canonical: str | None
    own_address: str | None
    body_classes: frozenset[str]
    refresh: str | None
    asks_password: bool
    is_frameset: bool


@dataclass(slots=True)
class _Scan:
    """The state of one pass: which element is being skipped, and what has been gathered."""

    markup: str
    title: str | None = None
    chrome: str | None = None
    chrome_depth: int = 0
    main: str | None = None
    main_depth: int = 0
    had_main: bool = False
    in_article: int = 0
    in_h1: bool = False
    h1: list[list[str]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=lambda: {"main": [], "loose": [], "chrome": []})
    proses: dict[str, list[str]] = field(default_factory=lambda: {"main": [], "loose": [], "chrome": []})
    gathered: dict[str, int] = field(default_factory=lambda: {"main": 0, "loose": 0, "chrome": 0})
    found: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    asks_password: bool = False
    place: str = "loose"


def glance(markup: str) -> Glance:
    """Look at a page; any text is accepted."""
    scan = _Scan(markup)
    end = min(len(markup), MAX_SCANNED)
    telling = "main" if _marks_main(markup, end) else "loose"
    position = 0
    while 0 <= position < end and scan.gathered[telling] < ENOUGH_TEXT:
        step = _STEP.match(markup, position)
        position = _take(scan, step) if step else _take_apart(scan, position, end)
    return _summed_up(scan)


def _marks_main(markup: str, end: int) -> bool:
    at = markup.find("<main", 0, end)  # finds it faster than the pattern where it is written so
    return bool((at >= 0 and _MAIN.match(markup, at, end)) or _MAIN.search(markup, 0, end))


def _take(scan: _Scan, step: re.Match[str]) -> int:
    """Take in text and the tag behind it; return where to go on, -1 at the end."""
    text, slash, name, written = step.groups()
    if text:
        _gather(scan, text)
    return _take_tag(scan, name.lower(), written, step.end(), closes=bool(slash))


def _take_tag(scan: _Scan, name: str, written: str, after: int, *, closes: bool) -> int:
    if closes:
        _close(scan, name)
        return after
    _open(scan, name, written)
    return _after_raw(scan, name, after) if name in _RAW_END else after


def _take_apart(scan: _Scan, position: int, end: int) -> int:
    """Take in text and a comment, a declaration, a "<" in the text or a tag whose quotes do not pair up."""
    markup = scan.markup
    opening = markup.find("<", position)
    _gather(scan, markup[position : opening if opening >= 0 else end])
    if opening < 0:
        return end
    if markup.startswith("<!--", opening):
        return _after(markup.find("-->", opening + 4), 3)
    if markup.startswith(("<!", "<?"), opening):
        return _after(markup.find(">", opening), 1)
    tag = _TAG.match(markup, opening)
    if tag is None:
        _gather(scan, "<")
        return opening + 1
    closing = _tag_end(markup, tag.end())
    if closing < 0:
        return -1
    written = markup[tag.end() : closing]
    return _take_tag(scan, tag[1].lower(), written, closing + 1, closes=markup[opening + 1] == "/")


def _after(found: int, length: int) -> int:
    return found + length if found >= 0 else -1


def _tag_end(markup: str, start: int) -> int:
    """Return where a tag's ">" is, one inside double quotes not counted; -1 when it never ends."""
    end = markup.find(">", start)
    if end >= 0 and markup.count('"', start, end) % 2:
        quote = markup.find('"', end, end + _LONGEST_ATTRIBUTE)
        end = markup.find(">", quote) if quote >= 0 else end
    return end


def _after_raw(scan: _Scan, name: str, start: int) -> int:
    """Skip an element whose content is not the page's text; a title's is kept."""
    closing = _RAW_END[name].search(scan.markup, start)
    if name == "title" and scan.title is None:
        scan.title = scan.markup[start : closing.start() if closing else start + 500]
    return closing.start() if closing else -1


def _open(scan: _Scan, name: str, written: str) -> None:
    if name in _INLINE:
        return
    _break_line(scan)
    if name not in _MEANT and "role" not in written and name != scan.chrome and name != scan.main:
        return
    if name in _TELLING:
        _note(scan, name, _attributes(written))
    if name == "h1" and len(scan.h1) < MAX_H1:
        scan.in_h1 = True
        scan.h1.append([])
    role = _attributes(written).get("role", "").lower() if "role" in written else ""
    scan.in_article += name == "article"
    _open_chrome(scan, name, role)
    _open_main(scan, name, role)
    scan.place = _place(scan)


def _open_chrome(scan: _Scan, name: str, role: str) -> None:
    is_heading_of_content = name == "header" and (scan.main is not None or scan.in_article > 0)
    if scan.chrome is None and (name in _CHROME or role in _CHROME_ROLES) and not is_heading_of_content:
        scan.chrome = name
    scan.chrome_depth += name == scan.chrome


def _open_main(scan: _Scan, name: str, role: str) -> None:
    if scan.main is None and (name == "main" or role == "main"):
        scan.main, scan.had_main = name, True
    scan.main_depth += name == scan.main


def _close(scan: _Scan, name: str) -> None:
    if name in _INLINE:
        return
    _break_line(scan)
    if name not in _MEANT and name != scan.chrome and name != scan.main:
        return
    scan.in_h1 = scan.in_h1 and name != "h1"
    scan.in_article -= name == "article" and scan.in_article > 0
    if name == scan.chrome:
        scan.chrome_depth -= 1
        scan.chrome = scan.chrome if scan.chrome_depth else None
    if name == scan.main:
        scan.main_depth -= 1
        scan.main = scan.main if scan.main_depth else None
    scan.place = _place(scan)


def _attributes(written: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(written[: 2 * _LONGEST_ATTRIBUTE])
    return {name.lower(): double or single or bare for name, double, single, bare in pairs}


def _note(scan: _Scan, name: str, attributes: dict[str, str]) -> None:
    """Keep what single tags say of the whole page."""
    scan.seen.add(name)
    match name:
        case "link" if "canonical" in attributes.get("rel", "").lower().split():
            scan.found.setdefault("canonical", attributes.get("href", ""))
        case "meta" if attributes.get("property", "").lower() == "og:url":
            scan.found.setdefault("og:url", attributes.get("content", ""))
        case "meta" if attributes.get("http-equiv", "").lower() == "refresh":
            scan.found.setdefault("refresh", attributes.get("content", ""))
        case "body":
            scan.found.setdefault("class", attributes.get("class", ""))
        case "input" if attributes.get("type", "").lower() == "password":
            scan.asks_password = scan.asks_password or scan.chrome is None


def _place(scan: _Scan) -> str:
    if scan.chrome is not None:
        return "chrome"
    return "main" if scan.main is not None else "loose"


def _break_line(scan: _Scan) -> None:
    texts = scan.texts[scan.place]
    if texts and texts[-1] != "\n":
        texts.append("\n")
        scan.proses[scan.place].append("\n")


def _gather(scan: _Scan, text: str) -> None:
    if scan.in_h1 and scan.chrome in (None, "header"):
        scan.h1[-1].append(text[:500])
    place = scan.place
    if not text or scan.gathered[place] >= ENOUGH_TEXT:
        return
    kept = text[:ENOUGH_TEXT]
    scan.gathered[place] += len(kept.strip())
    scan.texts[place].append(kept)
    if not scan.in_h1:
        scan.proses[place].append(kept)


def _summed_up(scan: _Scan) -> Glance:
    place = "main" if scan.had_main else "loose"
    never_closed = scan.chrome is not None and not scan.gathered[place]
    place = "chrome" if never_closed else place
    headlines = (_plain("".join(parts)) for parts in scan.h1)
    return Glance(
        title=_plain(scan.title or ""),
        h1=tuple(filter(None, headlines)),
        text=_plain("".join(scan.texts[place])),
        prose=_plain("".join(scan.proses[place])),
        visible=sum(scan.gathered.values()),
        is_whole_document=len(scan.markup) <= MAX_SCANNED
        and (scan.had_main or not scan.seen.isdisjoint({"html", "body"})),
        canonical=scan.found.get("canonical"),
        own_address=scan.found.get("og:url"),
        body_classes=frozenset(scan.found.get("class", "").lower().split()),
        refresh=scan.found.get("refresh"),
        asks_password=scan.asks_password,
        is_frameset="frameset" in scan.seen,
    )


def _plain(markup_text: str) -> str:
    """Return text with entities undone, zero-width characters dropped and spaces evened out."""
    text = _INVISIBLE.sub("", html.unescape(markup_text))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()
