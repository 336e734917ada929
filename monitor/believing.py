"""What is believed while losses wait to be confirmed: the new reading, with what was lost put back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from model import LOSSES, Change, ChangeKind, Figure, LeadershipPage, Office
from monitor.comparison import Comparison, Difference

Mark = tuple[ChangeKind, str | None, str | None, str]


def withhold(before: LeadershipPage, after: LeadershipPage, losses: Sequence[Change]) -> LeadershipPage:
    """Return `after` with what `losses` took away put back from `before`.

    Compared with `before` it has lost none of them; `after` compared with it has lost them again. A loss is
    known by what was lost and where, so one that was first seen in an earlier reading is put back too. Changes
    that are no losses, or do not lie between these two readings, are passed over.
    """
    marks = {_mark(loss) for loss in losses if loss.kind in LOSSES}
    if not marks:
        return after
    lost = [difference for difference in Comparison(before, after).run() if _mark(difference.change) in marks]
    offices = [_restored(office, before, _about(lost, place)) for place, office in enumerate(after.offices)]
    for difference in lost:
        if difference.old is not None and difference.new is None:
            offices.insert(difference.old, before.offices[difference.old])
    stated = [difference for difference in lost if difference.old is None and difference.new is None]
    return replace(after, offices=tuple(offices), figures=_with_lost(after.figures, before.figures, stated))


def _mark(change: Change) -> Mark:
    return change.kind, change.office, change.measure, json.dumps(change.before, sort_keys=True)


def _about(lost: Iterable[Difference], place: int) -> list[Difference]:
    return [difference for difference in lost if difference.new == place]


def _restored(office: Office, before: LeadershipPage, lost: Sequence[Difference]) -> Office:
    """Return the office with its leader and figures of before, as far as they were lost."""
    for difference in lost:
        if difference.old is not None:
            old = before.offices[difference.old]
            if difference.change.kind is ChangeKind.LEADER_DEPARTED:
                office = replace(office, leader=old.leader, vacant=False)
            else:
                office = replace(office, figures=_with_lost(office.figures, old.figures, [difference]))
    return office


def _with_lost(
    figures: tuple[Figure, ...], before: tuple[Figure, ...], lost: Sequence[Difference]
) -> tuple[Figure, ...]:
    rows = [difference.change.before for difference in lost]
    return (*figures, *(figure for figure in before if figure.to_json() in rows))
