"""Rows for tests of the archive: a page, its captures, and one whole check written down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from model import (
    Bound,
    Capacity,
    Capture,
    Change,
    ChangeKind,
    Figure,
    Leader,
    LeadershipPage,
    Office,
    Outcome,
    Quote,
    Verdict,
)
from storage import Archive, Belief, ChangeState, SnapshotState
from storage.connecting import locate

BOTH_ENGINES = pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
"""Marks the tests that hold for an archive on SQLite and on PostgreSQL."""

URL = "https://agency.example/leadership"
START = datetime(2024, 4, 20, 6, 0, tzinfo=UTC)
AGENTS = Figure(
    "agents",
    Decimal(20000),
    bound=Bound.OVER,
    text="over 20,000 agents",
    quote=Quote("over 20,000 agents", 60, 78),
)
PATROL = Office(
    "Border Patrol",
    "USBP",
    leader=Leader("Jason Owens", "Chief", quote=Quote("Jason Owens, Chief", 0, 18)),
    figures=(AGENTS,),
    text="The Border Patrol has over 20,000 agents.",
    quote=Quote("Border Patrol", 20, 33),
)
TRADE = Office(
    "Office of Trade",
    leader=Leader("AnnMarie Highsmith", "Executive Assistant Commissioner", Capacity.ACTING),
    found_by="text",
)
TEXT = "Jason Owens, Chief\n\nBorder Patrol\nThe Border Patrol now has over 20,000 agents."
PAGE = LeadershipPage(URL, "Leadership", date(2024, 4, 19), offices=(PATROL, TRADE), text=TEXT, coverage=0.9)
REPLACED = Change(
    ChangeKind.LEADER_REPLACED,
    "Border Patrol",
    None,
    {"name": "Jason Owens", "title": "Chief", "capacity": "permanent"},
    {"name": "Mike Banks", "title": "Chief", "capacity": "permanent"},
    "Mike Banks replaced Jason Owens as Chief, Border Patrol.",
)


def sql(location: str, statement: str) -> list[tuple[Any, ...]]:
    """Say something to the archive's database, past the archive, and return the rows of the answer."""
    engine = create_engine(locate(location))
    try:
        with engine.begin() as connection:
            answer = connection.execute(text(statement))
            return [tuple(row) for row in answer] if answer.returns_rows else []
    finally:
        engine.dispose()


def location_of(archive: Archive) -> str:
    """Return the URL that opens an archive again."""
    return archive.engine.url.render_as_string(hide_password=False)


def hours(number: float) -> datetime:
    """Return the moment so many hours after the first check."""
    return START + timedelta(hours=number)


def served(body: bytes, at: datetime = START, *, status: int = 200, headers: Mapping[str, str] = {}) -> Capture:
    """Return a capture of the page."""
    return Capture(URL, URL, status, {"content-type": "text/html", **headers}, body, at)


def judge(
    archive: Archive,
    page_id: int,
    capture: Capture,
    verdict: Verdict = Verdict.OK,
    *,
    snapshot: int | None = None,
) -> int:
    """Keep a capture, record a check that judged it so, and return the capture's number."""
    kept = archive.keep_capture(page_id, capture)
    outcome = Outcome.UNCHANGED if verdict is Verdict.OK else Outcome.FAILED
    with archive.transaction() as tx:
        tx.record_check(
            page_id,
            started_at=capture.fetched_at,
            finished_at=capture.fetched_at,
            outcome=outcome,
            verdict=verdict,
            capture_id=kept.id,
            snapshot_id=snapshot,
        )
    return kept.id


def whole_check(archive: Archive, page_id: int, number: int, *, writer: str = "") -> None:
    """Write what one check that found a change writes: capture, snapshot, belief, check, change, delivery."""
    at = hours(number)
    kept = archive.keep_capture(page_id, served(f"<html>{writer}{number}</html>".encode(), at))
    with archive.transaction() as tx:
        snapshot = tx.save_snapshot(page_id, kept.id, PAGE, parser_version=1, state=SnapshotState.BELIEVED)
        check = tx.record_check(
            page_id,
            started_at=at,
            finished_at=at,
            outcome=Outcome.CHANGED,
            verdict=Verdict.OK,
            capture_id=kept.id,
            snapshot_id=snapshot,
        )
        before = tx.belief(page_id)
        change = tx.record_change(
            page_id,
            check,
            REPLACED,
            state=ChangeState.CONFIRMED,
            last_seen=at,
            first_seen=at,
            snapshot_before=before.snapshot_id if before else snapshot,
            snapshot_after=snapshot,
        )
        tx.set_belief(page_id, Belief(PAGE, snapshot, at, at))
        tx.queue_delivery(
            change_ids=[change],
            channel="mail",
            recipient="desk@paper.example",
            message_id=f"<{writer}{number}@agency.example>",
            due_at=at,
        )
