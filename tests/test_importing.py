"""Captures from elsewhere: kept, read, taken as sightings, and told to nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from model import Capture
from monitor.history.importing import take_in
from monitor.history.timeline import history_of
from monitor.importing.found import Found
from monitor.settings import AlertSettings, Settings
from storage import Archive, ChangeState, StoredPage
from tests.evidence_in_order import NOW, SETTINGS, URL, Clock, all_evidence, dated_versions, found, read, served


@pytest.fixture
def page(archive: Archive) -> StoredPage:
    archive.page_id("cbp", URL)
    return archive.pages()[0]


def test_what_reads_as_no_page_is_kept_with_the_reason_and_is_no_sighting(
    archive: Archive, page: StoredPage
) -> None:
    report = take_in(archive, page, found(all_evidence()), SETTINGS, Clock(), read=read)
    assert (report.taken, report.known) == (13, 0)
    assert [each.fetched_at.date().isoformat() for each in report.unread] == [
        "2024-06-01",
        "2024-06-20",
        "2024-07-01",
        "2024-08-01",
    ]
    assert all(each.reason for each in report.unread)
    assert len([run for run in archive.sightings(page.id) if not run.believed]) == 1


def test_the_same_import_again_adds_nothing(archive: Archive, page: StoredPage) -> None:
    take_in(archive, page, found(dated_versions()), SETTINGS, Clock(), read=read)
    before = archive.sightings(page.id), archive.spans("tenure_spans", page.id), archive.changes()
    again = take_in(archive, page, found(dated_versions()), SETTINGS, Clock(), read=read)
    assert (again.taken, again.known) == (0, 5)
    assert (archive.sightings(page.id), archive.spans("tenure_spans", page.id), archive.changes()) == before


def test_what_is_brought_in_alerts_nobody(archive: Archive, page: StoredPage, tmp_path: Path) -> None:
    settings = Settings(pages=SETTINGS.pages, alerts=AlertSettings(folder=str(tmp_path / "mails")))
    take_in(archive, page, found(dated_versions()), settings, Clock(), read=read)
    assert archive.changes(states=[ChangeState.CONFIRMED])
    assert archive.deliveries() == []


def test_progress_is_told_after_each_batch(archive: Archive, page: StoredPage) -> None:
    heard = list[int]()
    take_in(archive, page, found(dated_versions()), SETTINGS, Clock(), read=read, progress=heard.append)
    assert heard == [5]


def test_a_capture_from_the_future_is_left_out(archive: Archive, page: StoredPage) -> None:
    future = served(f"{NOW.year + 1}-01-02", dated_versions()[0].body)
    report = take_in(archive, page, found([future]), SETTINGS, Clock(), read=read)
    assert [each.reason for each in report.unread] == ["it is dated in the future: not kept"]
    assert history_of(archive, page).runs == []


def test_a_told_change_that_late_evidence_denies_is_retracted(archive: Archive, page: StoredPage) -> None:
    first, _, _, third, _ = dated_versions()
    take_in(archive, page, found([first, third]), SETTINGS, Clock(), read=read)
    wrong = {each.id for each in archive.changes() if "employees" in each.change.sentence}
    take_in(
        archive,
        page,
        found([served("2024-06-01", first.body.replace(b"31,000", b"31,500"))]),
        SETTINGS,
        Clock(),
        read=read,
    )
    assert {each.id for each in archive.changes(states=[ChangeState.RETRACTED])} == wrong


def not_modified(day: str, etag: str) -> Capture:
    return replace(served(day, b"", 304), headers={"etag": etag})


def with_etag(capture: Capture, etag: str) -> Capture:
    return replace(capture, headers={"etag": etag})


@pytest.mark.parametrize("is_first", [True, False])
def test_what_says_that_the_page_was_as_before_is_a_sighting_of_that_version_in_any_order(
    archive: Archive, page: StoredPage, is_first: bool
) -> None:
    first, second, *_ = dated_versions()
    versions = found([with_etag(first, '"1"'), with_etag(second, '"2"')])
    again = [
        Found(not_modified("2024-02-01", 'W/"1"'), "elsewhere"),
        Found(served("2024-03-01", b"", 304), "elsewhere", refers_at=first.fetched_at),
    ]
    for batch in (again, versions) if is_first else (versions, again):
        take_in(archive, page, batch, SETTINGS, Clock(), read=read)
    runs = archive.sightings(page.id)
    assert [run.first_seen.date().isoformat() for run in runs] == [
        "2023-12-05",
        "2024-02-01",
        "2024-03-01",
        "2024-05-01",
    ]
    assert [run.capture_id for run in runs[:3]] == [runs[0].capture_id] * 3
    assert all(run.believed for run in runs)
    windows = {change.last_seen.date().isoformat() for change in archive.changes()}
    assert windows == {"2024-03-01"}


def test_what_refers_to_no_known_version_is_kept_and_no_sighting(archive: Archive, page: StoredPage) -> None:
    report = take_in(archive, page, found([not_modified("2024-02-01", '"9"')]), SETTINGS, Clock(), read=read)
    assert [each.reason for each in report.unread] == [
        "it says that the page was as before, and is kept until that version is brought in"
    ]
    assert archive.sightings(page.id) == []
    assert len(archive.captures(page.id)) == 1
