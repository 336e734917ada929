"""What each line of a page is, by its words, its label, its column and the lines that look like it."""

from __future__ import annotations

import pytest

from scraper.atoms import read_atoms
from scraper.document import read_document


def roles(html: str) -> dict[str, str]:
    return {atom.line.text: atom.role for atom in read_atoms(read_document(f"<h1>Offices</h1>{html}").lines)}


PROSE = "The office looks after rivers, lakes and the sea around us all."
FREE = {
    "Director Dana Whitcombe": "leader",
    "Dana Whitcombe": "name",
    "Director": "title",
    "(Acting)": "capacity",
    "Vacant": "vacancy",
    "Director: Vacant": "vacancy",
    "Office of Water": "office",
    "*The Chief has the rank of Commissioner": "note",
    PROSE: "prose",
    "Read more": "nothing",
    "Last Modified: Apr 19, 2024": "nothing",
    "© 2024 Inland Agency": "nothing",
}


@pytest.mark.parametrize(("text", "role"), FREE.items())
def test_a_line_is_what_its_words_say(text: str, role: str) -> None:
    assert roles(f"<p>{text}</p><p>Chief Lena Okafor</p>")[text] == role


LABELLED = {
    "Name: Dana Whitcombe": "name",
    "Name: Vacant": "vacancy",
    "Title: Director": "title",
    "Title: Boss of Bosses": "title",
    "Office: Water": "office",
    "Status: Acting": "capacity",
    "Phone: 555-0100": "nothing",
    "Name:": "nothing",
}


@pytest.mark.parametrize(("text", "role"), LABELLED.items())
def test_a_labelled_line_is_what_its_label_says(text: str, role: str) -> None:
    assert roles(f"<p>{text}</p>")[text] == role


def test_a_line_below_a_label_is_what_the_label_says() -> None:
    found = roles("<dl><dt>Name<dd>Dana Qqqq<dt>Title<dd>Boss of Bosses<dt>Phone<dd>555-0100</dl>")
    assert found["Dana Qqqq"] == "name"
    assert found["Boss of Bosses"] == "title"
    assert {found[label] for label in ("Name", "Title", "Phone", "555-0100")} == {"nothing"}


def test_a_cell_is_what_its_column_says() -> None:
    head = "<tr><th>Office<th>Name<th>Phone"
    found = roles(f"<table>{head}<tr><td>Water<td>Dana Whitcombe<td>555<tr><td>Air<td>Vacant<td>556</table>")
    assert [found[text] for text in ("Water", "Dana Whitcombe", "555", "Air", "Vacant", "556", "Name")] == [
        "office",
        "name",
        "nothing",
        "office",
        "vacancy",
        "nothing",
        "nothing",
    ]


def test_a_line_that_looks_like_names_is_a_name() -> None:
    people = "".join(
        f"<div class=who>{name}</div><div>Director</div>"
        for name in ("Dana Whitcombe", "Lena Okafor", "Zzyx Harbor")
    )
    assert roles(people)["Zzyx Harbor"] == "name"
    assert roles("<p>Zzyx Harbor</p>")["Zzyx Harbor"] != "leader"


def test_menus_of_links_are_nothing() -> None:
    links = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("Trade", "Travel", "Careers"))
    assert {
        role
        for text, role in roles(f"<ul>{links}</ul><p>Director Dana Whitcombe</p>").items()
        if text[0] == "T"
    } == {"nothing"}


def test_a_list_of_links_to_people_is_no_menu() -> None:
    names = ("Dana Whitcombe", "Lena Okafor", "Tobias Ferncastle")
    found = roles("".join(f"<li><a href='/x'>Director {name}</a></li>" for name in names))
    assert [found[f"Director {name}"] for name in names] == ["leader"] * 3


def test_what_stands_above_the_top_heading_and_below_the_date_is_nothing() -> None:
    html = (
        "<p>Office of Menus</p><h1>Offices</h1><p>Director Dana Whitcombe</p><p>Last Modified: Apr 19, 2024</p>"
    )
    atoms = read_atoms(read_document(f"{html}<p>Office of Footers</p>").lines)
    assert [atom.line.text for atom in atoms if atom.role == "nothing"] == [
        "Office of Menus",
        "Last Modified: Apr 19, 2024",
        "Office of Footers",
    ]


def test_headings_outrank_bold_lines_and_bold_lines_the_rest() -> None:
    html = "<h2>Office of Water</h2><p><b>Office of Air</b></p><p>Office of Fire</p>"
    assert [atom.rank for atom in read_atoms(read_document(html).lines)] == [2, 7, 9]


def test_who_took_a_photo_is_nothing() -> None:
    [atom] = read_atoms(read_document("<p>The Registry building in 1931. Photo: City Archives</p>").lines)
    assert atom.role == "nothing"
