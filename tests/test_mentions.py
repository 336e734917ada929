"""Leaders whom only a sentence names, and sentences that name nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Capacity
from scraper.mentions import leader_in_text

NAMED = {
    "Air and Marine Operations is led by Executive Assistant Commissioner Jonathan P. Miller.": (
        "Jonathan P. Miller",
        "Executive Assistant Commissioner",
        None,
    ),
    "The office is currently led by Acting Director Dana Whitcombe, who joined in 2010.": (
        "Dana Whitcombe",
        "Director",
        Capacity.ACTING,
    ),
    "It is managed by its Director, Dana Whitcombe.": ("Dana Whitcombe", "Director", None),
    "The Bureau is headed by the Commissioner, Dana O. Whitcombe, and has 40 staff.": (
        "Dana O. Whitcombe",
        "Commissioner",
        None,
    ),
    "The office is directed by Dana Whitcombe, Director of Water.": (
        "Dana Whitcombe",
        "Director of Water",
        None,
    ),
    "Dana Whitcombe is the Director of the Office of Water.": (
        "Dana Whitcombe",
        "Director of the Office of Water",
        None,
    ),
    "The office is headed by Acting Director Dana Whitcombe and employs 64 inspectors.": (
        "Dana Whitcombe",
        "Director",
        Capacity.ACTING,
    ),
    "Dana Whitcombe serves as Acting Director of the Office of Water.": (
        "Dana Whitcombe",
        "Director of the Office of Water",
        Capacity.ACTING,
    ),
    "The Chair is Dana Whitcombe. She was appointed in 2022.": ("Dana Whitcombe", "Chair", None),
    "The Acting Chair, Rosamund Akinfenwa, is responsible for the work.": (
        "Rosamund Akinfenwa",
        "Chair",
        Capacity.ACTING,
    ),
    "Dana Whitcombe was named Director of Water.": ("Dana Whitcombe", "Director of Water", None),
    "Dr. Dana Whitcombe is the Chief Scientist.": ("Dr. Dana Whitcombe", "Chief Scientist", None),
}


@pytest.mark.parametrize(("text", "parts"), NAMED.items())
def test_a_sentence_made_for_it_names_the_leader(text: str, parts: tuple[str, str, Capacity | None]) -> None:
    found = leader_in_text(text)
    assert found is not None
    reading, words = found
    assert (reading.name, reading.title, reading.capacity) == parts
    assert words in text


@pytest.mark.parametrize(
    "text",
    [
        "The office is headed by an Executive Assistant Commissioner who is responsible for its work.",
        "The Border Patrol, headed by the Chief, U.S. Border Patrol, is the headquarters.",
        "Five of these are headed by Assistant Commissioners.",
        "The office was led by Director Dana Whitcombe until 2020.",
        "Former Director Dana Whitcombe is a fellow.",
        "Dana Whitcombe is the former Director of Water.",
        "Dana Whitcombe is a member of the staff.",
        "Dana Whitcombe leads the office.",
        "The Director, Water Quality, is responsible for it.",
        "The Director is Responsible for Water.",
        "The report was written by Director Dana Whitcombe.",
        "",
    ],
)
def test_other_sentences_name_nobody(text: str) -> None:
    assert leader_in_text(text) is None


def test_a_name_known_from_the_lines_above_needs_no_more_evidence() -> None:
    text = "Persephone Arkwright is the Principal Deputy Assistant Secretary. She holds a degree."
    found = leader_in_text(text, "Persephone Arkwright")
    assert leader_in_text(text) is None
    assert found is not None
    assert found[0].title == "Principal Deputy Assistant Secretary"


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    leader_in_text(text)
    leader_in_text(f"The office is led by {text}")
    leader_in_text(f"Dana Whitcombe is the {text}")


def test_a_later_sentence_names_the_leader_by_a_title_that_stands_alone() -> None:
    text = "The Division is headed by a Director who is appointed. Captain Dana Whitcombe serves as Director."
    found = leader_in_text(text)
    assert found is not None
    assert (found[0].name, found[0].title) == ("Captain Dana Whitcombe", "Director")
    assert (
        leader_in_text("The Division keeps watch. Dana Whitcombe serves as Chair of the River Board.") is None
    )
