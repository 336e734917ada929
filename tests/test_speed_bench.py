"""The speed bench itself: what its site serves is what its table says."""

from __future__ import annotations

import pytest

from bench.speed.pages import name, page
from monitor import compare
from scraper import parse


@pytest.fixture(scope="module")
def first() -> bytes:
    return page(7)


def test_each_page_names_people_of_its_own(first: bytes) -> None:
    here, there = (
        {office.leader.name for office in parse(body).offices if office.leader} for body in (first, page(8))
    )
    assert len(here) == len(there) == 6
    assert not here & there


def test_another_version_has_one_other_leader(first: bytes) -> None:
    changes = compare(parse(first), parse(page(7, version=1)))
    assert [change.kind for change in changes] == ["leader_replaced"]


def test_new_nonces_are_other_bytes_that_say_the_same(first: bytes) -> None:
    again = page(7, nonce=3)
    assert again != first
    assert parse(again) == parse(first)


def test_names_are_given_once() -> None:
    assert len({name(number) for number in range(50_000)}) == 50_000
