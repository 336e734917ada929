"""Where captures of the past come from: saved files with dates, folders, and what the command line makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fixtures import path as fixture
from monitor.cli import importing, main
from monitor.importing.dates import dated
from monitor.importing.files import captures_in
from monitor.importing.found import ImportProblem, Left
from storage import Archive
from tests.archive_rows import URL

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
Call = Callable[..., Result]


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("page_2024-04-19.html", "2024-04-19T23:59:59.999999"),
        ("2024_04_19-page.html", "2024-04-19T23:59:59.999999"),
        ("page-20240419.html", "2024-04-19T23:59:59.999999"),
        ("20240419123005.html", "2024-04-19T12:30:05"),
        ("page 2024-04-19T12-30-05Z.html", "2024-04-19T12:30:05"),
        ("page.2024-04-19.2024-04-19.html", "2024-04-19T23:59:59.999999"),
        ("page.html", None),
        ("page_2024-13-19.html", None),
        ("page_2024-02-30.html", None),
        ("2023-01-01_to_2024-04-19.html", None),
        ("id-1234567890123456.html", None),
    ],
)
def test_a_name_says_when_a_file_was_served(name: str, moment: str | None) -> None:
    found = dated(name)
    assert (found and found.replace(tzinfo=None).isoformat()) == moment


def test_a_folder_gives_its_saved_pages_and_counts_the_rest(tmp_path: Path) -> None:
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / "page_2023-11-30.html").write_bytes(b"old")
    (tmp_path / "page_2024-04-19.HTM").write_bytes(b"new")
    (tmp_path / "logo.png").write_bytes(b"")
    left = Left()
    found = list(captures_in([tmp_path], URL, at=None, now=NOW, left=left))
    assert [(each.capture.body, each.capture.url, each.source) for each in found] == [
        (b"old", URL, str(tmp_path / "2023" / "page_2023-11-30.html")),
        (b"new", URL, str(tmp_path / "page_2024-04-19.HTM")),
    ]
    assert left == {"files that are neither HTML nor WARC nor WACZ": 1}


def test_a_day_that_is_not_over_ends_now(tmp_path: Path) -> None:
    file = tmp_path / f"page_{NOW:%Y-%m-%d}.html"
    file.write_bytes(b"")
    (found,) = captures_in([file], URL, at=None, now=NOW, left=Left())
    assert found.capture.fetched_at == NOW


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("page.html", r"page\.html: its name does not say when it was served; .* or give --at"),
        ("page_2027-01-01.html", r"page_2027-01-01\.html: 2027-01-01 is still to come"),
        ("none.html", r"none\.html: there is no such file or folder"),
    ],
)
def test_a_file_that_cannot_be_dated_or_found_is_named(tmp_path: Path, name: str, said: str) -> None:
    if name != "none.html":
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(ImportProblem, match=said):
        list(captures_in([tmp_path / name], URL, at=None, now=NOW, left=Left()))


@pytest.fixture
def call(tmp_path: Path) -> Call:
    def call(*words: str) -> Result:
        return CliRunner().invoke(main, [*words, "--database", str(tmp_path / "watch.db")])

    return call


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Four dated versions, one that is no page, and a stray file."""
    folder = tmp_path / "saved"
    folder.mkdir()
    for name in ("cbp_2023-11-30.html", "cbp_2024-04-19.html", "cbp_2025-01-22.html", "cbp_2025-05-06.html"):
        (folder / name).write_bytes(fixture(name).read_bytes())
    (folder / "wall_2024-06-01.html").write_bytes(b"<html><title>Access Denied</title></html>")
    (folder / "notes.txt").write_bytes(b"")
    return folder


