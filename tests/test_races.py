"""What SQLite's single writer gives for free and PostgreSQL by locks: what is read before it is written stays so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

import pytest

from monitor import health_notes
from monitor.settings import PageSettings, Settings
from storage import Archive, DeliveryState, SlotKind
from tests.archive_rows import BOTH_ENGINES, START, URL, hours, location_of, sql, whole_check

T = TypeVar("T")

LOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
PROCESSES = 4


@pytest.fixture
def page_id(archive: Archive) -> int:
    return archive.page_id("agency", URL)


@pytest.fixture
def at_once() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(PROCESSES) as pool:
        yield pool


def all_at_once(pool: ThreadPoolExecutor, each: Callable[[], T]) -> list[T]:
    """Do the same in several threads that begin together, each with a connection of its own."""
    gate = threading.Barrier(PROCESSES)

    def begin() -> T:
        gate.wait()
        return each()

    return [begun.result() for begun in [pool.submit(begin) for _ in range(PROCESSES)]]


@BOTH_ENGINES
def test_a_slot_is_leased_once(archive: Archive, page_id: int, at_once: ThreadPoolExecutor) -> None:
    for number in range(20):
        slot, later = hours(number), hours(number) + timedelta(minutes=10)

        def take(slot=slot, later=later) -> int | None:  # type: ignore[no-untyped-def]
            return archive.take_slot(page_id, slot, kind=SlotKind.REGULAR, now=slot, until=later)

        assert sum(taken is not None for taken in all_at_once(at_once, take)) == 1


@BOTH_ENGINES
def test_a_delivery_is_claimed_once(archive: Archive, page_id: int, at_once: ThreadPoolExecutor) -> None:
    for number in range(20):
        whole_check(archive, page_id, number)
    for delivery in archive.deliveries():

        def claim(number=delivery.id) -> bool:  # type: ignore[no-untyped-def]
            return archive.claim_delivery(number, now=hours(30), until=hours(31))

        assert sum(all_at_once(at_once, claim)) == 1


@BOTH_ENGINES
def test_a_site_is_held_once(archive: Archive, at_once: ThreadPoolExecutor) -> None:
    archive.share_sites(["agency.example"], START)
    for number in range(20):
        now, until = hours(number), hours(number) + timedelta(minutes=10)

        def take(now=now, until=until) -> bool:  # type: ignore[no-untyped-def]
            return archive.take_site("agency.example", now=now, until=until)

        assert sum(all_at_once(at_once, take)) == 1


@contextmanager
def waiting_for(archive: Archive, pool: ThreadPoolExecutor, other: Callable[[], T]) -> Iterator[Future[T]]:
    """Begin something in another thread, and see that it waits for a lock until the block ends."""
    begun = pool.submit(other)
    waited = threading.Event()
    for _ in range(600):
        if sql(location_of(archive), LOCKED) == [(1,)]:
            break
        assert not begun.done(), "nothing kept it waiting"
        waited.wait(0.05)
    else:
        raise AssertionError("it never came to a lock")
    yield begun


on_postgresql = pytest.mark.parametrize("engine", ["postgresql"])


@on_postgresql
def test_what_is_added_to_a_digest_goes_out_with_it_though_it_is_claimed_meanwhile(
    archive: Archive, page_id: int, at_once: ThreadPoolExecutor
) -> None:
    for number in range(2):
        whole_check(archive, page_id, number)
    digest, other = archive.deliveries()

    def claim_and_read() -> int:
        assert archive.claim_delivery(digest.id, now=hours(3), until=hours(4))
        return len(archive.delivery(digest.id).changes)

    with archive.transaction() as tx:
        assert tx.delivery_called(digest.message_id, digest.channel, digest.recipient) is not None
        with waiting_for(archive, at_once, claim_and_read) as told:
            tx.queue_delivery(
                change_ids=[other.changes[0].id],
                channel=digest.channel,
                recipient=digest.recipient,
                message_id=digest.message_id,
                due_at=digest.due_at,
            )
    assert told.result(timeout=30) == 2


@on_postgresql
def test_a_delivery_is_not_settled_while_what_it_told_is_being_retracted(
    archive: Archive, page_id: int, at_once: ThreadPoolExecutor
) -> None:
    whole_check(archive, page_id, 1)
    [delivery] = archive.deliveries()

    def settle() -> None:
        with archive.transaction() as tx:
            tx.settle_delivery(delivery.id, DeliveryState.DELIVERED, at=hours(3))

    with archive.transaction() as tx:
        [told] = tx.told(delivery.changes[0].id)
        assert told.state is DeliveryState.QUEUED
        with waiting_for(archive, at_once, settle) as settled:
            pass
    settled.result(timeout=30)
    assert archive.delivery(delivery.id).state is DeliveryState.DELIVERED


@on_postgresql
def test_the_health_of_a_page_is_noted_by_one_process_at_a_time(
    archive: Archive, page_id: int, at_once: ThreadPoolExecutor
) -> None:
    whole_check(archive, page_id, 1)
    page = PageSettings(name="agency", url=URL)

    def note() -> None:
        with archive.transaction() as tx:
            health_notes.note(tx, page_id, 1, page, Settings(pages=(page,)), now=hours(2))

    with archive.transaction() as tx:
        tx.hold(page_id)
        with waiting_for(archive, at_once, note) as noted:
            assert tx.newest_note(page_id) is None
    noted.result(timeout=30)
