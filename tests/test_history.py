"""Who led Field Operations: answers about time, each with what it rests on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from model import Outcome
from monitor.history.answers import AsOf
from monitor.history.certainty import Certainty, Gap, Window, stands_from
from monitor.history.timeline import as_of, history_of
from storage import Archive
from tests.loopback import Site
from tests.test_migrations import at_revision
from tests.watching import Watch

FIXTURES = Path(__file__).parents[1] / "fixtures"
OFO = "Office of Field Operations"


@pytest.fixture
def watch(site: Site, archive: Archive, client: httpx.Client) -> Watch:
    """Three dated versions of the CBP page, each seen twice, some weeks after its Last Modified."""
    watch = Watch(site, archive, client)
    for day in ("2023-11-30", "2024-04-19", "2025-01-22"):
        watch.clock.now = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=20)
        for _ in range(2):
            watch.checked((FIXTURES / f"cbp_{day}.html").read_bytes(), days=10)
    return watch


def asked(watch: Watch, moment: datetime, known_at: datetime | None = None) -> AsOf:
    [page] = watch.archive.pages()
    return as_of(watch.archive, page, moment, known_at)


def ofo(answer: AsOf) -> list[tuple[str, str]]:
    """Return who may have led Field Operations, and how surely."""
    [office] = (office for office in answer.offices if office.tenure.abbreviation == "OFO")
    return [
        (leader.name if (leader := each.span.naming_at(answer.moment).leader) else "nobody", each.certainty)
        for each in office.candidates
    ]


def day(written: str, hour: int = 0) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC, hour=hour)


def test_between_two_sightings_that_agree_the_leader_is_observed(watch: Watch) -> None:
    answer = asked(watch, day("2024-01-05"))
    assert ofo(answer) == [("Diane J. Sabatino", Certainty.OBSERVED)]
    assert answer.gap == Gap(day("2023-12-30"), day("2024-01-09"))


def test_at_a_sighting_the_gap_is_nothing(watch: Watch) -> None:
    assert asked(watch, day("2023-12-30")).gap == Gap(day("2023-12-30"), day("2023-12-30"))


def test_before_the_first_sighting_the_pages_own_date_reaches_back(watch: Watch) -> None:
    answer = asked(watch, day("2023-12-10"))
    assert ofo(answer) == [("Diane J. Sabatino", Certainty.PAGE_DATED)]
    assert answer.gap == Gap(None, day("2023-12-30"))


def test_before_that_date_nothing_is_known_and_the_answer_says_so(watch: Watch) -> None:
    answer = asked(watch, day("2023-12-01", 11))
    assert (answer.offices, answer.certainty) == ((), None)
    assert answer.reason == "not known: first seen 2023-12-30 00:00 UTC"


def test_after_the_last_sighting_the_leader_is_presumed(watch: Watch) -> None:
    answer = asked(watch, day("2026-01-01"))
    assert ofo(answer) == [("Diane J. Sabatino", Certainty.PRESUMED)]
    [office, *_] = answer.offices
    assert office.candidates[0].gap == Gap(day("2025-03-03"), None)


def test_inside_a_window_the_old_and_the_new_are_both_possible(watch: Watch) -> None:
    answer = asked(watch, day("2024-12-01"))
    [patrol] = (office for office in answer.offices if office.tenure.office == "United States Border Patrol")
    found = {
        each.span.leader.name: (each.certainty, each.window) for each in patrol.candidates if each.span.leader
    }
    window = Window(day("2024-05-29"), day("2025-02-21"), date(2025, 1, 22))
    assert found == dict.fromkeys(("Jason Owens", "Michael W. Banks"), (Certainty.POSSIBLE, window))


def test_a_last_modified_stands_from_the_end_of_that_day_in_the_last_zone_on_earth() -> None:
    assert stands_from(date(2025, 1, 22)) == day("2025-01-23", 12)


def test_the_history_tells_tenures_with_their_windows_and_days(watch: Watch) -> None:
    [page] = watch.archive.pages()
    history = history_of(watch.archive, page)
    acting = next(tenure for tenure in history.tenures if tenure.office == OFO)
    assert (acting.is_acting, acting.days.least, acting.days.most) == (True, 457, None)
    assert [naming.leader.name for naming in acting.namings if naming.leader] == [
        "Diane J. Sabatino",
        "Diane Sabatino",
        "Diane J. Sabatino",
    ]


@pytest.fixture
def older(watch: Watch, tmp_path: Path) -> Path:
    """The same archive as a version left it that derived no history."""
    path = tmp_path / "older.db"
    at_revision(path, "0006")
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("ATTACH ? AS newer", [str(tmp_path / "archive.db")])
        tables = writer.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in tables:
            columns = [row[1] for row in writer.execute(f"PRAGMA main.table_info({table})")]
            names = ", ".join(f'"{column}"' for column in columns)
            if not table.startswith(("sqlite_", "alembic_")):
                writer.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM newer.{table}")  # noqa: S608 ours
        writer.commit()
    return path


def test_an_archive_of_an_older_version_tells_its_whole_history_at_once(watch: Watch, older: Path) -> None:
    [page] = watch.archive.pages()
    known = history_of(watch.archive, page)
    with Archive.open(older) as archive:
        upgraded = history_of(archive, page)
        assert archive.spans("tenure_spans", page.id) == []
        early = as_of(archive, page, day("2024-02-01"), day("2024-02-01"))
    assert (upgraded.tenures, upgraded.figures) == (known.tenures, known.figures)
    assert ofo(early) == [("Diane J. Sabatino", Certainty.PRESUMED)]


def test_the_first_check_after_an_upgrade_keeps_the_whole_history_whatever_it_finds(
    watch: Watch, older: Path
) -> None:
    [page] = watch.archive.pages()
    known = [tenure.first_seen for tenure in history_of(watch.archive, page).tenures]
    with Archive.open(older, clock=watch.clock) as archive:
        checked = replace(watch, archive=archive).check()
        assert checked.outcome is Outcome.UNCHANGED
        kept = archive.spans("tenure_spans", page.id)
        assert sorted(row["first_seen"] for row in kept) == sorted(known)
        assert archive.changes() == watch.archive.changes()
