"""What people call offices and people, and what is meant."""

from __future__ import annotations

import pytest

from model import Leader
from monitor.history.asking import AmbiguousName, UnknownName, asked_for
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
SUBJECTS = Subjects(History(PAGE, None, (), [tenure(post, *row) for post, row in enumerate(HELD)], (), ()))


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


def test_a_word_for_nothing_lists_what_there_is() -> None:
    with pytest.raises(
        UnknownName, match=r"no office or person 'zebra' in this archive: it has Air and Marine"
    ):
        asked_for("zebra", SUBJECTS)
