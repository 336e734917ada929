"""What a text calls its own office, and the abbreviations it gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.selfnames import abbreviation_in_text, name_in_text, split_abbreviation

NAMED = {
    "The Office of Trade (OT) consolidates the trade policy.": ("Office of Trade", "OT"),
    "Office of Field Operations (OFO), is the largest component": ("Office of Field Operations", "OFO"),
    "Air and Marine Operations (AMO) is a federal organization": ("Air and Marine Operations", "AMO"),
    "Operations Support (OS) is a team": ("Operations Support", "OS"),
    "As the largest office, the Office of Trade (OT) sets policy": ("Office of Trade", "OT"),
    "In 2016, the Office of Trade (OT) was founded": ("Office of Trade", "OT"),
    "The Bureau of Land Management (“BLM”) manages": ("Bureau of Land Management", "BLM"),
    "The Department of Health and Human Services (HHS) helps": (
        "Department of Health and Human Services",
        "HHS",
    ),
    "The Office of the Chief Counsel (OCC) advises": ("Office of the Chief Counsel", "OCC"),
    "The United States Border Patrol, headed by the Chief, is": ("United States Border Patrol", None),
}


@pytest.mark.parametrize(("text", "named"), NAMED.items())
def test_the_opening_sentence_names_its_office(text: str, named: tuple[str, str | None]) -> None:
    assert name_in_text(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "The Office provides uniformity.",
        "OFO is headed by an Executive Assistant Commissioner.",
        "We protect the Nation.",
        "Led by people who know the Office of Trade (OT), we serve.",
        "The Assistant Secretary for Health (ASH) leads.",
        "Dana Whitcombe is the Director of the Office of Trade (OT).",
        "Five of these are headed by Assistant Commissioners.",
        "",
    ],
)
def test_texts_that_speak_of_another_thing_first_name_no_office(text: str) -> None:
    assert name_in_text(text) is None


ABBREVIATED = {
    "Office of Trade (OT)": ("Office of Trade", "OT"),
    "Office of Trade - OT": ("Office of Trade", "OT"),
    "Office of Trade – OT": ("Office of Trade", "OT"),
    "Office of Trade": ("Office of Trade", None),
    "Office of Trade*": ("Office of Trade", None),
    "Office of Trade:": ("Office of Trade", None),
    "Region 4 (Atlanta)": ("Region 4 (Atlanta)", None),
}


@pytest.mark.parametrize(("heading", "parts"), ABBREVIATED.items())
def test_an_abbreviation_at_the_end_is_no_part_of_the_name(heading: str, parts: tuple[str, str | None]) -> None:
    assert split_abbreviation(heading) == parts


@pytest.mark.parametrize(
    ("name", "text", "short"),
    [
        ("Office of Field Operations", "The Office of Field Operations (OFO) is large.", "OFO"),
        ("Office of Field Operations", "We, the Office of Field Operations (“OFO”), are.", "OFO"),
        ("Office of Trade", "Partners such as the World Trade Organization (WTO) help.", None),
        ("Office of Trade", "Trade is what the Office (2024) does.", None),
        ("Office of Trade", "", None),
    ],
)
def test_a_text_abbreviates_the_offices_own_name_alone(name: str, text: str, short: str | None) -> None:
    assert abbreviation_in_text(name, text) == short


@given(st.text(max_size=120), st.text(max_size=20))
def test_no_text_raises(text: str, name: str) -> None:
    name_in_text(f"The Office of {text}")
    split_abbreviation(text)
    abbreviation_in_text(name, f"{name} ({text})")
