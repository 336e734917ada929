"""The changes as an Atom feed (RFC 4287) or an iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from monitor.exporting.rows import MissingExtra
from monitor.history.spans import ToldHistory
from monitor.plain_words import plain
from storage.rows import StoredChange, StoredPage

Told = tuple[StoredPage, StoredChange]


def told(histories: Iterable[ToldHistory]) -> list[Told]:
    """Return the changes of all pages, first seen first."""
    found = [(history.page, stored) for history in histories for stored in history.changes]
    return sorted(found, key=lambda each: (each[1].first_seen, each[0].url, each[1].change.sentence))


def atom(changes: list[Told], *, title: str) -> bytes:
    """Return a feed with an entry a change, dated when the new was first seen; raises MissingExtra."""
    try:
        from feedgen.feed import FeedGenerator
    except ModuleNotFoundError as error:
        raise MissingExtra("Atom needs the extra `feed`: pip install 'leaderwatch[feed]'") from error
    feed = FeedGenerator()
    feed.id(_urn("changes", *sorted({page.url for page, _ in changes})))
    feed.title(f"Leaderwatch: {title}")
    feed.author(name="Leaderwatch")
    feed.updated(
        max((stored.first_seen for _, stored in changes), default=datetime.fromtimestamp(0).astimezone())
    )
    for page, stored in changes:
        entry = feed.add_entry(order="append")
        entry.id(_urn(*_identity(page, stored)))
        entry.title(plain(stored.change.sentence))
        entry.updated(stored.first_seen)
        entry.link(href=page.url)
        entry.content(f"{plain(stored.change.sentence)} {_window(stored)}", type="text")
        entry.category(term=stored.change.kind.value)
    written: bytes = feed.atom_str(pretty=True)
    return written


def calendar(changes: list[Told], *, title: str) -> bytes:
    """Return a calendar with an event a change, which lasts as long as its window; raises MissingExtra."""
    try:
        from icalendar import Calendar, Event
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "iCalendar needs the extra `calendar`: pip install 'leaderwatch[calendar]'"
        ) from error
    book = Calendar()
    book.add("prodid", "-//Leaderwatch//changes//EN")
    book.add("version", "2.0")
    book.add("name", f"Leaderwatch: {title}")
    for page, stored in changes:
        book.add_component(_event(Event(), page, stored))
    written: bytes = book.to_ical()
    return written


def _event(event: Any, page: StoredPage, stored: StoredChange) -> Any:
    event.add("uid", _urn(*_identity(page, stored)))
    event.add("dtstamp", stored.first_seen)
    event.add("dtstart", stored.last_seen)
    if stored.first_seen > stored.last_seen:
        event.add("dtend", stored.first_seen)
    event.add("summary", plain(stored.change.sentence))
    event.add("description", _window(stored))
    event.add("categories", [stored.change.kind.value])
    event.add("url", page.url)
    event.add("transp", "TRANSPARENT")
    return event


def _window(stored: StoredChange) -> str:
    old, new = (f"{moment:%Y-%m-%d %H:%M} UTC" for moment in (stored.last_seen, stored.first_seen))
    return f"The old was last seen {old}, the new first {new}."


def _identity(page: StoredPage, stored: StoredChange) -> tuple[str, ...]:
    return page.url, stored.first_seen.isoformat(), stored.change.kind.value, stored.change.sentence


def _urn(*words: str) -> str:
    return uuid5(NAMESPACE_URL, " ".join(words)).urn
