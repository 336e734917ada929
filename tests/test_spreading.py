"""An import and a reparse shared out over workers: the history that one process makes, whatever is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from math import ceil
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.cli import main
from monitor.cluster.desk import Desk
from monitor.cluster.handing import hand_import, hand_reparse
from monitor.history.importing import take_in
from storage import Archive, ArchiveError, StoredPage
from tests.archive_rows import sql
from tests.evidence_in_order import SETTINGS, URL, Clock, all_evidence, found, told
from tests.postgres import Server
from tests.queued import do_all, waiting
from tests.serving import Heard


@pytest.fixture
def location(postgres: Server, empty_archive: str) -> str:
    """Where an empty archive on PostgreSQL is."""
    return postgres.new_database(like=empty_archive)


@pytest.fixture
def spread(location: str) -> Iterator[Archive]:
    """An archive whose imports are read by workers."""
    with Archive.open(location) as archive:
        archive.page_id("cbp", URL)
        yield archive


@pytest.fixture
def page(spread: Archive) -> StoredPage:
    return spread.pages()[0]


@pytest.fixture
def desk(spread: Archive) -> Iterator[Desk]:
    with closing(Desk(SETTINGS, spread, clock=Clock(), tell=Heard(), note=lambda _: None)) as desk:
        yield desk


def test_an_import_shared_out_gives_the_history_of_one_process_also_where_tasks_are_done_twice(
    spread: Archive,
    page: StoredPage,
    location: str,
    desk: Desk,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("monitor.history.spreading.BATCH", 4)
    archive.page_id("cbp", URL)
    [own] = archive.pages()
    alone = take_in(archive, own, found(all_evidence()), SETTINGS, Clock())
    handed = hand_import(spread, page, found(all_evidence()), Clock())
    assert handed.taken == alone.taken + len(alone.unread)
    tasks = waiting(location)
    assert [name for name, _ in tasks] == ["read"] * ceil(len(all_evidence()) / 4)
    for name, words in tasks:
        getattr(desk, name)(**words)
    do_all(location, desk)
    assert [name for name, _ in waiting(location)] == ["derive"]
    do_all(location, desk)
    assert told(spread, page) == told(archive, own)


def test_an_import_that_is_run_again_hands_nothing_on(spread: Archive, page: StoredPage, location: str) -> None:
    hand_import(spread, page, found(all_evidence()), Clock())
    sql(location, "DELETE FROM procrastinate_jobs")
    again = hand_import(spread, page, found(all_evidence()), Clock())
    assert (again.taken, again.known) == (0, len(all_evidence()))
    assert waiting(location) == []


def test_captures_are_not_kept_where_their_task_cannot_be_put(
    spread: Archive, page: StoredPage, location: str
) -> None:
    sql(
        location,
        "CREATE TABLE procrastinate_jobs (queueing_lock text, status text, lock text, priority int, id int)",
    )
    sql(location, "COMMENT ON TABLE procrastinate_jobs IS '99'")
    with pytest.raises(ArchiveError, match="the task queue of the archive failed: type"):
        hand_import(spread, page, found(all_evidence()), Clock())
    assert spread.captures(page.id) == []


def test_reading_again_is_a_task_a_page(spread: Archive, page: StoredPage, location: str, desk: Desk) -> None:
    hand_import(spread, page, found(all_evidence()), Clock())
    for _ in range(2):
        do_all(location, desk)
    before = told(spread, page)
    sql(location, "UPDATE offices SET name = 'Misread' WHERE name LIKE 'Office of Trade%'")
    assert hand_reparse(spread, [page]) == 1
    assert hand_reparse(spread, [page]) == 0
    do_all(location, desk)
    assert told(spread, page) == before


def test_the_commands_hand_on_what_workers_are_to_do(location: str, spread: Archive, tmp_path: Path) -> None:
    (tmp_path / "page_2024-04-19.html").write_bytes(all_evidence()[0].body)
    words = ["--database", location, "--page", "cbp"]
    imported = CliRunner().invoke(main, ["import", str(tmp_path), "--spread", *words])
    assert imported.stdout == "cbp: 1 capture handed to the workers.\n"
    reparsed = CliRunner().invoke(main, ["reparse", "--apply", "--spread", *words])
    assert reparsed.stdout == "1 page handed to the workers: `leaderwatch status` says how many tasks wait.\n"
    refused = CliRunner().invoke(main, ["reparse", "--spread", *words])
    assert (refused.exit_code, "--spread goes with --apply" in refused.stderr) == (2, True)
    assert [name for name, _ in waiting(location)] == ["read", "reparse"]
