"""What makes a reading unbelievable, and what only looks so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model import Leader, LeadershipPage, Office
from monitor.screening import screen
from tests.plausible_pages import CBP, FIELD, PATROL, SUPPORT, TRADE, led_by, page

NAMES = ("Ada Obi", "Bo Lund", "Cy Drew", "Di Sato", "Ed Kerr", "Fay Moss", "Gus Hale", "Hal Voss", "Ida Crane")


def agency(count: int, *, prefix: str = "Bureau") -> LeadershipPage:
    return page(
        *(
            Office(f"{prefix} {chr(65 + place)}{chr(75 + place)}", leader=Leader(NAMES[place], "Director"))
            for place in range(count)
        )
    )


def without(reading: LeadershipPage, count: int) -> LeadershipPage:
    return replace(reading, offices=reading.offices[count:])


def test_the_same_page_is_believed() -> None:
    assert screen(CBP, CBP) is None


@pytest.mark.parametrize(("all_of_them", "lost"), [(2, 1), (3, 1), (5, 2), (6, 2), (9, 3)])
def test_single_losses_are_believed_and_wait_to_be_confirmed(all_of_them: int, lost: int) -> None:
    before = agency(all_of_them)
    assert screen(before, without(before, lost)) is None


@pytest.mark.parametrize(("all_of_them", "lost"), [(3, 2), (4, 2), (6, 3), (7, 3), (9, 4)])
def test_a_large_loss_is_not(all_of_them: int, lost: int) -> None:
    before = agency(all_of_them)
    reason = screen(before, without(before, lost))
    assert reason is not None
    assert reason.startswith(f"{lost} of {all_of_them} offices are gone at once: Bureau AK, Bureau BL")


def test_leader_lines_that_vanish_without_a_word_are_a_loss_too() -> None:
    before = agency(6)
    silent = tuple(replace(each, leader=None) for each in before.offices[:4])
    assert screen(before, replace(before, offices=(*silent, *before.offices[4:]))) == (
        "4 of 6 leaders are gone at once: Bureau AK, Bureau BL, Bureau CM, Bureau DN"
    )
    vacant = tuple(replace(each, vacant=True) for each in silent)
    assert screen(before, replace(before, offices=(*vacant, *before.offices[4:]))) is None


def test_nobody_named_is_never_everybody_gone() -> None:
    nobody = replace(CBP, offices=tuple(replace(each, leader=None, vacant=True) for each in CBP.offices))
    assert screen(CBP, nobody) == "no leader is named, where 4 were named before"
    assert screen(CBP, page()) == "no office was found on the page"
    assert screen(nobody, nobody) is None


def test_a_new_administration_is_believed() -> None:
    new = (replace(each, **led_by(name)) for each, name in zip(CBP.offices, NAMES, strict=False))
    assert screen(CBP, page(*new)) is None


def test_a_reorganisation_that_keeps_its_people_is_believed() -> None:
    new = (
        replace(each, name=f"Directorate {place}", text="", abbreviation=None)
        for place, each in enumerate(CBP.offices)
    )
    assert screen(CBP, page(*new)) is None


def test_growth_is_believed() -> None:
    assert screen(page(FIELD), CBP) is None


def test_another_page_is_not_believed() -> None:
    assert screen(CBP, agency(6)) is not None
    posts = [
        Office(title, leader=Leader(name, title))
        for title, name in (("Director", "Ada Obi"), ("Counsel", "Bo Lund"))
    ]
    others = [replace(each, **led_by(name, each.name)) for each, name in zip(posts, NAMES[2:], strict=False)]
    assert screen(page(*posts), page(*others)) is None
    reason = screen(page(*posts), replace(page(*others), title="Fisheries Research Institute"))
    assert reason is not None
    assert reason.startswith("another page: headed 'Fisheries Research Institute'")


def test_required_offices_must_be_there_under_any_of_their_names() -> None:
    required = ("U.S. Border Patrol", "OFO", "The Office of Trade")
    assert screen(CBP, CBP, required=required) is None
    renamed = page(FIELD, PATROL, replace(TRADE, name="Commerce Directorate"), SUPPORT)
    assert screen(CBP, renamed, required=required) is None
    assert screen(CBP, page(FIELD, TRADE, SUPPORT), required=required) == (
        "required office U.S. Border Patrol is missing from the page"
    )
    assert screen(CBP, page(FIELD, SUPPORT, SUPPORT), required=required) == (
        "required offices U.S. Border Patrol, The Office of Trade are missing from the page"
    )
