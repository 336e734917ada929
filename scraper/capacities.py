"""How a person holds an office, as pages write it: acting, interim, performing the duties of; and vacant."""

from __future__ import annotations

import re

from model import Capacity
from scraper.lexicon import NOT_CURRENT, VACANCY, fold

_PERFORMING = re.compile(
    r"""\b(?:the\s+)?(?:senior\s+|career\s+|top\s+)*(?:official\s+)?
        (?:currently\s+|temporarily\s+)?
        (?:performing|exercising|carrying\s+out|fulfilling|discharging|assuming)\s+the\s+
        (?:non-?exclusive\s+|delegable\s+)?
        (?:duties|functions|authorit(?:y|ies)|powers|responsibilities|role)
        (?:\s+and\s+(?:duties|functions|authorit(?:y|ies)|powers|responsibilities))?
        (?:\s+(?:of|as)(?:\s+the(?:\s+(?:office|position)\s+of(?:\s+the)?)?)?\b)?""",
    re.I | re.X,
)
_INTERIM = re.compile(r"[(\[]?\s*\b(?:ad\s+interim|interim|a\.i\.)(?![\w-])\s*[)\]]?", re.I)
_ACTING = re.compile(
    r"""[(\[]\s*(?:acting|actg\.?|ag\.?|a/g\.?|officiating|covering|a|acting\s+capacity|in\s+an\s+acting\s+capacity)\s*[)\]]
      | \bin\s+an\s+acting\s+capacity\b
      | \b(?:currently\s+)?acting\s+as\s+(?:the\s+)?
      | \bacting\b(?![\w’'-])
      | \b(?:actg|ag)\b\.(?=\s)|\bactg\b
      | (?<![\w/])a/g\.?(?![\w/])
      | (?<![\w/])a/(?=[A-Z][a-z])""",
    re.I | re.X,
)
_EMPTY = re.compile(r"[(\[]\s*[)\]]")
_DANGLING = re.compile(r"^[\s,;:/|–—-]+|[\s,;:/|–—-]+$")
_COMMA_DASH = re.compile(r"\s*[,;:]\s*(?=[-–—|])")
_DOUBLED = re.compile(r"\s*([,;:])\s*(?=[,;:])")
_VACANT = frozenset(VACANCY)
_VACANT_START = re.compile(
    r"""^(?:\(?(?:currently\s+|temporarily\s+)?vacant\b|(?:this|the)?\s*(?:position|post|office|seat|role)\s+(?:is\s+)?
        (?:currently\s+|now\s+|temporarily\s+)?(?:vacant|unfilled|open)\b|to\s+be\s+(?:announced|determined|appointed|named|confirmed))
        (?:\s*(?:\(.*\)?|(?:since|as\s+of|pending|until|at\s+this\s+time|at\s+present)\b.*))?$""",
    re.I | re.X,
)
_NOT_CURRENT = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, NOT_CURRENT), key=len, reverse=True))})\b", re.I
)


def split_capacity(text: str) -> tuple[str, Capacity | None]:
    """Return the text without its words of capacity, and the capacity they state; None where none is stated."""
    for pattern, capacity in (
        (_PERFORMING, Capacity.PERFORMING_DUTIES),
        (_INTERIM, Capacity.INTERIM),
        (_ACTING, Capacity.ACTING),
    ):
        rest, found = pattern.subn(" ", text)
        if found:
            return tidy(rest), capacity
    return text, None


def tidy(text: str) -> str:
    """Return the text without empty brackets, doubled separators and separators at its ends."""
    text = _EMPTY.sub(" ", text)
    text = _DOUBLED.sub("", " ".join(text.split()))
    text = _COMMA_DASH.sub(" ", text)
    return _DANGLING.sub("", text.replace(" ,", ",").replace(" )", ")").replace("( ", "("))


def is_vacancy(text: str) -> bool:
    """Whether the text is what a page writes in place of a name while nobody holds the office."""
    words = fold(text).strip(" .*-–—()[]:")
    return words in _VACANT or (len(words) < 60 and bool(_VACANT_START.match(words)))


def is_past(text: str) -> bool:
    """Whether the text speaks of a former or future holder, or of a person featured for another reason."""
    return bool(_NOT_CURRENT.search(text))
