"""A number and its label that stand apart are one line: tiles of figures, rows of two cells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from lxml.html import HtmlElement

from scraper.lines import Line
from scraper.names import LIKELY, name_score
from scraper.phrases import TITLE_FLOOR
from scraper.titles import title_score

_QUANTITY = re.compile(
    r"(?:(?:over|more than|nearly|about|approximately|almost)\s)?[~>]?(?:[A-Z]{1,3}\s?)?[$£€₹¥]?\s?\d[\d,.]*"
    r"\s?(?:%|percent|[KMB]|bn|mn|thousand|million|billion|trillion)?\s?\+?",
    re.I,
)
_LABEL = re.compile(r"[^\W\d_][^\d:]{2,48}")


def with_labels(lines: list[Line]) -> list[Line]:
    """Join a number with the label beside it where an element holds these two lines and no other."""
    held = Counter(holder for line in lines if (holder := _holder(line)) is not None)
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        pair = before is not None and _holder(before) is _holder(line) and held[_holder(line)] == 2
        text = _as_one(before.text, line.text) if before is not None and pair else None
        if before is not None and text is not None:
            joined[-1] = replace(
                before, text=text, level=0, bold=False, linked=False, seams=frozenset(), stated=True
            )
        else:
            joined.append(line)
    return joined


def _holder(line: Line) -> HtmlElement | None:
    return line.block.getparent()


def _as_one(first: str, second: str) -> str | None:
    """Return number and label as a text that states a figure, None where the two lines are something else."""
    if _QUANTITY.fullmatch(first) and _is_label(second) and (second[0].islower() or not first.isdigit()):
        return f"{first} {second}"
    return f"{first} {second}" if _QUANTITY.fullmatch(second) and _is_label(first) else None


def _is_label(text: str) -> bool:
    words = text.split()
    return (
        _LABEL.fullmatch(text) is not None
        and len(words) <= 6
        and name_score(words) < LIKELY
        and title_score(words) < TITLE_FLOOR
    )
