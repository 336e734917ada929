"""How much of a page is accounted for."""

from __future__ import annotations

import pytest

from fixtures import path
from scraper import parse
from scraper.atoms import read_atoms
from scraper.coverage import coverage
from scraper.document import read_document
from tests.handwritten_pages import LAYOUTS


def covered(html: str) -> float:
    document = read_document(html)
    return coverage(document, read_atoms(document.lines))


def test_a_page_of_leaders_offices_and_texts_is_covered_whole() -> None:
    assert parse(path("cbp_2024-04-19.html").read_bytes()).coverage > 0.95
    assert parse(LAYOUTS["headings"]).coverage == 1


def test_lines_that_mean_nothing_to_the_parser_lower_the_coverage() -> None:
    whole = "<h1>Offices</h1><p>Director Dana Whitcombe</p>"
    half = whole + "<p>?? 7-44</p>"
    assert covered(half) < covered(whole) == 1
    assert covered(half) == pytest.approx(30 / 37)


def test_a_page_without_a_line_has_nothing_to_explain() -> None:
    assert covered("") == 1


def test_every_layout_is_covered_almost_whole() -> None:
    for layout, html in LAYOUTS.items():
        assert parse(html).coverage > 0.9, layout
