"""The status: one line and one exit status for monitors, a table for people, the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from monitor.cli import main
from monitor.courtesy import site_of
from monitor.round import check_pages
from monitor.service import Service
from monitor.settings import Settings
from monitor.status import Level, Status, status_of
from storage import Archive
from tests.loopback import Site
from tests.serving import Heard, InTurn, run_through, settings_for
from tests.watching import PATH, START, Clock, instead, markup, without

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(site: Site, tmp_path: Path) -> Settings:
    site.serve(PATH, markup())
    return settings_for(tmp_path / "archive.db", site.url(PATH), every=HOUR)


@pytest.fixture
def service(settings: Settings, clock: Clock) -> Iterator[Service]:
    archive = Archive.open(settings.database, clock=clock)
    service = Service(settings, archive, listeners=[Heard()], clock=clock, lanes=InTurn)
    yield service
    service.close()


def now(service: Service, clock: Clock) -> Status:
    return status_of(service.archive, service.settings, now=clock.now)


def test_a_watch_without_any_check_is_unknown(service: Service, clock: Clock) -> None:
    status = now(service, clock)
    assert (status.level, status.sentence) == (
        Level.UNKNOWN,
        "UNKNOWN: page-0 is unchecked: it was never checked",
    )


def test_a_watch_that_works_is_ok_and_says_when_it_checks_next(service: Service, clock: Clock) -> None:
    run_through(service, clock, START + HOUR)
    status = now(service, clock)
    assert status.sentence == "OK: 1 page healthy"
    [page] = status.to_json()["pages"]
    assert page["last_check"] == {"at": "2024-05-01T07:00:00Z", "outcome": "unchanged", "reason": None}
    assert (page["last_good"], page["next_check"]) == ("2024-05-01T07:00:00Z", "2024-05-01T08:00:00Z")
    assert (page["overdue"], page["missed_last_day"], page["losses_pending"]) == (None, 0, 0)


def test_checks_that_fail_are_a_warning_and_a_blind_page_is_critical(
    service: Service, clock: Clock, site: Site
) -> None:
    service.turn()
    site.serve(PATH, status=404)
    run_through(service, clock, START + 2 * HOUR)
    assert now(service, clock).sentence.startswith("WARNING: page-0 is degraded: the last 2 checks failed")
    run_through(service, clock, START + 9 * HOUR)
    assert now(service, clock).sentence.startswith("CRITICAL: page-0 is blind: no good capture since")


def test_a_version_that_is_not_believed_is_a_warning(service: Service, clock: Clock, site: Site) -> None:
    service.turn()
    site.serve(PATH, markup({"Office of Harbors": "Director Jane Q. Doe"}))
    run_through(service, clock, START + HOUR)
    assert "page-0 is quarantined" in now(service, clock).sentence


def test_a_slot_that_nobody_checked_is_a_warning_before_the_page_is_blind(
    service: Service, clock: Clock
) -> None:
    service.turn()
    clock.move(hours=1, minutes=5)
    assert now(service, clock).level is Level.OK
    clock.move(minutes=5)
    assert now(service, clock).sentence == (
        "WARNING: page-0 was due at 2024-05-01T07:00:00Z: is the service running?"
    )


def test_a_page_whose_site_is_busy_is_overdue_for_that_reason(
    service: Service, clock: Clock, site: Site, settings: Settings
) -> None:
    service.turn()
    clock.move(hours=1, minutes=10)
    until = clock.now + timedelta(minutes=20)
    service.archive.free_site(site_of(settings.pages[0].url), until, refusals=3)
    status = now(service, clock)
    assert status.sentence == (
        "WARNING: page-0 was due at 2024-05-01T07:00:00Z: "
        "its site said that it is busy, and is left alone until 2024-05-01T07:30:00Z"
    )
    assert status.to_json()["pages"][0]["resting_until"] == "2024-05-01T07:30:00Z"
    clock.move(minutes=21)
    assert now(service, clock).sentence.endswith("is the service running?")


def test_cron_alone_keeps_no_slots_and_is_never_overdue(settings: Settings, clock: Clock) -> None:
    list(check_pages(settings, clock=clock))
    clock.move(hours=2)
    with Archive.open(settings.database, clock=clock) as archive:
        assert status_of(archive, settings, now=clock.now).level is Level.OK


def test_missed_slots_and_pending_losses_are_counted(service: Service, clock: Clock, site: Site) -> None:
    service.turn()
    site.serve(PATH, without("Office of Lakes"))
    clock.move(hours=5)
    service.turn()
    [page] = now(service, clock).pages
    assert (page.missed, page.pending) == (4, 1)


def test_an_alert_that_nobody_sends_or_that_failed_is_a_warning(
    service: Service, clock: Clock, site: Site, settings: Settings
) -> None:
    service.turn()
    Path(settings.alerts.folder or "").write_text("in the way")
    site.serve(PATH, instead(Rivers="Director Zoe Park"))
    clock.move(hours=1)
    service.turn()
    assert now(service, clock).level is Level.OK
    clock.move(hours=2)
    assert "alerts wait that nothing sends (1)" in now(service, clock).sentence
    for days in (0, 6):
        clock.move(days=days)
        service.turn()
    assert now(service, clock).sentence.startswith(
        "WARNING: the alert to folder: everyone failed for good: cannot write"
    )
    clock.move(days=8)
    service.turn()
    assert now(service, clock).level is Level.OK


def test_a_disk_that_is_nearly_full_is_a_warning(
    service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.turn()
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=20_000_000))
    assert now(service, clock).sentence == "WARNING: only 20 MB are free for the archive"


# The command

Ask = Callable[..., Result]


@pytest.fixture
def ask(
    settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch, clock: Clock, tmp_path: Path
) -> object:
    monkeypatch.setattr("monitor.cli.status.utc_now", clock)
    config = tmp_path / "leaderwatch.toml"
    page = settings.pages[0]
    config.write_text(
        f'database = "archive.db"\n[[pages]]\nname = "{page.name}"\nurl = "{page.url}"\nevery = "1h"\n'
    )

    def ask(*words: str) -> Result:
        return CliRunner().invoke(main, ["status", "--config", str(config), *words])

    return ask


def test_the_first_line_and_the_exit_status_are_for_monitors(ask: Ask, service: Service, clock: Clock) -> None:
    service.turn()
    result = ask()
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "OK: 1 page healthy")
    assert "baseline" in result.stdout
    clock.move(hours=30)
    result = ask("--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["status"] == "critical"
    assert json.loads(result.stdout)["pages"][0]["health"]["state"] == "blind"


@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        (["--config", "nowhere.toml"], 3, "UNKNOWN: cannot read the settings file nowhere.toml"),
        (["--database", "nowhere.db"], 3, "UNKNOWN: no archive at nowhere.db"),
        (["--database", __file__], 2, f"CRITICAL: {__file__} is not a Leaderwatch database"),
    ],
)
def test_what_cannot_be_asked_has_a_level_too(ask: Ask, words: list[str], status: int, line: str) -> None:
    result = ask(*words)
    assert (result.exit_code, result.stdout.count("\n"), result.stderr) == (status, 1, "")
    assert result.stdout.startswith(line)
    assert json.loads(ask(*words, "--json").stdout)["sentence"].startswith(line)
