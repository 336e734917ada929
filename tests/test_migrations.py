"""An archive is created and upgraded by itself, after a backup, and never touches what it does not know."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, create_engine, inspect

from storage import Archive, ArchiveError
from storage.connecting import open_engine
from storage.schema import REVISION, metadata
from storage.upgrading import MIGRATIONS, back_up, upgrade
from tests.archive_rows import START, hours, served
from tests.archive_rows import URL as PAGE_URL

ONE_PAGE = """
INSERT INTO pages (name, url, added_at) VALUES ('agency', 'https://a.example', '2024-04-20T06:00:00.000000Z')
"""
ONE_CAPTURE = """;
INSERT INTO bodies (sha256, size, zstd)
VALUES ('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, x'28b52ffd2000010000');
INSERT INTO captures (page_id, url, final_url, redirects, status, headers, body_id, truncated, fetched_at, kept_at)
VALUES (1, 'https://agency.example/leadership', 'https://agency.example/leadership', '[]',
        200, '{"etag": "\\"1\\""}', 1, 0, '2024-04-20T06:00:00.000000Z', '2024-04-20T06:00:00.000000Z');
"""
NOW = datetime(2024, 4, 20, 6, 30, 15, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "leaderwatch.db"


def at_revision(path: Path, revision: str) -> None:
    """Build the database as an older version left it."""
    engine = open_engine(URL.create("sqlite", database=str(path)), patience=5)
    upgrade(engine, clock=lambda: NOW, target=revision)
    engine.dispose()


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as reader:
        return reader.execute(query).fetchall()


def run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as writer:
        writer.executescript(statement)


def test_the_migrations_build_the_tables_that_the_program_knows(path: Path, tmp_path: Path) -> None:
    Archive.open(path).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    known = create_engine(f"sqlite:///{tmp_path / 'known.db'}")
    metadata.create_all(known)
    known.dispose()
    assert constraints(path) == constraints(tmp_path / "known.db")


def constraints(path: Path) -> dict[str, set[tuple[str | None, str]]]:
    """Return every table's CHECK constraints, which Alembic's own comparison leaves out."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        found = {
            table: {
                (check["name"], check["sqltext"]) for check in inspect(connection).get_check_constraints(table)
            }
            for table in metadata.tables
        }
    engine.dispose()
    return found


def test_the_newest_revision_is_the_one_that_the_program_names(path: Path) -> None:
    at_revision(path, "head")
    assert rows(path, "SELECT version_num FROM alembic_version") == [(REVISION,)]


def test_a_new_archive_needs_no_backup_and_lets_readers_read_while_it_is_written(path: Path) -> None:
    Archive.open(path).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]


def test_an_older_archive_is_upgraded_after_a_backup_and_keeps_its_rows(path: Path) -> None:
    at_revision(path, "0001")
    run(path, ONE_PAGE)
    with Archive.open(path, clock=lambda: NOW) as archive:
        assert [(page.name, page.added_at) for page in archive.pages()] == [("agency", START)]
        assert archive.keep_capture(1, served(b"a", hours(1))).is_new
    backup = path.with_name("leaderwatch.db.backup-0001-20240420T063015Z")
    assert rows(backup, "SELECT name FROM pages") == [("agency",)]
    assert rows(backup, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert rows(path, "SELECT version_num FROM alembic_version") == [(REVISION,)]
    assert rows(path, "SELECT count(*) FROM change_log") == [(0,)]


def test_captures_of_an_older_archive_take_the_validators_of_later_answers(path: Path) -> None:
    at_revision(path, "0002")
    run(path, ONE_PAGE + ONE_CAPTURE)
    with Archive.open(path, clock=lambda: NOW) as archive:
        assert archive.validators(1) == ('"1"', None)
        kept = archive.keep_capture(1, served(b"", hours(1), headers={"etag": '"2"'}))
        assert (kept.id, archive.validators(1)) == (1, ('"2"', None))
        assert archive.capture(1).headers == {"etag": '"1"'}


def test_an_older_archive_that_several_open_at_once_is_upgraded_and_backed_up_once(path: Path) -> None:
    at_revision(path, "0001")
    run(path, ONE_PAGE)
    moments = (hours(number) for number in range(100))
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: Archive.open(path, clock=lambda: next(moments)), range(4)))
    for archive in opened:
        assert [page.name for page in archive.pages()] == ["agency"]
        archive.close()
    assert len(list(path.parent.glob("*.backup-*"))) == 1


def test_an_older_archive_without_pages_is_upgraded_without_a_backup(path: Path) -> None:
    at_revision(path, "0001")
    Archive.open(path).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_upgrade_that_fails_leaves_the_older_archive_as_it_was(path: Path) -> None:
    at_revision(path, "0001")
    run(path, "CREATE TABLE current_leaders (in_the_way TEXT)")
    with pytest.raises(ArchiveError, match="current_leaders"):
        Archive.open(path)
    assert rows(path, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert rows(path, "SELECT count(*) FROM sqlite_master WHERE name = 'change_log'") == [(0,)]


def test_an_upgrade_stops_where_the_backup_cannot_be_written(path: Path) -> None:
    at_revision(path, "0001")
    path.with_name("leaderwatch.db.backup-0001-20240420T063015Z").mkdir()
    run(path, ONE_PAGE)
    with pytest.raises(ArchiveError, match=r"the backup before the upgrade failed .* nothing was changed"):
        Archive.open(path, clock=lambda: NOW)
    assert rows(path, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert list(path.parent.glob("*.partial")) == []


def test_an_archive_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    Archive.open(path).close()
    run(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=r"leaderwatch\.db was written by a newer version .*; install that"):
        Archive.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", ["CREATE TABLE songs (title TEXT)", "CREATE TABLE alembic_version (version_num TEXT)"]
)
def test_the_database_of_another_program_is_refused_and_left_alone(path: Path, content: str) -> None:
    run(path, content)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=r"leaderwatch\.db is the database of another program"):
        Archive.open(path)
    assert path.read_bytes() == before


def test_a_backup_holds_what_is_still_in_the_write_ahead_log(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.page_id("agency", PAGE_URL)
        kept = back_up(path, REVISION, NOW)
    assert rows(kept, "SELECT name FROM pages") == [("agency",)]
    assert kept.name == f"leaderwatch.db.backup-{REVISION}-20240420T063015Z"


def test_a_current_archive_opens_without_loading_the_migrations(path: Path) -> None:
    Archive.open(path).close()
    program = (
        f"import sys; from storage import Archive; Archive.open({str(path)!r}); print('alembic' in sys.modules)"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)  # noqa: S603 ours
    assert done.stdout == "False\n"


def test_the_migrations_are_found_from_any_folder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    Archive.open(path.name).close()
    assert path.exists()
    assert MIGRATIONS.is_absolute()
