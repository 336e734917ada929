"""A change laid out for a reader: what it was, what it is, the words behind it, the time it happened in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from model import Change, ChangeKind
from monitor import wording
from monitor.evidence import NewsItem
from monitor.headlines import weight
from monitor.plain_words import clip, plain

LONGEST = 500
"""Characters of one side of a change: a description that was rewritten is told, not sent whole."""

NOTHING = {
    ChangeKind.LEADER_DEPARTED: "Nobody is named",
    ChangeKind.LEADER_APPOINTED: "Nobody was named",
    ChangeKind.OFFICE_ADDED: "Not on the page",
    ChangeKind.OFFICE_REMOVED: "Not on the page",
    ChangeKind.FIGURE_ADDED: "Not stated",
    ChangeKind.FIGURE_REMOVED: "Not stated",
    ChangeKind.TEXT_CHANGED: "No description",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a change: its value, what belongs to it, and the page's words."""

    value: str
    detail: str
    quote: str | None
    joint: str = ", "

    @property
    def line(self) -> str:
        """Return value and detail as one phrase: "Jason Owens, Chief", "over 32,000 employees"."""
        return self.joint.join(filter(None, (self.value, self.detail)))


@dataclass(frozen=True, slots=True)
class Telling:
    """One change as the templates show it; `window` is None where all changes of the mail share theirs."""

    sentence: str
    office: str
    before: Side
    after: Side
    difference: str
    window: str | None
    number: int | None


def tell(news: Sequence[NewsItem]) -> list[Telling]:
    """Return the changes as they are shown, weightiest first."""
    ranked = sorted(news, key=lambda one: weight(one.change))
    shared = len({(one.last_seen, one.first_seen) for one in news}) == 1
    return [_tell(one, None if shared else window(one.last_seen, one.first_seen)) for one in ranked]


def window(last_seen: datetime, first_seen: datetime) -> str:
    """Return when a change happened, as far as it was watched."""
    before, now = wording.moment(last_seen), wording.moment(first_seen)
    return f"between {before} (last seen as before) and {now} (first seen as now)"


def windows(news: Sequence[NewsItem]) -> str:
    """Return the time that all changes of a mail fall into."""
    return window(min(one.last_seen for one in news), max(one.first_seen for one in news))


def page_dates(news: Sequence[NewsItem]) -> str | None:
    """Return the dates that the page gives itself (its Last Modified), None where it gives none now."""
    newest = max(news, key=lambda one: one.first_seen)
    oldest = min(news, key=lambda one: one.last_seen)
    return _page_dates(oldest.dated_before, newest.dated_after)


def _page_dates(before: date | None, after: date | None) -> str | None:
    if after is None:
        return None
    if before is None:
        return wording.day(after)
    return (
        f"{wording.day(after)}, as before"
        if before == after
        else f"{wording.day(after)} (it was {wording.day(before)})"
    )


def _tell(one: NewsItem, when: str | None) -> Telling:
    change = one.change
    return Telling(
        sentence=clip(plain(change.sentence), LONGEST),
        office=clip(plain(change.office or ""), LONGEST),
        before=_side(change.before, one.said_before, change),
        after=_side(change.after, one.said_after, change),
        difference=wording.by_how_much(change.delta, change.percent, _unit(change)),
        window=when,
        number=one.number,
    )


def _unit(change: Change) -> str | None:
    unit: str | None = (
        change.after["unit"] if isinstance(change.after, dict) and "unit" in change.after else None
    )
    return unit


def _side(side: Any, quote: str | None, change: Change) -> Side:
    if isinstance(side, dict) and "title" in side:
        held = wording.capacity(side)
        title = f"{plain(side['title'])} ({held})" if held else plain(side["title"])
        return Side(clip(plain(side["name"]), LONGEST), clip(title, LONGEST), quote)
    if isinstance(side, dict) and "measure" in side:
        return Side(wording.quantity(side), clip(plain(side["measure"]), LONGEST), quote, " ")
    text = plain(side) if isinstance(side, str) else ""
    return Side(clip(text, LONGEST) or NOTHING.get(change.kind, "Nothing"), "", quote)
