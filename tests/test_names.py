"""The grammar of names: what is one person's name, what is none, and what a name is dressed in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.names import CLEAR, LIKELY, core, honorific_length, is_suffix, name_score

PEOPLE = [
    "Dana Whitcombe",
    "DANA WHITCOMBE",
    "Diane J. Sabatino",
    "J. Lena Okafor",
    "L. B. Okafor",
    "Dr. Lena Okafor",
    "The Rt Hon Lena Okafor MP",
    "Rear Admiral Lena Okafor",
    "Lena Okafor Jr.",
    "Lena Okafor, Ph.D.",
    "Lena Okafor III",
    'Lena "Lee" Okafor',
    "Lena (Lee) Okafor",
    "Mary-Jane O'Dowd",
    "Niamh O’Dowd",
    "José Ñúñez",
    "Søren Østergård",
    "Thảo Nguyễn",
    "Ludwig van der Meer",
    "Fatima bint Rashid",
    "Baroness Okafor of Marsh",
]


@pytest.mark.parametrize("name", PEOPLE)
def test_people_are_clear(name: str) -> None:
    assert name_score(name.split()) >= CLEAR


@pytest.mark.parametrize(
    "name", ["Grace Law", "Mark Field", "Dr. Suharto", "Rear Admiral Okafor", "Xq Zzyx", "Kalani Kealoha-Nakoa"]
)
def test_people_whose_words_say_something_else_or_nothing_are_likely(name: str) -> None:
    assert name_score(name.split()) >= LIKELY


OTHERS = [
    "Office of Trade",
    "Border Patrol",
    "Ports of Entry",
    "New York",
    "Press Releases",
    "Executive Assistant Commissioner",
    "Ground Transportation",
    "Human Resources",
    "Air and Marine Operations",
    "Dana Whitcombe and Lena Okafor",
    "Dana Whitcombe, Lena Okafor",
    "Dana: Whitcombe",
    "dana whitcombe",
    "Dana 2024",
    "J. P.",
    "Jr.",
    "Theodore Roosevelt Medal",
    "Dana Whitcombe Library",
    "One Two Three Four Five Six Seven Eight",
    "",
]


@pytest.mark.parametrize("words", OTHERS)
def test_bodies_places_titles_lists_and_fragments_are_no_likely_names(words: str) -> None:
    assert name_score(words.split()) < LIKELY


def test_a_word_alone_is_a_name_only_in_company() -> None:
    assert name_score(["Suharto"]) < LIKELY <= name_score(["Dr.", "Suharto"])


LENGTHS = {
    "The Rt Hon Dana": 3,
    "The Hon Dr Dana": 3,
    "Rear Admiral Dana": 2,
    "Vice Adm. Dana": 2,
    "Dr. Dana": 1,
    "dr. dana": 0,
    "Dana": 0,
    "Dr.": 0,
}


@pytest.mark.parametrize(("words", "length"), LENGTHS.items())
def test_honorifics_and_ranks_are_counted_but_never_as_the_whole(words: str, length: int) -> None:
    assert honorific_length(words.split()) == length


@pytest.mark.parametrize(
    ("token", "before", "suffix"),
    [
        ("Jr.", "", True),
        ("III", "", True),
        ("Ph.D.", "", True),
        ("MP", "", True),
        ("Esq.", "", True),
        ("Ma", "", False),
        ("Ma", "Okafor,", True),
        ("ma", "Okafor,", False),
        ("Dana", "", False),
    ],
)
def test_suffixes_are_told_from_short_names(token: str, before: str, suffix: bool) -> None:
    assert is_suffix(token, before) is suffix


def test_a_word_is_looked_up_without_case_accents_and_edges() -> None:
    assert [core(token) for token in ("(José,", "“Lee”", "Ph.D.", "O’Dowd", "—")] == [
        "jose",
        "lee",
        "ph.d",
        "o'dowd",
        "",
    ]


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12))
def test_any_words_have_a_score(tokens: list[str]) -> None:
    assert name_score(tokens) < 10
    assert 0 <= honorific_length(tokens) <= max(0, len(tokens) - 1)
