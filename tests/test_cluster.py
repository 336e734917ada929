"""A cluster in one process: what is put into the queue, what its tasks do, and what is said of both."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from procrastinate.jobs import Job

from model import LeaderwatchError
from monitor.cli import main
from monitor.cluster.desk import Desk, Patience, Resting
from monitor.cluster.schedule import AGAIN, Schedule
from monitor.cluster.tables import make_tables
from monitor.cluster.worker import Pulse, Worker
from monitor.metrics import Metrics
from monitor.service import Service
from monitor.settings import PageSettings, ScheduleSettings, Settings
from monitor.status import status_of
from storage import Archive, ArchiveError, DeliveryState, SlotKind
from storage.rows import TaskCounts
from tests.archive_rows import sql
from tests.loopback import Site
from tests.postgres import Server
from tests.queued import do_all, waiting
from tests.serving import Heard, InTurn, settings_for
from tests.watching import PATH, START, Clock, instead, markup, without

OTHERS_GONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def location(postgres: Server, empty_archive: str) -> str:
    """Where an empty archive on PostgreSQL is."""
    return postgres.new_database(like=empty_archive)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(site: Site, location: str, tmp_path: Path) -> Settings:
    site.serve(PATH, markup())
    return replace(settings_for(tmp_path / "cluster", site.url(PATH), every=HOUR), database=location)


@pytest.fixture
def schedule(settings: Settings, clock: Clock) -> Iterator[Schedule]:
    with closing(schedule_of(settings, clock)) as schedule:
        yield schedule


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def desk(settings: Settings, clock: Clock, schedule: Schedule, heard: Heard) -> Iterator[Desk]:
    with closing(desk_of(settings, schedule.archive, clock, heard)) as desk:
        yield desk


def schedule_of(settings: Settings, clock: Clock) -> Schedule:
    return Schedule(settings, Archive.open(settings.database, clock=clock), listeners=[], clock=clock)


def desk_of(settings: Settings, archive: Archive, clock: Clock, heard: Heard) -> Desk:
    return Desk(settings, archive, clock=clock, tell=heard, note=lambda _: None)


def test_each_slot_that_is_due_is_one_task_however_many_schedules_run(
    settings: Settings, schedule: Schedule, clock: Clock
) -> None:
    with closing(schedule_of(settings, clock)) as another:
        for each in (schedule, another, schedule):
            each.turn()
    assert waiting(settings.database) == [
        ("check", {"url": settings.pages[0].url, "due_at": START.isoformat()})
    ]
    clock.move(minutes=59)
    schedule.turn()
    assert len(waiting(settings.database)) == 1
    clock.move(minutes=1)
    schedule.turn()
    assert len(waiting(settings.database)) == 2


def test_a_slot_leads_to_one_check_however_often_its_task_is_done(
    settings: Settings, schedule: Schedule, desk: Desk, heard: Heard
) -> None:
    schedule.turn()
    [(_, words)] = waiting(settings.database)
    for _ in range(3):
        desk.check(**words)
    assert [result.outcome.value for result in heard.results] == ["baseline"]
    assert len(schedule.archive.checks(1)) == 1


def test_tasks_that_waited_over_several_slots_become_one_check_and_the_rest_is_missed(
    settings: Settings, schedule: Schedule, desk: Desk, heard: Heard, clock: Clock
) -> None:
    schedule.turn()
    do_all(settings.database, desk)
    for _ in range(3):
        clock.move(hours=1)
        schedule.turn()
    do_all(settings.database, desk)
    assert len(heard.results) == 2
    assert heard.gone_by == [START + HOUR, START + 2 * HOUR]


def test_what_the_service_checked_the_cluster_leaves_alone(
    settings: Settings, schedule: Schedule, clock: Clock
) -> None:
    archive = Archive.open(settings.database, clock=clock)
    with closing(Service(settings, archive, listeners=[], clock=clock, lanes=InTurn)) as service:
        service.turn()
    assert schedule.turn() == HOUR.total_seconds()
    assert waiting(settings.database) == []


def test_a_slot_whose_task_failed_for_good_is_put_anew(
    settings: Settings, schedule: Schedule, clock: Clock
) -> None:
    assert schedule.turn() == AGAIN.total_seconds()
    sql(settings.database, "UPDATE procrastinate_jobs SET status = 'failed'")
    clock.now += AGAIN
    schedule.turn()
    assert len(waiting(settings.database)) == 1


def test_a_page_on_a_cron_expression_is_checked_by_a_worker_that_began_after_its_slot(
    settings: Settings, clock: Clock, heard: Heard
) -> None:
    settings = replace(settings, schedule=ScheduleSettings(cron="30 6 * * *"))
    with closing(schedule_of(settings, clock)) as schedule:
        schedule.turn()
        assert waiting(settings.database) == []
        clock.move(minutes=31)
        schedule.turn()
        with closing(desk_of(settings, schedule.archive, clock, heard)) as desk:
            do_all(settings.database, desk)
        [slot] = schedule.archive.slots(1)
    assert slot.due_at == START + 30 * MINUTE
    assert len(heard.results) == 1


def test_a_loss_that_waits_is_put_between_the_slots(
    settings: Settings, schedule: Schedule, desk: Desk, site: Site, clock: Clock
) -> None:
    schedule.turn()
    do_all(settings.database, desk)
    site.serve(PATH, without("Office of Rivers"))
    clock.move(hours=1)
    schedule.turn()
    do_all(settings.database, desk)
    schedule.turn()
    assert waiting(settings.database) == []
    clock.move(minutes=10)
    schedule.turn()
    assert [name for name, _ in waiting(settings.database)] == ["check"]
    do_all(settings.database, desk)
    assert schedule.archive.slots(1, 1)[0].kind is SlotKind.CONFIRMING
    assert [stored.change.kind.value for stored in schedule.archive.changes()] == ["office_removed"]


def test_deliveries_go_out_by_a_task_of_their_own_that_says_only_that_there_are_some(
    settings: Settings, schedule: Schedule, desk: Desk, site: Site, clock: Clock, heard: Heard
) -> None:
    schedule.turn()
    do_all(settings.database, desk)
    site.serve(PATH, instead(Rivers="Director Zoe Quill"))
    clock.move(hours=1)
    schedule.turn()
    do_all(settings.database, desk)
    [delivery] = schedule.archive.deliveries()
    assert delivery.state is DeliveryState.QUEUED
    schedule.turn()
    assert waiting(settings.database) == [("post", {})]
    do_all(settings.database, desk)
    assert schedule.archive.delivery(delivery.id).state is DeliveryState.DELIVERED
    assert heard.lines == [f"delivered to {delivery.recipient}"]


def test_deliveries_that_no_check_put_are_found_by_the_schedule(
    settings: Settings, schedule: Schedule, desk: Desk, site: Site, clock: Clock
) -> None:
    schedule.turn()
    do_all(settings.database, desk)
    site.serve(PATH, instead(Rivers="Director Zoe Quill"))
    clock.move(hours=1)
    schedule.turn()
    do_all(settings.database, desk)
    sql(settings.database, "DELETE FROM procrastinate_jobs")  # its worker died before the task was put
    clock.move(minutes=1)
    schedule.turn()
    assert waiting(settings.database) == [("post", {})]


def test_a_task_of_a_page_that_the_worker_does_not_watch_says_so(desk: Desk) -> None:
    with pytest.raises(LeaderwatchError, match="is not among this worker's pages: give it the schedule's"):
        desk.check(url="https://elsewhere.example/", due_at=START.isoformat())


def test_a_task_is_tried_again_when_its_site_has_rested_however_often() -> None:
    decision = Patience().get_retry_decision(
        exception=Resting("https://agency.example/", timedelta(seconds=2.5)), job=task(priority=-2)
    )
    assert decision is not None
    assert decision.priority is None


def test_a_task_that_fails_goes_behind_the_others_and_is_given_up_the_third_time() -> None:
    decisions = [
        Patience().get_retry_decision(exception=OSError("disk full"), job=task(priority=number))
        for number in (0, -1, -2)
    ]
    assert [decision and decision.priority for decision in decisions] == [-1, -2, None]


def task(priority: int) -> Job:
    return Job(queue="leaderwatch", task_name="check", lock=None, queueing_lock=None, priority=priority)


def test_a_second_page_of_a_site_waits_until_it_has_rested(
    settings: Settings, site: Site, clock: Clock, heard: Heard
) -> None:
    settings = politely(settings, site, pause=timedelta(minutes=1))
    with closing(schedule_of(settings, clock)) as schedule:
        schedule.turn()
        tasks = [words for _, words in waiting(settings.database)]
        ours, others = (desk_of(settings, schedule.archive, clock, heard) for _ in range(2))
        with closing(ours), closing(others):
            ours.check(**tasks[0])
            with pytest.raises(Resting) as caught:
                others.check(**tasks[1])
            assert caught.value.rest == MINUTE
            clock.move(minutes=1)
            others.check(**tasks[1])
    assert len(heard.results) == 2


def politely(settings: Settings, site: Site, *, pause: timedelta) -> Settings:
    """Return settings with a second page on the same site, and a pause between them."""
    site.serve(f"{PATH}/second", markup())
    second = PageSettings(name="second", url=site.url(f"{PATH}/second"))
    return replace(
        settings, pages=(*settings.pages, second), fetch=replace(settings.fetch, pause=pause, attempts=1)
    )


def test_what_a_dead_worker_held_is_free_at_once(
    settings: Settings, schedule: Schedule, desk: Desk, clock: Clock, heard: Heard
) -> None:
    schedule.turn()
    [(_, words)] = waiting(settings.database)
    plan = desk._plans[words["url"]]
    taken = schedule.archive.take_slot(
        plan.page_id, START, kind=SlotKind.REGULAR, now=START, until=START + plan.lease
    )
    assert taken is not None
    desk.check(**words)
    assert heard.results == []
    desk.let_go(words)
    desk.check(**words)
    assert len(heard.results) == 1


def test_a_task_over_which_three_workers_died_is_given_up(settings: Settings, schedule: Schedule) -> None:
    schedule.turn()
    sql(settings.database, "UPDATE procrastinate_jobs SET status = 'doing', priority = -2")
    archive = Archive.open(settings.database)
    with closing(Worker(settings, archive, listeners=[], clock=schedule._clock, pulse=Pulse(0.1, 0.3))):
        wait_until(lambda: sql(settings.database, "SELECT status FROM procrastinate_jobs") == [("failed",)])


def wait_until(is_so: object) -> None:
    assert callable(is_so)
    waited = threading.Event()
    for _ in range(600):
        if is_so():
            return
        waited.wait(0.05)
    raise AssertionError("it never came")


def test_a_worker_does_what_waits_and_ends_when_it_is_told_to(settings: Settings, schedule: Schedule) -> None:
    heard = Heard()
    schedule.turn()
    worker = Worker(settings, Archive.open(settings.database), listeners=[heard], clock=schedule._clock)
    wait_until(lambda: heard.results and waiting(settings.database) == [])
    assert worker.close()
    assert schedule.archive.task_counts() == TaskCounts(0, 0, 0, None, workers=0)


def test_a_worker_goes_on_when_the_database_cut_every_connection(
    settings: Settings, schedule: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.cluster.desk.RETRY", timedelta())
    heard = Heard()
    worker = Worker(settings, Archive.open(settings.database), listeners=[heard], clock=schedule._clock)
    with closing(worker):
        wait_until(lambda: (counts := schedule.archive.task_counts()) and counts.workers == 1)
        sql(settings.database, OTHERS_GONE)
        schedule.turn()
        assert schedule.trouble is not None
        schedule.turn()
        assert schedule.trouble is None
        wait_until(lambda: worker.turn() and heard.results)


def test_the_tables_are_made_once_and_upgraded_from_an_older_release(
    settings: Settings, schedule: Schedule
) -> None:
    trigger = "procrastinate_trigger_status_events_update_v1"
    sql(settings.database, f"DROP TRIGGER {trigger} ON procrastinate_jobs")
    sql(
        settings.database,
        "COMMENT ON TABLE procrastinate_jobs IS '03.04.00_01_pre_add_retry_failed_job_procedure.sql'",
    )
    for _ in range(2):
        make_tables(schedule.archive)
        found = sql(settings.database, f"SELECT count(*) FROM pg_trigger WHERE tgname = '{trigger}'")  # noqa: S608 ours
        assert found == [(1,)]


def test_status_and_metrics_speak_of_the_whole_cluster(
    settings: Settings, schedule: Schedule, desk: Desk, clock: Clock
) -> None:
    schedule.turn()
    do_all(settings.database, desk)
    clock.move(hours=1)
    schedule.turn()
    clock.move(minutes=1)
    status = status_of(schedule.archive, settings, now=clock.now)
    assert status.sentence == "WARNING: tasks wait and no worker is alive"
    assert status.to_json()["cluster"] == {
        "workers": 0,
        "tasks_waiting": 1,
        "tasks_running": 0,
        "tasks_failed": 0,
        "oldest_slot": "2024-05-01T07:00:00Z",
    }
    metrics = Metrics(clock)
    metrics.follow(settings.pages, schedule.archive)
    text = metrics.text().decode()
    assert 'leaderwatch_tasks{state="waiting"} 1.0' in text
    assert "leaderwatch_workers 0.0" in text
    assert "leaderwatch_oldest_slot_age_seconds 60.0" in text


def test_status_says_how_many_workers_and_tasks_there_are(settings: Settings, schedule: Schedule) -> None:
    schedule.turn()
    asked = CliRunner().invoke(main, ["status", "--database", settings.database, "--json"])
    assert json.loads(asked.stdout)["cluster"]["tasks_waiting"] == 1
    asked = CliRunner().invoke(main, ["status", "--database", settings.database])
    line = asked.stdout.splitlines()[1]
    assert line.startswith("Cluster: 0 workers; 1 tasks wait, 0 run, 0 failed; the oldest slot waits since")


def test_an_archive_in_a_file_has_no_cluster(tmp_path: Path) -> None:
    for command in ("schedule", "worker"):
        result = CliRunner().invoke(main, [command, "--database", str(tmp_path / "leaderwatch.db")])
        assert result.exit_code == 2
        assert "a cluster needs a postgresql+psycopg:// archive" in result.stderr
    with Archive.open(tmp_path / "leaderwatch.db") as archive, pytest.raises(ArchiveError):
        make_tables(archive)
