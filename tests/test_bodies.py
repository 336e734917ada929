"""Bytes are kept once, small, and known to be whole when they are read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import Archive, ArchiveError
from tests.archive_rows import START, URL, hours, served, sql

BODIES = st.lists(st.binary(max_size=2000) | st.just(b"<p>over and over</p>" * 500), min_size=1, max_size=6)


def html(nonce: int) -> bytes:
    """Return a page of some 50 KB whose versions differ by a nonce."""
    paragraphs = (
        f"<p id='p{number}'>{hash((number, 7)) % 10**12} in words of its own</p>" for number in range(900)
    )
    return f"<html><body data-nonce='{nonce * 7919}'>{''.join(paragraphs)}</body></html>".encode()


def sizes(location: str) -> list[tuple[int, int | None]]:
    return [
        (size, base) for size, base in sql(location, "SELECT length(zstd), base_id FROM bodies ORDER BY id")
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BODIES)
def test_any_bytes_come_back_as_served(location: str, bodies: list[bytes]) -> None:
    with Archive.open(location) as archive:
        page_id = archive.page_id("agency", URL)
        kept = [archive.keep_capture(page_id, served(body, START)).id for body in bodies]
        assert [archive.capture(number).body for number in kept] == bodies


def test_the_same_bytes_are_stored_once(location: str) -> None:
    with Archive.open(location) as archive:
        page_id = archive.page_id("agency", URL)
        for number, body in enumerate([b"a", b"b", b"a"]):
            archive.keep_capture(page_id, served(body, hours(number)))
    assert len(sizes(location)) == 2


def test_a_version_with_another_nonce_takes_a_few_bytes_and_two_steps_to_read(location: str) -> None:
    with Archive.open(location) as archive:
        page_id = archive.page_id("agency", URL)
        kept = [archive.keep_capture(page_id, served(html(number), hours(number))).id for number in range(5)]
        assert [archive.capture(number).body for number in kept] == [html(number) for number in range(5)]
    whole, *rest = sizes(location)
    assert whole[1] is None
    assert {base for _, base in rest} == {1}
    assert all(size < 150 for size, _ in rest)


def test_a_page_that_became_another_stands_on_its_own(location: str) -> None:
    with Archive.open(location) as archive:
        page_id = archive.page_id("agency", URL)
        archive.keep_capture(page_id, served(html(0)))
        archive.keep_capture(page_id, served(b"Access Denied", hours(1)))
    assert [base for _, base in sizes(location)] == [None, None]


def test_a_damaged_body_keeps_no_new_evidence_out(location: str) -> None:
    with Archive.open(location) as archive:
        page_id = archive.page_id("agency", URL)
        archive.keep_capture(page_id, served(html(0)))
        sql(location, "UPDATE bodies SET zstd = substr(zstd, 2)")
        number = archive.keep_capture(page_id, served(html(1), hours(1))).id
        assert archive.capture(number).body == html(1)


@pytest.mark.parametrize(
    "damage", ["zstd = substr(zstd, 2)", f"sha256 = '{'0' * 64}'", "zstd = substr(zstd, 1, length(zstd) - 1)"]
)
def test_bytes_that_changed_in_the_archive_are_never_given_out(location: str, damage: str) -> None:
    with Archive.open(location) as archive:
        number = archive.keep_capture(archive.page_id("agency", URL), served(html(0))).id
        sql(location, f"UPDATE bodies SET {damage}")  # noqa: S608 ours
        with pytest.raises(ArchiveError, match="body 1 is damaged"):
            archive.capture(number)
