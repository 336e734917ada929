"""What is derived from the evidence: the rows that stand, those that stood, and those that take their place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from model import Outcome
from storage.rows import Origin, StoredDecision, StoredSighting
from storage.schema import changes, checks, decisions, derivations, figure_spans, sightings, tenure_spans

Derived = Literal["sightings", "tenure_spans", "figure_spans"]
Values = dict[str, Any]

TABLES: dict[Derived, Table] = {
    "sightings": sightings,
    "tenure_spans": tenure_spans,
    "figure_spans": figure_spans,
}
NEWEST = (
    select(sightings)
    .where(sightings.c.page_id == bindparam("page"), sightings.c.replaced_at.is_(None))
    .order_by(sightings.c.first_seen.desc(), sightings.c.id.desc())
    .limit(1)
)
NEWEST_OUTCOME = (
    select(checks.c.outcome)
    .where(checks.c.page_id == bindparam("page"))
    .order_by(checks.c.started_at.desc(), checks.c.id.desc())
    .limit(1)
)
BLIND = (Outcome.BLOCKED, Outcome.FAILED)
_newest_check = NEWEST_OUTCOME.subquery()
GOES_ON = (
    update(sightings)
    .where(
        sightings.c.id == NEWEST.with_only_columns(sightings.c.id).scalar_subquery(),
        sightings.c.snapshot_id == bindparam("snapshot"),
        sightings.c.origin == Origin.CHECK,
        ~exists().where(_newest_check.c.outcome.in_(BLIND)),
    )
    .values(last_seen=bindparam("seen_at"), times=sightings.c.times + 1)
)


def stamp(connection: Connection, page_id: int) -> tuple[Any, ...]:
    """Return what is never the same again once anything that a page's history is made of has changed."""
    tables = (
        (sightings, sightings.c.last_seen, sightings.c.replaced_at),
        (tenure_spans, tenure_spans.c.recorded_at, tenure_spans.c.replaced_at),
        (figure_spans, figure_spans.c.recorded_at, figure_spans.c.replaced_at),
        (changes, changes.c.recorded_at, changes.c.settled_at),
    )
    asked = (
        select(func.count(), *(func.max(moment) for moment in moments)).where(table.c.page_id == page_id)
        for table, *moments in tables
    )
    return tuple(value for wanted in asked for value in connection.execute(wanted).one())


def standing(
    connection: Connection,
    table: Derived,
    page_id: int,
    known_at: datetime | None = None,
    around: datetime | None = None,
    *,
    open_alone: bool = False,
) -> list[Values]:
    """Return the derived rows of a page that stand, or stood at `known_at`, first seen first.

    With `around` only spans whose windows leave room for that moment are returned, with `open_alone` only those
    that are not gone.
    """
    rows = TABLES[table]
    wanted = select(rows).where(rows.c.page_id == page_id, *_known(rows, known_at))
    if around is not None:
        wanted = wanted.where(*_around(rows, around))
    if open_alone:
        wanted = wanted.where(rows.c.gone_at.is_(None))
    found = connection.execute(wanted.order_by(rows.c.first_seen, rows.c.id))
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def is_standing(connection: Connection, table: Derived, page_id: int, known_at: datetime | None = None) -> bool:
    """Return whether any derived row of a page stands, or stood at `known_at`."""
    rows = TABLES[table]
    found = exists().where(rows.c.page_id == page_id, *_known(rows, known_at))
    return bool(connection.scalar(select(found)))


def _known(table: Table, known_at: datetime | None) -> list[ColumnElement[bool]]:
    if known_at is None:
        return [table.c.replaced_at.is_(None)]
    return [
        table.c.recorded_at <= known_at,
        or_(table.c.replaced_at.is_(None), table.c.replaced_at > known_at),
    ]


def _around(table: Table, moment: datetime) -> list[ColumnElement[bool]]:
    begun = or_(table.c.first_seen <= moment, table.c.absent_at < moment, table.c.page_dated <= moment.date())
    return [begun, or_(table.c.gone_at.is_(None), table.c.gone_at > moment)]


def take_place(
    connection: Connection,
    table: Derived,
    page_id: int,
    gone: Collection[int],
    came: Sequence[Mapping[str, Any]],
    at: datetime,
) -> None:
    """Mark rows as replaced from a moment on, and add those that stand instead."""
    rows = TABLES[table]
    if gone:
        replaced = update(rows).where(rows.c.id == bindparam("number")).values(replaced_at=at)
        connection.execute(replaced, [{"number": number} for number in gone])
    if came:
        connection.execute(insert(rows), [{**row, "page_id": page_id, "recorded_at": at} for row in came])


