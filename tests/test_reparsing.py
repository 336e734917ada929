"""Evidence read again with another parser: shown first, taken over on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from model import Capacity, Capture, LeadershipPage
from monitor.history.importing import take_in
from monitor.history.reparsing import reparse
from monitor.history.timeline import as_of, history_of
from scraper.errors import NoLeaders
from storage import Archive, ChangeState, StoredPage
from tests.evidence_in_order import SETTINGS, URL, Clock, dated_versions, found, read

DURST = "Casey O. Durst is no longer acting as Executive Assistant Commissioner, Operations Support."


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db", clock=clock) as archive:
        yield archive


@pytest.fixture
def page(archive: Archive, clock: Clock) -> StoredPage:
    archive.page_id("cbp", URL)
    [page] = archive.pages()
    take_in(archive, page, found(dated_versions()), SETTINGS, clock, read=read)
    return page


def permanent(capture: Capture) -> LeadershipPage:
    """Read a page as a parser would that knows no acting leaders."""
    rows = read(capture)
    offices = [
        replace(office, leader=replace(office.leader, capacity=Capacity.PERMANENT)) if office.leader else office
        for office in rows.offices
    ]
    return replace(rows, offices=tuple(offices))


def acting(archive: Archive, page: StoredPage, known_at: datetime | None = None) -> int:
    return sum(tenure.is_acting for tenure in history_of(archive, page, known_at).tenures)


def test_the_same_parser_reads_nothing_otherwise(archive: Archive, page: StoredPage) -> None:
    again = reparse(archive, page, SETTINGS, apply=False, read=read)
    assert (again.read, again.differing, again.gained, again.lost) == (4, 0, (), ())


def test_what_would_differ_is_shown_and_nothing_is_touched(archive: Archive, page: StoredPage) -> None:
    before = history_of(archive, page)
    again = reparse(archive, page, SETTINGS, apply=False, read=permanent)
    assert again.differing == 4
    assert f"2024-05-01 {DURST}" in again.lost
    assert "2023-12-05 Office of Field Operations: Diane J. Sabatino, permanent" in again.gained
    assert history_of(archive, page) == before


def test_what_is_taken_over_retracts_what_was_wrong_and_leaves_what_was_known(
    archive: Archive, page: StoredPage, clock: Clock
) -> None:
    known_at = clock()
    before = as_of(archive, page, dated_versions()[1].fetched_at, known_at).to_json()
    reparse(archive, page, SETTINGS, apply=True, read=permanent)
    assert acting(archive, page) == 0
    assert acting(archive, page, known_at) == 3
    retracted = archive.changes(page_id=page.id, states=[ChangeState.RETRACTED])
    assert DURST in {each.change.sentence for each in retracted}
    assert as_of(archive, page, dated_versions()[1].fetched_at, known_at).to_json() == before
    assert reparse(archive, page, SETTINGS, apply=False, read=permanent).differing == 0


def test_what_cannot_be_read_any_more_stays_as_it_was_read(archive: Archive, page: StoredPage) -> None:
    def fail(capture: Capture) -> LeadershipPage:
        raise NoLeaders("nobody")

    before = history_of(archive, page)
    again = reparse(archive, page, SETTINGS, apply=True, read=fail)
    assert (again.read, len(again.unread)) == (0, 4)
    assert history_of(archive, page) == before
