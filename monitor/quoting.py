"""Where the values of a page were read: the words behind each, and their place in what the server sent."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from model import Json, LeadershipPage, Quote

MARKUP = re.compile(
    r"<!--.*?-->|<(?P<hidden>script|style|template|noscript|svg|head)\b.*?</(?P=hidden)\s*>|<[^<>]*>"
    r"|(?P<entity>&\#?\w{1,31};)|(?P<text>[^<&]+|.)",
    re.DOTALL | re.I,
)
"""Comments, elements whose content nobody sees, tags, character references, text."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A value and the words it was read from; `what` is `office`, `leader` or `figure`."""

    what: str
    value: str
    quote: Quote

    def to_json(self) -> Json:
        return {"what": self.what, "value": self.value, "quote": self.quote.to_json()}


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a text, from `start` to `end`, that a value was read from."""

    start: int
    end: int
    quoted: Quoted


def quotes(page: LeadershipPage) -> list[Quoted]:
    """Return each value that quotes the page, office by office; then the figures outside all of them."""
    return [Quoted(what, value, quote) for what, value, quote in _quoted(page) if quote]


def _quoted(page: LeadershipPage) -> Iterator[tuple[str, str, Quote | None]]:
    for office in page.offices:
        yield "office", office.name, office.quote
        if office.leader:
            yield "leader", office.leader.name, office.leader.quote
        yield from (("figure", figure.measure, figure.quote) for figure in office.figures)
    yield from (("figure", figure.measure, figure.quote) for figure in page.figures)


def marks_in_text(page: LeadershipPage) -> list[Mark]:
    """Return where the values stand in the page's text; of two that overlap, the longer."""
    found = [Mark(each.quote.start, each.quote.end, each) for each in quotes(page)]
    return _apart([mark for mark in found if page.text[mark.start : mark.end] == mark.quoted.quote.text])


def marks_in_markup(page: LeadershipPage, markup: str) -> list[Mark]:
    """Return where the values stand in the markup that the page was read from.

    The page's text is found again in the markup by its characters, white space left out. A value that tags run
    through has a mark for each piece; one whose line is not found has none.
    """
    seen = _Seen(markup)
    lines = _Lines(page.text, seen.characters)
    found = []
    for mark in marks_in_text(page):
        begin, end = lines.place(mark.start), lines.place(mark.end - 1)
        if begin is not None and end is not None:
            found += [Mark(*piece, mark.quoted) for piece in seen.pieces(begin, end + 1)]
    return _apart(found)


class _Seen:
    """The characters of a markup that a reader may see, without white space, and where each stands."""

    def __init__(self, markup: str) -> None:
        characters, self._places = [], list[tuple[int, int]]()
        for token in MARKUP.finditer(markup):
            if token["entity"]:
                meant = "".join(unescape(token["entity"]).split())
                characters.append(meant)
                self._places += [token.span()] * len(meant)
            elif token["text"]:
                shown = [
                    (at, each) for at, each in enumerate(token["text"], token.start()) if not each.isspace()
                ]
                characters += [each for _, each in shown]
                self._places += [(at, at + 1) for at, _ in shown]
        self.characters = "".join(characters)
        self._markup = markup

    def pieces(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of markup that hold these characters, cut where a tag stands between."""
        start, stop = self._places[begin]
        for left, right in self._places[begin + 1 : end]:
            if "<" in self._markup[stop:left]:
                yield start, stop
                start = left
            stop = right
        yield start, stop


class _Lines:
    """A page's text, line by line, and where each begins among the characters of its markup."""

    def __init__(self, text: str, characters: str) -> None:
        self._text = text
        self._starts, self._found = list[int](), list[int | None]()
        lines, start, after = text.split("\n"), 0, 0
        bare = ["".join(line.split()) for line in lines]
        for number, line in enumerate(lines):
            following = bare[number + 1] if number + 1 < len(bare) else ""
            at = characters.find(bare[number] + following, after)
            at = at if at >= 0 else characters.find(bare[number], after)
            self._starts.append(start)
            self._found.append(at if at >= 0 else None)
            after = at + len(bare[number]) if at >= 0 else after
            start += len(line) + 1

    def place(self, at: int) -> int | None:
        """Return which character of the markup stands at this place of the text; None where it was not found."""
        number = bisect_right(self._starts, at) - 1
        found = self._found[number]
        return None if found is None else found + len("".join(self._text[self._starts[number] : at].split()))


def _apart(marks: list[Mark]) -> list[Mark]:
    """Return the marks from first to last; where two overlap, the longer one."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
        elif mark.end - mark.start > kept[-1].end - kept[-1].start:
            kept[-1] = mark
    return kept
