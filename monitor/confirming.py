"""Losses wait for a second sighting before they are news.

A leader, an office or a figure that is gone may be a broken page; one that is still gone when the wait is over
is a fact, dated by its first sighting. What came back was never told, and is kept as withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from model import LOSSES, Change, ChangeKind
from storage.rows import ChangeState

if TYPE_CHECKING:
    from storage import Transaction
    from storage.rows import StoredChange


@dataclass(frozen=True, slots=True)
class Findings:
    """What one sighting adds to what is known; each change stands in one place only."""

    news: tuple[Change, ...] = ()
    losses: tuple[Change, ...] = ()
    waiting: tuple[StoredChange, ...] = ()
    confirmed: tuple[StoredChange, ...] = ()
    withdrawn: tuple[StoredChange, ...] = ()

    @property
    def unconfirmed(self) -> list[Change]:
        """Return the losses that are not news yet, first sightings included."""
        return [*self.losses, *(stored.change for stored in self.waiting)]

    @property
    def told(self) -> list[Change]:
        """Return what a reader is told now."""
        return [*self.news, *(stored.change for stored in self.confirmed)]


@dataclass(frozen=True, slots=True)
class Sighted:
    """The check and the moments that changes are recorded with: when the old was last, the new first seen."""

    page_id: int
    check_id: int
    last_seen: datetime
    first_seen: datetime
    settled_at: datetime
    snapshot_before: int
    snapshot_after: int


def sift(
    changes: Sequence[Change], pending: Sequence[StoredChange], *, seen_at: datetime, wait: timedelta
) -> Findings:
    """Sort the differences between the belief and a sighting into news, new losses and those seen before.

    A pending loss is confirmed when it is seen again at least `wait` after its first sighting.
    """
    again, withdrawn = _seen_again(changes, pending)
    known = {_mark(stored.change) for stored in again}
    return Findings(
        news=tuple(change for change in changes if change.kind not in LOSSES),
        losses=tuple(change for change in changes if change.kind in LOSSES and _mark(change) not in known),
        waiting=tuple(stored for stored in again if seen_at - stored.first_seen < wait),
        confirmed=tuple(stored for stored in again if seen_at - stored.first_seen >= wait),
        withdrawn=tuple(withdrawn),
    )


def take_all(changes: Sequence[Change], pending: Sequence[StoredChange]) -> Findings:
    """Sort the differences to a version that has been confirmed as a whole: its losses wait no longer."""
    again, withdrawn = _seen_again(changes, pending)
    known = {_mark(stored.change) for stored in again}
    return Findings(
        news=tuple(change for change in changes if _mark(change) not in known),
        confirmed=tuple(again),
        withdrawn=tuple(withdrawn),
    )


def _seen_again(
    changes: Sequence[Change], pending: Sequence[StoredChange]
) -> tuple[list[StoredChange], list[StoredChange]]:
    """Return the pending losses that the page still shows, as it tells them now, and those that it does not.

    A loss goes with its office under the office's new name, and stays one where the whole office went after it.
    """
    lost = {_mark(change): change for change in changes if change.kind in LOSSES}
    names = {change.before: change.after for change in changes if change.kind is ChangeKind.OFFICE_RENAMED}
    gone = {change.office for change in changes if change.kind is ChangeKind.OFFICE_REMOVED}
    again: list[StoredChange] = []
    withdrawn: list[StoredChange] = []
    for stored in pending:
        loss = replace(stored.change, office=names.get(stored.change.office, stored.change.office))
        still = lost.get(_mark(loss)) or (loss if loss.office in gone else None)
        (again if still else withdrawn).append(replace(stored, change=still or loss))
    return again, withdrawn


def record(tx: Transaction, findings: Findings, sighted: Sighted) -> list[int]:
    """Write the findings; return the ids of the changes that are news now, in the order of `findings.told`."""
    news = [
        _record_one(tx, change, ChangeState.CONFIRMED, sighted, _last_seen(change, findings, sighted))
        for change in findings.news
    ]
    for loss in findings.losses:
        _record_one(tx, loss, ChangeState.PENDING, sighted, sighted.last_seen)
    for stored in (*findings.waiting, *findings.confirmed):
        tx.restate_change(stored.id, stored.change)
    for stored in findings.withdrawn:
        tx.settle_change(stored.id, ChangeState.WITHDRAWN, check_id=sighted.check_id, at=sighted.settled_at)
    for stored in findings.confirmed:
        tx.settle_change(stored.id, ChangeState.CONFIRMED, check_id=sighted.check_id, at=sighted.settled_at)
    return [*news, *(stored.id for stored in findings.confirmed)]


def _record_one(
    tx: Transaction, change: Change, state: ChangeState, sighted: Sighted, last_seen: datetime
) -> int:
    return tx.record_change(
        sighted.page_id,
        sighted.check_id,
        change,
        state=state,
        last_seen=last_seen,
        first_seen=sighted.first_seen,
        snapshot_before=sighted.snapshot_before,
        snapshot_after=sighted.snapshot_after,
    )


def _last_seen(change: Change, findings: Findings, sighted: Sighted) -> datetime:
    """Return when the old was last on the page: earlier than the belief says, where its loss was pending."""
    same = (stored for stored in findings.withdrawn if _subject(stored.change) == _subject(change))
    return min((stored.last_seen for stored in same), default=sighted.last_seen)


def _subject(change: Change) -> tuple[str | None, str | None, str]:
    return change.office, change.measure, json.dumps(change.before, sort_keys=True)


def _mark(change: Change) -> tuple[ChangeKind, tuple[str | None, str | None, str]]:
    """Return what makes two sightings of a loss the same one; where a person went may be told differently."""
    return change.kind, _subject(change)
