"""Captures as they come in: kept once, and never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from model import Capture
from storage.bodies import digest, keep_body
from storage.chain import append
from storage.inserting import add, lock_page
from storage.rows import KeptCapture
from storage.schema import bodies, captures, validators

OF_PAGE = (
    select(captures, bodies.c.sha256)
    .join(bodies)
    .where(captures.c.page_id == bindparam("page_id"))
    .order_by(captures.c.fetched_at.desc(), captures.c.id.desc())
)
NEWEST = OF_PAGE.limit(1)
WITH_BODY = OF_PAGE.where(bodies.c.sha256 == bindparam("sha256"), captures.c.fetched_at <= bindparam("moment"))


@dataclass(frozen=True, slots=True)
class _Before:
    """What is known of a page when a capture comes, and the sha256 of its body.

    The page's newest capture, and those with the same body up to this one's time, newest first.
    """

    sha256: str
    newest: Row[Any] | None
    same_body: Sequence[Row[Any]]


def _before(connection: Connection, page_id: int, capture: Capture) -> _Before:
    sha256 = digest(capture.body)
    newest = connection.execute(NEWEST, {"page_id": page_id}).one_or_none()
    same = {"page_id": page_id, "sha256": sha256, "moment": capture.fetched_at}
    return _Before(sha256, newest, connection.execute(WITH_BODY, same).all())


def already_kept(connection: Connection, page_id: int, capture: Capture) -> KeptCapture | None:
    """Return the capture that says the same, if any: the page's newest, or this very one, kept before."""
    return _kept_in(_before(connection, page_id, capture), capture)


def _kept_in(before: _Before, capture: Capture) -> KeptCapture | None:
    newest = before.newest
    if newest is not None and newest.fetched_at <= capture.fetched_at:
        said = (capture.status, capture.final_url, capture.truncated, before.sha256)
        if said == (newest.status, newest.final_url, newest.truncated, newest.sha256):
            return KeptCapture(newest.id, False, newest.id)
    return _this_very_one(before, capture)


def _this_very_one(before: _Before, capture: Capture) -> KeptCapture | None:
    for row in before.same_body:
        if (row.fetched_at, row.status) == (capture.fetched_at, capture.status):
            return KeptCapture(row.id, False, row.id)
    return None


def bring_in(
    connection: Connection, page_id: int, capture: Capture, moment: datetime, source: str
) -> KeptCapture:
    """Add a capture that comes from elsewhere, `source`: evidence of its own, unless it was kept before."""
    before = _before(connection, page_id, capture)
    return _this_very_one(before, capture) or _add(connection, page_id, capture, moment, before, source)


def keep(connection: Connection, page_id: int, capture: Capture, moment: datetime) -> KeptCapture:
    """Add a capture; asks again whether it is kept, since another process may have just done so."""
    lock_page(connection, page_id)
    before = _before(connection, page_id, capture)
    if kept := _kept_in(before, capture):
        _note_validators(connection, kept.id, capture)
        return kept
    return _add(connection, page_id, capture, moment, before, None)


def _add(
    connection: Connection,
    page_id: int,
    capture: Capture,
    moment: datetime,
    before: _Before,
    source: str | None,
) -> KeptCapture:
    row = {
        "page_id": page_id,
        "url": capture.url,
        "final_url": capture.final_url,
        "redirects": list(capture.redirects),
        "status": capture.status,
        "headers": dict(capture.headers),
        "body_id": keep_body(connection, capture.body, like=before.newest.body_id if before.newest else None),
        "truncated": capture.truncated,
        "fetched_at": capture.fetched_at,
        "kept_at": moment,
        "source": source,
    }
    number = add(connection, captures, row)
    append(connection, number, row, before.sha256)
    return KeptCapture(number, True, before.same_body[0].id if before.same_body else None)


def validators_of(connection: Connection, capture_id: int) -> tuple[str | None, str | None]:
    """Return the ETag and Last-Modified that came with the newest answer of this capture's bytes."""
    later = connection.execute(
        select(validators.c.etag, validators.c.last_modified).where(validators.c.capture_id == capture_id)
    ).one_or_none()
    if later is not None:
        return later.etag, later.last_modified
    headers = connection.scalar(select(captures.c.headers).where(captures.c.id == capture_id)) or {}
    return _said(headers)


def is_said_anew(connection: Connection, capture_id: int, capture: Capture) -> bool:
    """Return whether the same bytes came under other validators; an answer without any takes none away."""
    said = _said(capture.headers)
    return any(said) and said != validators_of(connection, capture_id)


def _said(headers: Mapping[str, str]) -> tuple[str | None, str | None]:
    return headers.get("etag"), headers.get("last-modified")


def _note_validators(connection: Connection, capture_id: int, capture: Capture) -> None:
    if not is_said_anew(connection, capture_id, capture):
        return
    etag, last_modified = _said(capture.headers)
    values = {"etag": etag, "last_modified": last_modified}
    done = connection.execute(update(validators).where(validators.c.capture_id == capture_id).values(values))
    if not done.rowcount:
        connection.execute(insert(validators).values(capture_id=capture_id, **values))