def stored_sightings(
    connection: Connection, page_id: int, known_at: datetime | None = None, since: datetime | None = None
) -> list[StoredSighting]:
    """Return the runs of sightings that stand, or stood at `known_at`, first seen first; those begun `since` then."""
    conditions = [sightings.c.page_id == page_id, *_known(sightings, known_at)]
    if since is not None:
        conditions.append(sightings.c.first_seen >= since)
    wanted = select(sightings).where(*conditions).order_by(sightings.c.first_seen, sightings.c.id)
    return [StoredSighting(*row) for row in connection.execute(wanted)]


def reached(connection: Connection, page_id: int) -> str | None:
    """Return how far the derivation of a page has come, as it was kept."""
    kept: str | None = connection.scalar(select(derivations.c.reached).where(derivations.c.page_id == page_id))
    return kept


def keep_reached(connection: Connection, page_id: int, state: str) -> None:
    """Keep how far the derivation of a page has come."""
    forget_reached(connection, page_id)
    connection.execute(insert(derivations).values(page_id=page_id, reached=state))


def forget_reached(connection: Connection, page_id: int) -> None:
    """Let the next derivation go through all sightings."""
    connection.execute(delete(derivations).where(derivations.c.page_id == page_id))


def sighted(connection: Connection, page_id: int, capture_ids: Collection[int]) -> set[int]:
    """Return which of these captures stand as sightings, or did."""
    found = select(sightings.c.capture_id).where(
        sightings.c.page_id == page_id, sightings.c.capture_id.in_(capture_ids)
    )
    return set(connection.scalars(found))


def newest_sighting(connection: Connection, page_id: int) -> StoredSighting | None:
    """Return the run of sightings that was seen last."""
    row = connection.execute(NEWEST, {"page": page_id}).one_or_none()
    return None if row is None else StoredSighting(*row)


def note_sighting(
    connection: Connection,
    page_id: int,
    capture_id: int,
    snapshot_id: int,
    seen_at: datetime,
    believed: bool,
    *,
    recorded_at: datetime,
) -> None:
    """Move the end of the newest run on, or begin a new one where it saw another snapshot or checks were blind."""
    again = {"page": page_id, "snapshot": snapshot_id, "seen_at": seen_at}
    if connection.execute(GOES_ON, again).rowcount:
        return
    row = {
        "capture_id": capture_id,
        "snapshot_id": snapshot_id,
        "first_seen": seen_at,
        "last_seen": seen_at,
        "times": 1,
        "origin": Origin.CHECK,
        "believed": believed,
        "blind_before": connection.scalar(NEWEST_OUTCOME, {"page": page_id}) in BLIND,
    }
    take_place(connection, "sightings", page_id, (), [row], recorded_at)


def stored_decisions(connection: Connection, page_id: int) -> list[StoredDecision]:
    """Return what was decided over a page's versions, first decided first."""
    wanted = select(decisions).where(decisions.c.page_id == page_id)
    return [StoredDecision(*row) for row in connection.execute(wanted.order_by(decisions.c.id))]


def seen_around(
    connection: Connection, run: StoredSighting, moment: datetime, known_at: datetime | None = None
) -> tuple[datetime | None, datetime | None]:
    """Return the last check of a run up to a moment and the first from it on, as known at `known_at`."""
    times = _checks_of(run, known_at)
    before = times.where(checks.c.started_at <= moment).order_by(checks.c.started_at.desc()).limit(1)
    after = times.where(checks.c.started_at >= moment).order_by(checks.c.started_at).limit(1)
    earlier: datetime | None = connection.scalar(before)
    later: datetime | None = connection.scalar(after)
    return earlier, later


def count_checks(connection: Connection, run: StoredSighting) -> int:
    """Return how many checks a run of sightings stands for."""
    return connection.scalar(select(func.count()).select_from(_checks_of(run, None).subquery())) or 0


def _checks_of(run: StoredSighting, known_at: datetime | None) -> Select[Any]:
    """The times of a run's checks: runs do not overlap, so all that read the page meanwhile are its own."""
    times = select(checks.c.started_at).where(
        checks.c.page_id == run.page_id,
        checks.c.started_at.between(run.first_seen, run.last_seen),
        checks.c.snapshot_id.is_not(None),
    )
    return times if known_at is None else times.where(checks.c.finished_at <= known_at)
