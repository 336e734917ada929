"""Whole pages: the archived one to the letter, every layout, real pages of real governments, and anything at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtures import dated_versions, path
from model import LeadershipPage, Office, Quote, Verdict
from monitor import compare
from scraper import parse
from scraper.errors import NoLeaders, NotALeadershipPage
from tests.handwritten_pages import FIGURES, LAYOUTS, POSTS, ROWS, SPELLINGS, WITHOUT_TEXT, page, posts

CASES = Path(__file__).parents[2] / "shared" / "cases"
ARCHIVED = path("cbp_2024-04-19.html").read_bytes()
TRUTH: dict[str, Any] = json.loads(path("cbp_2024-04-19.json").read_text(encoding="utf-8"))
URL = TRUTH["url"]


def rows(read: LeadershipPage) -> list[tuple[str, str, str, str]]:
    return [
        (office.name, leader.name, leader.title, leader.capacity.value)
        for office in read.offices
        if (leader := office.leader)
    ]


def figures(read: LeadershipPage) -> list[list[str]]:
    return [[f"{figure.measure} {figure.value}" for figure in office.figures] for office in read.offices]


def test_the_archived_page_is_read_to_the_letter() -> None:
    read = parse(ARCHIVED, URL)
    assert read.to_json() == TRUTH
    assert len(read.offices) == len(rows(read)) == 6
    assert [row[3] for row in rows(read)].count("acting") == 1
    assert not any(office.vacant for office in read.offices)
    assert sum(len(office.figures) for office in read.offices) == 13
    assert read.figures == ()
    assert read.coverage > 0.95


TEXT = ARCHIVED.decode()
DISGUISES: dict[str, str | bytes] = {
    "text instead of bytes": TEXT,
    "a byte order mark": b"\xef\xbb\xbf" + ARCHIVED,
    "UTF-16": TEXT.encode("utf-16"),
    "Windows line ends": TEXT.replace("\n", "\r\n"),
    "old Macintosh line ends": TEXT.replace("\n", "\r"),
    "comments": re.sub(r"(<(?:p|h2|li|strong)\b)", r"<!-- Director Gustav Ghost -->\1", TEXT),
    "comments inside words": TEXT.replace("Sabatino", "Saba<!-- x -->tino").replace("Chief ", "Chief <!-- -->"),
    "zero-width spaces": TEXT.replace("Sabatino", "Saba\u200btino").replace("budget", "bud\u00adget"),
    "zero-width spaces around lines": re.sub(r"<(p|h2)>", "<\\1>\u200b", TEXT).replace("</p>", "\ufeff</p>"),
    "non-breaking spaces": re.sub(r"(Commissioner|operating) ", r"\1&nbsp;", TEXT),
    "spaces doubled": re.sub(r"(?<=[a-z,]) (?=[a-zA-Z])", "  ", TEXT),
    "tags in capitals": re.sub(r"</?[a-z0-9]+", lambda tag: tag[0].upper(), TEXT),
    "no declared charset": re.sub(r'<meta charset="[^"]*"\s*/?>', "", TEXT).encode(),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_the_archived_page_reads_the_same_with(disguise: str) -> None:
    assert DISGUISES[disguise] != ARCHIVED
    assert parse(DISGUISES[disguise], URL).to_json() == TRUTH


def known(read: LeadershipPage) -> list[tuple[Any, ...]]:
    """Return what must survive a redesign, the order of offices apart."""
    return sorted(
        (office.name, office.abbreviation or "", office.leader, office.vacant, office.figures)
        for office in read.offices
    )


@pytest.mark.parametrize("name", ["redesign_cards", "redesign_table", "reordered"])
def test_a_redesign_states_the_same_facts(name: str) -> None:
    before, after = parse(ARCHIVED, URL), parse(path(f"{name}.after.html").read_bytes(), URL)
    assert rows(after) == rows(before) or sorted(rows(after)) == sorted(rows(before))
    assert sorted(figures(after)) == sorted(figures(before))
    assert {office.name: office.abbreviation for office in after.offices} == {
        office.name: office.abbreviation for office in before.offices
    }
    assert compare(before, after) == []


@pytest.mark.parametrize("file", [file for _, file in dated_versions()], ids=lambda file: file.stem)
def test_every_dated_version_has_its_six_offices_and_thirteen_figures(file: Path) -> None:
    read = parse(file.read_bytes())
    assert [office.name for office in read.offices] == [office["name"] for office in TRUTH["offices"]]
    assert len(rows(read)) == 6
    assert sum(map(len, figures(read))) == 13
    assert read.last_modified is not None
    assert read.last_modified.isoformat() == file.stem.removeprefix("cbp_")


def test_a_page_that_lost_offices_says_only_what_it_still_says() -> None:
    read = parse(path("three_offices.after.html").read_bytes())
    assert rows(read) == [row for row in rows(parse(ARCHIVED)) if row in rows(read)]
    assert len(read.offices) == 3


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("akamai_access_denied.html", Verdict.BLOCKED),
        ("akamai_challenge.html", Verdict.BLOCKED),
        ("maintenance.html", Verdict.ERROR),
        ("soft_404.html", Verdict.NOT_THE_PAGE),
        ("blank_main.after.html", Verdict.NOT_THE_PAGE),
        ("halved.after.html", Verdict.TRUNCATED),
    ],
)
def test_what_is_no_leadership_page_raises_with_its_verdict_and_a_reason(name: str, verdict: Verdict) -> None:
    with pytest.raises(NotALeadershipPage) as refusal:
        parse(path(name).read_bytes())
    assert (refusal.value.verdict, bool(refusal.value.reason)) == (verdict, True)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_offices_leaders_and_figures_are_read_from(layout: str) -> None:
    read = parse(LAYOUTS[layout])
    assert rows(read) == ROWS
    assert figures(read) == FIGURES
    assert [office.abbreviation for office in read.offices] == ["OIW", None, None]
    assert read.title == "Executive Offices"


@pytest.mark.parametrize("layout", WITHOUT_TEXT)
def test_offices_and_leaders_are_read_from(layout: str) -> None:
    assert rows(parse(WITHOUT_TEXT[layout])) == ROWS


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_same_is_read_through(spelling: str) -> None:
    read = parse(SPELLINGS[spelling])
    assert (rows(read), figures(read)) == (ROWS, FIGURES)
    assert all("\xa0" not in office.text for office in read.offices)


def test_a_page_that_names_nobody_is_an_error_of_its_own() -> None:
    with pytest.raises(NoLeaders):
        parse(path("no_names.after.html").read_bytes())


def test_an_office_whose_heading_is_missing_is_named_by_its_text() -> None:
    written = [
        f"<h2>{post.office}</h2><p>{post.title} {post.name}</p><p>{post.text}</p>".removeprefix(
            "<h2>Office of Coastal Survey</h2>"
        )
        for post in POSTS
    ]
    read = parse(page("".join(written)))
    assert rows(read) == ROWS
    assert [office.found_by for office in read.offices] == ["heading", "text", "heading"]


def test_offices_without_any_heading_are_named_by_their_texts() -> None:
    read = parse(posts("<p>{title} {name}</p><p>{text}</p>"))
    assert (rows(read), figures(read)) == (ROWS, FIGURES)
    assert {office.found_by for office in read.offices} == {"text"}


def test_a_heading_broken_in_two_lines_is_one_heading() -> None:
    broken = LAYOUTS["headings"].replace("Office of Inland", "Office of<br>Inland")
    assert rows(parse(broken)) == ROWS


FOUND_BY = {
    "headings": "heading",
    "bold lines": "heading",
    "cards": "list",
    "a table with header": "table",
    "labelled fields with bold labels": "label",
    "lines of name, title and office": "title",
}


@pytest.mark.parametrize(("layout", "evidence"), FOUND_BY.items())
def test_each_office_says_how_it_was_found(layout: str, evidence: str) -> None:
    read = parse((LAYOUTS | WITHOUT_TEXT)[layout])
    assert {office.found_by for office in read.offices} == {evidence}


def test_a_title_that_says_what_it_is_the_head_of_is_its_own_office() -> None:
    read = parse(page("<ul><li>Secretary of Tides Odalys Brandvold</li><li>Keeper of Lights: Vacant</li></ul>"))
    assert [(office.name, office.title, office.found_by) for office in read.offices] == [
        ("Secretary of Tides", "Secretary of Tides", "title"),
        ("Keeper of Lights", "Keeper of Lights", "title"),
    ]


def test_people_of_one_office_share_the_pages_subject() -> None:
    html = page("<p>Director Odalys Brandvold</p><p>Deputy Director Tobias Ferncastle</p>")
    read = parse(html.replace("Executive Offices", "Office of Coastal Survey Leadership"))
    assert {(office.name, office.found_by) for office in read.offices} == {("Office of Coastal Survey", "page")}


VACANT = {
    "a title line": "<h2>{office}</h2><p>Director: Vacant</p><p>{text}</p>",
    "a bracket": "<h2>{office}</h2><p>Director (Vacant)</p><p>{text}</p>",
    "two lines": "<h2>{office}</h2><p>Vacant</p><p>Director</p><p>{text}</p>",
    "labelled fields": "<h2>{office}</h2><p>Name: Vacant</p><p>Title: Director</p><p>{text}</p>",
}


@pytest.mark.parametrize("form", VACANT)
def test_a_vacancy_is_read_from(form: str) -> None:
    led = "<h2>{office}</h2><p>{title} {name}</p><p>{text}</p>"
    first, *others = POSTS
    body = VACANT[form].format(office=first.office, text=first.text)
    body += "".join(
        led.format(office=post.office, title=post.title, name=post.name, text=post.text) for post in others
    )
    read = parse(page(body))
    assert [(office.name, office.vacant) for office in read.offices] == [
        (first.office, True),
        *((post.office, False) for post in others),
    ]
    assert rows(read) == ROWS[1:]
    assert read.offices[0].title == "Director"


def test_an_office_that_names_no_leader_and_no_vacancy_is_kept_as_it_is() -> None:
    silent = LAYOUTS["headings"].replace("<p>Director Tobias M. Ferncastle</p>", "")
    read = parse(silent)
    assert [office.name for office in read.offices] == [row[0] for row in ROWS]
    assert (read.offices[1].leader, read.offices[1].vacant) == (None, False)


def test_a_page_of_vacancies_alone_is_a_page() -> None:
    read = parse(posts("<h2>{office}</h2><p>Director: Vacant</p><p>{text}</p>"))
    assert [office.vacant for office in read.offices] == [True, True, True]


DECOYS = {
    "news": "<h2>Latest News</h2><p>Director Gustav Ghost visits the harbor</p><p>Gustav Ghost, Director</p>",
    "former leaders": "<h2>Former Directors</h2><p>Director Gustav Ghost</p><p>Director Gerda Ghost</p>",
    "a side bar": "<aside><h2>Contact</h2><p>Press Officer Gustav Ghost</p></aside>",
    "a footer": "<footer><p>Webmaster: Gustav Ghost</p></footer>",
    "a starred note": "<p>*The Chief has the rank of Executive Assistant Commissioner</p>",
    "a sentence about a title": "<p>Each office is headed by an Executive Assistant Commissioner.</p>",
    "a link to other leaders": "<p><a href='/x'>Assistant Commissioners' Offices</a></p>",
}


@pytest.mark.parametrize("decoy", DECOYS)
def test_nobody_is_read_from(decoy: str) -> None:
    assert (
        rows(parse(posts("<h2>{office}</h2><p>{title} {name}</p><p>{text}</p>", f"{{}}{DECOYS[decoy]}")))
        == ROWS
    )


def quotes(read: LeadershipPage) -> Iterator[tuple[Office | None, str, Quote]]:
    """Yield each quote of a page with the words that it must hold."""
    for figure in read.figures:
        assert figure.quote is not None
        yield None, figure.text, figure.quote
    for office in read.offices:
        for figure in office.figures:
            assert figure.quote is not None
            yield office, figure.text, figure.quote
        if office.leader:
            assert office.leader.quote is not None
            yield office, office.leader.name, office.leader.quote
        if office.quote:
            yield office, office.name, office.quote


QUOTED = {
    **LAYOUTS,
    **WITHOUT_TEXT,
    **SPELLINGS,
    **{file.stem: file.read_text(encoding="utf-8") for _, file in dated_versions()},
    **{
        name: path(f"{name}.after.html").read_text(encoding="utf-8")
        for name in ("redesign_cards", "redesign_table")
    },
}


@pytest.mark.parametrize("name", QUOTED)
def test_every_value_quotes_its_words_at_their_place_in_the_page(name: str) -> None:
    read = parse(QUOTED[name])
    for office, words, quote in quotes(read):
        assert read.text[quote.start : quote.end] == quote.text, office
        assert words in quote.text, office


def test_figures_outside_every_office_belong_to_the_page() -> None:
    whole = LAYOUTS["headings"].replace(
        "</h1>", "</h1><p>The agency has more than 9,000 employees and 31 harbors.</p>"
    )
    read = parse(whole)
    assert [f"{figure.measure} {figure.value}" for figure in read.figures] == ["employees 9000", "harbors 31"]
    assert figures(read) == FIGURES


def test_a_fragment_is_a_page_too() -> None:
    html = LAYOUTS["headings"]
    assert rows(parse(html[html.index("<h1>") : html.index("</main>")])) == ROWS


def test_one_person_shown_twice_is_one_leader() -> None:
    card = "<div class='card'><h3>{name}</h3><p>{title}, {office}</p></div>"
    assert rows(parse(posts(card + card))) == ROWS


def test_one_person_may_lead_two_offices() -> None:
    read = parse(LAYOUTS["headings"].replace("Director Tobias M. Ferncastle", "Director Odalys Brandvold"))
    assert [row[:2] for row in rows(read)][:2] == [
        ("Office of Inland Waters", "Odalys Brandvold"),
        ("Office of Coastal Survey", "Odalys Brandvold"),
    ]


def test_text_encoded_twice_is_mended() -> None:
    html = LAYOUTS["headings"].replace("Odalys Brandvold", "José Ñúñez").replace("12", "12")
    twice = html.encode().decode("cp1252", "ignore").encode()
    assert rows(parse(twice))[0][1] == "José Ñúñez"


@pytest.mark.parametrize(
    "line", ["", "<p><strong>Chief</strong></p>", "<p><strong>Chief Ana Ruiz and Bo Li</strong></p>"]
)
def test_an_office_without_a_readable_leader_line_keeps_no_other_offices_leader(line: str) -> None:
    page = path("cbp_2024-04-19.html").read_text("utf-8")
    named = re.search(r"<p><strong>Chief <a.*?</p>", page, re.DOTALL)
    assert named is not None
    offices = {office.name: office for office in parse(page.replace(named[0], line)).offices}
    patrol, trade = offices["United States Border Patrol"], offices["Office of Trade"]
    assert (patrol.leader, patrol.vacant) == (None, False)
    assert trade.leader is not None
    assert trade.leader.name == "AnnMarie Highsmith"


def test_a_heading_that_names_no_body_is_no_office_among_those_that_do() -> None:
    offices = "".join(
        f"<h2>Office of {name}</h2><p>Director {leader}</p><p>It keeps the {name.lower()} open to everybody.</p>"
        for name, leader in (
            ("Rivers", "Dana Whitcombe"),
            ("Lakes", "Lena Okafor"),
            ("Canals", "Bo Ferncastle"),
        )
    )
    visit = (
        "<h2>Visit us</h2><p>Our doors are open on every working day of the year, and on the eve of each.</p>"
    )
    read = parse(f"<main><h1>Waterways</h1>{offices}{visit}</main>")
    assert [office.name for office in read.offices] == [
        "Office of Rivers",
        "Office of Lakes",
        "Office of Canals",
    ]


def test_a_post_that_goes_by_its_title_in_one_layout_is_not_renamed_by_another() -> None:
    people = (
        ("Dana Whitcombe", "Fire Marshal"),
        ("Lena Okafor", "Chief Engineer"),
        ("Bo Ferncastle", "Treasurer"),
    )
    cards = "".join(f"<div class='card'><h3>{name}</h3><p>{title}</p></div>" for name, title in people)
    terms = "".join(f"<dt>{title}</dt><dd>{name}</dd>" for name, title in people)
    head = "<h1>Board of Harbor Works Leadership</h1>"
    before, after = parse(f"<main>{head}{cards}</main>"), parse(f"<main>{head}<dl>{terms}</dl></main>")
    assert compare(before, after) == []


def test_a_text_of_megabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(NotALeadershipPage, match=r"its text runs to 1,\d+,\d+ characters"):
        parse("<h1>Leadership</h1><p>Director Jane Doe</p><p>" + "word " * 250_000)
