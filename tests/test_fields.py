"""Labels: labelled lines, header cells of tables, and what only looks like a label."""

from __future__ import annotations

import pytest

from scraper import parse
from scraper.document import read_document
from scraper.fields import Cells, label_role, split_field

FIELDS = {
    "Name: Dana Whitcombe": ("name", "Dana Whitcombe"),
    "NAME : Dana Whitcombe": ("name", "Dana Whitcombe"),
    "Name：Dana Whitcombe": ("name", "Dana Whitcombe"),
    "Led by: Dana Whitcombe": ("name", "Dana Whitcombe"),
    "Title: Director": ("title", "Director"),
    "Position: Director": ("title", "Director"),
    "Office: Trade": ("office", "Trade"),
    "Status: Acting": ("status", "Acting"),
    "Mission: to help: always": ("text", "to help: always"),
    "Phone: 555-0100": ("ignored", "555-0100"),
    "Name:": ("name", ""),
}


@pytest.mark.parametrize(("line", "field"), FIELDS.items())
def test_a_labelled_line_says_what_its_value_is(line: str, field: tuple[str, str]) -> None:
    assert split_field(line) == field


@pytest.mark.parametrize(
    "line",
    [
        "Director: Dana Whitcombe",
        "Office of Trade: Dana Whitcombe",
        "https://example.gov: x",
        "Name",
        "",
        ": x",
    ],
)
def test_lines_without_a_known_label_are_no_fields(line: str) -> None:
    assert split_field(line) is None


@pytest.mark.parametrize(
    ("text", "role"),
    [("Name", "name"), ("Job Title:", "title"), ("MINISTRY", "office"), ("Dana", None), ("", None)],
)
def test_a_label_alone_announces_a_role(text: str, role: str | None) -> None:
    assert label_role(text) == role


def columns(table: str) -> dict[str, str | None]:
    """Return each line of a table that is no header, with the role of its column."""
    lines = read_document(f"<table>{table}</table>").lines
    cells = Cells(lines)
    found = {line.text: cells.role(line) for line in lines if not cells.is_header(line)}
    return {text: role and role[0] for text, role in found.items()}


TABLES = {
    "header cells": "<tr><th>Office<th>Name<tr><td>a<td>b",
    "a plain first row": "<tr><td>Office<td>Name<tr><td>a<td>b",
    "a header in two lines": "<tr><th>Office<th>Full<br>Name<tr><td>a<td>b",
    "header and body apart": "<thead><tr><th>Office<th>Name</thead><tbody><tr><td>a<td>b</tbody>",
    "bold header cells": "<tr><td><b>Office</b><td><b>Name</b><tr><td><p>a</p><td><div><span>b</span></div>",
}


@pytest.mark.parametrize("sort", TABLES)
def test_the_header_names_the_columns_of(sort: str) -> None:
    assert columns(TABLES[sort]) == {"a": "office", "b": "name"}


def test_a_header_cell_over_two_columns_counts_as_two() -> None:
    table = "<tr><th colspan=2>Description<th>Name<tr><td>a<td>b<td>c"
    assert columns(table)["c"] == "name"


def test_the_title_of_the_people_below_it_is_a_header_too() -> None:
    lines = read_document("<table><tr><th>Ministry<th>Minister<tr><td>a<td>b</table>").lines
    assert Cells(lines).role(lines[-1]) == ("name", "Minister")


def test_a_table_whose_first_row_is_no_header_has_no_roles() -> None:
    assert columns("<tr><td>Office of Trade<td>Dana Whitcombe<tr><td>a<td>b") == {
        "Office of Trade": None,
        "Dana Whitcombe": None,
        "a": None,
        "b": None,
    }


def test_a_table_inside_a_table_has_its_own_columns() -> None:
    inner = "<table><tr><th>Name<th>Office<tr><td>c<td>d</table>"
    assert columns(f"<tr><th>Office<th>Name<tr><td>a<td>{inner}") == {"a": "office", "c": "name", "d": "office"}


def test_lines_outside_of_tables_have_no_column() -> None:
    lines = read_document("<p>Office</p><p>Name</p>").lines
    assert [Cells(lines).role(line) for line in lines] == [None, None]


def test_a_label_that_says_no_more_than_office_names_none() -> None:
    cards = "".join(
        f"<article><div><div>Name</div><div>{name}</div></div><div><div>Title</div><div>Director</div></div>"
        f"<div><div>Office</div><div>{office}</div></div></article>"
        for name, office in (("Dana Whitcombe", "Office of Reeds"), ("Lena Okafor", "Office of Mud"))
    )
    page = parse(f"<main><h1>Our Leaders</h1>{cards}</main>")
    assert [office.name for office in page.offices] == ["Office of Reeds", "Office of Mud"]


def test_a_labelled_office_without_a_leader_stands_by_itself_in_a_table_of_its_own() -> None:
    led = "<tr><th>Body</th><td>Office of {}</td></tr><tr><th>Head</th><td>{}</td></tr>"
    text = "<tr><th>Mission</th><td>It looks after rivers, lakes and the sea around us all.</td></tr>"
    locks = "<tr><th>Body</th><td>Office of Locks</td></tr>" + text
    tables = (led.format("Reeds", "Dana Whitcombe") + text, locks, led.format("Mud", "Lena Okafor") + text)
    page = parse(f"<main><h1>Offices</h1>{''.join(f'<table>{table}</table>' for table in tables)}</main>")
    assert [(office.name, office.leader is None) for office in page.offices] == [
        ("Office of Reeds", False),
        ("Office of Locks", True),
        ("Office of Mud", False),
    ]


@pytest.mark.parametrize("entry", ["{}", "<div>{}</div>"])
def test_a_labelled_office_without_a_leader_does_not_take_the_next_ones(entry: str) -> None:
    text = "The office looks after rivers, lakes and the sea around us all."
    led = "<p>Office: Office of {}</p><p>Name: {}</p><p>Title: Director</p><p>{}</p>"
    between = f"<p>Office: Office of Locks</p><p>{text}</p>"
    entries = led.format("Reeds", "Dana Whitcombe", text), between, led.format("Mud", "Lena Okafor", text)
    page = parse(f"<main><h1>Our offices</h1>{''.join(map(entry.format, entries))}</main>")
    assert [(office.name, office.leader and office.leader.name) for office in page.offices] == [
        ("Office of Reeds", "Dana Whitcombe"),
        ("Office of Locks", None),
        ("Office of Mud", "Lena Okafor"),
    ]
