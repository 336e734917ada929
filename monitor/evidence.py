"""What a change rests on: when it was seen, the words of the page, and the date the page gives itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from model import Change, LeadershipPage, Office, Quote
from monitor.plain_words import clip, plain

LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A change with its evidence.

    The old was seen last at `last_seen`, the new first at `first_seen`. `said_before` and `said_after` are the
    page's own words, None where it had none; `dated_before` and `dated_after` are its Last Modified. `number`
    and `captures`, those of before and after, are the archive's, None outside of it.
    """

    change: Change
    last_seen: datetime
    first_seen: datetime
    said_before: str | None = None
    said_after: str | None = None
    dated_before: date | None = None
    dated_after: date | None = None
    number: int | None = None
    captures: tuple[int, int] | None = None


def news_item(
    change: Change,
    *,
    last_seen: datetime,
    first_seen: datetime,
    page_before: LeadershipPage,
    page_after: LeadershipPage,
    number: int | None = None,
    captures: tuple[int, int] | None = None,
) -> NewsItem:
    """Return the change with what the two versions of the page say about it."""
    return NewsItem(
        change,
        last_seen,
        first_seen,
        words_for(change.before, change.office, page_before),
        words_for(change.after, change.office, page_after),
        page_before.last_modified,
        page_after.last_modified,
        number,
        captures,
    )


def words_for(side: Any, office: str | None, page: LeadershipPage) -> str | None:
    """Return the sentence or line of the page that one side of a change was read from.

    `side` is the change's `before` or `after`; None where nothing was read. A value that several offices have
    is quoted from `office`.
    """
    if not isinstance(side, dict):
        return None
    ranked = sorted(_quotes(side, page), key=lambda found: found[0] != office)
    return _sentence(ranked[0][1], page.text) if ranked else None


def _quotes(side: dict[str, Any], page: LeadershipPage) -> Iterator[tuple[str | None, Quote]]:
    whole_page = Office(name="", figures=page.figures)
    for office in (*page.offices, whole_page):
        for value in (office.leader, *office.figures):
            if value and value.quote and value.to_json() == side:
                yield office.name or None, value.quote


def _sentence(quote: Quote, text: str) -> str:
    """Return the quote within its sentence, or alone where the text is not the one it points into."""
    if text[quote.start : quote.end] != quote.text:
        return clip(plain(quote.text), LONGEST_QUOTE)
    before = text[max(0, quote.start - LONGEST_QUOTE) : quote.start]
    after = text[quote.end : quote.end + LONGEST_QUOTE]
    start = max((end.end() for end in _SENTENCE_END.finditer(before)), default=None)
    stop = _SENTENCE_END.search(after)
    whole = start is not None or quote.start <= LONGEST_QUOTE
    head = before[start or 0 :] if whole else before.partition(" ")[2]
    tail = after[: stop.start() + 1] if stop else after
    sentence = plain(head + quote.text + tail)
    return sentence if len(sentence) <= LONGEST_QUOTE else clip(plain(quote.text), LONGEST_QUOTE)


_SENTENCE_END = re.compile(
    r"(?:(?<!\b[A-Z])(?<!\bDr)(?<!\bMrs)(?<!\bMr)[.!?])?(?:\n+|(?<=[.!?])(?<!\b[A-Z]\.) +(?=[A-Z\"“]))"
)
