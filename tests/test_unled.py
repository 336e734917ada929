"""An office that lost its heading and its leader still stands on the page with its text."""

from __future__ import annotations

import pytest

from fixtures import path
from model import LeadershipPage
from monitor import compare
from scraper import parse

ARCHIVED = path("cbp_2024-04-19.html").read_text("utf-8")


def without_leader_of_trade() -> str:
    """Return the archived page without the line above the text of the Office of Trade, which has no heading."""
    name = ARCHIVED.index("AnnMarie Highsmith")
    return ARCHIVED[: ARCHIVED.rindex("<p", 0, name)] + ARCHIVED[ARCHIVED.index("</p>", name) + 4 :]


def offices(read: LeadershipPage) -> list[tuple[str, bool]]:
    return [(office.name, office.leader is not None) for office in read.offices]


def test_a_leader_who_is_gone_does_not_take_the_office_along() -> None:
    before, after = parse(ARCHIVED), parse(without_leader_of_trade())
    assert [(change.kind, change.office) for change in compare(before, after)] == [
        ("leader_departed", "Office of Trade")
    ]
    trade = next(office for office in after.offices if office.name == "Office of Trade")
    assert (trade.abbreviation, trade.found_by, trade.vacant) == ("OT", "text", False)
    assert trade.quote is not None
    assert after.text[trade.quote.start : trade.quote.end] == trade.quote.text


LED = "<h2>Office of {0}</h2><p>Director {1}</p><p>The Office of {0} looks after the {0} of the realm.</p>"


@pytest.mark.parametrize(
    "paragraph",
    [
        "The Reed Testing Center (RTC) tests reeds, and is a part of it.",
        "The Office of Mud (OM) works with it every day.",
        "The Office of Locks works with it every day.",
    ],
)
def test_a_center_a_known_office_and_one_that_is_not_abbreviated_stay_a_part_of_the_text(
    paragraph: str,
) -> None:
    html = LED.format("Reeds", "Dana Whitcombe") + f"<p>{paragraph}</p>" + LED.format("Mud", "Lena Okafor")
    read = parse(f"<main><h1>Our offices</h1>{html}</main>")
    assert offices(read) == [("Office of Reeds", True), ("Office of Mud", True)]
