"""Bytes are kept once, small, and known to be whole when they are read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import Archive, ArchiveError
from tests.archive_rows import START, URL, hours, served

BODIES = st.lists(st.binary(max_size=2000) | st.just(b"<p>over and over</p>" * 500), min_size=1, max_size=6)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "leaderwatch.db"


def html(nonce: int) -> bytes:
    """Return a page of some 50 KB whose versions differ by a nonce."""
    paragraphs = (
        f"<p id='p{number}'>{hash((number, 7)) % 10**12} in words of its own</p>" for number in range(900)
    )
    return f"<html><body data-nonce='{nonce * 7919}'>{''.join(paragraphs)}</body></html>".encode()


def sizes(path: Path) -> list[tuple[int, int | None]]:
    with closing(sqlite3.connect(path)) as reader:
        return reader.execute("SELECT length(zstd), base_id FROM bodies ORDER BY id").fetchall()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BODIES)
def test_any_bytes_come_back_as_served(tmp_path: Path, bodies: list[bytes]) -> None:
    with Archive.open(tmp_path / "leaderwatch.db") as archive:
        page_id = archive.page_id("agency", URL)
        kept = [archive.keep_capture(page_id, served(body, START)).id for body in bodies]
        assert [archive.capture(number).body for number in kept] == bodies


def test_the_same_bytes_are_stored_once(path: Path) -> None:
    with Archive.open(path) as archive:
        page_id = archive.page_id("agency", URL)
        for number, body in enumerate([b"a", b"b", b"a"]):
            archive.keep_capture(page_id, served(body, hours(number)))
    assert len(sizes(path)) == 2


def test_a_version_with_another_nonce_takes_a_few_bytes_and_two_steps_to_read(path: Path) -> None:
    with Archive.open(path) as archive:
        page_id = archive.page_id("agency", URL)
        kept = [archive.keep_capture(page_id, served(html(number), hours(number))).id for number in range(5)]
        assert [archive.capture(number).body for number in kept] == [html(number) for number in range(5)]
    whole, *rest = sizes(path)
    assert whole[1] is None
    assert {base for _, base in rest} == {1}
    assert all(size < 150 for size, _ in rest)


def test_a_page_that_became_another_stands_on_its_own(path: Path) -> None:
    with Archive.open(path) as archive:
        page_id = archive.page_id("agency", URL)
        archive.keep_capture(page_id, served(html(0)))
        archive.keep_capture(page_id, served(b"Access Denied", hours(1)))
    assert [base for _, base in sizes(path)] == [None, None]


def test_a_damaged_body_keeps_no_new_evidence_out(path: Path) -> None:
    with Archive.open(path) as archive:
        page_id = archive.page_id("agency", URL)
        archive.keep_capture(page_id, served(html(0)))
        with closing(sqlite3.connect(path)) as outsider:
            outsider.executescript("UPDATE bodies SET zstd = x'00'")
        number = archive.keep_capture(page_id, served(html(1), hours(1))).id
        assert archive.capture(number).body == html(1)


@pytest.mark.parametrize(
    "damage", ["zstd = x'00'", f"sha256 = '{'0' * 64}'", "zstd = substr(zstd, 1, length(zstd) - 1)"]
)
def test_bytes_that_changed_in_the_archive_are_never_given_out(path: Path, damage: str) -> None:
    with Archive.open(path) as archive:
        number = archive.keep_capture(archive.page_id("agency", URL), served(html(0))).id
        with closing(sqlite3.connect(path)) as outsider:
            outsider.executescript(f"UPDATE bodies SET {damage}")  # noqa: S608 ours
        with pytest.raises(ArchiveError, match="body 1 is damaged"):
            archive.capture(number)
