"""Captures as they come in: kept once, and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from model import Capture
from storage.bodies import digest, keep_body
from storage.inserting import add, lock_page
from storage.rows import KeptCapture
from storage.schema import bodies, captures

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
    for row in _with_same_body(connection, page_id, capture):
        if (row.fetched_at, row.status) == (capture.fetched_at, capture.status):
            return KeptCapture(row.id, False, row.id)
    return None


def keep(connection: Connection, page_id: int, capture: Capture, moment: datetime) -> KeptCapture:
    """Add a capture; asks again whether it is kept, since another process may have just done so."""
    lock_page(connection, page_id)
    if kept := already_kept(connection, page_id, capture):
        return kept
    newest = connection.execute(NEWEST, {"page_id": page_id}).one_or_none()
    earlier = _with_same_body(connection, page_id, capture)
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
    }
    return KeptCapture(add(connection, captures, row), True, earlier[0].id if earlier else None)


def _same(newest: Row[Any], capture: Capture) -> bool:
    kept = (newest.status, newest.final_url, newest.truncated, newest.sha256)
    return kept == (capture.status, capture.final_url, capture.truncated, digest(capture.body))


def _with_same_body(connection: Connection, page_id: int, capture: Capture) -> list[Row[Any]]:
    """Return the page's captures with this body, up to this one's time, newest first."""
    same = {"page_id": page_id, "sha256": digest(capture.body), "moment": capture.fetched_at}
    return list(connection.execute(WITH_BODY, same))
