"""The questions about time on the command line, asked of the dated versions of the CBP page."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from monitor.cli import main
from monitor.cli.as_of_table import window_text
from monitor.history.certainty import Window
from monitor.history.importing import take_in
from storage import Archive
from tests.evidence_in_order import SETTINGS, URL, Clock, all_evidence, dated_versions, found, read

Ask = Callable[..., Result]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("asked") / "asked.db"
    with Archive.open(file, clock=Clock()) as archive:
        archive.page_id("cbp", URL)
        take_in(archive, archive.pages()[0], found(all_evidence()), SETTINGS, Clock(), read=read)
    return file


@pytest.fixture
def ask(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask the archive, in an empty folder and a wide terminal."""
    monkeypatch.chdir(tmp_path)

    def ask(*words: str) -> Result:
        return CliRunner().invoke(main, [*words, "--database", str(database)], env={"COLUMNS": "160"})

    return ask


def said(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("day", "candidates"),
    [
        ("2023-12-02", [("Jason Owens", "page_dated")]),
        ("2024-11-01", [("Jason Owens", "observed")]),
        ("2025-01-10", [("Jason Owens", "possible"), ("Michael W. Banks", "possible")]),
        ("2026-01-01", [("Michael W. Banks", "presumed")]),
        ("2020-01-01", []),
    ],
)
def test_who_led_an_office_is_told_with_how_surely_it_is_known(
    ask: Ask, day: str, candidates: list[tuple[str, str]]
) -> None:
    answer = said(ask("who", "border patrol", "--on", day, "--json"))
    assert [(each["leader"]["name"], each["certainty"]) for each in answer["candidates"]] == candidates
    assert (answer["reason"] is None) == bool(candidates)


def test_a_window_within_one_day_is_told_as_that_day() -> None:
    seen, next_seen = datetime(2024, 5, 1, 6, tzinfo=UTC), datetime(2024, 5, 1, 12, tzinfo=UTC)
    assert window_text(Window(seen, next_seen)) == "on 2024-05-01"
    assert window_text(Window(seen, next_seen + timedelta(days=1))) == "between 2024-05-01 and 2024-05-02"
    assert window_text(Window(None, seen)) == "by 2024-05-01"


def test_the_answer_in_words_says_what_it_rests_on(ask: Ask) -> None:
    told = ask("who", "border patrol", "--on", "2025-01-10").stdout
    assert "turned between 2024-12-20 and 2025-02-01" in told
    assert "Not known: first seen 2023-12-05 06:00 UTC." in ask("who", "OFO", "--on", "2020-01-01").stdout


def test_show_on_a_day_names_every_office_as_it_was_named_then(ask: Ask) -> None:
    answer = said(ask("show", "--on", "2024-06-01", "--json"))
    assert [office["candidates"][0]["leader"]["name"] for office in answer["offices"]] == [
        "Jonathan P. Miller",
        "Diane Sabatino",
        "Jason Owens",
        "AnnMarie Highsmith",
        "Ryan J. Scudder",
        "Casey O. Durst",
    ]
    assert answer["certainty"] == "observed"
    assert "over 20,000 agents" in ask("show", "--on", "2024-06-01").stdout


def test_nothing_was_known_before_anything_was_recorded(ask: Ask) -> None:
    answer = said(ask("show", "--on", "2024-06-01", "--known-at", "2025-12-01", "--json"))
    assert (answer["offices"], answer["reason"]) == (
        [],
        "nothing was known at 2025-12-01 23:59 UTC: the page had not been read well by then",
    )
    assert "Nothing was known" in ask("show", "--on", "2024-06-01", "--known-at", "2025-12-01").stdout


def test_a_persons_history_sums_acting_and_permanent_days_apart(ask: Ask) -> None:
    [person] = said(ask("history", "durst", "--json"))["people"]
    assert person["days"] == {
        "acting": {"least": 34, "most": None},
        "permanent": {"least": 467, "most": 574},
        "total": {"least": 501, "most": None},
    }
    assert "acting at least 34 days, permanent 467 to 574 days" in ask("history", "durst").stdout


