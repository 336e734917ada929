"""Questions to the archive, as functions of a connection."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    TextClause,
    bindparam,
    exists,
    func,
    select,
    tuple_,
    union,
)

from model import Capture, Change, ChangeKind, LeadershipPage
from storage.bodies import read_body
from storage.errors import NotThere
from storage.page_rows import load_page, load_pages
from storage.rows import (
    Belief,
    ChangeState,
    DeliveryState,
    GoodCapture,
    SnapshotRows,
    SnapshotState,
    StoredCapture,
    StoredChange,
    StoredCheck,
    StoredDelivery,
    StoredNote,
    StoredPage,
    StoredSnapshot,
)
from storage.schema import (
    IN_QUARANTINE,
    JUDGED_OK,
    PENDING,
    QUEUED,
    beliefs,
    bodies,
    captures,
    changes,
    checks,
    deliveries,
    delivery_changes,
    health_notes,
    offices,
    pages,
    sightings,
    snapshots,
)
from storage.versions import known

Condition = ColumnElement[bool] | TextClause


def snapshot_for() -> ColumnElement[int]:
    """The newest snapshot read from a capture, else the one that its last check found to say the same."""
    read: ScalarSelect[int] = (
        select(func.max(snapshots.c.id)).where(snapshots.c.capture_id == captures.c.id).scalar_subquery()
    )
    same = select(checks.c.snapshot_id).where(checks.c.capture_id == captures.c.id, JUDGED_OK)
    return func.coalesce(read, same.order_by(checks.c.id.desc()).limit(1).scalar_subquery())


def _capture_of(snapshot: ColumnElement[int]) -> ScalarSelect[int]:
    return select(snapshots.c.capture_id).where(snapshots.c.id == snapshot).scalar_subquery()


# Statements that every check runs are built once: to build one takes longer than to run it.
BELIEVED = select(beliefs, snapshots.c.text_id).join(snapshots).where(beliefs.c.page_id == bindparam("page_id"))
STATE = select(snapshots.c.state).where(snapshots.c.id == bindparam("snapshot_id"))
CAPTURE = select(captures, bodies.c.sha256, snapshot_for().label("snapshot_id")).join(bodies)
NEWEST_GOOD = (
    CAPTURE.where(captures.c.page_id == bindparam("page_id"))
    .where(exists().where(checks.c.capture_id == captures.c.id, JUDGED_OK))
    .order_by(captures.c.fetched_at.desc(), captures.c.id.desc())
    .limit(1)
)


NEWEST_NOTE = (
    select(health_notes)
    .where(health_notes.c.page_id == bindparam("page_id"))
    .order_by(health_notes.c.id.desc())
    .limit(1)
)
DELIVERY_DUE = select(deliveries.c.id).where(QUEUED, deliveries.c.next_attempt_at <= bindparam("now")).limit(1)
IN_CHANGE = tuple(field.name for field in fields(Change))
AROUND_CHANGE = tuple(field.name for field in fields(StoredChange) if field.name != "change")


def _told(found: FromClause) -> Select[Any]:
    """Return changes with their pages and the captures around them."""
    return select(
        found,
        pages.c.url.label("page_url"),
        _capture_of(found.c.snapshot_before).label("capture_before"),
        _capture_of(found.c.snapshot_after).label("capture_after"),
    ).join_from(found, pages, found.c.page_id == pages.c.id)


CHANGES = _told(changes)


def stored_pages(connection: Connection, numbers: Collection[int] | None = None) -> list[StoredPage]:
    wanted = select(pages).order_by(pages.c.id)
    if numbers is not None:
        wanted = wanted.where(pages.c.id.in_(numbers))
    return [StoredPage(*row) for row in connection.execute(wanted)]


def stored_checks(
    connection: Connection, page_id: int, limit: int, before: int | None = None
) -> list[StoredCheck]:
    """Return the newest checks, or the newest before that check, newest first."""
    wanted = select(checks).where(checks.c.page_id == page_id)
    if before is not None:
        place = select(checks.c.started_at, checks.c.id).where(checks.c.id == before)
        row = connection.execute(place).one_or_none()
        if row is None:
            raise NotThere(f"there is no check {before} in this archive")
        wanted = wanted.where(tuple_(checks.c.started_at, checks.c.id) < tuple(row))
    newest = wanted.order_by(checks.c.started_at.desc(), checks.c.id.desc()).limit(limit)
    return [StoredCheck(*row) for row in connection.execute(newest)]


def coverage(connection: Connection, snapshot_ids: Collection[int]) -> dict[int, float]:
    """Return the share of its page's text that each of these snapshots explains."""
    wanted = select(snapshots.c.id, snapshots.c.coverage).where(snapshots.c.id.in_(snapshot_ids))
    return {row.id: row.coverage for row in connection.execute(wanted)}


