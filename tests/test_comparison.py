"""What counts as a change, of which kind, and what is none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import monitor
from model import Bound, Capacity, Change, ChangeKind, Figure, Leader, LeadershipPage, Office
from monitor.comparison import compare, reshuffles
from tests.plausible_pages import (
    CBP,
    EAC,
    FIELD,
    FIELD_TEXT,
    PATROL,
    SUPPORT,
    TRADE,
    TRADE_TEXT,
    any_pages,
    distinct_pages,
    figure,
    led_by,
    offices,
    page,
    sentences,
    with_office,
)

CASES = Path(__file__).parents[2] / "shared" / "cases"

few = settings(max_examples=40, deadline=None)


def kinds(changes: list[Change]) -> list[str]:
    return [change.kind.value for change in changes]


def only(before: LeadershipPage, after: LeadershipPage) -> Change:
    (change,) = compare(before, after)
    return change


def test_the_package_exports_compare() -> None:
    assert monitor.compare is compare
    with pytest.raises(AttributeError, match="nothing"):
        monitor.nothing  # noqa: B018


@few
@given(any_pages)
def test_a_page_is_the_same_as_itself(reading: LeadershipPage) -> None:
    assert compare(reading, reading) == []


@few
@given(any_pages, st.randoms(use_true_random=False))
def test_order_is_no_change(reading: LeadershipPage, chance: Any) -> None:
    shuffled = list(reading.offices)
    chance.shuffle(shuffled)
    mixed = [replace(each, figures=tuple(chance.sample(each.figures, len(each.figures)))) for each in shuffled]
    assert compare(reading, replace(reading, offices=tuple(mixed))) == []


@few
@given(any_pages, any_pages)
def test_any_two_pages_compare_and_every_change_has_its_sentence(
    before: LeadershipPage, after: LeadershipPage
) -> None:
    for change in compare(before, after):
        assert change.sentence.endswith(".")
        assert "None" not in change.sentence
        assert Change.from_json(json.loads(json.dumps(change.to_json()))) == change


@few
@given(distinct_pages, st.data())
def test_another_person_is_one_change_whatever_else_differs_with_them(
    before: LeadershipPage, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(before.offices) - 1))
    after = with_office(before, place, vacant=False, **led_by("Zebulon Quistgaard", "Warden", Capacity.INTERIM))
    change = only(before, after)
    replaced = before.offices[place].leader is not None
    assert change.kind is (ChangeKind.LEADER_REPLACED if replaced else ChangeKind.LEADER_APPOINTED)


@few
@given(distinct_pages, st.data())
def test_an_office_that_goes_takes_leader_and_figures_along(
    before: LeadershipPage, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(before.offices) - 1))
    after = replace(before, offices=before.offices[:place] + before.offices[place + 1 :])
    assert kinds(compare(before, after)) == ["office_removed"]
    assert kinds(compare(after, before)) == ["office_added"]


@few
@given(distinct_pages, st.data())
def test_a_lost_figure_is_one_change(before: LeadershipPage, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(before.offices) - 1))
    more = (*before.offices[place].figures, figure("lighthouses", 77))
    richer = with_office(before, place, figures=more)
    assert kinds(compare(richer, before)) == ["figure_removed"]
    assert kinds(compare(before, richer)) == ["figure_added"]


@pytest.mark.parametrize(
    ("after", "kind", "sentence"),
    [
        (
            with_office(CBP, 0, **led_by("Diane Sabatino")),
            "acting_ended",
            f"Diane Sabatino is no longer acting as {EAC}, Office of Field Operations.",
        ),
        (
            with_office(CBP, 1, **led_by("Michael W. Banks", "Chief")),
            "leader_replaced",
            "Michael W. Banks replaced Jason Owens as Chief, United States Border Patrol.",
        ),
        (
            with_office(CBP, 2, **led_by("Susan S. Thomas", EAC, Capacity.ACTING)),
            "leader_replaced",
            f"Susan S. Thomas replaced AnnMarie Highsmith as {EAC}, Office of Trade, in an acting capacity.",
        ),
        (
            with_office(CBP, 2, **led_by("AnnMarie Highsmith", EAC, Capacity.PERFORMING_DUTIES)),
            "acting_began",
            f"AnnMarie Highsmith is now performing the duties of {EAC}, Office of Trade.",
        ),
        (
            with_office(CBP, 0, **led_by("Diane Sabatino", EAC, Capacity.INTERIM)),
            "acting_began",
            f"Diane Sabatino is now serving in the interim as {EAC}, Office of Field Operations, "
            "no longer acting.",
        ),
        (
            with_office(CBP, 1, **led_by("Jason Owens", "Director")),
            "title_changed",
            "Jason Owens's title at United States Border Patrol changed from Chief to Director.",
        ),
        (
            with_office(CBP, 2, **led_by("AnnMarie R. Highsmith")),
            "name_changed",
            f"AnnMarie Highsmith, {EAC}, Office of Trade, is now named as AnnMarie R. Highsmith.",
        ),
        (
            with_office(CBP, 1, leader=None, vacant=True),
            "leader_departed",
            "Jason Owens is no longer named as Chief, United States Border Patrol; the post is vacant.",
        ),
        (
            with_office(CBP, 2, name="Office of International Trade", abbreviation="OIT"),
            "office_renamed",
            "Office of Trade is now called Office of International Trade.",
        ),
        (
            with_office(CBP, 0, text=FIELD_TEXT.replace("largest", "second largest")),
            "text_changed",
            "The description of Office of Field Operations changed.",
        ),
    ],
)
def test_one_edit_is_one_change_with_its_sentence(after: LeadershipPage, kind: str, sentence: str) -> None:
    change = only(CBP, after)
    assert (change.kind, change.sentence) == (kind, sentence)


def test_the_sides_of_a_change_are_the_published_shapes() -> None:
    change = only(CBP, with_office(CBP, 1, **led_by("Michael W. Banks", "Chief")))
    assert change.before == {"name": "Jason Owens", "title": "Chief", "capacity": "permanent"}
    assert change.after == {"name": "Michael W. Banks", "title": "Chief", "capacity": "permanent"}
    renamed = only(CBP, with_office(CBP, 2, name="Trade"))
    assert (renamed.before, renamed.after, renamed.office) == ("Office of Trade", "Trade", "Trade")


def test_one_person_may_change_in_three_ways_at_once() -> None:
    after = with_office(CBP, 0, **led_by("Diane J. Sabatino", "Deputy Commissioner"))
    assert kinds(compare(CBP, after)) == ["acting_ended", "title_changed", "name_changed"]


def test_figures_change_with_difference_and_percent() -> None:
    text = FIELD_TEXT.replace("32,000", "31,000").replace("$7.5 billion", "$6.5 billion")
    old = (
        *FIELD.figures[:4],
        figure("employees", 31000, bound=Bound.OVER),
        figure("operating budget", 6_500_000_000, "USD"),
    )
    staff, budget = compare(with_office(CBP, 0, text=text, figures=old), CBP)
    assert sentences([staff, budget]) == [
        "Office of Field Operations: employees rose from over 31,000 to over 32,000 (+3.2%).",
        "Office of Field Operations: operating budget rose from $6.5 billion to $7.5 billion (+15.4%).",
    ]
    assert (staff.delta, budget.percent) == (Decimal(1000), Decimal("15.4"))
    assert budget.to_json()["delta"] == 1_000_000_000


def test_nothing_to_measure_a_share_by_gives_no_percent() -> None:
    before, after = (page(replace(SUPPORT, figures=(figure("vacancies", value),))) for value in (0, 4))
    assert only(before, after).percent is None
    assert only(before, after).sentence == "Operations Support: vacancies rose from 0 to 4."


def test_another_bound_of_the_same_value_is_a_bound_change() -> None:
    about = tuple(replace(each, bound=Bound.ABOUT) if each.value == 32000 else each for each in FIELD.figures)
    after = with_office(CBP, 0, figures=about, text=FIELD_TEXT.replace("more than 32,000", "nearly 32,000"))
    change = only(CBP, after)
    assert (
        change.sentence == "Office of Field Operations: employees now stated as about 32,000, not over 32,000."
    )


def test_figures_outside_every_office_belong_to_the_page() -> None:
    before, after = (replace(CBP, figures=(figure("hospitals", value, "percent"),)) for value in (94, 92))
    change = only(before, after)
    assert (change.office, change.sentence) == (None, "Hospitals fell from 94% to 92% (-2 points).")


@pytest.mark.parametrize(
    "after",
    [
        replace(CBP, last_modified=date(2024, 4, 19)),
        with_office(CBP, 1, name="U.S. Border Patrol"),
        with_office(CBP, 2, name="THE OFFICE OF TRADE", text=f"{TRADE_TEXT} ".replace(" ", "\u00a0")),
        with_office(CBP, 2, name="Office of Trade (OT)", abbreviation=None),
        with_office(CBP, 2, **led_by("ANNMARIE HIGHSMITH", f"{EAC}, Office of Trade")),
        with_office(
            CBP,
            0,
            text=FIELD_TEXT.replace("20 major", "twenty major")
            .replace("more than 32,000", "over 32 000")
            .replace("$7.5 billion", "US$7,500 million"),
        ),
        with_office(
            CBP,
            0,
            text=FIELD_TEXT.replace("a staff of more than 32,000 employees", "over 32,000 personnel"),
            figures=(*FIELD.figures[:4], figure("personnel", 32000, bound=Bound.OVER), FIELD.figures[5]),
        ),
        with_office(CBP, 0, figures=(*FIELD.figures, FIELD.figures[4])),
        page(FIELD, replace(PATROL, figures=()), TRADE, SUPPORT, figures=PATROL.figures),
        page(*CBP.offices, TRADE),
    ],
    ids=[
        "the date alone",
        "United States in short",
        "capitals, article, spaces",
        "abbreviation in the heading",
        "capitals, title with the office",
        "quantities respelled",
        "measure reworded",
        "figure stated twice",
        "figure moved out of its office",
        "office listed twice",
    ],
)
def test_the_same_facts_are_no_change(after: LeadershipPage) -> None:
    assert compare(CBP, after) == []
    assert compare(after, CBP) == []


def test_a_swap_is_told_from_both_sides_and_is_one_reshuffle() -> None:
    after = page(
        replace(FIELD, leader=TRADE.leader), PATROL, replace(TRADE, **led_by("Diane J. Sabatino")), SUPPORT
    )
    field, trade = compare(CBP, after)
    assert (field.came_from, field.went_to) == ("Office of Trade", "Office of Trade")
    assert (trade.came_from, trade.went_to) == ("Office of Field Operations", "Office of Field Operations")
    assert f"Diane Sabatino is now {EAC}, Office of Trade" in field.sentence
    assert reshuffles([field, trade]) == [[field, trade]]


def test_a_move_into_a_new_office_joins_what_it_leaves_behind() -> None:
    new = Office(
        "Innovation Hub", **led_by("AnnMarie R. Highsmith", "Director"), text="A place to try new things."
    )
    after = page(
        FIELD, replace(PATROL, **led_by("Mia Wong", "Chief")), replace(TRADE, leader=None, vacant=True), new
    )
    changes = compare(CBP, after)
    assert kinds(changes) == ["leader_replaced", "leader_departed", "office_added", "office_removed"]
    _, departed, added, _ = changes
    assert (departed.went_to, added.came_from) == ("Innovation Hub", "Office of Trade")
    assert [kinds(group) for group in reshuffles(changes)] == [
        ["leader_replaced"],
        ["leader_departed", "office_added"],
        ["office_removed"],
    ]


def test_a_leader_with_two_offices_has_moved_to_neither() -> None:
    both = page(FIELD, replace(PATROL, leader=FIELD.leader), TRADE)
    change = only(both, page(FIELD, replace(PATROL, **led_by("Mia Wong", "Chief")), TRADE))
    assert change.went_to is None


def council(*members: str, title: str = "Member") -> LeadershipPage:
    name = "Council of Economic Advisers"
    chair = Office(name, leader=Leader("Kevin Hassett", "Chairman"))
    return page(chair, *(Office(name, leader=Leader(member, title)) for member in members))


def test_posts_of_one_name_are_told_apart_by_title_and_person() -> None:
    before = council("Tomas Philipson", "Richard Burkhauser")
    assert (
        compare(before, council("Richard Burkhauser", "Tomas J. Philipson"))[0].kind is ChangeKind.NAME_CHANGED
    )
    replaced = only(before, council("Lena Falk", "Tomas Philipson"))
    assert replaced.sentence == (
        "Lena Falk replaced Richard Burkhauser as Member, Council of Economic Advisers."
    )
    assert only(before, council("Tomas Philipson")).sentence == (
        "Member, Council of Economic Advisers was removed; it was held by Richard Burkhauser."
    )


def test_a_promotion_within_an_office_fills_the_post_and_empties_the_old_one() -> None:
    name = "Office of Technology Transitions"
    director, deputy = (
        Office(name, leader=Leader("Jetta Wong", "Director")),
        Office(name, leader=Leader("Rochelle Blaustein", "Deputy Director")),
    )
    changes = compare(
        page(director, deputy), page(replace(director, **led_by("Rochelle Blaustein", "Director")))
    )
    assert kinds(changes) == ["leader_replaced", "office_removed"]
    assert len(reshuffles(changes)) == 1


def titled(title: str, name: str) -> Office:
    return Office(title, leader=Leader(name, title))


def test_where_the_title_is_the_office_a_person_under_other_words_has_moved() -> None:
    before = page(titled("Minister for Crime and Policing", "Kit Malthouse"), titled("Treasurer", "Ann Oduya"))
    after = page(
        titled("Chancellor of the Duchy of Lancaster", "Kit Malthouse"), titled("Treasurer", "Ann Oduya")
    )
    added, removed = compare(before, after)
    assert (added.came_from, removed.went_to) == (
        "Minister for Crime and Policing",
        "Chancellor of the Duchy of Lancaster",
    )
    wider = page(titled("Minister for Crime, Policing and Fire", "Kit Malthouse"), before.offices[1])
    assert kinds(compare(before, wider)) == ["title_changed"]


def test_a_post_that_sheds_a_second_one_is_still_the_post() -> None:
    before = page(titled("Secretary of State for Levelling Up; Minister for the Union", "Michael Gove"))
    change = only(before, page(titled("Secretary of State for Levelling Up", "Greg Clark")))
    assert (change.kind, change.office) == ("leader_replaced", "Secretary of State for Levelling Up")


def test_an_office_keeps_its_identity_under_another_name() -> None:
    renamed = page(FIELD, PATROL, replace(TRADE, name="Commerce Directorate", abbreviation=None), SUPPORT)
    assert kinds(compare(CBP, renamed)) == ["office_renamed"]
    both = page(FIELD, PATROL, replace(renamed.offices[2], **led_by("Mia Wong")), SUPPORT)
    assert kinds(compare(CBP, both)) == ["office_renamed", "leader_replaced"]
    stated = (figure("officers", 750), figure("centers", 26))
    text = "It interviews households and farms all over the land."
    rewritten = replace(TRADE, name="Commerce", text=text, figures=stated)
    told = compare(with_office(CBP, 2, figures=stated), page(FIELD, PATROL, rewritten, SUPPORT))
    assert kinds(told) == ["office_renamed", "text_changed"]
    another = page(
        FIELD, PATROL, Office("Commerce Directorate", leader=TRADE.leader, text=PATROL.text), SUPPORT
    )
    assert kinds(compare(CBP, another)) == ["office_added", "office_removed"]


@few
@given(st.lists(offices(), max_size=5))
def test_every_change_is_in_exactly_one_group(found: list[Office]) -> None:
    changes = compare(CBP, page(*found))
    grouped = [change for group in reshuffles(changes) for change in group]
    assert sorted(map(repr, grouped)) == sorted(map(repr, changes))


def read_truth(name: str) -> LeadershipPage:
    truth = json.loads((CASES / f"{name}.truth.json").read_text(encoding="utf-8"))
    return LeadershipPage(
        truth["url"],
        "Ministers",
        figures=tuple(map(_figure, truth.get("page_figures", []))),
        offices=tuple(map(_office, truth["offices"])),
    )


def _figure(row: dict[str, Any]) -> Figure:
    share = row["kind"].startswith("percent ")
    measure = row["kind"].removeprefix("percent ")
    return Figure(measure, Decimal(str(row["value"])), "percent" if share else None, None, row["text"])


def _office(row: dict[str, Any]) -> Office:
    capacity = Capacity.ACTING if row["acting"] else Capacity.PERMANENT
    leader = Leader(row["leader"], row["title"], capacity) if row["leader"] else None
    return Office(row["office"] or row["title"], leader=leader)


def told(change: Change) -> tuple[str, str]:
    name = change.after["name"] if isinstance(change.after, dict) else ""
    return change.kind.value.replace("_", " "), f"{change.office} {name}".strip()


def wanted(row: dict[str, Any]) -> tuple[str, str]:
    if row["type"] == "leader":
        return "leader replaced", f"{row['office']} {row['new']}"
    return row["type"], row["office"]


@pytest.mark.skipif(not CASES.exists(), reason="the real pages are not here")
@pytest.mark.parametrize("number", [0, 1, 2])
def test_real_pairs_of_pages_give_the_changes_that_readers_found(number: int) -> None:
    case = json.loads((CASES / "changes.json").read_text(encoding="utf-8"))[number]
    changes = compare(read_truth(case["before"]), read_truth(case["after"]))
    assert sorted(map(told, changes)) == sorted(map(wanted, case["changes"]))


@pytest.mark.skipif(not CASES.exists(), reason="the real pages are not here")
def test_the_figures_of_two_real_pages_keep_their_measures() -> None:
    case = json.loads((CASES / "changes.json").read_text(encoding="utf-8"))[3]
    changes = compare(read_truth(case["before"]), read_truth(case["after"]))
    found = {(c.before["value"], c.after["value"]) for c in changes if c.kind is ChangeKind.FIGURE_CHANGED}
    assert found == {(row["old"], row["new"]) for row in case["changes"] if row["type"] == "figure"}
