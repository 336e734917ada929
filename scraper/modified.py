"""The page's own word on when it last changed."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from dateutil import parser as dates

_LABEL = re.compile(
    r"\b(?:(?:page\s+)?(?:was\s+)?last\s+(?:modified|updated|reviewed(?:/updated)?|changed|revised|edited|review)"
    r"|(?:date\s+)?(?:modified|updated)(?:\s+on)?|page\s+updated|content\s+current\s+as\s+of|current\s+as\s+of"
    r"|updated\s+on|date\s+modified)\b\s*(?:on|date|at|as\s+of|by)?\s*[:\-–]?\s*",
    re.I,
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})")
_DATE = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?(?:[A-Za-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)?[\s-]+[A-Za-z]{3,9}\.?,?[\s-]+\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def is_modified_line(text: str) -> bool:
    """Whether a line is nothing but the page's date ("Last Modified: Apr 19, 2024")."""
    match = _LABEL.match(text)
    if match is None or len(text) >= 80:
        return False
    rest = text[match.end() :]
    return not rest or _read(rest) is not None


def last_modified(lines: list[str]) -> date | None:
    """Return the date behind the last label of its kind; label and date may stand on two lines."""
    found = None
    for index, line in enumerate(lines):
        match = _LABEL.search(line)
        if match is None or (match.start() > 40 and len(line) > 80) or len(line) > 300:
            continue
        rest = line[match.end() :]
        if not rest and index + 1 < len(lines):
            rest = lines[index + 1]
        found = _read(rest[:60]) or found
    return found


@lru_cache(maxsize=512)
def _read(text: str) -> date | None:
    if iso := _ISO.match(text.strip()):
        return _day(*map(int, iso.groups()))
    match = _DATE.match(text.strip())
    if match is None:
        return None
    words = _ORDINAL.sub("", match[0])
    try:
        return dates.parse(words, dayfirst=_day_first(words), default=datetime(2000, 1, 1)).date()  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_first(words: str) -> bool:
    """Whether a numeric date can only mean day first, or is written with dots, as nobody does with month first."""
    numbers = re.match(r"\s*(\d{1,2})([/.])", words)
    return numbers is not None and (int(numbers[1]) > 12 or numbers[2] == ".")
