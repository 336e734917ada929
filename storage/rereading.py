"""The last reading of each page that is believed as it stands: most checks find just that again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.inserting import lock_page
from storage.rows import ChangeState, Reading
from storage.schema import beliefs, bodies, captures, changes, pages, readings, validators

_NEWEST_CHANGE = (
    select(changes.c.first_seen)
    .where(changes.c.page_id == pages.c.id, changes.c.state == ChangeState.CONFIRMED)
    .order_by(changes.c.first_seen.desc())
    .limit(1)
    .scalar_subquery()
)
_STEADY_SINCE = func.coalesce(_NEWEST_CHANGE, pages.c.added_at)
STEADY_SINCE = select(_STEADY_SINCE).where(pages.c.id == bindparam("page_id"))
READING = (
    select(
        pages.c.id,
        readings.c.capture_id,
        beliefs.c.snapshot_id,
        bodies.c.sha256,
        captures.c.headers,
        validators.c.capture_id.label("validated"),
        validators.c.etag,
        validators.c.last_modified,
        readings.c.content,
        beliefs.c.last_seen,
        _STEADY_SINCE.label("steady_since"),
    )
    .select_from(pages)
    .join(readings, readings.c.page_id == pages.c.id)
    .join(beliefs, beliefs.c.page_id == pages.c.id)
    .join(captures, captures.c.id == readings.c.capture_id)
    .join(bodies, bodies.c.id == captures.c.body_id)
    .outerjoin(validators, validators.c.capture_id == captures.c.id)
    .where(
        pages.c.url == bindparam("url"),
        pages.c.name == bindparam("name"),
        readings.c.grounds == bindparam("grounds"),
    )
)
SEEN_AGAIN = (
    update(beliefs)
    .where(
        beliefs.c.page_id == bindparam("page"),
        beliefs.c.last_seen <= bindparam("seen_at"),
        select(readings.c.page_id)
        .where(readings.c.page_id == bindparam("page"), readings.c.content == bindparam("said"))
        .exists(),
    )
    .values(last_seen=bindparam("seen_at"))
)
SHOWN_BY = update(readings).where(readings.c.page_id == bindparam("page"))
FORGOTTEN = delete(readings).where(readings.c.page_id == bindparam("page"))
ADDED = insert(readings)


def last_reading(connection: Connection, name: str, url: str, grounds: str) -> Reading | None:
    row = connection.execute(READING, {"name": name, "url": url, "grounds": grounds}).one_or_none()
    if row is None:
        return None
    etag, last_modified = row.headers.get("etag"), row.headers.get("last-modified")
    if row.validated is not None:
        etag, last_modified = row.etag, row.last_modified
    return Reading(
        row.id,
        row.capture_id,
        row.snapshot_id,
        row.sha256,
        etag,
        last_modified,
        row.content,
        row.last_seen,
        row.steady_since,
    )


def steady_since(connection: Connection, page_id: int) -> datetime:
    moment: datetime = connection.execute(STEADY_SINCE, {"page_id": page_id}).scalar_one()
    return moment


def settle(connection: Connection, page_id: int, capture_id: int, content: str, grounds: str) -> None:
    unsettle(connection, page_id)
    row = {"page_id": page_id, "capture_id": capture_id, "content": content, "grounds": grounds}
    connection.execute(ADDED, row)


def unsettle(connection: Connection, page_id: int) -> None:
    connection.execute(FORGOTTEN, {"page": page_id})


def see_again(connection: Connection, reading: Reading, capture_id: int, seen_at: datetime) -> bool:
    lock_page(connection, reading.page_id)
    again = {"page": reading.page_id, "seen_at": seen_at, "said": reading.content}
    if not connection.execute(SEEN_AGAIN, again).rowcount:
        return False
    if capture_id != reading.capture_id:
        connection.execute(SHOWN_BY, {"page": reading.page_id, "capture_id": capture_id})
    return True
