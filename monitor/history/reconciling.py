"""The recorded changes brought in line with those that the sightings give.

A change that was found before keeps its row, and takes the narrower window. One that nobody knew is added without
a check and without an alert. One that turns out to be none is withdrawn while it waits, and retracted when it was
told.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from model import Change
from monitor.deciding import Finding
from storage.rows import ChangeState

if TYPE_CHECKING:
    from storage import Transaction
    from storage.rows import StoredChange

STANDING = frozenset({ChangeState.PENDING, ChangeState.CONFIRMED})
GIVEN_UP = {ChangeState.PENDING: ChangeState.WITHDRAWN, ChangeState.CONFIRMED: ChangeState.RETRACTED}


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The recorded changes by the numbers of their findings, and the recorded ones that were retracted."""

    numbers: Mapping[int, int]
    retracted: list[int]


def reconcile(
    tx: Transaction, page_id: int, findings: Mapping[int, Finding], changes: Iterable[StoredChange]
) -> Reconciled:
    """Bring recorded changes of a page in line with the findings about them."""
    known: dict[str, list[StoredChange]] = defaultdict(list)
    for stored in changes:
        known[_key(stored.change)].append(stored)
    numbers = dict[int, int]()
    for number, finding in findings.items():
        if finding.state in STANDING:
            alike = known[_key(finding.change)]
            if same := _same(finding, alike):
                alike.remove(same)
                _revise(tx, same, finding)
                numbers[number] = same.id
            else:
                numbers[number] = tx.record_change(
                    page_id, None, finding.change, state=finding.state, **columns(finding)
                )
    return Reconciled(numbers, _give_up(tx, [stored for left in known.values() for stored in left]))


def columns(finding: Finding) -> dict[str, Any]:
    """Return a change's window and the snapshots around it, as they are recorded."""
    window = finding.mark.window(finding.last_seen)
    return {
        "last_seen": finding.last_seen,
        "first_seen": finding.mark.seen_at,
        "page_dated": window.page_dated,
        "silent_edit": finding.mark.is_silent_edit(finding.last_seen),
        "snapshot_before": finding.snapshot_before,
        "snapshot_after": finding.mark.snapshot_id,
    }


def _key(change: Change) -> str:
    return json.dumps([change.kind, change.office, change.measure, change.before, change.after], sort_keys=True)


def _same(finding: Finding, known: Sequence[StoredChange]) -> StoredChange | None:
    """Return the recorded change that is this one: the windows overlap, and one that stands comes first."""
    overlapping = (
        stored
        for stored in known
        if stored.last_seen <= finding.mark.seen_at and finding.last_seen <= stored.first_seen
    )
    return min(overlapping, key=lambda stored: (stored.state not in STANDING, stored.id), default=None)


def _revise(tx: Transaction, stored: StoredChange, finding: Finding) -> None:
    wanted = columns(finding) | {"state": finding.state}
    revised = {name: value for name, value in wanted.items() if getattr(stored, name) != value}
    for name in ("sentence", "went_to", "came_from"):
        if getattr(stored.change, name) != getattr(finding.change, name):
            revised[name] = getattr(finding.change, name)
    if revised:
        tx.revise_change(stored.id, **revised)


def _give_up(tx: Transaction, left: Iterable[StoredChange]) -> list[int]:
    retracted = []
    for stored in left:
        if stored.state in GIVEN_UP:
            tx.revise_change(stored.id, state=GIVEN_UP[stored.state])
            if stored.state is ChangeState.CONFIRMED:
                retracted.append(stored.id)
    return retracted
