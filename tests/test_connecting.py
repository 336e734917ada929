"""What cannot be opened or written is named in one line that says what to do."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import Archive, ArchiveError
from storage.copying import copy_database
from tests.archive_rows import URL


def refusal(location: str | Path, patience: float = 5.0) -> str:
    with pytest.raises(ArchiveError) as caught:
        Archive.open(location, patience=patience)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("minutes of the meeting\n" * 100, encoding="utf-8")
    assert refusal(file) == f"{file} is not a Leaderwatch database; name another file"
    assert file.read_text(encoding="utf-8").startswith("minutes")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert (
        refusal(tmp_path) == f"{tmp_path} is a folder; name a file in it, such as {tmp_path / 'leaderwatch.db'}"
    )


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "leaderwatch.db"
    assert refusal(path) == f"{path}: there is no folder {path.parent}; create it or name another file"


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300 + ".db")
    assert refusal(path) == f"{path} cannot be opened: File name too long; name another file"


@pytest.mark.parametrize("location", ["", ":memory:", "sqlite://", "sqlite:///:memory:", "file:x.db"])
def test_an_archive_is_kept_in_a_file(location: str) -> None:
    assert "an archive is kept in a file; give its path" in refusal(location)


@pytest.mark.parametrize("location", ["oracle-of-delphi://x", "://"])
def test_a_location_that_means_nothing_is_refused(location: str) -> None:
    assert refusal(location).startswith(location)


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    path = tmp_path / "leaderwatch.db"
    Archive.open(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    assert refusal(path) == f"{path} is damaged; keep a copy and restore the newest backup"


def test_an_archive_that_another_process_keeps_locked_is_named(tmp_path: Path) -> None:
    path = tmp_path / "leaderwatch.db"
    with Archive.open(path, patience=0.05) as archive, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another process has kept it locked too long; try again"):
            archive.page_id("agency", URL)


def test_a_reader_is_not_held_up_by_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "leaderwatch.db"
    with Archive.open(path, patience=0.05) as archive, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO pages (name, url, added_at) VALUES ('a', 'b', 'c')")
        assert archive.pages() == []
        with Archive.open(path) as second:
            assert second.pages() == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)])
def test_an_archive_that_may_not_be_written_can_be_read_and_is_named(
    tmp_path: Path, file: int, folder: int
) -> None:
    path = tmp_path / "read only?.db"
    with Archive.open(path) as archive:
        archive.page_id("agency", URL)
    path.chmod(file)
    tmp_path.chmod(folder)
    try:
        with Archive.open(path) as archive:
            assert [page.name for page in archive.pages()] == ["agency"]
            with pytest.raises(ArchiveError, match="may not be written; check the owner"):
                archive.page_id("office", f"{URL}/2")
        assert [each.name for each in tmp_path.iterdir()] == [path.name]
    finally:
        tmp_path.chmod(0o755)


def test_a_relative_path_and_a_url_name_the_same_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Archive.open("leaderwatch.db") as archive:
        archive.page_id("agency", URL)
    with Archive.open(f"sqlite:///{tmp_path / 'leaderwatch.db'}") as archive:
        assert [page.name for page in archive.pages()] == ["agency"]


def test_an_archive_and_its_copies_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "leaderwatch.db"
    with Archive.open(path) as archive:
        archive.page_id("agency", URL)
        copy_database(path, tmp_path / "copy.db")
        files = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert set(files.values()) == {0o600}, files
    assert {"leaderwatch.db", "copy.db"} <= set(files)


def test_the_mode_that_somebody_gave_an_archive_stays(tmp_path: Path) -> None:
    path = tmp_path / "leaderwatch.db"
    Archive.open(path).close()
    path.chmod(0o640)
    Archive.open(path).close()
    assert path.stat().st_mode & 0o777 == 0o640
