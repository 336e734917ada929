"""Numbers and labels that stand apart are read together, and nothing else is."""

from __future__ import annotations

import pytest

from monitor.quoting import marks_in_markup
from scraper import parse
from scraper.document import read_document

WHO = "<p>Director Dana Whitcombe</p>"


def stated(html: str) -> list[tuple[str, int, str | None]]:
    page = parse(f"<main><h1>Offices</h1><h2>Office of Drilling</h2>{WHO}{html}</main>")
    figures = [*page.figures, *(figure for office in page.offices for figure in office.figures)]
    return [(figure.measure, int(figure.value), figure.unit) for figure in figures]


@pytest.mark.parametrize(
    "html",
    [
        "<div><b>2,400</b><span>employees</span></div><div><b>$9.4 billion</b><span>annual budget</span></div>",
        "<div><p>2,400</p><p>employees</p></div><div><p>$9.4 billion</p><p>annual budget</p></div>",
        "<table><tr><td>Employees</td><td>2,400</td></tr><tr><td>Annual budget</td><td>$9.4 billion</td></tr></table>",
    ],
)
def test_tiles_and_rows_state_what_their_labels_count(html: str) -> None:
    assert stated(html) == [("employees", 2400, None), ("annual budget", 9_400_000_000, "USD")]


def test_a_figure_from_a_tile_quotes_words_that_stand_in_the_markup() -> None:
    row = "<table><tr><td>Employees</td><td>2,400</td></tr></table>"
    markup = f"<main><h1>Offices</h1><h2>Office of Drilling</h2>{WHO}{row}</main>"
    marks = marks_in_markup(parse(markup), markup)
    assert [markup[mark.start : mark.end] for mark in marks if mark.quoted.what == "figure"] == [
        "Employees",
        "2,400",
    ]


@pytest.mark.parametrize(
    "pair", [("3", "Dana Whitcombe"), ("3", "Director"), ("12", "Harbor"), ("Phone", "555-0144")]
)
def test_a_number_before_a_person_or_a_name_is_no_quantity(pair: tuple[str, str]) -> None:
    lines = read_document("<table><tr>" + "".join(f"<td>{cell}</td>" for cell in pair) + "</tr></table>").lines
    assert [line.text for line in lines] == list(pair)
