"""Words of capacity and vacancy: what they are, and what only looks like them."""

from __future__ import annotations

import pytest

from model import Capacity
from scraper.capacities import is_past, is_vacancy, split_capacity, tidy

STATED = {
    "Acting Director": ("Director", Capacity.ACTING),
    "ACTING DIRECTOR": ("DIRECTOR", Capacity.ACTING),
    "Director (Acting)": ("Director", Capacity.ACTING),
    "Director, Acting": ("Director", Capacity.ACTING),
    "Director [Acting]": ("Director", Capacity.ACTING),
    "Director (A)": ("Director", Capacity.ACTING),
    "A/Director": ("Director", Capacity.ACTING),
    "Actg. Director": ("Director", Capacity.ACTING),
    "Director, in an acting capacity": ("Director", Capacity.ACTING),
    "Currently acting as Director": ("Director", Capacity.ACTING),
    "Acting": ("", Capacity.ACTING),
    "Interim Director": ("Director", Capacity.INTERIM),
    "Director (Interim)": ("Director", Capacity.INTERIM),
    "Director, ad interim": ("Director", Capacity.INTERIM),
    "Director a.i.": ("Director", Capacity.INTERIM),
    "Senior Official Performing the Duties of the Commissioner": ("Commissioner", Capacity.PERFORMING_DUTIES),
    "Performing the Duties of Commissioner": ("Commissioner", Capacity.PERFORMING_DUTIES),
    "Performing the Functions and Duties of the Commissioner": ("Commissioner", Capacity.PERFORMING_DUTIES),
    "Performing the Non-Exclusive Functions and Duties of the Director": (
        "Director",
        Capacity.PERFORMING_DUTIES,
    ),
    "Exercising the Authority of the Director": ("Director", Capacity.PERFORMING_DUTIES),
    "Performing the Duties of the Office of the Secretary": ("Secretary", Capacity.PERFORMING_DUTIES),
}


@pytest.mark.parametrize(("text", "parts"), STATED.items())
def test_a_stated_capacity_is_taken_out_of_the_text(text: str, parts: tuple[str, Capacity]) -> None:
    assert split_capacity(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Director",
        "Deputy Director",
        "Assistant Commissioner",
        "Associate Administrator",
        "Activities Director",
        "Enacting Director",
        "Interaction Officer",
        "Interim-Storage Director",
        "Director of Contracting",
        "Acting's",
        "Duties of the Director",
        "",
    ],
)
def test_no_capacity_is_stated_where_the_words_mean_something_else(text: str) -> None:
    assert split_capacity(text) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "Vacant",
        "VACANT",
        "(vacant)",
        "- Vacant -",
        "Position Vacant",
        "This position is currently vacant",
        "The post is vacant.",
        "Vacant since May 2024",
        "Vacant as of May 1",
        "To be announced",
        "To be determined",
        "TBD",
        "TBA",
        "N/A",
        "None",
        "No incumbent",
        "Open position",
    ],
)
def test_a_vacancy_is_what_stands_in_place_of_a_name(text: str) -> None:
    assert is_vacancy(text)


@pytest.mark.parametrize(
    "text",
    [
        "Director",
        "Vacancies",
        "Vacation",
        "Vacant Lots Program",
        "Vacant land policy",
        "Nonette Whitcombe",
        "",
        "*",
    ],
)
def test_a_word_about_empty_things_is_no_vacancy(text: str) -> None:
    assert not is_vacancy(text)


@pytest.mark.parametrize(
    "text",
    ["Former Director", "Director (Retired)", "Past Presidents", "Nominee for Director", "Director Emeritus"],
)
def test_former_and_future_holders_are_past(text: str) -> None:
    assert is_past(text)


@pytest.mark.parametrize("text", ["Director of Pastures", "Performer", "Director"])
def test_holders_are_not_past(text: str) -> None:
    assert not is_past(text)


TIDIED = {
    "Director ( )": "Director",
    "Director , Water": "Director, Water",
    ", Director ,": "Director",
    "Director,, Water": "Director, Water",
    "Director: – Water": "Director – Water",
    "( Water )": "(Water)",
    "  two   words ": "two words",
}


@pytest.mark.parametrize(("text", "clean"), TIDIED.items())
def test_what_a_removed_word_leaves_behind_is_tidied(text: str, clean: str) -> None:
    assert tidy(text) == clean
