"""Anything at all as input: `parse` reads it or refuses it, and quotes what it read."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fuzz.editing import edited
from fixtures import HERE
from model import LeadershipPage
from scraper import ScraperError, parse
from tests.handwritten_pages import LAYOUTS, WITHOUT_TEXT

SAVED = {page.name: page.read_bytes() for page in sorted(HERE.glob("*.html"))}
SMALL = {name: html.encode() for name, html in (LAYOUTS | WITHOUT_TEXT).items()}


def read(html: bytes | str) -> LeadershipPage | None:
    """Return the page if it is one; any error but ScraperError is the test's failure."""
    try:
        page = parse(html)
    except ScraperError:
        return None
    assert page.offices
    for office in page.offices:
        quotes = [office.quote, office.leader and office.leader.quote, *(one.quote for one in office.figures)]
        assert all(page.text[quote.start : quote.end] == quote.text for quote in quotes if quote)
        assert not (office.vacant and office.leader)
        assert office.name
        if office.leader:
            assert office.leader.name
    assert 0 <= page.coverage <= 1
    assert LeadershipPage.from_json(page.to_json()) == page
    return page


@given(st.binary(max_size=500))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    read(body)
    read(b"<html><body><h1>" + body + b"</h1><p>Director Dana Whitcombe</p></body></html>")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    read(text)
    read(f"<main><h2>Office of {text}</h2><p>Acting Director {text}</p><p>{text} has 40 staff.</p></main>")


tags = st.sampled_from(
    "h1 h2 h3 p div span b br li ul table tr td th dl dt dd a details summary section main".split()
)
words = st.sampled_from(
    [
        *(
            "Director",
            "Acting",
            "Dana Whitcombe",
            "Lena Okafor",
            "Vacant",
            "Office of Water",
            "Name:",
            "Title:",
        ),
        *(
            "Director Dana Whitcombe",
            "Dr.",
            ",",
            "(OW)",
            "The Office of Water (OW) is",
            "40 staff",
            "*",
            "&nbsp;",
        ),
        *("Former", "Leadership", "Last Modified: Apr 19, 2024", "Name", "Title", "Office", "\n"),
    ]
)
pieces = st.one_of(tags.map("<{}>".format), tags.map("</{}>".format), words.map(" {} ".format))


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=60).map("".join))
def test_any_order_of_tags_and_words_is_read_or_refused(html: str) -> None:
    read(html)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(SAVED)), st.integers(0, 2**32))
def test_saved_pages_cut_doubled_and_swapped_are_read_or_refused(name: str, seed: int) -> None:
    read(edited(SAVED[name], seed))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(SMALL)), st.integers(0, 2**32), st.integers(0, 2**32))
def test_small_pages_edited_again_and_again_are_read_or_refused(name: str, seed: int, other: int) -> None:
    read(edited(edited(SMALL[name], seed), other))


def test_the_same_bytes_read_the_same_each_time() -> None:
    for page in SAVED.values():
        assert read(page) == read(page)


@pytest.mark.parametrize(
    "tag", ["div", "span", "b", "section", "blockquote", "ul><li", "table><tr><td", "a", "p", "h2"]
)
def test_ten_thousand_nested_elements_are_read(tag: str) -> None:
    page = read(f"<main><h1>Offices</h1><p>Director Dana Whitcombe</p>{f'<{tag}>x' * 10_000}</main>")
    assert page is None or page.offices


def test_large_random_bytes_are_refused_in_time() -> None:
    assert read(Random(1).randbytes(1_000_000)) is None  # noqa: S311 - chance that can be repeated is the point
