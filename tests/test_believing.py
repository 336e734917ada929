"""What stays believed while losses wait for a second sighting."""

from __future__ import annotations

import json

from hypothesis import given, settings

from model import LOSSES, Change, LeadershipPage
from monitor.believing import withhold
from monitor.comparison import compare
from tests.plausible_pages import (
    CBP,
    FIELD,
    PATROL,
    SUPPORT,
    distinct_pages,
    led_by,
    page,
    posts_listed_once,
    with_office,
)

few = settings(max_examples=40, deadline=None)


def losses(before: LeadershipPage, after: LeadershipPage) -> list[Change]:
    return [change for change in compare(before, after) if change.kind in LOSSES]


def what(changes: list[Change]) -> list[str]:
    """Return what was lost and where; where a person went to since is another matter."""
    return sorted(json.dumps([c.kind, c.office, c.measure, c.before]) for c in changes)


@few
@given(posts_listed_once, posts_listed_once)
def test_what_is_withheld_is_lost_again_until_it_is_confirmed(
    before: LeadershipPage, after: LeadershipPage
) -> None:
    lost = losses(before, after)
    believed = withhold(before, after, lost)
    assert what(compare(believed, after)) == what(lost)


@few
@given(distinct_pages, distinct_pages)
def test_nothing_is_lost_to_the_belief(before: LeadershipPage, after: LeadershipPage) -> None:
    assert losses(before, withhold(before, after, losses(before, after))) == []


def test_each_kind_of_loss_is_put_back_where_it_was() -> None:
    after = page(with_office(CBP, 0, figures=FIELD.figures[1:]).offices[0], SUPPORT)
    after = with_office(after, 1, leader=None, vacant=True)
    believed = withhold(CBP, after, losses(CBP, after))
    assert [office.name for office in believed.offices] == [office.name for office in CBP.offices]
    assert set(believed.offices[0].figures) == set(FIELD.figures)
    assert believed.offices[3] == SUPPORT


def test_figures_of_the_page_are_put_back_too() -> None:
    before = page(SUPPORT, figures=PATROL.figures)
    after = page(SUPPORT)
    assert withhold(before, after, losses(before, after)) == before


def test_only_what_is_asked_for_is_withheld() -> None:
    after = page(FIELD, PATROL)
    office, other = losses(CBP, after)
    assert [each.name for each in withhold(CBP, after, [office]).offices] == [
        "Office of Field Operations",
        "United States Border Patrol",
        office.before,
    ]
    assert withhold(CBP, after, []) == after
    assert other.before not in [each.name for each in withhold(CBP, after, [office]).offices]


def test_news_is_taken_over_at_once() -> None:
    after = with_office(page(FIELD, PATROL), 1, **led_by("Michael W. Banks", "Chief"))
    believed = withhold(CBP, after, compare(CBP, after))
    assert believed.offices[1].leader == after.offices[1].leader


def test_a_loss_first_seen_in_another_reading_is_still_withheld() -> None:
    first = page(FIELD, PATROL, SUPPORT)
    (lost,) = losses(CBP, first)
    believed = withhold(CBP, first, [lost])
    later = with_office(first, 1, **led_by("AnnMarie R. Highsmith", "Chief"))
    assert [office.name for office in withhold(believed, later, [lost]).offices].count("Office of Trade") == 1
