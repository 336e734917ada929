"""Where a line stands in a table, and how far a cell reaches."""

from __future__ import annotations

import lxml.html
import pytest

from scraper import parse
from scraper.tables import MOST_SPANNED, cell_of, span, spanned_rows

PAGE = """<main><h1>Waterways</h1><table><tr><th>Office</th><th>Name</th><th>Title</th></tr>
<tr><td {span}>Office of Rivers</td><td>Dana Whitcombe</td><td>Director</td></tr></table></main>"""


@pytest.mark.parametrize("written", ["²", "9" * 5000, "٣", "-1", "0", "x", "1.5", ""])
@pytest.mark.parametrize("name", ["rowspan", "colspan"])
def test_no_span_that_a_page_can_write_keeps_it_from_being_read(name: str, written: str) -> None:
    [office] = parse(PAGE.format(span=f'{name}="{written}"')).offices
    assert office.leader is not None
    assert office.leader.name == "Dana Whitcombe"


@pytest.mark.parametrize(
    ("written", "reach"), [("3", 3), ("1", 1), ("0", 1), ("²", 1), ("x", 1), ("70000", MOST_SPANNED["rowspan"])]
)
def test_a_span_is_a_number_within_bounds(written: str, reach: int) -> None:
    assert (
        span(lxml.html.fragment_fromstring(f'<td rowspan="{written}">a</td>', parser=None), "rowspan") == reach
    )


def test_a_cell_stands_in_each_row_that_it_spans() -> None:
    table = lxml.html.fromstring(
        "<table><tr><td rowspan=2>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr></table>"
    )
    first, second, _ = table.iter("tr")
    assert spanned_rows(next(first.iter("td"))) == [first, second]


def test_a_caption_of_a_table_in_a_cell_is_no_cell_of_the_outer_table() -> None:
    outer = lxml.html.fromstring(
        "<table><tr><td><table><caption>a</caption><tr><td>b</td></tr></table></td></tr></table>"
    )
    assert cell_of(next(outer.iter("caption"))) is None
    inner = list(outer.iter("td"))[1]
    assert cell_of(inner) is inner


def test_a_table_of_other_things_names_nobody() -> None:
    rows = "".join(
        f"<tr><td>{ship}</td><td>{port}</td></tr>" for ship, port in (("Henry Larsen", "Parry Sound"),) * 3
    )
    html = f"<h1>Offices</h1><h2>Fleet</h2><table><tr><th>Vessel</th><th>Home port</th></tr>{rows}</table>"
    page = parse(f"<main>{html}<h2>Office of Docks</h2><p>Director Dana Whitcombe</p></main>")
    assert [office.name for office in page.offices] == ["Office of Docks"]


def test_where_a_table_gives_posts_and_holders_the_post_is_the_title() -> None:
    rows = "<tr><th>Office</th><th>Holder</th></tr><tr><td>State Forester</td><td>Dana Whitcombe</td></tr>"
    [office] = parse(f"<main><h1>Officials</h1><table>{rows}</table></main>").offices
    assert office.leader is not None
    assert (office.name, office.leader.title) == ("State Forester", "State Forester")


def test_a_head_of_a_table_that_holds_its_cells_itself_names_the_columns() -> None:
    head = "<thead><th>Ministry</th><th>Minister</th></thead>"
    rows = "<tbody><tr><td>Basic Education</td><td>Dana Whitcombe</td></tr></tbody>"
    [office] = parse(f"<main><h1>Ministers</h1><table>{head}{rows}</table></main>").offices
    assert office.leader is not None
    assert (office.name, office.leader.name, office.leader.title) == (
        "Basic Education",
        "Dana Whitcombe",
        "Minister",
    )


HEAD = "<tr><th>Department</th><th>MEC</th><th>Head of Department</th></tr>"


def test_each_column_of_names_is_a_post_of_its_own_with_its_header_for_a_title() -> None:
    row = "<tr><td>Education</td><td>Ms Lena Okafor</td><td>Dr Dana Whitcombe (Acting)</td></tr>"
    offices = parse(f"<main><h1>Departments</h1><table>{HEAD}{row}</table></main>").offices
    assert [(o.name, o.leader.name, o.leader.title, str(o.leader.capacity)) for o in offices if o.leader] == [
        ("Education", "Ms Lena Okafor", "MEC", "permanent"),
        ("Education", "Dr Dana Whitcombe", "Head of Department", "acting"),
    ]


def test_beside_a_column_of_names_other_columns_name_nobody() -> None:
    head = "<tr><th>Region</th><th>States</th><th>Administrator</th></tr>"
    row = "<tr><td>Region 3</td><td>DE, MD, PA, VA</td><td>Vacant</td></tr>"
    [office] = parse(f"<main><h1>Regions</h1><table>{head}{row}</table></main>").offices
    assert (office.name, office.vacant) == ("Region 3", True)


def test_a_header_that_ends_in_the_noun_of_a_body_stands_over_offices() -> None:
    head = "<tr><th>Post Office</th><th>Name</th><th>Title</th></tr>"
    row = "<tr><td>Antler Springs</td><td>Dana Whitcombe</td><td>Postmaster</td></tr>"
    [office] = parse(f"<main><h1>Post Offices of Elk County</h1><table>{head}{row}</table></main>").offices
    assert office.name == "Antler Springs"


@pytest.mark.parametrize("cell", ["td", "th"])
def test_a_first_row_of_a_body_and_its_leader_is_no_row_of_headers(cell: str) -> None:
    rows = "".join(
        f"<tr><{cell}>{body}</{cell}><td>{name}</td><td>Director</td></tr>"
        for body, name in (("Trade Division", "Dana Whitcombe"), ("Mud Division", "Maria Okafor"))
    )
    read = parse(f"<main><h1>Our people</h1><table>{rows}</table></main>")
    assert [office.name for office in read.offices] == ["Trade Division", "Mud Division"]
