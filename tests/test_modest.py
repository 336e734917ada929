"""Markup within bounds: nothing that is read is lost, and what would take much memory is refused."""

from __future__ import annotations

import pytest

from fixtures import path
from scraper import parse, parse_capture
from scraper.errors import NotALeadershipPage
from scraper.modest import MOST_MARKUP, MOST_TAGS, modest
from tests.checked import capture_of
from tests.watching import START

GOOD = path("cbp_2024-04-19.html").read_text(encoding="utf-8")
LONG = "x = '<p>1';" * (MOST_MARKUP // 10)


def test_a_page_of_a_usual_size_stays_as_it_is() -> None:
    assert modest(GOOD) is GOOD


@pytest.mark.parametrize(
    "unread",
    [
        f"<script>{LONG}</script>",
        f"<STYLE media=print>{LONG}</STYLE >",
        f'<img alt="x" src="data:image/png;base64,{"iVBO" * (MOST_MARKUP // 3)}">',
    ],
)
def test_scripts_styles_and_pictures_in_the_text_weigh_nothing(unread: str) -> None:
    whole = GOOD.replace("</h1>", f"</h1>{unread}", 1)
    assert len(modest(whole)) < len(GOOD) + 100
    assert parse_capture(capture_of(whole, START)).offices == parse(GOOD).offices


def test_a_file_of_any_size_can_be_read_though_no_server_may_send_as_much() -> None:
    whole = GOOD.replace("</h1>", f"</h1>{'<p> </p>' * MOST_TAGS}", 1)
    assert parse(whole).offices == parse(GOOD).offices
    with pytest.raises(NotALeadershipPage, match="more than any such page"):
        parse_capture(capture_of(whole, START))


def test_a_script_that_never_ends_hides_nothing() -> None:
    whole = f"<p>{'word ' * (MOST_MARKUP // 5)}<script>{GOOD[:100]}"
    with pytest.raises(
        NotALeadershipPage, match=r"its markup runs to 500,1\d\d characters, more than any such"
    ):
        modest(whole)


def test_a_page_of_too_many_tags_is_refused() -> None:
    assert modest("<br>" * MOST_TAGS)
    with pytest.raises(NotALeadershipPage, match="its markup runs to 25,001 tags, more than any such page"):
        modest("<br>" * (MOST_TAGS + 1))
