"""The saved pages say what their sources say, and nothing else differs between them."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from fixtures import HERE, dated_versions, path
from fixtures.build import main, render_all

ARCHIVED_TEXT = Path(__file__).parents[2] / "shared" / "seed-page.txt"
HOSTS = {"www.cbp.gov", "www.dhs.gov", "www.oig.dhs.gov", "www.usa.gov", "www.whitehouse.gov"}
NAMESPACES = {"ogp.me", "schema.org", "www.w3.org", "www.drupal.org"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ROWS = {"h1", "h2", "p", "li", "div"}
PAGES = sorted(page.name for page in HERE.glob("*.html"))


def main_lines(name: str) -> list[str]:
    """Return the visible lines of the main part, without the menus beside it."""
    soup = BeautifulSoup(path(name).read_text(encoding="utf-8"), "lxml")
    part = soup.find("main")
    assert isinstance(part, Tag)
    for menu in part.find_all(class_="left-menu"):
        menu.decompose()
    rows = [row for row in part.find_all(ROWS) if not row.find(ROWS)]
    return [line for row in rows if (line := " ".join(row.get_text().split()))]


def test_the_dated_versions_come_in_order() -> None:
    assert [day for day, _ in dated_versions()] == [
        date(2023, 11, 30),
        date(2024, 4, 19),
        date(2025, 1, 22),
        date(2025, 5, 6),
    ]


def test_a_page_that_was_never_saved_is_named_with_those_that_were() -> None:
    with pytest.raises(FileNotFoundError, match=r"'cbp_1999\.html' among .*cbp_2024-04-19\.html"):
        path("cbp_1999.html")


def test_rendering_again_gives_the_same_bytes(tmp_path: Path) -> None:
    main(tmp_path)
    rendered = sorted(page.name for page in tmp_path.iterdir())
    assert rendered == sorted(render_all())
    for name in rendered:
        assert (tmp_path / name).read_bytes() == path(name).read_bytes(), name


@pytest.mark.skipif(not ARCHIVED_TEXT.exists(), reason="the archived text is not beside this checkout")
def test_the_archived_version_has_the_archived_words() -> None:
    text = ARCHIVED_TEXT.read_text(encoding="utf-8")
    banner, body = text.split("  1. Home\n")
    archived = [" ".join(line.split()) for line in ("  1. Home\n" + body).splitlines()]
    numbered = [f"{number}. {line}" for number, line in enumerate(main_lines("cbp_2024-04-19.html")[:4], 1)]
    assert numbered + main_lines("cbp_2024-04-19.html")[4:] == [line for line in archived if line]

    markup = path("cbp_2024-04-19.html").read_text(encoding="utf-8")
    assert body.count("\N{NO-BREAK SPACE}") == markup.count("&nbsp;") == 2
    soup = BeautifulSoup(markup, "lxml")
    for drawing in soup.find_all("svg"):
        drawing.decompose()
    shown = " ".join(soup.get_text(" ").split())
    squeezed = re.sub(r"\s+", "", shown)
    for line in filter(None, (line.strip() for line in banner.splitlines())):
        assert re.sub(r"\s+", "", line) in squeezed


FULL = "Executive Assistant Commissioner "
ACTING = "Acting " + FULL
STAFF = "with a staff of more than {} employees, and an operating budget of ${} billion."
TURNS = [
    (
        "cbp_2023-11-30.html",
        "cbp_2024-04-19.html",
        [
            (ACTING + "Diane J. Sabatino", ACTING + "Diane Sabatino"),
            (STAFF.format("31,000", "6.5"), STAFF.format("32,000", "7.5")),
            (FULL + "AnnMarie R. Highsmith", FULL + "AnnMarie Highsmith"),
            (ACTING + "Casey O. Durst", FULL + "Casey O. Durst"),
            ("Last Modified: Nov 30, 2023", "Last Modified: Apr 19, 2024"),
        ],
    ),
    (
        "cbp_2024-04-19.html",
        "cbp_2025-01-22.html",
        [
            (ACTING + "Diane Sabatino", ACTING + "Diane J. Sabatino"),
            ("Chief Jason Owens", "Chief Michael W. Banks"),
            (FULL + "Ryan J. Scudder", FULL + "Ntina K. Cooper"),
            ("Last Modified: Apr 19, 2024", "Last Modified: Jan 22, 2025"),
        ],
    ),
    (
        "cbp_2025-01-22.html",
        "cbp_2025-05-06.html",
        [
            (FULL + "AnnMarie Highsmith", ACTING + "Susan S. Thomas"),
            ("Last Modified: Jan 22, 2025", "Last Modified: May 06, 2025"),
        ],
    ),
]


@pytest.mark.parametrize(("before", "after", "turns"), TURNS)
def test_versions_differ_where_the_sources_say_so_and_nowhere_else(
    before: str, after: str, turns: list[tuple[str, str]]
) -> None:
    pairs = zip(main_lines(before), main_lines(after), strict=True)
    differing = [(old, new) for old, new in pairs if old != new]
    assert len(differing) == len(turns)
    for (old, new), (was, now) in zip(differing, turns, strict=True):
        assert (old.endswith(was), new.endswith(now)) == (True, True), (old, new)
        assert old.removesuffix(was) == new.removesuffix(now)


@pytest.mark.parametrize("file", [file for _, file in dated_versions()], ids=lambda file: file.name)
def test_a_version_is_as_large_as_a_real_page(file: Path) -> None:
    assert 40_000 <= file.stat().st_size <= 60_000


def test_no_two_versions_share_a_nonce_or_a_form_token() -> None:
    pages = [file.read_text(encoding="utf-8") for _, file in dated_versions()]
    for pattern in (
        r'nonce="([^"]+)"',
        r'form_build_id" value="([^"]+)"',
        r"/css_([\w-]+)\.css",
        r"pixel_([\w-]+)",
    ):
        found = [set(re.findall(pattern, page)) for page in pages]
        assert all(found)
        assert len(set.union(*found)) == sum(map(len, found)), pattern


class Balance(HTMLParser):
    """Collects what is left open and what is closed without having been opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.stray: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for key, value in attrs if key == "href" and value]
        self.loads += [value for key, value in attrs if key == "src" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.stray.append(tag)


def read(name: str) -> Balance:
    balance = Balance()
    balance.feed(path(name).read_text(encoding="utf-8"))
    return balance


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"halved.after.html", "akamai_access_denied.html"}))
def test_every_tag_of_a_whole_page_is_closed(name: str) -> None:
    balance = read(name)
    assert (balance.open, balance.stray) == ([], [])


