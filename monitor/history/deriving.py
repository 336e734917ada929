"""What is kept of a page's history, brought in line with its sightings.

Derived rows that no longer hold are marked as replaced, never changed: what was known at a moment stays known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from monitor.confirming import settled
from monitor.deciding import Rules
from monitor.history.folding import Derived, derive
from monitor.history.reached import VERSION, Reached, read, written
from monitor.history.reconciling import Reconciled, reconcile
from monitor.history.storing import figure_values, tenure_values
from storage.rows import SnapshotRows, SnapshotState, StoredSighting

if TYPE_CHECKING:
    from storage import Transaction
    from storage.deriving import Derived as Table
    from storage.deriving import Values
    from storage.rows import Belief, StoredChange, StoredDecision


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a derivation goes by: all that there is of a page, or all since the derivation before.

    `runs` are the sightings that stand, cut where they overlap.
    """

    standing: Sequence[StoredSighting]
    runs: Sequence[StoredSighting]
    decisions: Sequence[StoredDecision]
    readings: Sequence[SnapshotRows]
    changes: Sequence[StoredChange]


def rederive(tx: Transaction, page_id: int, rules: Rules) -> list[int]:
    """Derive a page's history from all its sightings; return the told changes that turned out to be none."""
    tx.belief(page_id)  # keeps other processes off the page
    standing = tx.sightings(page_id)
    evidence = Evidence(
        standing,
        separate(tx, standing),
        tx.decisions(page_id),
        tx.snapshot_rows(page_id),
        tx.changes(page_id),
    )
    return _keep(tx, page_id, rules, evidence, _derived(evidence, rules))


def derive_on(tx: Transaction, page_id: int, rules: Rules) -> list[int]:
    """Derive what checks have seen since the derivation before; all of the history, where that is not enough."""
    reached = read(tx.reached(page_id))
    if reached is None:
        return rederive(tx, page_id, rules)
    evidence = _since(tx, page_id, reached)
    if not reached.leads_to(rules, evidence.runs, evidence.decisions, evidence.readings):
        return rederive(tx, page_id, rules)
    told = reached.open.told_of_closed()
    derived = _derived(evidence, rules, reached)
    if not told.items() <= derived.open.told_of_closed().items():
        return rederive(tx, page_id, rules)
    return _keep(tx, page_id, rules, evidence, derived, reached)


def _since(tx: Transaction, page_id: int, reached: Reached) -> Evidence:
    runs = tx.sightings(page_id, since=reached.since)
    decisions = [each for each in tx.decisions(page_id) if each.id > reached.decisions]
    read_from = {run.snapshot_id for run in runs} | {each.snapshot_id for each in decisions}
    readings = tx.snapshot_rows(page_id, {*read_from, *reached.rejected, reached.belief.snapshot_id})
    changes = tx.changes_since(page_id, reached.changes, also=reached.waiting)
    return Evidence(runs, runs, decisions, readings, changes)


def _derived(evidence: Evidence, rules: Rules, reached: Reached | None = None) -> Derived:
    rules = replace(rules, settled=settled(evidence.changes))
    return derive(evidence.runs, evidence.decisions, evidence.readings, rules, reached)


def _keep(
    tx: Transaction,
    page_id: int,
    rules: Rules,
    evidence: Evidence,
    derived: Derived,
    reached: Reached | None = None,
) -> list[int]:
    """Bring what is kept in line with what was derived; return the told changes that turned out to be none."""
    _keep_sightings(tx, page_id, evidence, derived.believed)
    _keep_spans(tx, page_id, derived, open_alone=reached is not None)
    _keep_states(tx, evidence, derived)
    belief = derived.state.belief
    if belief:
        tx.set_belief(page_id, belief)
    found = reconcile(tx, page_id, derived.findings, evidence.changes)
    if belief:
        tx.keep_reached(page_id, written(_reached(rules, evidence, derived, belief, found, reached)))
    return found.retracted


def _reached(
    rules: Rules,
    evidence: Evidence,
    derived: Derived,
    belief: Belief,
    found: Reconciled,
    before: Reached | None,
) -> Reached:
    state, runs = derived.state, evidence.runs
    known = (before.changes, before.decisions, before.moment) if before else (0, 0, runs[0].first_seen)
    decided = [each.decided_at for each in evidence.decisions]
    return Reached(
        VERSION,
        rules.required,
        rules.wait,
        max(known[2], *(run.last_seen for run in runs), *decided),
        belief,
        tuple(replace(loss, number=found.numbers[loss.number]) for loss in state.pending),
        state.doubted,
        tuple(version.id for version in state.rejected),
        derived.open,
        runs[-1].first_seen,
        runs[-1].times,
        tuple(runs[place].first_seen for place in derived.in_doubt),
        max(known[0], *(stored.id for stored in evidence.changes), *found.numbers.values(), 0),
        max(known[1], *(each.id for each in evidence.decisions), 0),
    )