def test_the_whole_history_has_every_tenure(ask: Ask) -> None:
    assert len(said(ask("history", "--json"))["tenures"]) == 10


def test_a_series_tells_each_value_and_the_way_between(ask: Ask) -> None:
    [series] = said(ask("figures", "OFO", "employees", "--json"))["series"]
    assert [(each["figure"]["value"], each["delta"], each["percent"]) for each in series["values"]] == [
        (31000, None, None),
        (32000, 1000, 3.2),
    ]
    assert "▁█" in ask("figures", "OFO", "employees").stdout


@pytest.mark.parametrize(("name", "begins"), [("a.svg", b"<?xml"), ("a.png", b"\x89PNG")])
def test_series_are_drawn_into_a_file(ask: Ask, tmp_path: Path, name: str, begins: bytes) -> None:
    assert ask("figures", "OFO", "--plot", name).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_format_that_cannot_be_drawn_is_named(ask: Ask) -> None:
    result = ask("figures", "OFO", "--plot", "a.gif")
    assert result.exit_code == 2
    assert "name a file that ends in .svg or .png" in result.stderr


def test_an_ambiguous_name_lists_the_choices(ask: Ask) -> None:
    result = ask("who", "ops")
    assert result.exit_code == 2
    assert "may be Air and Marine Operations (AMO), Office of Field Operations (OFO)" in result.stderr


BEFORE = ("--known-at", "2020-01-01")


@pytest.mark.parametrize(
    ("words", "empty"),
    [
        (("who", "border patrol"), "candidates"),
        (("history", "border patrol"), "tenures"),
        (("figures", "border patrol"), "series"),
        (("show",), "offices"),
        (("changes", "--office", "border patrol"), "changes"),
    ],
)
def test_before_anything_was_read_the_answer_is_that_nothing_was_known(
    ask: Ask, words: tuple[str, ...], empty: str
) -> None:
    assert said(ask(*words, *BEFORE, "--json"))[empty] == []
    told = ask(*words, *BEFORE)
    assert told.exit_code == 0
    assert "known at 2020-01-01 23:59 UTC" in told.stdout


def test_changes_are_listed_as_they_were_known_then(tmp_path: Path) -> None:
    file, clock = tmp_path / "known.db", Clock()
    first, _, _, later, _ = dated_versions()
    with Archive.open(file, clock=clock) as archive:
        archive.page_id("cbp", URL)
        [page] = archive.pages()
        take_in(archive, page, found([first, later]), SETTINGS, clock, read=read)
        known_at, asked = clock(), ("changes", "--database", str(file), "--json", "--known-at")
        before = said(CliRunner().invoke(main, [*asked, known_at.isoformat()]))
        take_in(archive, page, found(all_evidence()), SETTINGS, clock, read=read)
    assert before["changes"]
    assert said(CliRunner().invoke(main, [*asked, known_at.isoformat()])) == before
    now = said(CliRunner().invoke(main, [*asked, clock().isoformat()]))["changes"]
    assert {row["last_seen"] for row in before["changes"]} == {"2023-12-05T06:00:00Z"}
    assert {row["last_seen"] for row in now} > {"2024-12-20T06:00:00Z"}


def test_diff_by_dates_tells_how_surely_each_is_known(ask: Ask) -> None:
    answer = json.loads(ask("diff", "2024-11-01", "2025-01-10", "--json").stdout)
    assert [(each["asked"], each["certainty"]) for each in answer["dates"]] == [
        ("2024-11-01", "observed"),
        ("2025-01-10", "possible"),
    ]
    assert answer["dates"][1]["gap"] == {"before": "2024-12-20T06:00:00Z", "after": "2025-02-01T06:00:00Z"}
    assert "dates" not in json.loads(ask("diff", "2", "2", "--json").stdout)


def test_a_candidate_names_its_office_as_short_as_the_page_does(ask: Ask) -> None:
    (candidate,) = said(ask("who", "field ops", "--on", "2024-11-01", "--json"))["candidates"]
    assert (candidate["office"], candidate["abbreviation"]) == ("Office of Field Operations", "OFO")
