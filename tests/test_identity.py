"""Who is the same person, and what is the same title, measure, name."""

from __future__ import annotations

import doctest
from itertools import combinations
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Figure
from monitor import amounts, everyday_names, identity, likeness, measures, sentences, spelling
from monitor.everyday_names import EVERYDAY, forms_of_one
from monitor.identity import read_person, same_holder, same_person, title_key
from monitor.measures import likeness as measure_likeness
from monitor.spelling import same_spelling
from tests.plausible_pages import figure

names = st.text(alphabet="aAbBcéO'’.,- \"()IiVvJjRrDdßПр", max_size=24)


@pytest.mark.parametrize(
    "module",
    [amounts, everyday_names, identity, likeness, measures, sentences, spelling],
    ids=lambda m: m.__name__,
)
def test_the_examples_in_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Diane Sabatino", "Diane J. Sabatino"),
        ("AnnMarie Highsmith", "AnnMarie R. Highsmith"),
        ("Anne-Marie Highsmith", "AnnMarie R. Highsmith"),
        ("Pete Flores", "Peter R. Flores"),
        ('Benjamine "Carry" Huffman', "Benjamin Huffman"),
        ("Benjamine “Carry” Huffman", "Carry Huffman"),
        ("Mike Banks", "Michael W. Banks"),
        ("The Rt Hon Michael Gove MP", "Michael Gove"),
        ("The Rt Hon Robert Buckland QC MP", "Sir Robert Buckland KBE KC MP"),
        ("Rear Admiral Linda Fagan", "Vice Admiral Linda L. Fagan"),
        ("Benjamin S. Carson, Sr.", "Ben Carson"),
        ("Thérèse Coffey", "THERESE COFFEY"),
        ("OWENS, Jason D.", "Jason Owens"),
        ("J. Edgar Hoover", "Edgar Hoover"),
        ("H.R. McMaster", "Herbert R. McMaster"),
        ("K. J. L'Heureux", "J. L’Heureux"),
        ("Karen Jones", "Karen Jones-Smith"),
        ("Jacob Rees-Mogg", "Jacob Rees Mogg"),
        ("Jim O’Neil, Ph.D.", "James O'Neil"),
    ],
)
def test_a_person_stays_the_same(left: str, right: str) -> None:
    assert same_holder(left, right)
    assert same_holder(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Troy A. Miller", "Jonathan P. Miller"),
        ("John Smith", "Jane Smith"),
        ("Jon Smith", "Joan Smith"),
        ("John A. Smith", "John B. Smith"),
        ("John Smith, Jr.", "John Smith, Sr."),
        ("George Bush II", "George Bush III"),
        ("Eric Young", "Erin Young"),
        ("Maria Lopez", "Marie Lopez"),
        ("Robert Smith", "John R. Smith"),
        ("Karen Jones", "Karen Miller"),
        ("Li Wei", "Li Na"),
        ("Robert E. Perez", "Roberto Perez"),
        ("Dean Anderson", "Paul Anderson"),
    ],
)
def test_two_people_are_two_people(left: str, right: str) -> None:
    assert not same_holder(left, right)
    assert not same_holder(right, left)


@pytest.mark.parametrize("mended", ["Dianee Sabatino", "Diane Sabattino", "Daine Sabatino", "Diane Sabatno"])
def test_a_typo_is_mended_in_one_office_and_nowhere_else(mended: str) -> None:
    assert same_holder("Diane J. Sabatino", mended)
    assert not same_person("Diane J. Sabatino", mended)


def test_a_bare_surname_is_a_person_only_where_it_stands() -> None:
    assert same_holder("Chief Owens", "Jason Owens")
    assert not same_person("Chief Owens", "Jason Owens")
    assert same_person("Soekarno", "SOEKARNO")


def test_everyday_names_of_one_surname_are_as_many_people() -> None:
    pairs = [pair for pair in combinations(sorted(EVERYDAY)[::3], 2) if not forms_of_one(*pair)]
    assert not [pair for pair in pairs if same_holder(f"{pair[0].title()} Young", f"{pair[1].title()} Young")]


@given(names, names)
def test_sameness_goes_both_ways_and_survives_any_name(left: str, right: str) -> None:
    assert same_holder(left, right) == same_holder(right, left)
    assert same_person(left, right) == same_person(right, left)
    assert same_holder(left, left)
    assert read_person(left).names or not left.strip()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Wilbur L. Ross, Jr.", "Wilbur L Ross Jr", True),
        ("Clare O’Neil", "Clare O'Neil", True),
        ("Jean–Luc", "Jean-Luc", True),
        ("Jean-Luc", "Jean Luc", False),
        ("Thérèse", "Therese", False),
        ("Dr. Jane Roe", "Jane Roe", False),
    ],
)
def test_spelling_is_letters_not_style(left: str, right: str, same: bool) -> None:
    assert same_spelling(left, right) is same


def test_a_title_is_the_same_with_and_without_its_office() -> None:
    assert title_key("Chief, U.S. Border Patrol", "United States Border Patrol") == title_key("Chief", "")
    assert title_key("Deputy Chief", "Border Patrol") != title_key("Chief", "Border Patrol")
    assert title_key("Secretary of Defense", "Secretary of Defense") == title_key("Secretary of Defense", "")


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (figure("employees", 100), figure("staff", 110), True),
        (figure("operating budget", 5, "USD"), figure("annual budget", 6, "USD"), True),
        (figure("field offices", 20), figure("major domestic field offices", 21), True),
        (figure("field offices", 20), figure("sector offices", 21), False),
        (figure("deep-water ports", 92, "percent"), figure("federally maintained ports", 100, "percent"), True),
        (figure("budget", 5, "USD"), figure("budget", 5, "EUR"), False),
        (figure("vessels", 12), figure("regions", 12), False),
        (figure("boats", 1843), figure("marine vessels", 1843), True),
        (figure("miles of land borders", 6000), figure("border miles", 7000), True),
    ],
)
def test_a_measure_survives_rewording(old: Figure, new: Figure, same: bool) -> None:
    assert (measure_likeness(old, new) > 0) is same
