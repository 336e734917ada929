"""The service: every slot is checked or missed, also when clocks jump, files fail and processes die."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event

from model import ChangeKind, Outcome
from monitor.service import Service
from monitor.settings import Settings
from storage import Archive, SlotKind
from tests.loopback import Site
from tests.serving import Heard, InTurn, run_through, settings_for
from tests.test_timetable import LONDON, LORD_HOWE, NEW_YORK
from tests.watching import PATH, START, Clock, instead, markup

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


Serve = Callable[..., Service]


@pytest.fixture
def serve(site: Site, clock: Clock, heard: Heard, path: Path) -> Iterator[Serve]:
    """Start a service on one page of the site, or with settings of one's own."""
    site.serve(PATH, markup())
    started: list[Service] = []

    def serve(settings: Settings | None = None, **schedule: object) -> Service:
        known = settings or settings_for(path, site.url(PATH), **schedule)
        archive = Archive.open(path, clock=clock, patience=0.02)
        started.append(Service(known, archive, listeners=[heard], clock=clock, lanes=InTurn))
        return started[-1]

    yield serve
    for service in started:
        service.close()


def slots(path: Path) -> list[tuple[str, str]]:
    """Return every slot of the only page, oldest first: when it was due and what became of it."""
    with Archive.open(path) as archive:
        return [(f"{slot.due_at:%m-%d %H:%M}", slot.state.value) for slot in reversed(archive.slots(1, 1000))]


def test_an_interval_is_checked_at_once_and_again(serve: Serve, clock: Clock, heard: Heard) -> None:
    service = serve(every=HOUR)
    assert service.turn() == 3600
    assert [result.outcome for result in heard.results] == [Outcome.BASELINE]
    run_through(service, clock, START + 3 * HOUR)
    assert [result.checked_at for result in heard.results] == [START + number * HOUR for number in range(4)]


def test_a_cron_expression_waits_for_its_time(serve: Serve, clock: Clock, heard: Heard) -> None:
    service = serve(cron="30 7 * * *")
    service.turn()
    assert heard.results == []
    run_through(service, clock, START + 26 * HOUR)
    assert [f"{result.checked_at:%d %H:%M}" for result in heard.results] == ["01 07:30", "02 07:30"]


def test_each_page_keeps_its_own_timetable(
    serve: Serve, clock: Clock, heard: Heard, site: Site, path: Path
) -> None:
    site.serve("/other", markup())
    settings = settings_for(path, site.url(PATH), site.url("/other"), every=3 * HOUR)
    often = replace(settings.pages[1], every=HOUR)
    run_through(serve(replace(settings, pages=(settings.pages[0], often))), clock, START + 3 * HOUR)
    assert Counter(result.name for result in heard.results) == {"page-0": 2, "page-1": 4}


def test_a_suspend_becomes_one_check_and_missed_slots(
    serve: Serve, clock: Clock, heard: Heard, path: Path
) -> None:
    service = serve(every=HOUR)
    service.turn()
    clock.move(hours=5, minutes=10)
    service.turn()
    assert len(heard.results) == 2
    assert heard.gone_by == [START + number * HOUR for number in range(1, 5)]
    assert [state for _, state in slots(path)] == ["done", *["missed"] * 4, "done"]


def test_a_clock_that_is_set_back_keeps_the_service_going(serve: Serve, clock: Clock, heard: Heard) -> None:
    service = serve(cron="0 * * * *")
    run_through(service, clock, START + 2 * HOUR)
    clock.move(hours=-1, minutes=-30)
    assert service.turn() == 1800
    run_through(service, clock, START + 4 * HOUR)
    whole = [result.checked_at for result in heard.results]
    assert whole[-2:] == [START + 3 * HOUR, START + 4 * HOUR]


NIGHTS = [
    (NEW_YORK, "2026-03-08"),
    (NEW_YORK, "2026-11-01"),
    (LONDON, "2026-03-29"),
    (LONDON, "2026-10-25"),
    (LORD_HOWE, "2026-04-05"),
    (LORD_HOWE, "2026-10-04"),
]


@pytest.mark.parametrize(("zone", "night"), NIGHTS)
@pytest.mark.parametrize(("expression", "checks"), [("0 * * * *", 36), ("30 2 * * *", 2), ("15 1 * * *", 2)])
def test_both_nights_of_2026_skip_and_double_nothing(
    zone: str, night: str, expression: str, checks: int, serve: Serve, clock: Clock, heard: Heard, path: Path
) -> None:
    clock.now = datetime.fromisoformat(f"{night}T00:30").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    run_through(serve(cron=expression, timezone=zone), clock, clock.now + 36 * HOUR)
    assert {state for _, state in slots(path)} == {"done"}
    assert len(slots(path)) == len(heard.results) == checks


