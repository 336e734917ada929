"""How far the derivation of a page's history has come, kept so that the next check goes on from there.

It is a shortcut and nothing else: whatever it leads to, all sightings gone through again lead to as well. Where
anything but checks has come in since, or what comes reaches back behind it, they are gone through again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from monitor.confirming import Loss
from monitor.deciding import Rules, State
from monitor.history.tracking import Open
from monitor.quarantine import Doubted
from storage.rows import Belief, SnapshotRows, StoredDecision, StoredSighting

VERSION = 1
"""Grows with every change to what a derivation makes of the same sightings."""


class Reached(msgspec.Struct, frozen=True):
    """The state after the step taken last, at `moment`.

    The losses that wait have the numbers of their recorded changes; `changes` and `decisions` are the highest
    numbers known then, `rejected` those of rejected snapshots. Runs of sightings are known by when they began:
    `newest` is the last of them, with `times` of its sightings gone through, `in_doubt` those of the version
    in doubt.
    """

    version: int
    required: tuple[str, ...]
    wait: timedelta
    moment: datetime
    belief: Belief
    pending: tuple[Loss, ...]
    doubted: Doubted | None
    rejected: tuple[int, ...]
    open: Open
    newest: datetime
    times: int
    in_doubt: tuple[datetime, ...]
    changes: int
    decisions: int

    @property
    def since(self) -> datetime:
        """Return when the first run began that the next step may still be about."""
        return min((self.newest, *self.in_doubt))

    @property
    def waiting(self) -> list[int]:
        """Return the numbers of the changes that wait."""
        return [loss.number for loss in self.pending]

    def state(self, readings: Mapping[int, SnapshotRows]) -> State:
        rejected = tuple(readings[number] for number in self.rejected)
        return State(self.belief, self.pending, self.doubted, rejected)

    def is_known(self, run: StoredSighting) -> bool:
        return run.first_seen in (self.newest, *self.in_doubt)

    def leads_to(
        self,
        rules: Rules,
        runs: Sequence[StoredSighting],
        decisions: Iterable[StoredDecision],
        readings: Iterable[SnapshotRows],
    ) -> bool:
        """Return whether these runs and decisions, all since then, only add steps after this one."""
        known = [run.first_seen for run in runs if self.is_known(run)]
        steps = [run.first_seen for run in runs if not self.is_known(run)]
        steps += [run.last_seen for run in runs if run.first_seen == self.newest and run.times > self.times]
        steps += [decision.decided_at for decision in decisions]
        return (
            (self.version, self.required, self.wait) == (VERSION, rules.required, rules.wait)
            and sorted(known) == sorted({self.newest, *self.in_doubt})
            and all(moment > self.moment for moment in steps)
            and len({reading.parser_version for reading in readings}) == 1
        )


def written(reached: Reached) -> str:
    return msgspec.json.encode(reached).decode()


def read(kept: str | None) -> Reached | None:
    """Return what was kept; None where nothing was, or another version of the program wrote it."""
    try:
        found = msgspec.json.decode(kept, type=Reached) if kept else None
    except msgspec.ValidationError:
        return None
    return found and _joined(found)


def _joined(found: Reached) -> Reached:
    """Let figures and leaders share their posts again: what one is called, all of it is called."""
    posts = {holding.post.number: holding.post for holding in found.open.held}
    for stating in found.open.stated:
        if stating.post:
            stating.post = posts[stating.post.number]
    return found
