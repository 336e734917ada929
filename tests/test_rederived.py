"""What was concluded is derived again, and a row that somebody edited is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.cli import main
from monitor.history.verifying import derived_faults
from monitor.settings import PageSettings, Settings
from storage import Archive
from tests.checked import PAGE, SETTINGS, Checked
from tests.test_migrations import run
from tests.watching import Clock, instead, markup

STAFF = {"Office of Rivers": "The Office of Rivers has a staff of more than 1,900 employees."}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("checked") / "leaderwatch.db"
    with Archive.open(path, clock=(clock := Clock())) as archive:
        page = Checked(archive, clock, archive.page_id(PAGE.name, PAGE.url))
        for version in (
            markup(),
            instead(Rivers="Director Zoe Park"),
            markup(texts=STAFF),
            markup(texts=STAFF),
        ):
            page.check(version, hours=13)
    return path


@pytest.fixture
def path(checked: Path, tmp_path: Path) -> Path:
    """An archive of four checks: the director of rivers was replaced and came back, with more staff."""
    return Path(shutil.copy(checked, tmp_path))


def faults(path: Path, settings: Settings = SETTINGS) -> list[str]:
    with Archive.open(path) as archive:
        return [str(fault) for fault in derived_faults(archive, settings)]


def edited(path: Path, statement: str) -> list[str]:
    """Return what is named once somebody has run this on the database."""
    run(path, statement)
    return faults(path)


def test_what_nobody_touched_is_what_the_evidence_gives(path: Path) -> None:
    assert faults(path) == []


def test_settings_that_changed_since_are_no_fault(path: Path) -> None:
    required = PageSettings(name=PAGE.name, url=PAGE.url, required=("Office of Ponds",))
    assert faults(path, Settings(pages=(required,))) == []


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            "tenure_spans SET leader = 'Ann King' WHERE leader = 'Zoe Park'",
            "tenure 7 is not what the evidence gives: leader is 'Ann King', not 'Zoe Park'",
        ),
        (
            "tenure_spans SET namings = replace(namings, 'Zoe Park', 'Ann King') WHERE leader = 'Zoe Park'",
            "tenure 7 is not what the evidence gives: namings[0].leader.name is 'Ann King', not 'Zoe Park'",
        ),
        (
            "figure_spans SET value = '9' WHERE gone_at IS NULL",
            "figure 3 is not what the evidence gives: value is 9, not 1900",
        ),
        (
            "changes SET office = 'Office of Ponds' WHERE id = 1",
            "change 1 is not what the evidence gives: office is 'Office of Ponds', not 'Office of Rivers'",
        ),
        (
            "changes SET state = 'withdrawn' WHERE id = 1",
            "a change of Office of Rivers, first seen 2024-05-02 08:00, is gone",
        ),
        (
            "leaders SET name = 'Ann King' WHERE name = 'Zoe Park'",
            "snapshot 2 is not what capture 2 says: offices[1].leader.name is 'Ann King', not 'Zoe Park'",
        ),
        (
            "figures SET value = '9' WHERE snapshot_id = 1",
            "snapshot 1 is not what capture 1 says: offices[1].figures[0].value is 9, not 1200",
        ),
        (
            "sightings SET believed = 0 WHERE id = 2",
            "sighting 2 is kept as in doubt, where the evidence gives that it is good",
        ),
        (
            "beliefs SET rows = replace(rows, 'Rafael Ortega', 'Ann King')",
            "page 1 is not believed to say what the evidence gives: "
            "offices[1].leader.name is 'Ann King', not 'Rafael Ortega'",
        ),
    ],
)
def test_an_edited_row_is_named_alone_with_what_it_should_be(path: Path, edit: str, said: str) -> None:
    assert edited(path, f"UPDATE {edit}") == [said]


def test_rows_that_were_taken_out_or_slipped_in_are_named(path: Path) -> None:
    assert edited(path, "DELETE FROM tenure_spans WHERE leader = 'Zoe Park'") == [
        "a tenure of Office of Rivers, first seen 2024-05-02 08:00, is gone"
    ]
    slip = "SELECT page_id, 'office_added', 'Office of Ponds', 'Ponds.', 'confirmed', last_seen, last_seen"
    found = edited(
        path,
        "INSERT INTO changes (page_id, kind, office, sentence, state, last_seen, first_seen, snapshot_before,"
        f" snapshot_after, recorded_at) {slip}, 1, 1, last_seen FROM changes WHERE id = 1",
    )
    assert "change 4 is nothing that the evidence gives" in found


def test_a_sighting_that_no_check_made_is_named(path: Path) -> None:
    found = edited(path, "UPDATE sightings SET first_seen = '2024-05-02T07:00:00.000000Z' WHERE id = 2")
    assert found[0] == "sighting 2 begins or ends where no check saw the page"


def test_a_row_that_cannot_be_read_is_a_fault_of_its_page(path: Path) -> None:
    (fault,) = edited(path, "UPDATE figures SET value = 'many' WHERE snapshot_id = 1")
    assert fault.startswith("page 1 cannot be derived again: a row of it cannot be read")


def test_the_command_names_an_edited_row_and_ends_with_status_two(path: Path) -> None:
    words = ["verify", "--database", str(path)]
    assert CliRunner().invoke(main, words).exit_code == 0
    run(path, "UPDATE tenure_spans SET leader = 'Ann King' WHERE leader = 'Zoe Park'")
    broken = CliRunner().invoke(main, words)
    assert broken.exit_code == 2
    assert broken.stderr == (
        "leaderwatch: tenure 7 is not what the evidence gives: leader is 'Ann King', not 'Zoe Park'\n"
    )
