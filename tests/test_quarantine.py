"""What is let through from a doubted version, and when one has proved true."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from model import Capacity, Figure, Leader, LeadershipPage, Office
from monitor.history.certainty import Mark
from monitor.quarantine import Doubted, among, read_well, same_rows
from storage import SnapshotState, StoredSnapshot
from storage.rows import Origin
from tests.test_confirming import START

NAMES = ("Harbors", "Rivers", "Lakes", "Canals", "Ferries", "Locks")
PEOPLE = ("Jane Doe", "Rafael Ortega", "Ann Lee", "Peter van Dijk", "Zoe Park", "Max Moor")
PAGE = LeadershipPage(
    "http://x.test/",
    "Waterways Leadership",
    offices=tuple(
        Office(f"Office of {name}", leader=Leader(person, "Director"), text=f"{name} are kept open.")
        for name, person in zip(NAMES, PEOPLE, strict=True)
    ),
)


def only(*offices: Office) -> LeadershipPage:
    return replace(PAGE, offices=offices)


def led_by(office: Office, name: str) -> Office:
    return replace(office, leader=Leader(name, "Director"))


def acting(office: Office) -> Office:
    assert office.leader is not None
    return replace(office, leader=replace(office.leader, capacity=Capacity.ACTING))


def test_what_a_surviving_office_says_goes_through_and_the_lost_stay() -> None:
    first, second, third, *_ = PAGE.offices
    through = read_well(PAGE, only(acting(first), second, third))
    assert through == replace(PAGE, offices=(acting(first), *PAGE.offices[1:]))


def test_one_successor_among_survivors_goes_through() -> None:
    first, second, third, *_ = PAGE.offices
    assert read_well(PAGE, only(led_by(first, "Eva Stone"), second, third)).offices[0].leader == Leader(
        "Eva Stone", "Director"
    )


def test_most_survivors_with_other_leaders_are_another_reading() -> None:
    first, second, third, *_ = PAGE.offices
    after = only(led_by(first, "Eva Stone"), led_by(second, "Ian Frost"), third)
    assert read_well(PAGE, after) == PAGE


def test_a_page_of_mostly_unknown_offices_is_another_page() -> None:
    unknown = [
        Office(f"Department of {name}", leader=Leader("Eva Stone", "Head")) for name in ("Roads", "Rails")
    ]
    assert read_well(PAGE, only(acting(PAGE.offices[0]), *unknown)) == PAGE


def test_offices_that_are_new_do_not_go_through() -> None:
    first, second, third, *_ = PAGE.offices
    new = Office("Department of Roads", leader=Leader("Eva Stone", "Head"), text="Roads everywhere.")
    assert read_well(PAGE, only(first, second, third, new)) == PAGE


def test_an_office_that_lost_its_figure_stays_as_it_was() -> None:
    staffed = replace(PAGE.offices[0], figures=(Figure("employees", Decimal(20_000), text="20,000 employees"),))
    before = replace(PAGE, offices=(staffed, *PAGE.offices[1:]))
    assert read_well(before, only(acting(PAGE.offices[0]), *PAGE.offices[1:3])) == before


def test_nothing_at_all_lets_nothing_through() -> None:
    assert read_well(PAGE, only()) == PAGE


def test_same_rows_may_differ_in_the_wording_of_descriptions() -> None:
    reworded = replace(PAGE.offices[0], text="Something about boats, weather and the price of fish nowadays.")
    assert same_rows(PAGE, replace(PAGE, offices=(reworded, *PAGE.offices[1:])))
    assert not same_rows(PAGE, only(*PAGE.offices[1:]))


def snapshot(number: int, page: LeadershipPage) -> StoredSnapshot:
    state = SnapshotState.QUARANTINED
    return StoredSnapshot(number, 1, number, 1, state, "doubt", START, START, None, page)


def test_the_newest_of_the_versions_that_say_the_same_is_found() -> None:
    kept = [snapshot(1, PAGE), snapshot(2, PAGE), snapshot(3, only())]
    found = among(PAGE, kept)
    assert found is not None
    assert found.id == 2
    assert among(only(PAGE.offices[0]), kept) is None


def run(times: int, hours: int, *, checked: bool = True) -> Doubted:
    mark = Mark(START, 7, 7)
    return Doubted(PAGE, mark, START + timedelta(hours=hours), times, START - timedelta(hours=1), checked)


@pytest.mark.parametrize(("times", "hours", "is_proven"), [(3, 24, True), (3, 23, False), (2, 48, False)])
def test_three_sightings_over_a_day_prove_a_version(times: int, hours: int, is_proven: bool) -> None:
    assert run(times, hours).is_proven(Origin.CHECK) == is_proven


def test_what_a_check_doubted_a_check_releases() -> None:
    assert not run(3, 24).is_proven(Origin.IMPORT)
    assert run(3, 24, checked=False).is_proven(Origin.IMPORT)
