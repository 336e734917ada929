"""Captures as they come in: kept once, and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from model import Capture
from storage.bodies import digest, keep_body
from storage.reads import newest_capture
from storage.rows import KeptCapture
from storage.schema import bodies, captures, pages


def already_kept(connection: Connection, page_id: int, capture: Capture) -> KeptCapture | None:
    """Return the capture that says the same, if any: the page's newest, or this very one, kept before."""
    newest = newest_capture(connection, page_id)
    if newest is not None and newest.fetched_at <= capture.fetched_at and _same(newest, capture):
        return KeptCapture(newest.id, False, newest.id)
    before = _with_body(page_id, capture).where(
        captures.c.fetched_at == capture.fetched_at, captures.c.status == capture.status
    )
    number: int | None = connection.scalar(before)
    return None if number is None else KeptCapture(number, False, number)


def keep(connection: Connection, page_id: int, capture: Capture, moment: datetime) -> KeptCapture:
    """Add a capture; asks again whether it is kept, since another process may have just done so."""
    connection.execute(select(pages.c.id).where(pages.c.id == page_id).with_for_update())
    if kept := already_kept(connection, page_id, capture):
        return kept
    newest = newest_capture(connection, page_id)
    earlier = _with_body(page_id, capture).where(captures.c.fetched_at <= capture.fetched_at)
    repeats: int | None = connection.scalar(earlier.order_by(captures.c.fetched_at.desc()).limit(1))
    row = insert(captures).values(
        page_id=page_id,
        url=capture.url,
        final_url=capture.final_url,
        redirects=list(capture.redirects),
        status=capture.status,
        headers=dict(capture.headers),
        body_id=keep_body(connection, capture.body, like=newest.body_id if newest else None),
        truncated=capture.truncated,
        fetched_at=capture.fetched_at,
        kept_at=moment,
    )
    return KeptCapture(connection.execute(row.returning(captures.c.id)).scalar_one(), True, repeats)


def _same(newest: Row[Any], capture: Capture) -> bool:
    where_and_how = (newest.status, newest.final_url, newest.truncated)
    return where_and_how == (capture.status, capture.final_url, capture.truncated) and bool(
        newest.sha256 == digest(capture.body)
    )


def _with_body(page_id: int, capture: Capture) -> Any:
    wanted = select(captures.c.id).join(bodies).where(captures.c.page_id == page_id)
    return wanted.where(bodies.c.sha256 == digest(capture.body))