def test_the_halved_page_stops_in_the_third_office() -> None:
    assert read("halved.after.html").open[:2] == ["html", "body"]
    assert main_lines("halved.after.html")[-1].endswith("between official ports of entry.")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_from_its_own_site_and_links_to_government_alone(name: str) -> None:
    balance = read(name)
    assert {urlsplit(link).netloc for link in balance.loads} <= {""}
    assert {urlsplit(link).netloc for link in balance.links} <= HOSTS | {""}
    named = set(re.findall(r"https?:\\?/\\?/([\w.-]+)", path(name).read_text(encoding="utf-8")))
    assert named <= HOSTS | NAMESPACES


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((HERE / "cbp_2024-04-19.json").read_text(encoding="utf-8"))
    return loaded


def test_the_truth_counts_six_offices_six_leaders_one_acting_and_thirteen_figures(
    truth: dict[str, Any],
) -> None:
    offices = truth["offices"]
    assert len(offices) == 6
    assert [office["leader"]["capacity"] for office in offices].count("acting") == 1
    assert not any(office["vacant"] for office in offices)
    assert sum(len(office["figures"]) for office in offices) == 13


def test_the_truth_says_nothing_that_the_page_does_not(truth: dict[str, Any]) -> None:
    lines = main_lines("cbp_2024-04-19.html")
    for office in truth["offices"]:
        leader = office["leader"]
        line = f"{leader['title']} {leader['name']}"
        assert (f"Acting {line}" if leader["capacity"] == "acting" else line) in lines
        assert all(paragraph in lines for paragraph in office["text"].split("\n"))
        assert all(figure["text"] in office["text"] for figure in office["figures"])
        assert office["note"] is None or f"*{office['note']}" in lines


@pytest.mark.parametrize(
    "name", ["redesign_cards.after.html", "redesign_table.after.html", "reordered.after.html"]
)
def test_a_redesign_keeps_every_word_of_every_office(name: str, truth: dict[str, Any]) -> None:
    soup = BeautifulSoup(path(name).read_text(encoding="utf-8"), "lxml")
    shown = " ".join(soup.get_text().split())
    for office in truth["offices"]:
        assert f"{office['leader']['title']} {office['leader']['name']}" in shown
        assert all(paragraph in shown for paragraph in office["text"].split("\n"))
        assert office["name"] in shown
