"""Elements to lines: the text of one block, or of one part of it between two `<br>`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from lxml.html import HtmlElement

from scraper.lexicon import CONNECTORS, HEADS, OFFICE_NOUNS, OPENERS, PARTICLES, TITLE_MODIFIERS, fold
from scraper.seen import SKIPPED, Sight

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section "
    "summary table tbody td tfoot th thead tr ul button".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FOOTNOTE = re.compile(r"\s*\[?(?:\d{1,2}|[*†‡§a-e])(?:,\s*\d{1,2})*\]?\s*")
_SEAM = "\x00"
_AT_SEAM = re.compile(r"\s*(?:\x00\s*)+")
_NUMBER_ENDS = re.compile(r"(?:\d|\d[%+]|\b(?:thousand|million|billion|trillion))$", re.I)
_WORD_STARTS = re.compile(r"[a-z]{3}")
_SHORT_WORD = re.compile(r"\b[A-Z][a-z]\Z")
_FOLLOWING = re.compile(r"[A-Z][a-z]+")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_OPENING_WORDS = HEADS | TITLE_MODIFIERS | OFFICE_NOUNS
_BOLD = frozenset({"b", "strong"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2063\ufeff\u202a-\u202e]")


@dataclass(slots=True)
class Line:
    """One line of text; `start` is its place in the page's text, `seams` are places where inline markup changes.

    `stated` says that the line is a number and its label, which stood apart.
    """

    text: str
    block: HtmlElement
    level: int = 0
    bold: bool = False
    linked: bool = False
    seams: frozenset[int] = frozenset()
    start: int = 0
    stated: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def heading(self) -> bool:
        """Whether the page sets this line apart as a heading: by its tag, or as a short line all in bold."""
        return self.level > 0 or (self.bold and len(self.text) <= 120)


def squeeze(text: str) -> str:
    """Return the text without invisible characters, each run of white space one space."""
    return " ".join(_INVISIBLE.sub("", text).split())


def read_lines(sight: Sight, root: HtmlElement, *, chrome: bool = False) -> list[Line]:
    """Return the lines below an element, in reading order; with `chrome`, the site's furniture too."""
    return _rejoined(_Walk(sight, root, chrome=chrome).lines)


def _rejoined(lines: list[Line]) -> list[Line]:
    """Join the parts of a phrase that a `<br>` broke ("Office of<br>Field Operations")."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and before.block is line.block and _broken(before.text, line.text):
            shift = len(before.text) + 1
            before.text = f"{before.text} {line.text}"
            before.seams |= {shift + seam for seam in line.seams}
            before.bold &= line.bold
            before.linked &= line.linked
        else:
            joined.append(line)
    return joined


def _broken(before: str, after: str) -> bool:
    last, first = before.split()[-1], after.split()[0]
    return len(before) < 80 and (last in CONNECTORS or (first in CONNECTORS and first in OPENERS))


class _Walk:
    """One pass over a tree that gathers its lines; iterative, so depth costs no stack."""

    def __init__(self, sight: Sight, root: HtmlElement, *, chrome: bool = False) -> None:
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
        if element.tag == "sup" and _FOOTNOTE.fullmatch("".join(element.itertext())):
            return True
        if not isinstance(element.tag, str) or element.tag in SKIPPED or self.sight.hidden(element):
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
        words = _INVISIBLE.sub("", text)
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
                    seams=seams,
                )
            )
        self._start()


def _steps(root: HtmlElement, skips: Callable[[HtmlElement], bool]) -> Iterator[tuple[str, HtmlElement]]:
    """Yield enter, leave and tail of each element in reading order, without the ones that are skipped."""
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
    """Return a block's heading level, 1 to 6, else 0; ARIA headings, panels' buttons, summaries and terms count."""
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
    where a capital follows a small letter or a bracket there, or a word follows a number.
    """
    if not seams:
        return " ".join(raw.split()), frozenset()
    cuts = sorted(seams)
    parts = [raw[start:end] for start, end in pairwise([0, *cuts, len(raw)])]
    marked = parts[0]
    for place, part in zip(cuts, parts[1:], strict=True):
        marked += (f" {_SEAM}" if _glued(raw, place) else _SEAM) + part
    marked = _AT_SEAM.sub(lambda match: f" {_SEAM}" if match[0].strip(_SEAM) else _SEAM, marked)
    pieces = " ".join(marked.split()).strip(f" {_SEAM}").split(_SEAM)
    return "".join(pieces), frozenset(accumulate(len(piece) for piece in pieces[:-1]))


def _glued(raw: str, index: int) -> bool:
    previous = raw[index - 1 : index]
    if _NUMBER_ENDS.search(raw, max(0, index - 12), index) and _WORD_STARTS.match(raw, index):
        return True
    return bool(previous) and raw[index : index + 1].isupper() and _two_words(raw, index, previous)


def _two_words(raw: str, index: int, previous: str) -> bool:
    """Whether the letters on both sides of a seam are the end of one word and the start of another."""
    following = _FOLLOWING.match(raw, index)
    if following is not None and fold(following[0]) in _OPENING_WORDS:
        return previous.isalpha() or previous in ".)"
    if previous == ".":
        return raw[index - 2 : index - 1].isalpha() and raw[index + 1 : index + 2].islower()
    if previous.isupper():
        return raw[max(0, index - 2) : index].isalpha() and index >= 2 and raw[index + 1 : index + 2].islower()
    return previous.islower() and _ends_word(raw, index) and raw[index + 1 : index + 2].isalpha()


def _ends_word(raw: str, index: int) -> bool:
    """Whether what stands before a seam is a word by itself: three letters, or a name of two ("Xu", but not "Mc")."""
    if raw[max(0, index - 3) : index].isalpha():
        return index >= 3 or fold(raw[:index]) not in PARTICLES
    short = _SHORT_WORD.search(raw, max(0, index - 3), index)
    return short is not None and fold(short[0]) not in PARTICLES
