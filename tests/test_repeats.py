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
        (
            "Thangavel | Deputy Minister of Labour and Workforce Development",
            ("Thangavel", "Deputy Minister of Labour and Workforce Development"),
        ),
    ],
)
def test_an_unfamiliar_line_among_leader_lines_is_a_leader_line(line: str, leader: tuple[str, str]) -> None:
    assert leader in leaders(page(*SURE, line))


def test_capacities_do_not_hide_that_titles_come_first() -> None:
    sure = (
        "Acting Chief Engineer Odalys Brandvold",
        "Interim Treasurer Lena Okafor",
        "Director of Rivers Dana Whitcombe",
    )
    assert ("Suharto", "Chief Executive") in leaders(page(*sure, "Chief Executive Suharto"))


def test_the_rank_of_a_title_is_no_part_of_the_name_before_it() -> None:
    sure = [
        f"{name} Assistant Minister for {of}"
        for name, of in (("Dana Whitcombe", "Mud"), ("Lena Okafor", "Reeds"))
    ]
    assert ("Prabowo", "Assistant Minister for Defence") in leaders(
        page(*sure, "Prabowo Assistant Minister for Defence")
    )


def test_a_line_where_the_others_have_their_office_is_an_office() -> None:
    entries = "".join(
        f"<div><p>{name}</p><p>Warden</p><p>{office}</p></div>"
        for name, office in (
            ("Dana Whitcombe", "Office of Reeds"),
            ("Lena Okafor", "Office of Mud"),
            ("Vacant", "Search and Rescue"),
        )
    )
    read = parse(f"<main><h1>Our people</h1>{entries}</main>")
    assert [office.name for office in read.offices] == ["Office of Reeds", "Office of Mud", "Search and Rescue"]


def test_a_place_alone_is_no_name_where_names_stand() -> None:
    rows = "".join(
        f"<tr><td>{place}</td><td>{name}</td></tr>"
        for place, name in (("Alaska", "Dana Whitcombe"), ("Arizona", "Maria Okafor (Ag.)"))
    )
    read = parse(f"<main><h1>Bureau of Mud</h1><h2>State Directors</h2><table>{rows}</table></main>")
    assert [
        (o.name, o.leader.name, o.leader.title, str(o.leader.capacity)) for o in read.offices if o.leader
    ] == [
        ("Alaska", "Dana Whitcombe", "State Director", "permanent"),
        ("Arizona", "Maria Okafor", "State Director", "acting"),
    ]


def test_a_menu_of_links_does_not_outvote_a_list_of_names() -> None:
    menu = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("Forms", "Careers", "History", "Maps"))
    names = "".join(
        f"<li><a href='/'>{name}</a><br>Flag Officer</li>"
        for name in ("Soekarno", "Dana Whitcombe", "Lena Okafor")
    )
    html = f"<body><ul>{menu}</ul><h1>Leadership</h1><ul class='leaders'>{names}</ul></body>"
    assert [name for name, _ in leaders(parse(html))] == ["Soekarno", "Dana Whitcombe", "Lena Okafor"]


@pytest.mark.parametrize(
    "line", [", Fence Viewer", "– Dana", "Hours: 9-5", "Home | Contact", "Language: English | Français", "|"]
)
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


def test_an_unfamiliar_name_beside_a_title_is_told_by_the_lines_around_it() -> None:
    name_first = ("Dana Whitcombe Chief Engineer", "Lena Okafor Treasurer", "Odalys Brandvold Chief Engineer")
    assert ("Suharto", "Chief Engineer") in leaders(page(*name_first, "Suharto Chief Engineer"))
    assert ("Suharto", "Regional Director") in leaders(page(*name_first, "Suharto Regional Director"))
    title_first = (
        "Chief Engineer Dana Whitcombe",
        "Treasurer Lena Okafor",
        "Regional Director Odalys Brandvold",
    )
    assert ("Suharto", "Project Executive") in leaders(page(*title_first, "Project Executive Suharto"))


def test_a_clear_name_beside_unfamiliar_words_has_its_title_in_them() -> None:
    lines = ("Chief Engineer Dana Whitcombe", "Treasurer Lena Okafor", "Public Guardian Maria Brandvold")
    assert ("Maria Brandvold", "Public Guardian") in leaders(page(*lines))


def test_a_title_alone_is_not_cut_into_a_name_and_a_title() -> None:
    lines = ("Dana Whitcombe, Director of Rivers", "Director for the Disability Insurance Scheme")
    assert leaders(page(*lines, "Chief Engineer Lena Okafor")) == [
        ("Dana Whitcombe", "Director of Rivers"),
        ("Lena Okafor", "Chief Engineer"),
    ]


def test_a_name_of_one_word_is_told_by_the_names_and_vacancies_in_its_place() -> None:
    cards = "".join(
        f"<h2>Office of {office}</h2><div class='who'>{who}</div><p>Director</p><p>It keeps {office} in repair.</p>"
        for office, who in (("Rivers", "Dana Whitcombe"), ("Lakes", "Vacant"), ("Locks", "Suharto"))
    )
    assert leaders(parse(f"<main><h1>Offices</h1>{cards}</main>")) == [
        ("Dana Whitcombe", "Director"),
        ("Suharto", "Director"),
    ]


def test_a_linked_name_of_one_word_is_a_name_among_linked_names() -> None:
    names = ("Dana Whitcombe", "Lena Okafor", "Suharto")
    listed = "".join(f"<li><a href='/{name}'>{name}</a></li><li>Director</li>" for name in names)
    assert ("Suharto", "Director") in leaders(parse(f"<main><h1>Leaders</h1><ul>{listed}</ul></main>"))
