"""An archive is looked over, and what is not as it was kept is named."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixtures import path as fixture
from monitor.cli import main
from scraper import parse
from storage import Archive, SnapshotState, upkeep
from tests.archive_rows import START, URL, hours, judge, served
from tests.test_migrations import at_revision, run

VERSIONS = ["cbp_2024-04-19.html", "cbp_2025-01-22.html", "cbp_2025-05-06.html"]
EDIT = "UPDATE captures SET status = 404 WHERE id = 1"
UNLOCKED = "DROP TRIGGER captures_are_never_changed;"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "leaderwatch.db"
    fill(path)
    return path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    """An archive of three captures, each with its snapshot."""
    return Path(shutil.copy(filled, tmp_path))


def fill(path: Path) -> None:
    with Archive.open(path, clock=lambda: START) as archive:
        page_id = archive.page_id("agency", URL)
        for number, name in enumerate(VERSIONS):
            markup = fixture(name).read_bytes()
            kept = archive.keep_capture(page_id, served(markup, hours(number)))
            with archive.transaction() as tx:
                page = parse(markup, URL)
                tx.save_snapshot(page_id, kept.id, page, parser_version=1, state=SnapshotState.BELIEVED)


def faults(path: Path) -> list[str]:
    with Archive.open(path) as archive:
        return [str(fault) for fault in upkeep.verify(archive).faults]


def damaged(path: Path, statement: str) -> list[str]:
    """Return what is named once somebody has run this on the database."""
    run(path, statement)
    return faults(path)


def test_an_archive_that_nobody_touched_is_as_it_was_kept(path: Path) -> None:
    with Archive.open(path) as archive:
        found = upkeep.verify(archive)
    assert found.faults == ()
    assert (found.captures, found.bodies, found.pruned) == (3, 6, 0)
    assert found.quotes > 30
    assert [(head.page, head.captures) for head in found.heads] == [("agency", 3)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.integers(1, 6), place=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_one_byte_flipped_in_any_stored_body_is_named(path: Path, body: int, place: int, flip: int) -> None:
    with closing(sqlite3.connect(path)) as outsider, outsider:
        (whole,) = outsider.execute("SELECT zstd FROM bodies WHERE id = ?", (body,)).fetchone()
        bad = bytearray(whole)
        bad[place % len(bad)] ^= flip
        outsider.execute("UPDATE bodies SET zstd = ? WHERE id = ?", (bytes(bad), body))
    found = faults(path)
    with closing(sqlite3.connect(path)) as outsider, outsider:
        outsider.execute("UPDATE bodies SET zstd = ? WHERE id = ?", (whole, body))
    assert any(fault.startswith(f"body {body} of ") and "not those that were kept" in fault for fault in found)


def test_the_capture_or_snapshot_that_rests_on_a_damaged_body_is_named_with_it(path: Path) -> None:
    found = damaged(
        path, "UPDATE bodies SET zstd = x'28b52ffd' WHERE id IN (SELECT body_id FROM captures WHERE id = 2)"
    )
    assert [fault.partition(":")[0] for fault in found] == ["body 3 of capture 2"]
    found = damaged(
        path, "UPDATE bodies SET zstd = x'28b52ffd' WHERE id = (SELECT text_id FROM snapshots WHERE id = 3)"
    )
    assert "body 6 of the text of snapshot 3" in {fault.partition(":")[0] for fault in found}
    assert any(fault.startswith("snapshot 3 cannot show its") for fault in found)


def test_a_body_that_is_stored_as_text_is_named_with_who_rests_on_it(path: Path) -> None:
    found = damaged(
        path, "UPDATE bodies SET zstd = 'text' WHERE id IN (SELECT body_id FROM captures WHERE id = 2)"
    )
    assert found == ["body 3 of capture 2: it is stored as text, not as bytes; restore it from a backup"]


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize(
    "edit",
    [
        "status = 404",
        "url = 'https://elsewhere.example/'",
        "final_url = 'https://elsewhere.example/'",
        "headers = '{}'",
        "headers = 'no json'",
        "redirects = '[\"https://elsewhere.example/\"]'",
        "truncated = 1",
        "fetched_at = '2020-01-01T00:00:00.000000Z'",
        "fetched_at = 'yesterday'",
        "kept_at = '2020-01-01T00:00:00.000000Z'",
        "source = 'somewhere'",
        "page_id = 99",
        "body_id = (SELECT max(id) FROM bodies)",
    ],
)
def test_an_edited_capture_is_named(path: Path, number: int, edit: str) -> None:
    found = damaged(path, f"{UNLOCKED} UPDATE captures SET {edit} WHERE id = {number}")  # noqa: S608 ours
    assert any(fault.startswith(f"capture {number} is not as it was kept") for fault in found)
    others = [f"capture {other} " for other in {1, 2, 3} - {number}]
    assert not [fault for fault in found if fault.startswith(tuple(others))]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_capture_that_was_taken_out_is_named(path: Path, number: int) -> None:
    assert f"capture {number} is gone: its link is still there" in damaged(
        path,
        f"DELETE FROM captures WHERE id = {number}",  # noqa: S608 ours
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "capture 2 has 1 missing before it in the chain, after the beginning"),
        (2, "capture 3 has 1 missing before it in the chain, after capture 1"),
        (3, "capture 3 is gone: 1 missing from the end of the chain"),
    ],
)
def test_a_capture_that_was_taken_out_with_its_link_is_missed(path: Path, number: int, said: str) -> None:
    out = f"DELETE FROM captures WHERE id = {number}; DELETE FROM links WHERE capture_id = {number}"  # noqa: S608 ours
    assert said in damaged(path, out)


def test_the_last_capture_is_missed_where_its_head_went_with_it(path: Path) -> None:
    out = "DELETE FROM captures WHERE id = 3; DELETE FROM links WHERE capture_id = 3; DELETE FROM heads"
    assert "page 1 has lost the head of its chain: captures may be missing at its end" in damaged(path, out)


def test_an_edit_that_made_its_own_digest_anew_shows_in_the_next_link(path: Path) -> None:
    found = damaged(path, "UPDATE links SET digest = digest || '0' WHERE capture_id = 2")
    assert "capture 3 does not follow capture 2: the link of one of them was changed" in found
    found = damaged(path, "UPDATE links SET digest = digest || '0' WHERE capture_id = 3")
    assert "page 1 has a head of its chain that does not fit capture 3, its last" in found


def test_a_capture_that_was_slipped_in_is_named(path: Path) -> None:
    found = damaged(
        path,
        "INSERT INTO captures (page_id, url, final_url, redirects, status, headers, body_id, truncated, fetched_at,"
        " kept_at) SELECT page_id, url, final_url, redirects, 500, headers, body_id, 0, fetched_at, kept_at"
        " FROM captures WHERE id = 1",
    )
    assert "capture 4 stands outside the chain: Leaderwatch did not keep it, or its link is gone" in found


def test_a_quote_that_is_not_at_its_place_is_named(path: Path) -> None:
    found = damaged(path, "UPDATE leaders SET quote = 'Somebody Else' WHERE name = 'Jason Owens'")
    assert len(found) == 1
    assert found[0].startswith("snapshot 1 quotes its leader 'Jason Owens' from ")


def test_what_points_to_nothing_is_named(path: Path) -> None:
    found = damaged(path, "DELETE FROM texts WHERE id = 1")
    assert any(fault.endswith("of offices points to a row of texts that is gone") for fault in found)


def test_an_archive_without_the_lock_on_its_captures_is_named(path: Path) -> None:
    assert damaged(path, UNLOCKED) == [
        "the trigger captures_are_never_changed is gone, which refuses to change captures"
    ]


def test_a_body_whose_row_is_gone_or_that_rests_on_itself_is_named(path: Path) -> None:
    assert any(
        fault.startswith("body 3 of capture 2: body 3 is damaged")
        for fault in damaged(path, "UPDATE bodies SET base_id = 3 WHERE id = 3")
    )
    found = damaged(path, "DELETE FROM bodies WHERE id = 3")
    assert "capture 2 has lost its body: no row of bodies has its number" in found


def test_captures_of_an_older_archive_are_chained_when_it_is_upgraded(tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    at_revision(older, "0004")
    with closing(sqlite3.connect(older)) as writer, writer:
        writer.executescript(OLDER)
    assert faults(older) == []
    with Archive.open(older) as archive:
        archive.keep_capture(1, served(b"newer", hours(9)))
        assert [head.captures for head in upkeep.verify(archive).heads] == [3, 1]
    assert "capture 1 is not as it was kept: its row or its link was changed" in damaged(
        older, f"{UNLOCKED} {EDIT}"
    )


def test_verify_names_each_fault_and_ends_with_status_two(path: Path) -> None:
    clean = CliRunner().invoke(main, ["verify", "--database", str(path)])
    assert (clean.exit_code, clean.stderr) == (0, "")
    assert re.match(
        r"3 captures, 6 bodies, \d+ quotes: all as they were kept\.\nagency: 3 captures,", clean.stdout
    )
    run(path, f"{UNLOCKED} {EDIT}")
    broken = CliRunner().invoke(main, ["verify", "--database", str(path), "--json"])
    assert broken.exit_code == 2
    assert "leaderwatch: capture 1 is not as it was kept" in broken.stderr
    assert {"what": "capture", "number": 1} in [
        {key: fault[key] for key in ("what", "number")} for fault in json.loads(broken.stdout)["faults"]
    ]


def test_an_archive_on_either_database_is_looked_over_counted_and_pruned(location: str) -> None:
    with Archive.open(location, clock=lambda: START) as archive:
        page_id = archive.page_id("agency", URL)
        for number in range(3):
            judge(archive, page_id, served(b"<p>%d</p>" % number, hours(number)))
        assert upkeep.verify(archive).faults == ()
        assert upkeep.prune(archive, [page_id], hours(9), drop=True).bodies == 2
        verified, counts = upkeep.verify(archive), upkeep.count(archive)
        assert (verified.faults, verified.pruned, counts.pruned, counts.bodies) == ((), 2, 2, 3)
        assert [listed.is_pruned for listed in archive.captures(page_id)] == [True, True, False]
        with archive.transaction() as tx:
            tx.bring_in(page_id, served(b"<p>old</p>", hours(-9)), "old.html")
        assert [head.captures for head in upkeep.verify(archive).heads] == [4]


OLDER = """
INSERT INTO pages (name, url, added_at) VALUES ('one', 'https://a.example', '2024-04-20T06:00:00.000000Z'),
                                               ('two', 'https://b.example', '2024-04-20T06:00:00.000000Z');
INSERT INTO bodies (sha256, size, zstd)
VALUES ('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, x'28b52ffd2000010000');
INSERT INTO captures (page_id, url, final_url, redirects, status, headers, body_id, truncated, fetched_at, kept_at)
VALUES (1, 'https://a.example', 'https://a.example', '[]', 200, '{"x": "é"}', 1, 0, '2024-04-20T06:00:00.000000Z',
        '2024-04-20T06:00:01.000000Z'),
       (2, 'https://b.example', 'https://b.example', '[]', 200, '{}', 1, 1, '2024-04-20T06:00:00.000000Z',
        '2024-04-20T06:00:01.000000Z'),
       (1, 'https://a.example', 'https://a.example', '[]', 404, '{}', 1, 0, '2024-04-21T06:00:00.000000Z',
        '2024-04-21T06:00:01.000000Z');
"""
