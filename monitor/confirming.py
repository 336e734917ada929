"""Losses wait for a second sighting before they are news.

A leader, an office or a figure that is gone may be a broken page; one that is still gone when the wait is over
is a fact, dated by its first sighting. What came back was never told, and is kept as withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from model import LOSSES, Change, ChangeKind
from monitor.history.certainty import Mark
from storage.rows import ChangeState, Origin

if TYPE_CHECKING:
    from storage.rows import StoredChange

Subject = tuple[str | None, str | None, str]
Sameness = tuple[ChangeKind, Subject]
Since = tuple[Sameness, datetime]


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss that waits to be confirmed: the thing was seen last at `last_seen`, and missed first at `mark`.

    `number` is that of its change, 0 until it has one; `origin` tells whether a check found it.
    """

    number: int
    change: Change
    last_seen: datetime
    mark: Mark
    snapshot_before: int
    origin: Origin

    @property
    def first_seen(self) -> datetime:
        return self.mark.seen_at


@dataclass(frozen=True, slots=True)
class Settled:
    """When checks confirmed losses and when they withdrew others, under the wait that was set then.

    Each loss is known by what makes it the same one, and by its first sighting.
    """

    confirmed: Mapping[Since, datetime] = field(default_factory=dict)
    withdrawn: Mapping[Since, datetime] = field(default_factory=dict)

    def is_ripe(self, loss: Loss, seen_at: datetime, wait: timedelta) -> bool:
        """Return whether a loss that is seen again has waited long enough, now or when a check settled it."""
        known, waited = (_mark(loss.change), loss.first_seen), seen_at - loss.first_seen >= wait
        if known in self.confirmed:
            return waited or self.confirmed[known] <= seen_at
        return waited and (known not in self.withdrawn or self.withdrawn[known] <= seen_at)


UNSETTLED = Settled()


def settled(changes: Iterable[StoredChange]) -> Settled:
    """Return what checks made of the losses among these changes."""
    found = {ChangeState.CONFIRMED: dict[Since, datetime](), ChangeState.WITHDRAWN: {}}
    for stored in changes:
        if stored.settled_check_id and stored.settled_at and stored.state in found:
            found[stored.state][_mark(stored.change), stored.first_seen] = stored.settled_at
    return Settled(found[ChangeState.CONFIRMED], found[ChangeState.WITHDRAWN])


@dataclass(frozen=True, slots=True)
class Findings:
    """What one sighting adds to what is known; each change stands in one place only."""

    news: tuple[Change, ...] = ()
    losses: tuple[Change, ...] = ()
    waiting: tuple[Loss, ...] = ()
    confirmed: tuple[Loss, ...] = ()
    withdrawn: tuple[Loss, ...] = ()

    @property
    def unconfirmed(self) -> list[Change]:
        """Return the losses that are not news yet, first sightings included."""
        return [*self.losses, *(loss.change for loss in self.waiting)]

    @property
    def told(self) -> list[Change]:
        """Return what a reader is told now."""
        return [*self.news, *(loss.change for loss in self.confirmed)]

    @property
    def says_otherwise(self) -> bool:
        """Return whether the page reads otherwise than at the good sighting before."""
        return bool(self.news or self.losses or self.withdrawn)

    def last_seen(self, change: Change, otherwise: datetime) -> datetime:
        """Return when the old was last on the page: earlier than otherwise, where its loss was pending."""
        same = (loss for loss in self.withdrawn if _subject(loss.change) == _subject(change))
        return min((loss.last_seen for loss in same), default=otherwise)


def sift(
    changes: Sequence[Change],
    pending: Sequence[Loss],
    *,
    seen_at: datetime,
    wait: timedelta,
    origin: Origin = Origin.CHECK,
    settled: Settled = UNSETTLED,
) -> Findings:
    """Sort the differences between the belief and a sighting into news, new losses and those seen before.

    A pending loss is confirmed when it is seen again at least `wait` after its first sighting, and where it is
    `settled` as it was then. One that a check found is confirmed by a check: what is brought in from elsewhere
    alerts nobody.
    """
    again, withdrawn = _seen_again(changes, pending)
    known = {_mark(loss.change) for loss in again}
    ripe = {
        id(loss)
        for loss in again
        if settled.is_ripe(loss, seen_at, wait) and origin in (Origin.CHECK, loss.origin)
    }
    return Findings(
        news=tuple(change for change in changes if change.kind not in LOSSES),
        losses=tuple(change for change in changes if change.kind in LOSSES and _mark(change) not in known),
        waiting=tuple(loss for loss in again if id(loss) not in ripe),
        confirmed=tuple(loss for loss in again if id(loss) in ripe),
        withdrawn=tuple(withdrawn),
    )


def take_all(changes: Sequence[Change], pending: Sequence[Loss]) -> Findings:
    """Sort the differences to a version that has been confirmed as a whole: its losses wait no longer."""
    again, withdrawn = _seen_again(changes, pending)
    known = {_mark(loss.change) for loss in again}
    return Findings(
        news=tuple(change for change in changes if _mark(change) not in known),
        confirmed=tuple(again),
        withdrawn=tuple(withdrawn),
    )


def _seen_again(changes: Sequence[Change], pending: Sequence[Loss]) -> tuple[list[Loss], list[Loss]]:
    """Return the pending losses that the page still shows, as it tells them now, and those that it does not.

    A loss goes with its office under the office's new name, and stays one where the whole office went after it.
    """
    lost = {_mark(change): change for change in changes if change.kind in LOSSES}
    names = {change.before: change.after for change in changes if change.kind is ChangeKind.OFFICE_RENAMED}
    gone = {change.office for change in changes if change.kind is ChangeKind.OFFICE_REMOVED}
    again: list[Loss] = []
    withdrawn: list[Loss] = []
    for waiting in pending:
        loss = replace(waiting.change, office=names.get(waiting.change.office, waiting.change.office))
        still = lost.get(_mark(loss)) or (loss if loss.office in gone else None)
        (again if still else withdrawn).append(replace(waiting, change=still or loss))
    return again, withdrawn


def _subject(change: Change) -> Subject:
    return change.office, change.measure, json.dumps(change.before, sort_keys=True)


def _mark(change: Change) -> Sameness:
    """Return what makes two sightings of a loss the same one; where a person went may be told differently."""
    return change.kind, _subject(change)