def test_a_loss_is_looked_at_again_as_soon_as_it_can_be_confirmed(
    serve: Serve, clock: Clock, heard: Heard, site: Site, path: Path
) -> None:
    service = serve(every=6 * HOUR)
    service.turn()
    site.serve(PATH, instead(Lakes=""))
    run_through(service, clock, START + 7 * HOUR)
    assert [result.checked_at for result in heard.results] == [
        START,
        START + 6 * HOUR,
        START + 6 * HOUR + 10 * MINUTE,
    ]
    assert [change.kind for change in heard.results[-1].changes] == [ChangeKind.LEADER_DEPARTED]
    with Archive.open(path) as archive:
        assert [slot.kind for slot in archive.slots(1)] == [SlotKind.CONFIRMING, *[SlotKind.REGULAR] * 2]


def test_a_site_that_asks_to_be_left_alone_is(clock: Clock, site: Site, path: Path) -> None:
    site.serve(PATH, status=429, headers={"Retry-After": "7200"})
    checked = threading.Event()
    settings = settings_for(path, site.url(PATH), every=HOUR)
    service = Service(
        settings, Archive.open(path, clock=clock), listeners=[Heard()], clock=clock, wake=checked.set
    )
    service.turn()
    assert checked.wait(5)
    clock.move(hours=1)
    service.turn()
    assert service.close()
    assert site.asked_for(PATH) == 1
    assert slots(path) == [("05-01 06:00", "done")]


def test_what_could_not_be_delivered_is_tried_again_between_checks(
    serve: Serve, clock: Clock, heard: Heard, site: Site, path: Path
) -> None:
    service = serve(every=6 * HOUR)
    service.turn()
    folder = path.with_suffix(".mails")
    folder.write_text("in the way")
    site.serve(PATH, instead(Rivers="Director Zoe Park"))
    clock.move(hours=6)
    service.turn()
    assert len(heard.results[-1].changes) == 1
    folder.unlink()
    clock.move(minutes=2)
    service.turn()
    assert heard.lines == ["delivered to everyone"]
    assert len(list(folder.glob("*.eml"))) == 1


def test_a_page_that_trips_the_program_up_is_a_recorded_check(
    serve: Serve, clock: Clock, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = serve(every=HOUR)
    monkeypatch.setattr("scraper.parse_capture", lambda _: 1 / 0)
    service.turn()
    [result] = heard.results
    assert result.outcome is Outcome.FAILED
    assert result.reason == (
        "a fault in Leaderwatch itself, please report it: ZeroDivisionError: division by zero"
    )
    monkeypatch.undo()
    run_through(service, clock, START + HOUR)
    assert heard.results[-1].outcome is Outcome.BASELINE


# What may befall the archive

Break = Callable[[Path], Callable[[], object]]


def locked(path: Path) -> Callable[[], object]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other.close


def damaged(path: Path) -> Callable[[], object]:
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    return partial(path.write_bytes, whole)


def newer(path: Path) -> Callable[[], object]:
    with Archive.open(path) as archive, closing(sqlite3.connect(path, isolation_level=None)) as other:
        archive.require_current()
        [known] = other.execute("SELECT version_num FROM alembic_version").fetchone()
        other.execute("UPDATE alembic_version SET version_num = '9999'")

    def mend() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("UPDATE alembic_version SET version_num = ?", [known])

    return mend


def gone(path: Path) -> Callable[[], object]:
    path.rename(path.with_suffix(".away"))
    return lambda: path.with_suffix(".away").rename(path)


def full(path: Path) -> Callable[[], object]:
    return patched(path, "PRAGMA max_page_count = 1")


def read_only(path: Path) -> Callable[[], object]:
    return patched(path, "PRAGMA query_only = ON")


def patched(path: Path, pragma: str) -> Callable[[], object]:
    """Have every connection begin with this; the tests may run as root, whom no permission stops."""

    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(pragma)

    event.listen(Engine, "connect", prepare)
    return partial(event.remove, Engine, "connect", prepare)


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (locked, "another process has kept it locked too long"),
        (damaged, "is damaged; keep a copy and restore the newest backup"),
        (newer, "is at revision 9999 now, which another version wrote"),
        (full, "the disk is full; free some space"),
        (read_only, "may not be written; check the owner"),
    ],
)
def test_an_archive_that_fails_is_told_once_and_the_checks_go_on_when_it_is_mended(
    breaks: Break, words: str, serve: Serve, clock: Clock, heard: Heard, path: Path, site: Site
) -> None:
    service = serve(every=HOUR)
    service.turn()
    service.archive.close()  # its connections; those to come meet what is wrong
    site.serve(PATH, markup(extra=f"<p>{'Boats of every kind pass here. ' * 9000}</p>"))
    mend = breaks(path)
    try:
        run_through(service, clock, START + HOUR + 5 * MINUTE)
        assert len(heard.lines) == 1
        assert words in heard.lines[0]
        assert service.trouble == heard.lines[0]
        assert len(heard.results) == 1
    finally:
        service.archive.close()
        mend()
    run_through(service, clock, START + 2 * HOUR)
    assert heard.lines[1:] == ["recovered"]
    assert service.trouble is None
    assert heard.results[-1].checked_at == START + 2 * HOUR
    assert {state for _, state in slots(path)} == {"done"}
