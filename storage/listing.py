"""The captures of a page, one line each: what is known of them without reading a body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, ScalarSelect, exists, select

from model import Verdict
from storage.reads import snapshot_for
from storage.schema import JUDGED_OK, TROUBLED, bodies, captures, checks


@dataclass(frozen=True, slots=True)
class ListedCapture:
    """A capture without its bytes.

    `verdict` is what checks made of it, None where none has seen it; `source` names where an imported one came
    from. `size` is that of the body in bytes, which are gone where `is_pruned`.
    """

    id: int
    page_id: int
    url: str
    fetched_at: datetime
    kept_at: datetime
    status: int
    verdict: Verdict | None
    size: int
    sha256: str
    is_pruned: bool
    is_truncated: bool
    snapshot_id: int | None
    source: str | None


def _verdict() -> ScalarSelect[Verdict]:
    of_trouble = select(checks.c.verdict).where(checks.c.capture_id == captures.c.id, TROUBLED)
    return of_trouble.order_by(checks.c.id.desc()).limit(1).scalar_subquery()


LISTED = (
    select(
        captures.c.id,
        captures.c.page_id,
        captures.c.url,
        captures.c.fetched_at,
        captures.c.kept_at,
        captures.c.status,
        _verdict().label("trouble"),
        exists().where(checks.c.capture_id == captures.c.id, JUDGED_OK).label("is_ok"),
        bodies.c.size,
        bodies.c.sha256,
        bodies.c.zstd.is_(None).label("is_pruned"),
        captures.c.truncated,
        snapshot_for().label("snapshot_id"),
        captures.c.source,
    )
    .join_from(captures, bodies)
    .order_by(captures.c.fetched_at, captures.c.id)
)


def list_captures(
    connection: Connection, page_id: int, since: datetime | None, until: datetime | None
) -> list[ListedCapture]:
    """Return the captures fetched from `since` on and before `until`, oldest first."""
    wanted = LISTED.where(captures.c.page_id == page_id)
    wanted = wanted.where(captures.c.fetched_at >= since) if since else wanted
    wanted = wanted.where(captures.c.fetched_at < until) if until else wanted
    return [
        ListedCapture(
            row.id,
            row.page_id,
            row.url,
            row.fetched_at,
            row.kept_at,
            row.status,
            Verdict.OK if row.is_ok else row.trouble,
            row.size,
            row.sha256,
            row.is_pruned,
            row.truncated,
            row.snapshot_id,
            row.source,
        )
        for row in connection.execute(wanted)
    ]
