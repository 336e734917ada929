"""Bodies that say the same have one digest; bodies that a reader can tell apart never do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model import Capture
from scraper.sameness import content_digest
from tests.watching import START, instead, markup

URL = "https://agency.example/leadership"


def digest(body: str, content_type: str = "text/html; charset=utf-8", final_url: str = URL) -> str:
    capture = Capture(URL, final_url, 200, {"content-type": content_type}, body.encode(), START)
    return content_digest(capture)


@pytest.mark.parametrize(
    "written",
    [
        '<script nonce="{0}">var a = 1;</script>',
        '<link rel="stylesheet" href="/a.css" nonce="{0}">',
        '<script>window.token = "{0}";</script>',
        "<!-- served by node {0} -->",
        '<input type="hidden" name="form_build_id" value="{0}">',
        '<meta name="csrf-token" content="{0}">',
        '<div class="view js-view-dom-id-{0}"></div>',
    ],
)
def test_what_a_server_writes_anew_into_each_answer_makes_no_difference(written: str) -> None:
    first, second = (markup(extra=written.format(token)) for token in ("a1b2", "c3d4"))
    assert first != second
    assert digest(first) == digest(second)


@pytest.mark.parametrize(
    "other",
    [
        instead(Rivers="Director Zoe Park"),
        markup(extra="<p>1</p>"),
        markup(extra="<p hidden>Director Zoe Park</p>"),
        markup().replace("<main>", '<main class="sidebar">'),
        markup().replace("</html>", ""),
        markup() + "<script>",
        markup() + "<!--",
        markup(extra="<script>if (a < b) { document.write('Zoe Park') }</script>"),
    ],
)
def test_what_a_reader_may_tell_apart_has_another_digest(other: str) -> None:
    assert digest(other) != digest(markup())


def test_text_between_two_scripts_is_content() -> None:
    one, other = (markup(extra=f"<script>a</script><p>{name}</p><script>b</script>") for name in ("Zoe", "Ann"))
    assert digest(one) != digest(other)


def test_where_it_came_from_and_how_it_is_to_be_read_are_part_of_what_it_says() -> None:
    assert digest(markup(), final_url=f"{URL}/new") != digest(markup())
    assert digest(markup(), "text/html; charset=windows-1252") != digest(markup())


def test_the_time_and_the_validators_of_an_answer_are_not() -> None:
    capture = Capture(URL, URL, 200, {"content-type": "text/html", "etag": '"1"'}, markup().encode(), START)
    later = replace(capture, headers={"content-type": "text/html", "etag": '"2"'})
    assert content_digest(later) == content_digest(capture)
