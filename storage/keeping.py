"""Captures as they come in: kept once, and never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def already_kept(connection: Connection, page_id: int, capture: Capture) -> KeptCapture | None:
    """Return the capture that says the same, if any: the page's newest, or this very one, kept before."""
    newest = connection.execute(NEWEST, {"page_id": page_id}).one_or_none()
    if newest is not None and newest.fetched_at <= capture.fetched_at and _same(newest, capture):
        return KeptCapture(newest.id, False, newest.id)
    return _this_very_one(_with_same_body(connection, page_id, capture), capture)


def _this_very_one(with_same_body: Sequence[Row[Any]], capture: Capture) -> KeptCapture | None:
    for row in with_same_body:
        if (row.fetched_at, row.status) == (capture.fetched_at, capture.status):
            return KeptCapture(row.id, False, row.id)
    return None


def bring_in(
    connection: Connection, page_id: int, capture: Capture, moment: datetime, source: str
) -> KeptCapture:
    """Add a capture that comes from elsewhere, `source`: evidence of its own, unless it was kept before."""
    earlier = _with_same_body(connection, page_id, capture)
    return _this_very_one(earlier, capture) or _add(connection, page_id, capture, moment, earlier, source)


def keep(connection: Connection, page_id: int, capture: Capture, moment: datetime) -> KeptCapture:
    """Add a capture; asks again whether it is kept, since another process may have just done so."""
    lock_page(connection, page_id)
    if kept := already_kept(connection, page_id, capture):
        _note_validators(connection, kept.id, capture)
        return kept
    earlier = _with_same_body(connection, page_id, capture)
    return _add(connection, page_id, capture, moment, earlier, None)


def _add(
    connection: Connection,
    page_id: int,
    capture: Capture,
    moment: datetime,
    earlier: Sequence[Row[Any]],
    source: str | None,
) -> KeptCapture:
    newest = connection.execute(NEWEST, {"page_id": page_id}).one_or_none()
    row = {
        "page_id": page_id,
        "url": capture.url,
        "final_url": capture.final_url,
        "redirects": list(capture.redirects),
        "status": capture.status,
        "headers": dict(capture.headers),
        "body_id": keep_body(connection, capture.body, like=newest.body_id if newest else None),
        "truncated": capture.truncated,
        "fetched_at": capture.fetched_at,
        "kept_at": moment,
        "source": source,
    }
    number = add(connection, captures, row)
    append(connection, number, row, digest(capture.body))
    return KeptCapture(number, True, earlier[0].id if earlier else None)


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


def _same(newest: Row[Any], capture: Capture) -> bool:
    kept = (newest.status, newest.final_url, newest.truncated, newest.sha256)
    return kept == (capture.status, capture.final_url, capture.truncated, digest(capture.body))


def _with_same_body(connection: Connection, page_id: int, capture: Capture) -> list[Row[Any]]:
    """Return the page's captures with this body, up to this one's time, newest first."""
    same = {"page_id": page_id, "sha256": digest(capture.body), "moment": capture.fetched_at}
    return list(connection.execute(WITH_BODY, same))