def separate(tx: Transaction, runs: Sequence[StoredSighting]) -> list[StoredSighting]:
    """Return the runs in order of time, cut where others fall into them: they overlap no more."""
    begins = sorted(run.first_seen for run in runs)
    apart = [piece for run in runs for piece in (_pieces(tx, run, begins) if run.times > 1 else [run])]
    return sorted(apart, key=lambda run: (run.first_seen, run.last_seen, run.origin, run.id))


def _pieces(tx: Transaction, run: StoredSighting, cuts: Sequence[datetime]) -> list[StoredSighting]:
    """Return a run cut at these moments; pieces end and begin with the checks around, and have no number yet."""
    pieces, rest = list[StoredSighting](), run
    for moment in cuts:
        if rest.first_seen < moment < rest.last_seen:
            before, _ = tx.seen_around(rest, moment)
            _, after = tx.seen_around(rest, (before or moment) + timedelta(microseconds=1))
            piece = replace(rest, id=0, last_seen=before or moment)
            pieces.append(replace(piece, times=tx.count_checks(piece)))
            left = rest.times - pieces[-1].times
            rest = replace(rest, id=0, first_seen=after or moment, times=left, blind_before=False)
    return [*pieces, rest]


def _keep_sightings(tx: Transaction, page_id: int, evidence: Evidence, believed: Sequence[bool]) -> None:
    now = [replace(run, believed=is_good) for run, is_good in zip(evidence.runs, believed, strict=True)]
    before, after = set(evidence.standing), set(now)
    came = [run for run in now if run not in before]
    gone = [run.id for run in evidence.standing if run not in after]
    tx.take_place("sightings", page_id, gone, [sighting_values(run) for run in came])


def sighting_values(run: StoredSighting) -> Values:
    """Return the row of a run of sightings, without its number and when it was recorded."""
    left_out = {"id", "page_id", "recorded_at", "replaced_at"}
    return {field.name: getattr(run, field.name) for field in fields(run) if field.name not in left_out}


def _keep_spans(tx: Transaction, page_id: int, derived: Derived, *, open_alone: bool) -> None:
    newest = derived.state.belief.last_seen if derived.state.belief else None
    wanted: dict[Table, list[Values]] = {
        "tenure_spans": [tenure_values(tenure, newest) for tenure in derived.tenures],
        "figure_spans": [figure_values(span, newest) for span in derived.figures],
    }
    for table, rows in wanted.items():
        _replace(tx, table, page_id, tx.standing(table, page_id, open_alone=open_alone), rows)


def _replace(
    tx: Transaction, table: Table, page_id: int, standing: Sequence[Values], rows: Sequence[Values]
) -> None:
    """Leave what holds still, replace what does not, add what is new."""
    columns = rows[0] if rows else ()
    known = {spelled(row, columns): row["id"] for row in standing}
    wanted = {spelled(row, columns): row for row in rows}
    gone = [number for key, number in known.items() if key not in wanted]
    tx.take_place(table, page_id, gone, [row for key, row in wanted.items() if key not in known])


def spelled(row: Values, columns: Iterable[str]) -> str:
    """Return these columns of a row in a form that is the same for equal rows."""
    return json.dumps({name: row[name] for name in columns}, default=_plain, sort_keys=True)


def _plain(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _keep_states(tx: Transaction, evidence: Evidence, derived: Derived) -> None:
    """Mark each snapshot as believed or in doubt; what a person decided stays where it still applies."""
    seen = {run.snapshot_id for run in evidence.runs}
    good = {run.snapshot_id for run, is_good in zip(evidence.runs, derived.believed, strict=True) if is_good}
    for reading in evidence.readings:
        if reading.id in good and reading.state is SnapshotState.QUARANTINED:
            tx.set_snapshot_state(reading.id, SnapshotState.BELIEVED)
        elif reading.id in seen - good and reading.state in (SnapshotState.BELIEVED, SnapshotState.ACCEPTED):
            tx.set_snapshot_state(reading.id, SnapshotState.QUARANTINED, derived.doubts[reading.id])
