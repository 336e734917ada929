"""Values that go on from sighting to sighting, until they turn into spans."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from model import Figure, Leader, Office
from monitor.history.certainty import Gap, Mark, Window
from monitor.history.spans import FigureSpan, Naming, Tenure
from monitor.identity import same_leader


@dataclass(slots=True)
class Thread:
    """Since when a value stands, until when it was seen, since when it is missing, and how it ended."""

    began: Window
    silent_edit: bool
    last_seen: datetime
    ended: Window | None = None
    missing: Mark | None = None
    unseen: list[Gap] = field(default_factory=list)

    def seen(self, first: datetime, last: datetime) -> None:
        if self.missing:
            self.unseen.append(Gap(self.last_seen, first))
            self.missing = None
        self.last_seen = last

    def missed(self, mark: Mark) -> None:
        self.missing = self.missing or mark

    def end(self, mark: Mark) -> None:
        self.ended = mark.window(self.last_seen)

    def columns(self, distrusted: Collection[date]) -> dict[str, Any]:
        """Return what every span has; a Last Modified that proved wrong dates nothing."""
        return {
            "first_seen": self.began.first_seen,
            "last_seen": self.last_seen,
            "began": _trusted(self.began, distrusted),
            "ended": _trusted(self.ended, distrusted) if self.ended else None,
            "silent_edit": self.silent_edit,
            "unseen": tuple(self.unseen),
        }


def begin(mark: Mark, last_seen: datetime | None) -> Thread:
    """Return the thread of a value first seen at `mark`; `last_seen` is when it was last seen not to be there."""
    return Thread(mark.window(last_seen), mark.is_silent_edit(last_seen), mark.seen_at)


def _trusted(window: Window, distrusted: Collection[date]) -> Window:
    return replace(window, page_dated=None) if window.page_dated in distrusted else window


@dataclass(slots=True)
class Post:
    """An office through its renamings."""

    number: int
    called: list[str]
    abbreviation: str | None

    def is_called(self, office: Office) -> None:
        if office.name != self.called[-1]:
            self.called = [*(name for name in self.called if name != office.name), office.name]
        self.abbreviation = office.abbreviation or self.abbreviation


@dataclass(slots=True)
class Holding:
    """Who holds a post, as the page goes on naming them."""

    post: Post
    thread: Thread
    vacant: bool
    namings: list[Naming]

    def is_held_by(self, office: Office) -> bool:
        """Return whether the office's leader is still the same, in the same capacity."""
        before, now = self.namings[-1].leader, office.leader
        if now is None or before is None:
            return now is before and self.vacant == office.vacant
        return now.capacity is before.capacity and same_leader(before, now)

    def correct(self, office: Office) -> None:
        """Take the leader's name, title and capacity as another reading has them."""
        self.vacant = office.vacant
        self.namings[-1] = replace(self.namings[-1], leader=office.leader)

    def name(self, leader: Leader | None, quote: str | None, mark: Mark) -> None:
        """Note how the page names the leader from this sighting on."""
        if not self.namings or self.namings[-1].leader != leader:
            self.namings.append(Naming(leader, mark.seen_at, quote, mark.snapshot_id, mark.capture_id))

    def tenure(self, distrusted: Collection[date]) -> Tenure:
        return Tenure(
            **self.thread.columns(distrusted),
            post=self.post.number,
            office=self.post.called[-1],
            abbreviation=self.post.abbreviation,
            called=tuple(self.post.called),
            vacant=self.vacant,
            namings=tuple(self.namings),
        )


@dataclass(slots=True)
class Stating:
    """A figure that the page goes on stating, in an office or outside them all.

    `first` is how it was stated at `mark`, `figure` how it is now: the words around a value may change.
    """

    post: Post | None
    thread: Thread
    series: int
    first: Figure
    figure: Figure
    mark: Mark

    def span(self, distrusted: Collection[date]) -> FigureSpan:
        return FigureSpan(
            **self.thread.columns(distrusted),
            post=self.post.number if self.post else None,
            office=self.post.called[-1] if self.post else None,
            abbreviation=self.post.abbreviation if self.post else None,
            series=self.series,
            figure=replace(self.first, quote=None),
            quote=self.first.quote.text if self.first.quote else None,
            snapshot_id=self.mark.snapshot_id,
            capture_id=self.mark.capture_id,
        )
