"""The evidence on the command line: captures are listed, their bytes come out, the archive is counted and copied."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from model import Outcome, Verdict
from monitor.cli import main
from storage import Archive
from tests.archive_rows import START, URL, hours, judge, served
from tests.test_migrations import run

BINARY = b"<html>\xff\x00\x1b[31m\r\nnot UTF-8</html>"
Call = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of a good capture, a wall, an imported one of before, and the good one again."""
    path = tmp_path / "leaderwatch.db"
    with Archive.open(path, clock=lambda: START) as archive:
        page_id = archive.page_id("agency", URL)
        judge(archive, page_id, served(BINARY, headers={"etag": '"é"'}))
        judge(archive, page_id, served(b"Access Denied", hours(1), status=403), Verdict.BLOCKED)
        with archive.transaction() as tx:
            tx.bring_in(page_id, served(b"gone", hours(-48), status=404), "old/page_2024-04-18.html")
        judge(archive, page_id, served(BINARY, hours(2)))
    return path


@pytest.fixture
def call(path: Path) -> Call:
    return lambda *words: CliRunner().invoke(main, [*words, "--database", str(path)], env={"COLUMNS": "120"})


def rows(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_captures_are_listed_oldest_first_with_what_each_of_them_is(call: Call) -> None:
    listed = rows(call("captures", "--json"))["captures"]
    told = [
        (row["capture"], row["status"], row["verdict"], row["size"], row["origin"], row["source"])
        for row in listed
    ]
    assert told == [
        (3, 404, "not_the_page", 4, "import", "old/page_2024-04-18.html"),
        (1, 200, "ok", len(BINARY), "check", None),
        (2, 403, "blocked", 13, "check", None),
        (4, 200, "ok", len(BINARY), "check", None),
    ]
    assert listed[1]["fetched_at"] == "2024-04-20T06:00:00Z"
    line = call("captures").stdout.splitlines()[1]
    assert re.fullmatch(r" +3  2024-04-18 06:00Z +404  not_the_page +4 +old/page_2024-04-18.html *", line)


def test_captures_are_listed_by_day(call: Call) -> None:
    def numbers(*words: str) -> list[int]:
        return [row["capture"] for row in rows(call("captures", "--json", *words))["captures"]]

    assert numbers("--since", "2024-04-20") == [1, 2, 4]
    assert numbers("--until", "2024-04-18") == [3]
    assert call("captures", "--until", "2020-01-01").stdout == "No capture.\n"


def test_raw_writes_the_bytes_as_they_were_served(call: Call) -> None:
    assert call("raw", "1").stderr == ""
    assert call("raw", "1").stdout_bytes == BINARY
    assert call("raw", "2024-04-20T06:30Z").stdout_bytes == BINARY
    head = 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\netag: "é"\r\n\r\n'.encode()
    assert call("raw", "1", "--headers").stdout_bytes == head + BINARY
    missing = call("raw", "99")
    assert (missing.exit_code, missing.stderr) == (2, "leaderwatch: there is no capture 99 in this archive\n")
    no_number = call("raw", "page.html")
    assert no_number.exit_code == 2
    assert "'page.html' is no" in no_number.stderr


def test_stats_count_what_is_kept_of_each_page_and_in_all(call: Call) -> None:
    counts = rows(call("stats", "--json"))
    (page,) = counts["pages"]
    assert page["checks"] == {"failed": 1, "unchanged": 2}
    assert (page["captures"], page["imported"], page["served_bytes"]) == (4, 1, 2 * len(BINARY) + 13 + 4)
    assert page["captured"] == {"first": "2024-04-18T06:00:00.000000Z", "last": "2024-04-20T08:00:00.000000Z"}
    assert (counts["bodies"], counts["pruned"]) == (3, 0)
    assert counts["database_bytes"] > counts["stored_bytes"] > 0
    said = call("stats").stdout
    assert "3 checks, 2024-04-20 to 2024-04-20: 1 failed, 2 unchanged" in said
    assert "4 captures, 1 of them imported, 2024-04-18 to 2024-04-20" in said


def test_a_backup_is_an_archive_of_its_own_that_was_verified(call: Call, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with Archive.open(path) as in_use, in_use.transaction() as tx:
        tx.record_check(1, started_at=START, finished_at=START, outcome=Outcome.FAILED, verdict=Verdict.ERROR)
        made = call("backup", str(copy))
    assert (made.exit_code, made.stderr) == (0, "")
    assert "4 captures, 3 bodies" in made.stdout
    with Archive.open(copy) as archive:
        assert archive.capture(1).body == BINARY
    assert sorted(file.name for file in tmp_path.iterdir() if "copy" in file.name) == ["copy.db"]
    again = call("backup", str(copy))
    assert again.exit_code == 2
    assert "copy.db is there already: a backup never replaces anything" in again.stderr
    nowhere = call("backup", str(tmp_path / "none" / "copy.db"))
    assert nowhere.exit_code == 2
    assert "the backup failed" in nowhere.stderr


def test_a_backup_of_a_damaged_archive_says_so(call: Call, path: Path, tmp_path: Path) -> None:
    run(path, "UPDATE bodies SET zstd = x'00' WHERE id = 2")
    made = call("backup", str(tmp_path / "copy.db"), "--json")
    assert made.exit_code == 2
    assert [fault["number"] for fault in json.loads(made.stdout)["faults"]] == [2]
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM captures").fetchone() == (4,)


def test_copy_moves_the_archive_and_says_that_it_is_the_same(path: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.db"
    for _ in range(2):
        done = CliRunner().invoke(main, ["copy", str(path), str(moved)])
        assert (done.exit_code, done.stderr) == (0, "")
        assert re.fullmatch(r"Copied \d+ rows: each was read back and is the same\.\n", done.stdout)
    with Archive.open(path) as original, Archive.open(moved) as copy:
        assert copy.pages() == original.pages()
        assert copy.capture(1) == original.capture(1)


def test_copy_needs_an_archive_to_begin_with(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["copy", str(tmp_path / "none.db"), str(tmp_path / "moved.db")])
    assert done.exit_code == 2
    assert "no archive at" in done.stderr
    assert not (tmp_path / "moved.db").exists()
