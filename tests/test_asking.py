"""What people call offices and people, and what is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model import Leader
from monitor.history.asking import AmbiguousName, UnknownName, asked_for, office_names
from monitor.history.certainty import Window
from monitor.history.spans import History, Naming, Tenure
from monitor.history.subjects import Subjects
from storage import StoredPage
from tests.archive_rows import START, URL

HELD = [
    ("Air and Marine Operations", "AMO", "Jonathan P. Miller"),
    ("Office of Field Operations", "OFO", "Diane J. Sabatino"),
    ("Office of Trade", "OT", "AnnMarie Highsmith"),
    ("Operations Support", "OS", "Casey O. Durst"),
    ("Office of Air Safety", None, "Troy A. Miller"),
]


def tenure(post: int, office: str, abbreviation: str | None, name: str) -> Tenure:
    naming = Naming(Leader(name, "Chief"), START, None, 1, 1)
    began = Window(None, START)
    return Tenure(START, START, began, None, False, (), post, office, abbreviation, (office,), False, (naming,))


PAGE = StoredPage(1, "cbp", URL, START)
SUBJECTS = Subjects(History(PAGE, None, (), [tenure(post, *row) for post, row in enumerate(HELD)], ()))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("OFO", "Office of Field Operations"),
        ("ofo", "Office of Field Operations"),
        ("field ops", "Office of Field Operations"),
        ("office of trade", "Office of Trade"),
        ("trade", "Office of Trade"),
        ("Sabatino", "Diane J. Sabatino"),
        ("diane sabatino", "Diane J. Sabatino"),
        ("Sabatini", "Diane J. Sabatino"),
        ("Casey Durst", "Casey O. Durst"),
    ],
)
def test_offices_and_people_are_found_by_what_people_call_them(word: str, meant: str) -> None:
    assert asked_for(word, SUBJECTS).name == meant


def test_a_word_for_several_things_lists_the_choices() -> None:
    with pytest.raises(AmbiguousName, match=r"'miller' may be Jonathan P\. Miller, Troy A\. Miller: say which"):
        asked_for("miller", SUBJECTS)


def test_an_office_is_meant_by_all_its_names_also_one_that_only_changes_know() -> None:
    offices = list(SUBJECTS.offices.values())
    renamed = replace(offices[2].tenures[0], called=("Trade Enforcement", "Office of Trade"))
    offices[2] = replace(offices[2], tenures=(renamed,))
    assert {"Trade Enforcement", "Office of Trade"} <= office_names("enforcement", offices, [])
    assert office_names("canals", offices, [None, "Office of Trade", "Office of Canals"]) == {
        "Office of Canals"
    }


def test_what_is_called_just_so_is_meant_on_every_page_and_no_choice_is_left_open() -> None:
    offices = list(SUBJECTS.offices.values())
    other = replace(offices[1], tenures=(replace(offices[1].tenures[0], office="Field", called=("Field",)),))
    assert {"Office of Field Operations", "Field"} <= office_names("OFO", [*offices, other], [])
    with pytest.raises(
        AmbiguousName, match=r"'air' may be Air and Marine Operations \(AMO\), Office of Air Safety"
    ):
        office_names("air", offices, [])


def test_a_word_for_nothing_lists_what_there_is() -> None:
    with pytest.raises(
        UnknownName, match=r"no office or person 'zebra' in this archive: it has Air and Marine"
    ):
        asked_for("zebra", SUBJECTS)
