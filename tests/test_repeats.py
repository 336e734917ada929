"""Structure that repeats speaks for lines whose words say nothing."""

from __future__ import annotations

import pytest

from model import LeadershipPage
from scraper import parse


def page(*lines: str) -> LeadershipPage:
    return parse("<main><h1>Our people</h1>" + "".join(f"<p>{line}</p>" for line in lines) + "</main>")


def leaders(read: LeadershipPage) -> list[tuple[str, str]]:
    return [(office.leader.name, office.leader.title) for office in read.offices if office.leader]


SURE = ("Dana Whitcombe, Director of Rivers", "Odalys Brandvold, Chief Engineer", "Lena Okafor, Treasurer")


@pytest.mark.parametrize(
    ("line", "leader"),
    [
        ("Tobias Ferncastle, Fence Viewer", ("Tobias Ferncastle", "Fence Viewer")),
        ("Maribel Quist, Astronomer Royal", ("Maribel Quist", "Astronomer Royal")),
        ("Suharto, Minister for Rice", ("Suharto", "Minister for Rice")),
    ],
)
def test_an_unfamiliar_line_among_leader_lines_is_a_leader_line(line: str, leader: tuple[str, str]) -> None:
    assert leader in leaders(page(*SURE, line))


@pytest.mark.parametrize("line", [", Fence Viewer", "– Dana", "Hours: 9-5", "Home | Contact", "|"])
def test_a_line_without_name_or_title_is_none_even_among_leader_lines(line: str) -> None:
    assert len(leaders(page(*SURE, line))) == len(SURE)


def test_an_unknown_title_stands_in_the_place_where_titles_stand() -> None:
    cards = "".join(
        f"<div class='card'><h3>{name}</h3><p>{title}</p></div>"
        for name, title in (
            ("Dana Whitcombe", "Sheriff"),
            ("Lena Okafor", "Fence Viewer"),
            ("Odalys Brand", "Treasurer"),
        )
    )
    assert leaders(parse(f"<main><h1>Elected</h1>{cards}</main>"))[1] == ("Lena Okafor", "Fence Viewer")


def test_jobs_and_places_are_no_leaders_where_no_line_is_one_for_sure() -> None:
    listed = "".join(f"<li>{line}</li>" for line in ("Marine Engineer – Duluth", "Budget Analyst – Remote"))
    read = parse(f"<main><h1>Harbor</h1><p>Director Dana Whitcombe</p><h2>Jobs</h2><ul>{listed}</ul></main>")
    assert leaders(read) == [("Dana Whitcombe", "Director")]
