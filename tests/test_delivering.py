"""One alert to one recipient is queued once, sent by one process at a time, and settled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from storage import Archive, ArchiveError, DeliveryState, StoredDelivery
from tests.archive_rows import START, URL, hours, whole_check


@pytest.fixture
def vault(location: str) -> Iterator[Archive]:
    """An archive with one alert to send."""
    with Archive.open(location, clock=lambda: START) as archive:
        whole_check(archive, archive.page_id("agency", URL), 0)
        yield archive


def settle(vault: Archive, number: int, state: DeliveryState, **ended: Any) -> None:
    with vault.transaction() as tx:
        tx.settle_delivery(number, state, **ended)


def only(archive: Archive) -> StoredDelivery:
    (delivery,) = archive.deliveries()
    return delivery


def test_an_alert_is_queued_once_and_carries_its_changes(vault: Archive) -> None:
    first = only(vault)
    with vault.transaction() as tx:
        again = tx.queue_delivery(
            change_ids=[change.id for change in first.changes],
            channel=first.channel,
            recipient=first.recipient,
            message_id=first.message_id,
            due_at=hours(5),
        )
    assert again == first.id
    assert only(vault) == first
    assert first.changes == tuple(vault.changes())


def test_another_recipient_or_channel_is_another_delivery(vault: Archive) -> None:
    with vault.transaction() as tx:
        for channel, recipient in [("mail", "b@paper.example"), ("folder", "b@paper.example")]:
            tx.queue_delivery(
                change_ids=[1],
                channel=channel,
                recipient=recipient,
                message_id="<0@agency.example>",
                due_at=START,
            )
    assert len(vault.deliveries()) == 3


def test_a_delivery_is_due_from_its_time_on(vault: Archive) -> None:
    assert vault.due_deliveries(hours(-1)) == []
    assert vault.due_deliveries(START) == [only(vault)]


def test_one_process_takes_a_delivery_and_leaves_it_due_again_when_it_dies(vault: Archive) -> None:
    number = only(vault).id
    assert vault.claim_delivery(number, now=START, until=hours(1))
    assert not vault.claim_delivery(number, now=START, until=hours(1))
    assert vault.due_deliveries(hours(0.5)) == []
    assert vault.claim_delivery(number, now=hours(1), until=hours(2))


def test_a_failed_attempt_is_counted_and_tried_again_later(vault: Archive) -> None:
    settle(
        vault, only(vault).id, DeliveryState.QUEUED, at=START, error="451 try later", next_attempt_at=hours(1)
    )
    assert (only(vault).attempts, only(vault).last_error) == (1, "451 try later")
    assert vault.due_deliveries(hours(0.5)) == []
    assert vault.due_deliveries(hours(1)) == [only(vault)]


def test_what_was_delivered_stays_delivered(vault: Archive) -> None:
    settle(vault, only(vault).id, DeliveryState.DELIVERED, at=hours(1))
    settle(vault, only(vault).id, DeliveryState.FAILED, at=hours(2), error="550 no such user")
    assert (only(vault).state, only(vault).settled_at) == (DeliveryState.DELIVERED, hours(1))
    assert only(vault).last_error is None
    assert vault.due_deliveries(hours(9)) == []
    assert not vault.claim_delivery(only(vault).id, now=hours(9), until=hours(10))


def test_a_delivery_that_was_given_up_is_shown_with_its_last_error(vault: Archive) -> None:
    settle(vault, only(vault).id, DeliveryState.FAILED, at=hours(2), error="550 no such user")
    (given_up,) = vault.deliveries(states=[DeliveryState.FAILED])
    assert (given_up.last_error, given_up.attempts) == ("550 no such user", 1)
    assert vault.due_deliveries(hours(9)) == []


def test_an_unknown_delivery_is_named(vault: Archive) -> None:
    with pytest.raises(ArchiveError, match="there is no delivery 99"):
        settle(vault, 99, DeliveryState.DELIVERED, at=START)
