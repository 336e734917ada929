"""Which slot is due: each leads to one check in one process, and what went by is recorded as missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from model import Outcome, Verdict
from monitor import due
from monitor.due import Plan, next_look, take_turn
from monitor.timetable import Interval, Timetable, WallClock
from storage import Archive, ChangeState, SlotGone, SlotKind, SlotState, SnapshotState
from storage.slots import OVERDUE
from tests.archive_rows import BOTH_ENGINES, PAGE, REPLACED, URL, served

START = datetime(2026, 6, 1, 6, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LEASE = 7 * MINUTE


pytestmark = BOTH_ENGINES  # the slots rest on what each promises


@pytest.fixture
def page_id(archive: Archive) -> int:
    return archive.page_id("agency", URL)


def plan_for(
    page_id: int,
    timetable: Timetable | None = None,
    *,
    grace: timedelta = 24 * HOUR,
    delay: timedelta = 0 * HOUR,
) -> Plan:
    hourly = timetable or Interval(HOUR, START)
    return Plan(page_id, hourly, delay, grace, 10 * MINUTE, LEASE, START)


def check(archive: Archive, plan: Plan, now: datetime) -> int | None:
    """Check the slot that is due, if one is; return its number."""
    turn = take_turn(archive, plan, now)
    if turn.slot_id is not None:
        record(archive, plan.page_id, turn.slot_id, now)
    return turn.slot_id


def record(archive: Archive, page_id: int, slot_id: int, now: datetime) -> int:
    with archive.transaction() as tx:
        return tx.record_check(
            page_id,
            started_at=now,
            finished_at=now,
            outcome=Outcome.FAILED,
            verdict=Verdict.ERROR,
            slot_id=slot_id,
        )


def states(archive: Archive, page_id: int) -> list[tuple[str, SlotState]]:
    return [(f"{slot.due_at:%d %H:%M}", slot.state) for slot in reversed(archive.slots(page_id))]


def test_a_slot_leads_to_one_check(archive: Archive, page_id: int) -> None:
    plan = plan_for(page_id)
    assert check(archive, plan, START) is not None
    assert check(archive, plan, START + 59 * MINUTE) is None
    assert check(archive, plan, START + HOUR) is not None
    assert states(archive, page_id) == [("01 06:00", SlotState.DONE), ("01 07:00", SlotState.DONE)]
    assert [slot.check_id for slot in archive.slots(page_id)] == [2, 1]


def test_an_interval_begins_at_once_and_a_cron_expression_waits(archive: Archive, page_id: int) -> None:
    daily = plan_for(page_id, WallClock("0 7 * * *", "UTC"))
    assert take_turn(archive, daily, START + 30 * MINUTE).slot_id is None
    assert take_turn(archive, plan_for(page_id), START + 30 * MINUTE).slot_id is not None


def test_a_process_that_starts_again_does_not_check_the_same_slot_again(archive: Archive, page_id: int) -> None:
    assert check(archive, plan_for(page_id), START) is not None
    again = plan_for(page_id)
    assert check(archive, again, START + MINUTE) is None
    assert next_look(archive, again, START + MINUTE) == START + HOUR


def test_slots_that_went_by_become_one_check_and_are_recorded_as_missed(archive: Archive, page_id: int) -> None:
    plan = plan_for(page_id)
    check(archive, plan, START)
    turn = take_turn(archive, plan, START + 8 * HOUR + 20 * MINUTE)
    assert [f"{slot:%H}" for slot in turn.missed] == ["07", "08", "09", "10", "11", "12", "13"]
    assert [state for _, state in states(archive, page_id)].count(SlotState.MISSED) == 7
    assert archive.slots(page_id)[0].due_at == START + 8 * HOUR
    assert archive.slots(page_id)[1].reason == due.MISSED


def test_a_check_that_comes_later_than_the_grace_is_missed_too(archive: Archive, page_id: int) -> None:
    daily = plan_for(page_id, WallClock("0 7 * * *", "UTC"), grace=HOUR)
    assert check(archive, daily, START + 3 * HOUR) is None
    assert [(slot.state, slot.reason) for slot in archive.slots(page_id)] == [(SlotState.MISSED, due.TOO_LATE)]
    assert check(archive, daily, START + 26 * HOUR) is not None


def test_after_years_of_silence_the_newest_missed_slots_are_recorded(archive: Archive, page_id: int) -> None:
    plan = plan_for(page_id, Interval(MINUTE, START))
    check(archive, plan, START)
    turn = take_turn(archive, plan, START + timedelta(days=1000))
    assert len(turn.missed) == due.MOST_MISSED - 1
    assert turn.slot_id is not None


def test_a_yearly_slot_of_months_ago_is_found(archive: Archive, page_id: int) -> None:
    yearly = plan_for(page_id, WallClock("0 7 1 6 *", "UTC"), grace=timedelta(days=366))
    check(archive, yearly, START + HOUR)
    assert check(archive, yearly, START + timedelta(days=500)) is not None
    assert archive.slots(page_id)[0].due_at == datetime(2027, 6, 1, 7, tzinfo=UTC)


def test_two_processes_share_a_slot_without_doubling_it(archive: Archive, page_id: int) -> None:
    plan = plan_for(page_id)
    first = take_turn(archive, plan, START)
    assert first.slot_id is not None
    assert take_turn(archive, plan, START + MINUTE).slot_id is None
    assert next_look(archive, plan, START + MINUTE) == START + LEASE
    record(archive, page_id, first.slot_id, START + 2 * MINUTE)
    assert take_turn(archive, plan, START + 3 * MINUTE).slot_id is None


def test_a_page_whose_check_takes_longer_than_its_interval_is_not_checked_twice_at_a_time(
    archive: Archive, page_id: int
) -> None:
    plan = plan_for(page_id, Interval(MINUTE, START))
    first = take_turn(archive, plan, START)
    assert take_turn(archive, plan, START + 3 * MINUTE).slot_id is None
    record(archive, page_id, first.slot_id or 0, START + 3 * MINUTE)
    assert check(archive, plan, START + 3 * MINUTE) is not None
    assert [state for _, state in states(archive, page_id)] == [
        SlotState.DONE,
        SlotState.MISSED,
        SlotState.MISSED,
        SlotState.DONE,
    ]


def test_the_slot_of_a_process_that_died_is_taken_over_once_its_lease_is_over(
    archive: Archive, page_id: int
) -> None:
    plan = plan_for(page_id)
    died = take_turn(archive, plan, START)
    assert check(archive, plan, START + LEASE - MINUTE) is None
    assert check(archive, plan, START + LEASE) == died.slot_id
    assert states(archive, page_id) == [("01 06:00", SlotState.DONE)]


def test_the_slot_of_a_process_that_died_is_missed_once_the_next_one_came(
    archive: Archive, page_id: int
) -> None:
    plan = plan_for(page_id)
    take_turn(archive, plan, START)
    assert check(archive, plan, START + HOUR) is not None
    assert archive.slots(page_id)[1].reason == OVERDUE


def test_a_process_that_slept_over_its_lease_records_no_second_check(archive: Archive, page_id: int) -> None:
    plan = plan_for(page_id)
    slept = take_turn(archive, plan, START)
    assert check(archive, plan, START + LEASE) == slept.slot_id
    with pytest.raises(SlotGone):
        record(archive, page_id, slept.slot_id or 0, START + 2 * LEASE)
    assert len(archive.checks(page_id)) == 1


def test_slots_of_a_clock_that_was_ahead_keep_nothing_from_being_checked(
    archive: Archive, page_id: int
) -> None:
    plan, ahead = plan_for(page_id), START + timedelta(days=2000)
    take_turn(archive, plan, ahead)  # and died over it
    assert check(archive, plan, START) is not None
    assert check(archive, plan, START + HOUR) is not None
    assert next_look(archive, plan, START + HOUR) == START + 2 * HOUR


def test_a_page_has_its_delay_behind_every_slot(archive: Archive, page_id: int) -> None:
    plan = plan_for(page_id, delay=5 * MINUTE)
    assert check(archive, plan, START + 5 * MINUTE) is not None
    assert next_look(archive, plan, START + 6 * MINUTE) == START + HOUR + 5 * MINUTE
    assert check(archive, plan, START + HOUR + 4 * MINUTE) is None
    assert check(archive, plan, START + HOUR + 5 * MINUTE) is not None


def lose(archive: Archive, page_id: int, seen: datetime) -> None:
    """Record a loss that was first seen then, and waits to be confirmed."""
    kept = archive.keep_capture(page_id, served(b"<html></html>", seen))
    with archive.transaction() as tx:
        snapshot = tx.save_snapshot(page_id, kept.id, PAGE, parser_version=1, state=SnapshotState.BELIEVED)
        tx.record_change(
            page_id,
            None,
            REPLACED,
            state=ChangeState.PENDING,
            last_seen=seen,
            first_seen=seen,
            snapshot_before=snapshot,
            snapshot_after=snapshot,
        )


def test_a_loss_that_waits_is_looked_at_again_between_the_slots(archive: Archive, page_id: int) -> None:
    plan = plan_for(page_id)
    check(archive, plan, START)
    seen = START + 10 * timedelta(seconds=1)
    lose(archive, page_id, seen)
    assert next_look(archive, plan, START + MINUTE) == seen + 10 * MINUTE
    assert check(archive, plan, seen + 9 * MINUTE) is None
    assert check(archive, plan, seen + 10 * MINUTE) is not None
    assert check(archive, plan, seen + 11 * MINUTE) is None
    assert archive.slots(page_id)[0].kind is SlotKind.CONFIRMING
    assert next_look(archive, plan, seen + 11 * MINUTE) == seen + 20 * MINUTE
    assert check(archive, plan, START + HOUR) is not None
    assert archive.slots(page_id)[0].kind is SlotKind.REGULAR
    assert check(archive, plan, START + HOUR + MINUTE / 12) is None, "the slot of the timetable has seen to it"
    assert check(archive, plan, seen + HOUR) is not None, "the sixth time"
    assert next_look(archive, plan, seen + HOUR) == START + 2 * HOUR
