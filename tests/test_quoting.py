"""The words that values were read from are found again: in the page's text, and in the markup."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from fixtures import dated_versions
from monitor.quoting import marks_in_markup, marks_in_text, quotes
from scraper import parse
from scraper.decoding import decode

MARKUP = """<html><head><title>Leaders</title></head><body><nav>Office of Trade</nav><main><h1>Leaders</h1>
<h2>Office of Trade</h2> <!-- Jane Q. Doe --> <script>"Jane Q. Doe"</script>
<p><b>Director Jane&nbsp;Q. <i>D&#111;e</i></b></p><p>The office has more than 1,200&#32;employees.</p>
<h2>Office of Rivers</h2><p><b>Director Ann Lee</b></p><p>It keeps rivers.</p></main></body></html>"""


@pytest.mark.parametrize("file", [file for _, file in dated_versions()], ids=lambda file: file.stem)
def test_every_value_of_the_saved_pages_is_found_in_their_markup(file: Path) -> None:
    body = file.read_bytes()
    page, markup = parse(body), decode(body)
    marks = marks_in_markup(page, markup)
    assert len(quotes(page)) == len({mark.quoted for mark in marks}) > 20
    for mark in marks:
        assert "<" not in markup[mark.start : mark.end]


def test_a_value_is_marked_where_it_was_read_and_nowhere_else() -> None:
    page = parse(MARKUP)
    pieces = [(mark.quoted.what, MARKUP[mark.start : mark.end]) for mark in marks_in_markup(page, MARKUP)]
    assert pieces[:4] == [
        ("office", "Office of Trade"),
        ("leader", "Director Jane&nbsp;Q."),
        ("leader", "D&#111;e"),
        ("figure", "more than 1,200&#32;employees"),
    ]
    trade = next(mark for mark in marks_in_markup(page, MARKUP) if mark.quoted.what == "office")
    assert trade.start > MARKUP.index("<main>")


def test_marks_in_a_text_are_the_quotes_and_never_overlap() -> None:
    page = parse(MARKUP)
    marks = marks_in_text(page)
    assert [page.text[mark.start : mark.end] for mark in marks] == [mark.quoted.quote.text for mark in marks]
    assert all(one.end <= other.start for one, other in pairwise(marks))


def test_a_markup_that_says_something_else_has_no_marks() -> None:
    assert marks_in_markup(parse(MARKUP), "<p>Nothing of it.</p>") == []
