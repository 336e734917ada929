"""The demo: the dated versions on loopback, the real check, mails in a folder."""

from __future__ import annotations

import email
import re
from email import policy
from pathlib import Path

import pytest
from click.testing import CliRunner

from model import Outcome, Verdict
from monitor.cli import main
from monitor.demo import DATABASE, MAILS, play
from storage import Archive


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "demo-out"


def test_the_demo_goes_through_the_dated_versions_and_checks_the_last_once_more(folder: Path) -> None:
    steps = list(play(folder))
    outcomes = [step.result.outcome for step in steps]
    assert outcomes == [Outcome.BASELINE, *[Outcome.CHANGED] * 3, Outcome.UNCHANGED]
    assert steps[-1].result.verdict is Verdict.NOT_MODIFIED
    with Archive.open(folder / DATABASE) as archive:
        [page] = archive.pages()
        dates = {stored.first_seen.date() for stored in archive.changes(page_id=page.id)}
    assert dates == {step.day for step in steps[1:4]}


def test_the_demo_leaves_mails_ready_to_open(folder: Path) -> None:
    list(play(folder))
    mails = [
        email.message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in sorted((folder / MAILS).iterdir())
    ]
    assert len(mails) == 3
    assert "Banks replaces" in mails[1]["Subject"]
    assert {part.get_content_type() for part in mails[1].walk()} >= {"text/plain", "text/html"}


def test_the_demo_can_be_played_again(folder: Path) -> None:
    for _ in range(2):
        steps = list(play(folder))
    assert steps[0].result.outcome is Outcome.BASELINE
    assert len(list((folder / MAILS).iterdir())) == 3


def test_the_demo_shows_tables_changes_and_where_to_go_on(folder: Path) -> None:
    result = CliRunner().invoke(main, ["demo", "--folder", str(folder)])
    assert (result.exit_code, result.stderr) == (0, "")
    text = " ".join(result.stdout.split())
    for shown in (
        "30 November 2023: the first check",
        "6 offices, 6 leaders (2 acting), 13 figures",
        "Michael W. Banks replaced Jason Owens as Chief, United States Border Patrol.",
        "(the server answered 304)",
        "The 3 mails that would have gone out",
    ):
        assert shown in text
    for words in re.findall(r"^  leaderwatch (.+)$", result.stdout, re.MULTILINE):
        assert CliRunner().invoke(main, words.split()).exit_code in (0, 1), words


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = CliRunner().invoke(main, ["demo", "--folder", str(tmp_path / "file" / "below")])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
