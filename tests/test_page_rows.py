"""Whatever a page says comes back from the archive as it was read, with the words it was read from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model import Bound, Capacity, Figure, Leader, LeadershipPage, Office, Quote
from storage import Archive, ArchiveError, Belief, SnapshotState
from tests.archive_rows import AGENTS, PAGE, PATROL, START, TRADE, URL, served

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
QUOTES = st.none() | st.builds(Quote, WORDS, st.integers(0, 10**6), st.integers(0, 10**6))
VALUES = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**18)
FIGURES = st.builds(Figure, WORDS, VALUES, st.none() | WORDS, st.none() | st.sampled_from(Bound), WORDS, QUOTES)
LEADERS = st.builds(Leader, WORDS, WORDS, st.sampled_from(Capacity), QUOTES)
OFFICES = st.builds(
    Office,
    name=WORDS,
    abbreviation=st.none() | WORDS,
    vacant=st.booleans(),
    note=st.none() | WORDS,
    leader=st.none() | LEADERS,
    figures=st.lists(FIGURES, max_size=3).map(tuple),
    text=WORDS,
    title=st.none() | WORDS,
    found_by=WORDS,
    quote=QUOTES,
)
PAGES = st.builds(
    LeadershipPage,
    url=WORDS,
    title=WORDS,
    last_modified=st.none() | st.dates(),
    figures=st.lists(FIGURES, max_size=3).map(tuple),
    offices=st.lists(OFFICES, max_size=4).map(tuple),
    text=WORDS,
    coverage=st.floats(0, 1),
)


def through(archive: Archive, page: LeadershipPage) -> tuple[LeadershipPage, LeadershipPage]:
    """Return the page as a snapshot and a belief give it back."""
    page_id = archive.page_id("agency", URL)
    capture = archive.keep_capture(page_id, served(b"a", START))
    with archive.transaction() as tx:
        snapshot = tx.save_snapshot(page_id, capture.id, page, parser_version=1, state=SnapshotState.BELIEVED)
        tx.set_belief(page_id, Belief(page, snapshot, START, START))
    belief = archive.belief(page_id)
    assert belief is not None
    return archive.snapshot(snapshot).page, belief.page


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(PAGES)
def test_any_page_comes_back_equal_with_its_quotes(location: str, page: LeadershipPage) -> None:
    with Archive.open(location) as archive:
        snapshot, belief = through(archive, page)
    assert snapshot == page == belief
    assert quotes(snapshot) == quotes(page) == quotes(belief)
    assert (snapshot.text, snapshot.coverage) == (page.text, page.coverage) == (belief.text, belief.coverage)


def quotes(page: LeadershipPage) -> list[object]:
    """Return what takes no part in equality, in the order of the page."""
    stated = (page.figures, *(office.figures for office in page.offices))
    figures = [figure.quote for group in stated for figure in group]
    offices = [
        (office.title, office.found_by, office.quote, office.leader and office.leader.quote)
        for office in page.offices
    ]
    return [figures, offices]


@pytest.mark.parametrize(
    "name", ["José Núñez-O’Brien", "Łukasz 🦅 Smith", "Zoë\u0301", "山田 太郎", "Seán \u200bÓ Sé"]
)
def test_names_come_back_as_written(location: str, name: str) -> None:
    page = replace(PAGE, offices=(replace(PATROL, leader=Leader(name, "Chief")),))
    with Archive.open(location) as archive:
        assert through(archive, page) == (page, page)


def test_values_are_exact(location: str) -> None:
    stated = ("7500000000", "0.1", "12.50", "1E+9", "123456789012345678901234567890.123456789")
    figures = tuple(replace(AGENTS, value=Decimal(value)) for value in stated)
    with Archive.open(location) as archive:
        found, _ = through(archive, replace(PAGE, figures=figures))
    assert [figure.value for figure in found.figures] == [Decimal(value) for value in stated]


@pytest.mark.parametrize(
    "page",
    [
        replace(PAGE, title="half\0way"),
        replace(PAGE, text="half\0way"),
        replace(PAGE, offices=(replace(TRADE, text="half\0way"),)),
        replace(PAGE, offices=(replace(TRADE, leader=Leader("half\ud800way", "Chief")),)),
    ],
)
def test_text_that_no_database_keeps_whole_is_refused_and_shown(location: str, page: LeadershipPage) -> None:
    with (
        Archive.open(location) as archive,
        pytest.raises(ArchiveError, match=r"U\+(0000|D800) at 4, in 'half"),
    ):
        through(archive, page)


def test_a_number_that_no_page_states_is_refused(location: str) -> None:
    page = replace(PAGE, figures=(replace(AGENTS, value=Decimal("NaN")),))
    with (
        Archive.open(location) as archive,
        pytest.raises(ValueError, match="NaN is not a number that a page can state"),
    ):
        through(archive, page)
