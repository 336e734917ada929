"""Alerts as an Atom file (RFC 4287) that any web server hands out. Needs the extra `feed`."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from monitor.channels.letter import Letter
from monitor.posting import Postponed
from monitor.whole_files import READABLE, write_whole

LENGTH = 50
"""How many of the newest letters a feed has."""

MISSING = 'feedgen is not installed: pip install "leaderwatch[feed]"'


class Feed:
    """A file that holds the newest letters; `earlier` returns those sent over this channel before.

    It is made anew from the archive each time, so that a lost or damaged file comes back whole.
    """

    def __init__(self, path: Path, *, name: str, earlier: Callable[[int], Sequence[Letter]]) -> None:
        self._path, self._name, self._earlier = path, name, earlier

    def send(self, letter: Letter) -> None:
        """Put the letter into the file; raises Postponed where that cannot be written."""
        letters = {each.key: each for each in (*self._earlier(LENGTH), letter)}
        newest = sorted(letters.values(), key=lambda each: (each.written_at, each.key))[-LENGTH:]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, atom(f"{self._name} {self._path}", self._name, newest), mode=READABLE)
        except OSError as error:
            raise Postponed(f"cannot write {self._path}: {error.strerror}") from None

    def close(self) -> None:
        """Nothing stays open between two letters."""


def atom(identity: str, title: str, letters: Sequence[Letter]) -> bytes:
    """Return the feed of these letters, oldest first; the same bytes for the same letters.

    `identity` is what tells this feed from any other.
    """
    feed = _generator()
    feed.id(_urn(f"feed {identity}"))
    feed.title(f"Leaderwatch: {title}")
    feed.updated(letters[-1].written_at)
    feed.author(name="Leaderwatch")
    for letter in letters:
        entry = feed.add_entry()
        entry.id(_urn(letter.key))
        entry.title(letter.headline)
        entry.updated(letter.written_at)
        if letter.page_url:
            entry.link(href=letter.page_url)
        entry.content(letter.html, type="html")
    written: bytes = feed.atom_str(pretty=True)
    return written


def _urn(words: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, words).urn


def _generator() -> Any:
    try:
        from feedgen.feed import FeedGenerator
    except ImportError:
        raise Postponed(MISSING) from None
    return FeedGenerator()