def test_import_makes_an_archive_of_saved_pages_and_tells_what_it_left(call: Call, saved: Path) -> None:
    result = call("import", str(saved))
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "cbp-executive: 4 captures taken in, 1 that read as no page."
    assert lines[1].startswith("  2024-06-01 23:59 UTC: ")
    assert lines[2] == "  Left files that are neither HTML nor WARC nor WACZ: 1"
    assert "Michael W. Banks replaced Jason Owens" in " ".join(call("changes").stdout.split())
    listed = json.loads(call("captures", "--json").stdout)["captures"]
    assert [each["verdict"] for each in listed] == ["ok", "ok", "blocked", "ok", "ok"]
    assert {each["origin"] for each in listed} == {"import"}
    assert listed[0]["source"] == str(saved / "cbp_2023-11-30.html")


def test_import_again_adds_nothing(call: Call, saved: Path) -> None:
    call("import", str(saved))
    again = json.loads(call("import", str(saved), "--json").stdout)
    assert (again["taken"], again["known"], again["unread"]) == (0, 5, [])
    assert again["left"] == {"files that are neither HTML nor WARC nor WACZ": 1}


def test_import_takes_what_was_served_in_a_span_of_time(call: Call, saved: Path) -> None:
    report = json.loads(
        call("import", str(saved), "--since", "2024-01-01", "--until", "2025-01-22", "--json").stdout
    )
    assert report["taken"] == 2
    assert report["left"]["captures of another time"] == 2


def test_import_dates_a_file_as_it_is_told(call: Call, saved: Path, tmp_path: Path) -> None:
    page = (saved / "cbp_2024-04-19.html").rename(tmp_path / "page.html")
    assert call("import", str(page)).exit_code == 2
    assert call("import", str(page), "--at", "2024-04-19T12:00Z").exit_code == 0
    (listed,) = json.loads(call("captures", "--json").stdout)["captures"]
    assert listed["fetched_at"] == "2024-04-19T12:00:00Z"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name files or folders, or say --wayback"),
        (("page.html", "--wayback"), "name files or folders, or say --wayback"),
        (("page.html", "--at", "soon"), "--at 'soon' is no date: write 2024-04-19"),
        (("page.html", "--page", "other"), "no page 'other': there is cbp-executive"),
        (("none.warc.gz",), "none.warc.gz: there is no such file or folder"),
    ],
)
def test_import_says_in_one_line_what_is_wrong(call: Call, words: tuple[str, ...], said: str) -> None:
    result = call("import", *words)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert said in result.stderr


def test_nothing_found_is_trouble(call: Call, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = call("import", str(tmp_path / "empty"))
    assert result.exit_code == 2
    assert "was found there" in result.stderr


def test_what_a_check_found_is_narrowed_by_an_import_and_nobody_is_told(
    call: Call, saved: Path, tmp_path: Path
) -> None:
    first = call("import", str(saved / "cbp_2024-04-19.html"), str(saved / "cbp_2025-05-06.html"))
    assert first.exit_code == 0
    before = json.loads(call("changes", "--json", "--kind", "leader_replaced").stdout)["changes"]
    call("import", str(saved / "cbp_2025-01-22.html"))
    after = json.loads(call("changes", "--json", "--kind", "leader_replaced").stdout)["changes"]
    narrowed = {each["sentence"]: each["first_seen"][:10] for each in after}
    assert (
        narrowed["Michael W. Banks replaced Jason Owens as Chief, United States Border Patrol."] == "2025-01-22"
    )
    assert {each["first_seen"][:10] for each in before} == {"2025-05-06"}
    with Archive.open(tmp_path / "watch.db") as archive:
        assert archive.deliveries() == []


def test_reasons_are_told_of_the_first_few_that_read_as_no_page(call: Call, tmp_path: Path) -> None:
    for day in range(1, importing.SHOWN + 3):
        (tmp_path / f"wall_2024-06-{day:02}.html").write_bytes(b"<html><title>Access Denied</title></html>")
    lines = call("import", str(tmp_path)).stdout.splitlines()
    assert lines[0] == f"cbp-executive: 0 captures taken in, {importing.SHOWN + 2} that read as no page."
    assert len([line for line in lines if "23:59 UTC: " in line]) == importing.SHOWN
    assert "  and 2 more" in lines
