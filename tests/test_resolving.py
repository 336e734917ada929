"""What an office is called: by its heading, by its text, by the words behind a title."""

from __future__ import annotations

import pytest

from scraper import parse
from scraper.resolving import shared_posts


def offices(*lines: str) -> list[tuple[str, str]]:
    page = parse("<main><h1>Our people</h1>" + "".join(f"<p>{line}</p>" for line in lines) + "</main>")
    return [(office.name, office.leader.title) for office in page.offices if office.leader]


@pytest.mark.parametrize(
    ("line", "text", "office"),
    [
        (
            "Dana Whitcombe, Registrar of Motor Vehicles, Bridges and Structures",
            "Bridges and Structures keeps the roads open all the year round.",
            ("Bridges and Structures", "Registrar of Motor Vehicles"),
        ),
        (
            "Dana Whitcombe, Director, Strategic Programs, Grid Branch",
            "Day and night, the Grid Branch (GB) keeps the lights on in town and country.",
            ("Grid Branch", "Director, Strategic Programs"),
        ),
        (
            "Chief Tax Officer Dana Whitcombe, Whistleblower",
            "Whistleblower hears what people report to it, in confidence.",
            ("Whistleblower", "Chief Tax Officer"),
        ),
    ],
)
def test_words_behind_the_last_comma_are_the_office_that_the_text_is_about(
    line: str, text: str, office: tuple[str, str]
) -> None:
    assert offices(line, text) == [office]


def test_what_titles_share_before_a_comma_is_the_title_and_the_rest_the_office() -> None:
    lines = (
        "Under Secretary for Science, Hydropower: Dana Whitcombe",
        "Under Secretary for Science, Grids: Lena Okafor",
    )
    assert offices(*lines) == [
        ("Hydropower", "Under Secretary for Science"),
        ("Grids", "Under Secretary for Science"),
    ]


def test_a_list_of_subjects_is_no_shared_title() -> None:
    assert (
        shared_posts(["Minister of Culture, Media and Sport", "Minister of Trade, Minister of Mines"])
        == frozenset()
    )


def test_the_capacity_of_a_title_without_a_name_is_not_the_next_leaders() -> None:
    lines = ("Official Performing the Duties of the Secretary of Tides", "Dana Whitcombe, Director of Rivers")
    page = parse("<main><h1>Our people</h1>" + "".join(f"<p>{line}</p>" for line in lines) + "</main>")
    assert [office.leader.capacity for office in page.offices if office.leader] == ["permanent"]


def test_a_title_that_says_what_it_is_the_head_of_is_not_renamed_by_its_text() -> None:
    lines = (
        "Minister of Defence Dana Whitcombe",
        "The Ministry of Defence is responsible for the army of the realm.",
    )
    assert offices(*lines) == [("Minister of Defence", "Minister of Defence")]


def test_the_office_behind_a_title_begins_with_the_noun_of_a_body() -> None:
    line = "Dana Whitcombe, Director, Strategic Programs, Institute for Mud"
    third = "Marie Blanc, Director, Strategic Programs, Electricity Delivery Bureau"
    other = "Lena Okafor, Conservator of Forests, Watershed Restoration Service"
    assert offices(line, third, other) == [
        ("Institute for Mud", "Director, Strategic Programs"),
        ("Electricity Delivery Bureau", "Director, Strategic Programs"),
        ("Watershed Restoration Service", "Conservator of Forests"),
    ]


def test_a_text_that_abbreviates_its_office_names_it_beside_any_title() -> None:
    lines = (
        "Deputy Commandant for Operations Dana Whitcombe",
        "The Aids to Navigation Directorate (AND) keeps the buoys of the coast in their places.",
    )
    assert offices(*lines) == [("Aids to Navigation Directorate", "Deputy Commandant for Operations")]


def test_an_office_that_is_vacant_may_stand_on_the_line_that_says_so() -> None:
    lines = ("Office of Reeds – Dana Whitcombe, Director", "Office of Mud – Vacant")
    page = parse("<main><h1>Our offices</h1>" + "".join(f"<p>{line}</p>" for line in lines) + "</main>")
    assert [(office.name, office.vacant) for office in page.offices] == [
        ("Office of Reeds", False),
        ("Office of Mud", True),
    ]
