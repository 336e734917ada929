"""Real pages of real governments, beside the truth that a reader typed; skipped where they are not at hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy.real import person_key, post, title_key
from model import Change, ChangeKind, LeadershipPage
from monitor import compare
from scraper import ScraperError, parse

CASES = Path(__file__).parents[2] / "shared" / "cases"
TRUTHS: dict[str, dict[str, Any]] = {
    file.name.removesuffix(".truth.json"): json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(CASES.glob("*.truth.json"))
}
LED = [name for name, truth in TRUTHS.items() if truth["offices"]]
UNLED = [name for name, truth in TRUTHS.items() if not truth["offices"]]
FEDERAL = [name for name in LED if name.startswith("us_")]
pytestmark = pytest.mark.skipif(not TRUTHS, reason="the real pages are not beside this checkout")


@cache
def read(name: str) -> LeadershipPage:
    return parse((CASES / f"{name}.html").read_bytes(), TRUTHS[name]["url"])


def wanted(name: str) -> list[tuple[str, frozenset[str], bool]]:
    return [
        (person_key(office["leader"]), title_key(office["title"]), bool(office["acting"]))
        for office in TRUTHS[name]["offices"]
        if office["leader"]
    ]


def found(name: str) -> set[tuple[str, frozenset[str], bool]]:
    return {
        (person_key(leader.name), title_key(leader.title), leader.capacity != "permanent")
        for office in read(name).offices
        if (leader := office.leader)
    }


@pytest.mark.parametrize("name", FEDERAL)
def test_every_leader_and_title_of_a_federal_page_is_read(name: str) -> None:
    assert [row for row in wanted(name) if row not in found(name)] == []


def test_at_least_97_of_100_leaders_of_all_pages_are_read() -> None:
    rows = [(name, row) for name in LED for row in wanted(name)]
    missed = [(name, row) for name, row in rows if row not in found(name)]
    assert len(rows) > 200
    assert len(missed) <= 0.03 * len(rows), missed


@pytest.mark.parametrize("name", LED)
def test_every_leader_of_a_real_page_holds_the_office_that_the_page_says(name: str) -> None:
    rows = {
        (person_key(office.leader.name), title_key(office.name))
        for office in read(name).offices
        if office.leader
    }
    led = [office for office in TRUTHS[name]["offices"] if office["leader"]]
    wanted = [(person_key(office["leader"]), title_key(post(office))) for office in led]
    assert [row for row in wanted if row not in rows] == []


@pytest.mark.parametrize("name", UNLED)
def test_a_page_that_is_no_leadership_page_is_refused(name: str) -> None:
    with pytest.raises(ScraperError):
        read(name)


@pytest.mark.parametrize("name", LED)
def test_every_value_of_a_real_page_quotes_its_words_at_their_place(name: str) -> None:
    page = read(name)
    assert page.text
    for office in page.offices:
        quotes = [office.quote, *(figure.quote for figure in office.figures)]
        if office.leader:
            assert office.leader.quote is not None
            assert office.leader.name in office.leader.quote.text
            quotes.append(office.leader.quote)
        assert all(page.text[quote.start : quote.end] == quote.text for quote in quotes if quote)


PAIRS = (
    [
        pair
        for pair in json.loads((CASES / "changes.json").read_text(encoding="utf-8"))
        if pair["before"] in LED and pair["after"] in LED
    ]
    if TRUTHS
    else []
)
KINDS = {
    "leader": ChangeKind.LEADER_REPLACED,
    "office added": ChangeKind.OFFICE_ADDED,
    "office removed": ChangeKind.OFFICE_REMOVED,
}


def is_told(one: dict[str, Any], change: Change) -> bool:
    if change.kind is not KINDS[one["type"]]:
        return False
    office = title_key(one["office"])
    if change.kind is ChangeKind.LEADER_REPLACED:
        names = (person_key(change.before["name"]), person_key(change.after["name"]))
        return names == (person_key(one["old"]), person_key(one["new"])) and bool(
            office & title_key(change.office or "")
        )
    return title_key(str(change.after or change.before)) == office


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['before']} to {pair['after']}")
def test_the_changes_between_two_real_versions_are_told(pair: dict[str, Any]) -> None:
    told = [
        change
        for change in compare(read(pair["before"]), read(pair["after"]))
        if change.kind is not ChangeKind.TEXT_CHANGED
    ]
    assert [one for one in pair["changes"] if not any(is_told(one, change) for change in told)] == []
    if not pair["changes"]:
        assert told == []
