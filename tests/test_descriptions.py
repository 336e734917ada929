"""When an office's description says something else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Figure, Office
from monitor.descriptions import says_something_else
from tests.plausible_pages import PATROL, SUPPORT, TRADE, figure, led_by


def says(text: str, figures: tuple[Figure, ...] = ()) -> Office:
    return replace(SUPPORT, text=text, figures=figures)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("A budget of $7.5 billion.", "A budget of US$7,500 million."),
        ("A budget of 7.5 billion dollars.", "A budget of $7,500,000,000"),
        ("A fund of Rs. 86.1 billion", "A fund of 86.1bn rupees"),
        ("some twenty offices", "about 20 offices"),
        ("more than 50,000 agents", "50,000+ agents"),
        ("no fewer than 5 ports", "at least five ports"),
        ("not more than 18 000 staff", "up to 18,000 staff"),
        ("a budget exceeding $39 million", "a budget of $39 million+"),
        ("92 percent of ports", "92% of ports"),
        ("the nation’s “front line” — and borders", 'the nation\'s "front line" - and\u00a0borders'),
    ],
)
def test_another_spelling_says_the_same(left: str, right: str) -> None:
    assert not says_something_else(says(left), says(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("founded in 2003", "founded in 2004"),
        ("guards the border", "guards the borders"),
        ("over 20 offices", "under 20 offices"),
        ("one office", "one small office"),
    ],
)
def test_other_words_say_something_else(left: str, right: str) -> None:
    assert says_something_else(says(left), says(right))


def test_what_other_changes_tell_is_not_told_again() -> None:
    old = says(
        "It employs over 300 people and runs 12 labs.", figures=(figure("people", 300), figure("labs", 12))
    )
    new = says(
        "It employs over 410 people and runs 12 labs.", figures=(figure("people", 410), figure("labs", 12))
    )
    fewer = says("It employs over 300 people.", figures=(figure("people", 300),))
    assert not says_something_else(old, new)
    assert not says_something_else(old, fewer)
    renamed = replace(
        TRADE, name="Office of Commerce", text=TRADE.text.replace("Office of Trade", "Office of Commerce")
    )
    assert not says_something_else(TRADE, renamed)
    named = [
        replace(PATROL, text=f"Led by Chief {name}.", **led_by(name)) for name in ("Jason Owens", "Mia Wong")
    ]
    assert not says_something_else(*named)


def test_a_note_is_part_of_what_is_said_wherever_it_stands() -> None:
    note = "*The Chief has the rank of Executive Assistant Commissioner"
    assert says_something_else(PATROL, replace(PATROL, note=note))
    assert not says_something_else(replace(PATROL, note=note), replace(PATROL, text=f"{PATROL.text} {note}"))


@given(st.text(), st.text())
def test_any_two_texts_compare(left: str, right: str) -> None:
    assert says_something_else(says(left), says(right)) == says_something_else(says(right), says(left))
