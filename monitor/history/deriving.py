"""What is kept of a page's history, brought in line with its sightings.

Derived rows that no longer hold are marked as replaced, never changed: what was known at a moment stays known.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from monitor.confirming import settled
from monitor.deciding import Rules
from monitor.history.folding import Derived, derive
from monitor.history.reconciling import reconcile
from monitor.history.storing import figure_values, tenure_values
from storage.rows import SnapshotRows, SnapshotState, StoredSighting

if TYPE_CHECKING:
    from storage import Transaction
    from storage.deriving import Derived as Table
    from storage.deriving import Values


def rederive(tx: Transaction, page_id: int, rules: Rules) -> list[int]:
    """Derive a page's history from all its sightings; return the told changes that turned out to be none."""
    tx.belief(page_id)  # keeps other processes off the page
    standing = tx.sightings(page_id)
    runs = separate(tx, standing)
    readings = tx.snapshot_rows(page_id)
    rules = replace(rules, settled=settled(tx.changes(page_id)))
    derived = derive(runs, tx.decisions(page_id), readings, rules)
    _keep_sightings(tx, page_id, standing, runs, derived.believed)
    _keep_spans(tx, page_id, derived, newest_good(runs, derived.believed))
    _keep_states(tx, readings, runs, derived)
    if derived.state.belief:
        tx.set_belief(page_id, derived.state.belief)
    return reconcile(tx, page_id, derived.findings)


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


def newest_good(runs: Sequence[StoredSighting], believed: Sequence[bool]) -> datetime | None:
    """Return when a page was last seen well."""
    good = (run.last_seen for run, is_good in zip(runs, believed, strict=True) if is_good)
    return max(good, default=None)


def _keep_sightings(
    tx: Transaction,
    page_id: int,
    standing: Sequence[StoredSighting],
    runs: Sequence[StoredSighting],
    believed: Sequence[bool],
) -> None:
    now = [replace(run, believed=is_good) for run, is_good in zip(runs, believed, strict=True)]
    before, after = set(standing), set(now)
    came = [run for run in now if run not in before]
    gone = [run.id for run in standing if run not in after]
    tx.take_place("sightings", page_id, gone, [sighting_values(run) for run in came])


def sighting_values(run: StoredSighting) -> Values:
    """Return the row of a run of sightings, without its number and when it was recorded."""
    left_out = {"id", "page_id", "recorded_at", "replaced_at"}
    return {field.name: getattr(run, field.name) for field in fields(run) if field.name not in left_out}


def _keep_spans(tx: Transaction, page_id: int, derived: Derived, newest: datetime | None) -> None:
    tenures = [tenure_values(tenure, newest) for tenure in derived.tenures]
    figures = [figure_values(span, newest) for span in derived.figures]
    _keep(tx, "tenure_spans", page_id, tenures)
    _keep(tx, "figure_spans", page_id, figures)


def _keep(tx: Transaction, table: Table, page_id: int, rows: Sequence[Values]) -> None:
    """Leave what holds still, replace what does not, add what is new."""
    standing = {_key(row, rows): row["id"] for row in tx.standing(table, page_id)}
    wanted = {_key(row, rows): row for row in rows}
    gone = [number for key, number in standing.items() if key not in wanted]
    tx.take_place(table, page_id, gone, [row for key, row in wanted.items() if key not in standing])


def _key(row: Values, like: Sequence[Values]) -> str:
    columns = like[0].keys() if like else ()
    return json.dumps({name: row[name] for name in columns}, default=_plain, sort_keys=True)


def _plain(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _keep_states(
    tx: Transaction, readings: Sequence[SnapshotRows], runs: Sequence[StoredSighting], derived: Derived
) -> None:
    """Mark each snapshot as believed or in doubt; what a person decided stays where it still applies."""
    seen = {run.snapshot_id for run in runs}
    good = {run.snapshot_id for run, is_good in zip(runs, derived.believed, strict=True) if is_good}
    for reading in readings:
        if reading.id in good and reading.state is SnapshotState.QUARANTINED:
            tx.set_snapshot_state(reading.id, SnapshotState.BELIEVED)
        elif reading.id in seen - good and reading.state in (SnapshotState.BELIEVED, SnapshotState.ACCEPTED):
            tx.set_snapshot_state(reading.id, SnapshotState.QUARANTINED, derived.doubts[reading.id])