def added_at(connection: Connection, page_id: int) -> datetime:
    """Return when the archive first knew the page."""
    moment: datetime = connection.execute(select(pages.c.added_at).where(pages.c.id == page_id)).scalar_one()
    return moment


def believed(connection: Connection, page_id: int) -> Belief | None:
    row = connection.execute(BELIEVED, {"page_id": page_id}).one_or_none()
    if row is None:
        return None
    text = read_body(connection, row.text_id).decode()
    page = replace(msgspec.json.decode(row.rows, type=LeadershipPage), text=text)
    return Belief(page, row.snapshot_id, row.first_seen, row.last_seen)


def newest_good(connection: Connection, page_id: int) -> GoodCapture | None:
    row = connection.execute(NEWEST_GOOD, {"page_id": page_id}).one_or_none()
    if row is None:
        return None
    state = connection.scalar(STATE, {"snapshot_id": row.snapshot_id})
    return GoodCapture(row.id, row.snapshot_id, state, row.sha256, row.fetched_at)


def capture_at(connection: Connection, page_id: int, moment: datetime) -> StoredCapture | None:
    """Return the newest capture at or before the moment that a check judged ok, or that was brought in and read."""
    judged = exists().where(checks.c.capture_id == captures.c.id, JUDGED_OK)
    brought_in = exists().where(sightings.c.capture_id == captures.c.id, sightings.c.page_id == page_id)
    wanted = CAPTURE.where(captures.c.page_id == page_id, captures.c.fetched_at <= moment, judged | brought_in)
    newest = wanted.order_by(captures.c.fetched_at.desc(), captures.c.id.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return None if row is None else _stored(connection, row)


def load_capture(connection: Connection, capture_id: int) -> StoredCapture:
    """Return a capture with its bytes; raises NotThere."""
    row = connection.execute(CAPTURE.where(captures.c.id == capture_id)).one_or_none()
    if row is None:
        raise NotThere(f"there is no capture {capture_id} in this archive")
    return _stored(connection, row)


def _stored(connection: Connection, row: Row[Any]) -> StoredCapture:
    body = _capture(connection, row)
    return StoredCapture(row.id, row.page_id, row.fetched_at, row.kept_at, row.sha256, row.snapshot_id, body)


def _capture(connection: Connection, row: Row[Any]) -> Capture:
    return Capture(
        row.url,
        row.final_url,
        row.status,
        row.headers,
        read_body(connection, row.body_id),
        row.fetched_at,
        tuple(row.redirects),
        row.truncated,
    )


def load_snapshots(connection: Connection, *where: Condition) -> list[StoredSnapshot]:
    """Return the snapshots in the order of their captures."""
    wanted = select(snapshots, captures.c.fetched_at).join(captures).where(*where)
    return [
        StoredSnapshot(
            row.id,
            row.page_id,
            row.capture_id,
            row.parser_version,
            row.state,
            row.reason,
            row.fetched_at,
            row.read_at,
            row.settled_at,
            load_page(connection, row),
        )
        for row in connection.execute(wanted.order_by(captures.c.fetched_at, snapshots.c.id)).all()
    ]


def load_snapshot_rows(
    connection: Connection, page_id: int, numbers: Collection[int] | None = None
) -> list[SnapshotRows]:
    """Return the snapshots of a page in the order they were read; their pages come without their texts."""
    which = [snapshots.c.page_id == page_id]
    if numbers is not None:
        which.append(snapshots.c.id.in_(numbers))
    pages_read = load_pages(connection, *which)
    columns = snapshots.c.id, snapshots.c.capture_id, snapshots.c.parser_version, snapshots.c.state
    wanted = select(*columns).where(*which).order_by(snapshots.c.id)
    return [SnapshotRows(*row, pages_read[row.id]) for row in connection.execute(wanted)]


def load_snapshot(connection: Connection, snapshot_id: int) -> StoredSnapshot:
    found = load_snapshots(connection, snapshots.c.id == snapshot_id)
    if not found:
        raise NotThere(f"there is no snapshot {snapshot_id} in this archive")
    return found[0]


def quarantined(connection: Connection, page_id: int) -> list[StoredSnapshot]:
    return load_snapshots(connection, snapshots.c.page_id == page_id, IN_QUARANTINE)


def rejected(connection: Connection, page_id: int) -> list[StoredSnapshot]:
    return load_snapshots(
        connection, snapshots.c.page_id == page_id, snapshots.c.state == SnapshotState.REJECTED
    )


def pending_changes(connection: Connection, page_id: int) -> list[StoredChange]:
    return _changes(connection, changes.c.page_id == page_id, PENDING)


def stored_changes(
    connection: Connection,
    *,
    page_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    office: str | None = None,
    kind: ChangeKind | None = None,
    states: Collection[ChangeState] | None = None,
    known_at: datetime | None = None,
) -> list[StoredChange]:
    """Return the changes first seen from `since` on and before `until`, oldest first, as known at `known_at`.

    Those of one moment stand in an order that does not depend on when each came to be known.
    """
    found = known(known_at)
    conditions = (
        found.c.page_id == page_id if page_id is not None else None,
        found.c.first_seen >= since if since is not None else None,
        found.c.first_seen < until if until is not None else None,
        found.c.office == office if office is not None else None,
        found.c.kind == kind if kind is not None else None,
        found.c.state.in_(states) if states is not None else None,
    )
    wanted = _told(found).where(*(condition for condition in conditions if condition is not None))
    return [_change(row) for row in sorted(connection.execute(wanted), key=_place)]


def _place(row: Row[Any]) -> tuple[Any, ...]:
    """Return what orders changes without their numbers: when, where, of what, and how."""
    what = row.office or "", row.kind, row.measure or ""
    return row.first_seen, row.page_url, *what, *(json.dumps(side) for side in (row.before, row.after)), row.id


def changes_since(
    connection: Connection, page_id: int, after: int, also: Collection[int]
) -> list[StoredChange]:
    """Return a page's changes with higher numbers than that, and those of these numbers."""
    return _changes(connection, changes.c.page_id == page_id, (changes.c.id > after) | changes.c.id.in_(also))


def load_change(connection: Connection, change_id: int) -> StoredChange:
    found = _changes(connection, changes.c.id == change_id)
    if not found:
        raise NotThere(f"there is no change {change_id} in this archive")
    return found[0]


def _changes(connection: Connection, *where: Condition) -> list[StoredChange]:
    wanted = CHANGES.where(*where).order_by(changes.c.first_seen, changes.c.id)
    return [_change(row) for row in connection.execute(wanted)]


def _change(row: Row[Any]) -> StoredChange:
    values = row._mapping
    change = Change(**{name: values[name] for name in IN_CHANGE})
    return StoredChange(change=change, **{name: values[name] for name in AROUND_CHANGE})


def pages_losing(connection: Connection) -> set[int]:
    """Return the numbers of the pages with losses that wait for confirmation."""
    return set(connection.scalars(select(changes.c.page_id).where(PENDING).distinct()))


def count_waiting(connection: Connection, page_id: int) -> int:
    """Return how many losses wait for confirmation."""
    waiting = select(func.count()).select_from(changes).where(changes.c.page_id == page_id, PENDING)
    return connection.execute(waiting).scalar_one()


def stored_deliveries(connection: Connection, states: Collection[DeliveryState] | None) -> list[StoredDelivery]:
    """Return the deliveries in these states (all when None), first queued first."""
    wanted = select(deliveries).order_by(deliveries.c.id)
    found = wanted if states is None else wanted.where(deliveries.c.state.in_(states))
    return [_delivery(connection, row) for row in connection.execute(found).all()]


def deliveries_of(connection: Connection, change_id: int, *, hold: bool = False) -> list[StoredDelivery]:
    """Return the deliveries that tell of a change, first queued first; `hold` keeps others from settling them."""
    wanted = select(deliveries).join(delivery_changes).where(delivery_changes.c.change_id == change_id)
    wanted = wanted.order_by(deliveries.c.id)
    found = wanted.with_for_update(of=deliveries) if hold else wanted
    return [_delivery(connection, row) for row in connection.execute(found).all()]


def count_deliveries(connection: Connection) -> dict[DeliveryState, int]:
    """Return how many deliveries are in each state, in the order of the states."""
    counted = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    found = {DeliveryState(state): number for state, number in connection.execute(counted)}
    return {state: found.get(state, 0) for state in DeliveryState}


def last_seen(connection: Connection) -> dict[str, datetime]:
    """Return when each page was last seen and believed, by its URL."""
    seen = select(pages.c.url, beliefs.c.last_seen).join(beliefs, beliefs.c.page_id == pages.c.id)
    return {row.url: row.last_seen for row in connection.execute(seen)}


def is_delivery_due(connection: Connection, now: datetime) -> bool:
    return connection.scalar(DELIVERY_DUE, {"now": now}) is not None


def delivered_over(connection: Connection, channel: str, limit: int) -> list[StoredDelivery]:
    gone = select(deliveries).where(
        deliveries.c.channel == channel, deliveries.c.state == DeliveryState.DELIVERED
    )
    newest = gone.order_by(deliveries.c.id.desc()).limit(limit)
    return [_delivery(connection, row) for row in connection.execute(newest).all()]


def due_deliveries(connection: Connection, now: datetime) -> list[StoredDelivery]:
    due = select(deliveries).where(QUEUED, deliveries.c.next_attempt_at <= now)
    in_turn = due.order_by(deliveries.c.next_attempt_at, deliveries.c.id)
    return [_delivery(connection, row) for row in connection.execute(in_turn).all()]


def abbreviations(connection: Connection, change_ids: Collection[int]) -> dict[str, str]:
    """Return the abbreviations of offices by their names, in the versions that these changes lie between."""
    sides = (changes.c.snapshot_before, changes.c.snapshot_after)
    versions = union(*(select(side).where(changes.c.id.in_(change_ids)) for side in sides))
    wanted = select(offices.c.name, offices.c.abbreviation).where(
        offices.c.snapshot_id.in_(versions), offices.c.abbreviation.is_not(None)
    )
    return {row.name: row.abbreviation for row in connection.execute(wanted)}


def load_delivery(connection: Connection, delivery_id: int) -> StoredDelivery:
    row = connection.execute(select(deliveries).where(deliveries.c.id == delivery_id)).one_or_none()
    if row is None:
        raise NotThere(f"there is no delivery {delivery_id} in this archive")
    return _delivery(connection, row)


def delivery_called(
    connection: Connection, message_id: str, channel: str, recipient: str
) -> StoredDelivery | None:
    """Return that delivery, which nobody claims or settles before the transaction ends; None where there is none."""
    wanted = select(deliveries).where(
        deliveries.c.message_id == message_id,
        deliveries.c.channel == channel,
        deliveries.c.recipient == recipient,
    )
    row = connection.execute(wanted.with_for_update()).one_or_none()
    return None if row is None else _delivery(connection, row)


def newest_note(connection: Connection, page_id: int) -> StoredNote | None:
    row = connection.execute(NEWEST_NOTE, {"page_id": page_id}).one_or_none()
    return None if row is None else StoredNote(*row)


def _note(connection: Connection, note_id: int) -> StoredNote:
    return StoredNote(*connection.execute(select(health_notes).where(health_notes.c.id == note_id)).one())


def _delivery(connection: Connection, row: Row[Any]) -> StoredDelivery:
    told = select(delivery_changes.c.change_id).where(delivery_changes.c.delivery_id == row.id)
    made = {"changes", "note"}
    plain = {field.name: getattr(row, field.name) for field in fields(StoredDelivery) if field.name not in made}
    note = None if row.note_id is None else _note(connection, row.note_id)
    return StoredDelivery(changes=tuple(_changes(connection, changes.c.id.in_(told))), note=note, **plain)
