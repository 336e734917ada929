"""An archive goes into another database whole, or the copy says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage import Archive, ArchiveError, upkeep
from storage.connecting import reading
from storage.moving import copy_archive
from storage.schema import metadata
from tests.archive_rows import START, URL, hours, served, sql, whole_check


@pytest.fixture
def original(tmp_path: Path) -> str:
    """An archive with some checks, versions that differ by a line, and mails to send."""
    at = str(tmp_path / "original.db")
    with Archive.open(at, clock=lambda: START) as archive:
        page_id = archive.page_id("agency", URL)
        for number in range(5):
            whole_check(archive, page_id, number)
            version = b"<p>the same words in each version</p>" * 200 + str(number).encode()
            archive.keep_capture(page_id, served(version, hours(number + 0.5)))
    return at


def everything(archive: Archive) -> dict[str, list[str]]:
    with reading(archive.engine) as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(table.select()))
            for table in metadata.sorted_tables
        }


def move(source: str, target: str) -> None:
    with Archive.open(source) as original, Archive.open(target) as copy:
        told = list(copy_archive(original, copy))
        assert told[-1].done == told[-1].total == sum(map(len, everything(original).values()))


def test_every_row_is_in_the_copy_and_the_copy_is_as_sound(original: str, location: str) -> None:
    move(original, location)
    with Archive.open(original) as before, Archive.open(location) as after:
        assert everything(after) == everything(before)
        assert upkeep.verify(after) == upkeep.verify(before)


def test_the_copy_goes_on_where_the_original_ends(original: str, location: str) -> None:
    move(original, location)
    with Archive.open(location, clock=lambda: hours(9)) as archive:
        whole_check(archive, archive.page_id("agency", URL), 9)
        archive.page_id("another", f"{URL}/another")
        assert len(archive.pages()) == 2


def test_an_archive_comes_back_from_where_it_went(original: str, location: str, tmp_path: Path) -> None:
    move(original, location)
    move(location, str(tmp_path / "back.db"))
    with Archive.open(original) as before, Archive.open(tmp_path / "back.db") as after:
        assert everything(after) == everything(before)


def test_a_copy_that_was_cut_short_goes_on_when_it_is_begun_again(original: str, location: str) -> None:
    with Archive.open(original) as source, Archive.open(location) as target:
        steps = copy_archive(source, target)
        while next(steps).table != "captures":
            pass
        steps.close()
    assert sql(location, "SELECT count(*) FROM checks") == [(0,)]
    move(original, location)
    with Archive.open(original) as before, Archive.open(location) as after:
        assert everything(after) == everything(before)


def test_a_row_that_the_target_holds_otherwise_is_told(original: str, location: str) -> None:
    move(original, location)
    sql(location, "UPDATE changes SET sentence = 'Nobody came.' WHERE id = 2")
    with pytest.raises(ArchiveError, match="its changes are not those of the source"):
        move(original, location)


def test_a_row_that_only_the_target_holds_is_told(original: str, location: str) -> None:
    move(original, location)
    with Archive.open(location) as archive:
        archive.keep_capture(1, served(b"<p>later</p>", hours(99)))
    with pytest.raises(ArchiveError, match="are not those of the source; stop what writes to either"):
        move(original, location)


def test_an_archive_of_other_pages_is_left_alone(original: str, location: str) -> None:
    with Archive.open(location) as archive:
        archive.page_id("another", "https://another.example/")
    with pytest.raises(ArchiveError, match="holds other pages already: name an empty database"):
        move(original, location)
    assert sql(location, "SELECT count(*) FROM captures") == [(0,)]
