"""Sentences that can stand in a headline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model import Capacity, Leader, LeadershipPage, Office
from monitor.comparison import compare
from monitor.sentences import name_changed
from tests.plausible_pages import CBP, FIELD, PATROL, TRADE, figure, led_by, page, sentences, with_office

DEFENSE = Office("Secretary of Defense", leader=Leader("James Mattis", "Secretary of Defense"))
VACANT = Office("Chief Counsel", vacant=True, title="Chief Counsel")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            page(DEFENSE),
            page(replace(DEFENSE, **led_by("Mark Esper", "Secretary of Defense", Capacity.PERFORMING_DUTIES))),
            "Mark Esper replaced James Mattis as Secretary of Defense, performing the duties of the office.",
        ),
        (
            page(VACANT),
            page(replace(VACANT, vacant=False, **led_by("Ann Oduya", "Chief Counsel", Capacity.INTERIM))),
            "Ann Oduya is now Chief Counsel, in an interim capacity; the post was vacant.",
        ),
        (
            page(replace(TRADE, leader=None)),
            page(replace(TRADE, **led_by("Ann Oduya", ""))),
            "Ann Oduya is now head of Office of Trade; no leader was named before.",
        ),
        (
            page(PATROL),
            page(replace(PATROL, **led_by("Mia Wong", "Director of the U.S. Border Patrol"))),
            "Mia Wong replaced Jason Owens as Director of the U.S. Border Patrol (Jason Owens was Chief).",
        ),
        (
            page(DEFENSE),
            page(DEFENSE, replace(TRADE, **led_by("Ann Oduya", "Director", Capacity.ACTING))),
            "Office of Trade was added, led by Ann Oduya as Director, in an acting capacity.",
        ),
        (page(DEFENSE), page(DEFENSE, VACANT), "Chief Counsel was added, vacant."),
        (page(FIELD, DEFENSE), page(FIELD), "Secretary of Defense was removed; it was held by James Mattis."),
        (
            page(DEFENSE),
            page(DEFENSE, figures=(figure("budget", 686_100_000_000, "USD"),)),
            "The page now states budget of $686.1 billion.",
        ),
        (
            CBP,
            with_office(CBP, 1, figures=()),
            "United States Border Patrol no longer states over 20,000 agents.",
        ),
    ],
)
def test_a_change_reads_as_one_sentence(before: LeadershipPage, after: LeadershipPage, told: str) -> None:
    assert sentences(compare(before, after)) == [told]


def test_a_name_that_ends_in_a_full_stop_needs_no_second() -> None:
    old, new = Leader("Ann Lee", "Director"), Leader("Ann Lee, Ph.D.", "Director")
    assert name_changed(old, new, "Office of Lakes").endswith("now named as Ann Lee, Ph.D.")
    assert not name_changed(old, new, "Office of Lakes").endswith("..")
