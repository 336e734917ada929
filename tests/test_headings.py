"""What headings are about: an office, a kind of list, or something aside."""

from __future__ import annotations

import pytest

from scraper.headings import is_aside, is_generic, names_office, subject_of


@pytest.mark.parametrize(
    "heading",
    [
        "Latest News",
        "Press Releases",
        "Former Directors",
        "Past Presidents",
        "Related Links",
        "Contact Us",
        "In Memoriam",
        "Job Openings",
        "Awards",
        "Opening Hours",
    ],
)
def test_asides_are_not_about_who_leads_now(heading: str) -> None:
    assert is_aside(heading)
    assert is_generic(heading)
    assert not names_office(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Leadership",
        "Senior Leadership",
        "Our Team",
        "Directors",
        "Ministers",
        "Executive Assistant Commissioners' Offices",
        "Biographies",
        "www.example.gov",
    ],
)
def test_kinds_of_lists_name_no_office(heading: str) -> None:
    assert is_generic(heading)
    assert not is_aside(heading)
    assert not names_office(heading)


@pytest.mark.parametrize("heading", ["Office of Trade", "Press Office", "Office of News", "Bureau of Events"])
def test_offices_are_neither_lists_nor_asides_even_when_they_deal_with_news(heading: str) -> None:
    assert names_office(heading)
    assert not is_generic(heading)
    assert not is_aside(heading)


SUBJECTS = {
    "Office of Trade Leadership": "Office of Trade",
    "Office of Trade: Senior Leadership": "Office of Trade",
    "Office of Trade": "Office of Trade",
    "Office of Trade Leadership and Organization": "Office of Trade",
    "Bureau of Land Management": "Bureau of Land Management",
    "Legacy Management Division": "Legacy Management Division",
    "Leadership Development Branch": "Leadership Development Branch",
    "Leadership": None,
    "Management Team": None,
    "Ministers": None,
    "State Entomologists' Offices": None,
}


@pytest.mark.parametrize(("heading", "subject"), SUBJECTS.items())
def test_the_subject_of_a_heading_is_what_is_left_without_leadership(heading: str, subject: str | None) -> None:
    assert subject_of(heading) == subject
