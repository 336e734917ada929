"""Prose as words, numbers and marks, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from scraper.figures.spellings import HYPHENATED
from scraper.figures.vocabulary import CONJUNCTIONS, DETERMINERS, PREPOSITIONS


class Kind(Enum):
    """What a token is; LINE is the end of a line that also ends a sentence."""

    WORD = "word"
    NUMBER = "number"
    MARK = "mark"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `low` is its lower case, `glued` says that it touches the token before."""

    text: str
    start: int
    end: int
    kind: Kind
    low: str
    glued: bool

    @property
    def is_word(self) -> bool:
        return self.kind is Kind.WORD

    @property
    def is_number(self) -> bool:
        return self.kind is Kind.NUMBER

    @property
    def is_name(self) -> bool:
        return self.is_word and self.text[0].isupper()


OUTSIDE = Token("", 0, 0, Kind.LINE, "", False)

_TOKEN = re.compile(
    r"""
      (?P<NUMBER> [0-9]+ (?: [.,][0-9]+ | ['’][0-9]{3} )* )
    | (?P<WORD>   (?: [A-Za-z]\. ){2,}                       # U.S., a.m.
                | [^\W\d_]+ (?: ['’\-‑] [^\W\d_]+ )* )       # America's, full-time
    | (?P<LINE>   \n )
    | (?P<MARK>   [^\s] )
    """,
    re.VERBOSE,
)
_KINDS = {kind.name: kind for kind in Kind}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_HYPHEN = re.compile(r"[-‑]")
_OPEN = PREPOSITIONS | DETERMINERS | CONJUNCTIONS


_MARGIN = 128
"""Places around a text that may be asked for; every rule looks less far."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text and its tokens; places outside read as the end of a line."""

    text: str
    tokens: list[Token]
    _padded: list[Token]
    _lows: list[str]

    @classmethod
    def read(cls, text: str) -> Prose:
        tokens = _without_soft_lines(_tokens(text))
        padded = [OUTSIDE] * _MARGIN + tokens + [OUTSIDE] * _MARGIN
        return cls(text, tokens, padded, [token.low for token in padded])

    def __getitem__(self, place: int) -> Token:
        return self._padded[place + _MARGIN]

    def __len__(self) -> int:
        return len(self.tokens)

    def lows(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(self._lows[first + _MARGIN : last + _MARGIN])

    def starts_sentence(self, place: int) -> bool:
        before = self[place - 1]
        return before.kind is Kind.LINE or before.text in {".", "!", "?", "•", "*", ":", "“", '"', "|", ";"}


def _pieces(text: str) -> Iterator[tuple[Kind, int, int]]:
    for match in _TOKEN.finditer(text):
        kind = _KINDS[match.lastgroup or "MARK"]
        if kind is Kind.WORD and _is_chain(match[0]):
            yield from _parts(match)
        elif match[0] not in _INVISIBLE:
            yield kind, match.start(), match.end()


def _is_chain(word: str) -> bool:
    """Whether hyphens join a word that stands for itself to others ("multi-billion", "twenty-one")."""
    return ("-" in word or "‑" in word) and not HYPHENATED.isdisjoint(_HYPHEN.split(word.lower()))


def _parts(match: re.Match[str]) -> Iterator[tuple[Kind, int, int]]:
    start = match.start()
    for hyphen in _HYPHEN.finditer(match[0]):
        at = match.start() + hyphen.start()
        yield Kind.WORD, start, at
        yield Kind.MARK, at, at + 1
        start = at + 1
    yield Kind.WORD, start, match.end()


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    end = -1
    for kind, start, stop in _pieces(text):
        word = text[start:stop]
        tokens.append(Token(word, start, stop, kind, word.lower(), start == end))
        end = stop
    return tokens


def _without_soft_lines(tokens: list[Token]) -> list[Token]:
    """Keep a line's end only where a sentence or a label may end: not in "more than\\n32,000 employees"."""
    kept: list[Token] = []
    for token, after in zip(tokens, [*tokens[1:], OUTSIDE], strict=False):
        before = kept[-1] if kept else OUTSIDE
        soft = (after.is_word and after.text[0].islower()) or before.low in _OPEN or before.text == ","
        if token.kind is not Kind.LINE or not soft:
            kept.append(token)
    return kept
