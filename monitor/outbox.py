"""Messages from the moment they are recorded until they are delivered, or have failed for good.

`queue` and its like run inside the transaction that records what they tell, so that both are kept or neither;
`deliver` runs after it. A delivery is claimed in the archive before it is tried, so that of several processes one
sends it. One that dies between the server's "250" and the note of it leaves the delivery due again after `LEASE`:
the message that then goes out is the same, under the same Message-ID.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from model import Change
from monitor.carrying import Carriers
from monitor.identities import alert_id, digest_id, failure_id, health_id, retraction_id
from monitor.posting import Postponed, Refused
from monitor.rebuilding import earlier_letters, letter_of, sender_of, still_true
from monitor.rules import Addressee, addressed, overseers
from storage.rows import ChangeState, DeliveryState, MessageKind

if TYPE_CHECKING:
    from monitor.settings import PageSettings, Settings
    from storage import Archive, Transaction
    from storage.rows import StoredDelivery, StoredNote

LEASE = timedelta(minutes=15)
"""How long a claim keeps other processes off: longer than a mail server may take over one mail."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
"""The waits after each attempt that did not succeed; the last one repeats."""

GIVE_UP = timedelta(days=5)
"""How long after an alert was due an attempt that is put off counts as a failure (RFC 5321, 4.5.4.1)."""

NEWS = frozenset({MessageKind.ALERT, MessageKind.DIGEST})
"""The messages that tell of changes first."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A delivery that did not go out, why, and when it is tried again; None: never."""

    channel: str
    recipient: str
    reason: str
    next_attempt_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one round of sending came to."""

    delivered: tuple[StoredDelivery, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def postponed(self) -> tuple[Trouble, ...]:
        return tuple(trouble for trouble in self.troubles if trouble.next_attempt_at)

    @property
    def failed(self) -> tuple[Trouble, ...]:
        return tuple(trouble for trouble in self.troubles if not trouble.next_attempt_at)


def queue(
    tx: Transaction,
    change_ids: Sequence[int],
    changes: Sequence[Change],
    page: PageSettings,
    settings: Settings,
    *,
    due_at: datetime,
) -> list[int]:
    """Queue what the rules of the settings ask for of the confirmed changes of one check; return its numbers.

    `change_ids` are the changes' numbers, in the same order. Each addressee gets one alert, or finds the changes
    in the next digest; where no rule asks for any, nothing is queued. Queueing the same changes again adds nothing.
    """
    numbered = list(zip(change_ids, changes, strict=True))
    short = tx.abbreviations(change_ids) if any(rule.offices for rule in settings.alerts.rules) else {}
    told = addressed(numbered, page.name, settings, short=short)
    return [
        _queue_digest(tx, who, [number for number, _ in changes], settings, due_at)
        if who.digest
        else tx.queue_delivery(
            change_ids=[number for number, _ in changes],
            channel=who.channel,
            recipient=who.recipient,
            message_id=alert_id(changes, url=page.url, recipient=who.recipient, sender=sender_of(settings)),
            due_at=due_at,
        )
        for who, changes in told.items()
    ]


def _queue_digest(
    tx: Transaction, who: Addressee, change_ids: Sequence[int], settings: Settings, now: datetime
) -> int:
    """Add the changes to the next digest that nobody has begun to send."""
    due_at = who.due_at(now)
    name = digest_id(due_at, channel=who.channel, recipient=who.recipient, sender=sender_of(settings))
    known = tx.delivery_called(name, who.channel, who.recipient)
    already = {change.id for change in known.changes} if known else set()
    if known and not already.issuperset(change_ids) and not _is_untouched(known):
        return _queue_digest(tx, who, change_ids, settings, due_at)
    return tx.queue_delivery(
        change_ids=change_ids,
        channel=who.channel,
        recipient=who.recipient,
        message_id=name,
        due_at=due_at,
        message=MessageKind.DIGEST,
    )


def _is_untouched(delivery: StoredDelivery) -> bool:
    """Return whether no process has claimed a delivery yet."""
    return delivery.state is DeliveryState.QUEUED and delivery.next_attempt_at == delivery.due_at


def queue_health(tx: Transaction, note: StoredNote, url: str, settings: Settings, *, due_at: datetime) -> None:
    """Queue a note about a page's health to everybody whose rule asks for it."""
    for who in overseers(settings):
        name = health_id(url, (note.id, note.state.value), recipient=who.recipient, sender=sender_of(settings))
        tx.queue_delivery(
            change_ids=(),
            channel=who.channel,
            recipient=who.recipient,
            message_id=name,
            due_at=due_at,
            message=MessageKind.HEALTH,
            note_id=note.id,
        )


def queue_retractions(tx: Transaction, change_ids: Sequence[int], settings: Settings) -> list[int]:
    """Queue one correction to each of those who were told of these changes; return the corrections' numbers.

    It goes over the channel that the news came over, as an answer to it. What was corrected already is not
    corrected again. News that is still on its way is left to `deliver`: what was never tried goes out without
    what was retracted, and what may have arrived comes again as it was, with its correction behind it.
    """
    wrong: dict[int, list[int]] = {}
    for change_id in change_ids:
        told = tx.told(change_id)
        corrected = {each.answers_id for each in told if each.message is MessageKind.RETRACTION}
        for each in told:
            if each.message in NEWS and each.state is DeliveryState.DELIVERED and each.id not in corrected:
                wrong.setdefault(each.id, []).append(change_id)
    return [_queue_retraction(tx, tx.delivery(number), numbers, settings) for number, numbers in wrong.items()]


def _queue_retraction(
    tx: Transaction, told: StoredDelivery, change_ids: Sequence[int], settings: Settings
) -> int:
    return tx.queue_delivery(
        change_ids=change_ids,
        channel=told.channel,
        recipient=told.recipient,
        message_id=retraction_id(told.message_id, change_ids, sender=sender_of(settings)),
        due_at=tx.now(),
        message=MessageKind.RETRACTION,
        answers_id=told.id,
    )


def _queue_failure(tx: Transaction, failed: StoredDelivery, settings: Settings, at: datetime) -> None:
    """Report a message that failed for good over other channels, or to others where there is no other one."""
    if failed.message is MessageKind.FAILURE:
        return
    others = [
        who for who in overseers(settings) if who.recipient != failed.recipient or who.channel != failed.channel
    ]
    for who in [who for who in others if who.channel != failed.channel] or others:
        tx.queue_delivery(
            change_ids=(),
            channel=who.channel,
            recipient=who.recipient,
            message_id=failure_id(failed.message_id, at, recipient=who.recipient, sender=sender_of(settings)),
            due_at=at,
            message=MessageKind.FAILURE,
            answers_id=failed.id,
        )


def deliver(
    archive: Archive, settings: Settings, *, clock: Callable[[], datetime], tls: ssl.SSLContext | None = None
) -> DeliveryReport:
    """Send what is due, each delivery once; what cannot be sent now is put off, what never can be is settled.

    `tls` replaces the system's trust in the mail server's certificate. Raises ArchiveError where the archive
    fails; a mail server or a folder that does is in the report.
    """
    round_ = _Round(archive, settings, clock, tls)
    tried = set[int]()
    try:
        while due := [each for each in archive.due_deliveries(clock()) if each.id not in tried]:
            tried |= {delivery.id for delivery in due}
            for delivery in due:
                round_.attempt(delivery)
    finally:
        round_.close()
    return DeliveryReport(tuple(round_.delivered), tuple(round_.troubles))


class _Round:
    def __init__(
        self,
        archive: Archive,
        settings: Settings,
        clock: Callable[[], datetime],
        tls: ssl.SSLContext | None,
    ) -> None:
        self.archive, self.settings, self.clock = archive, settings, clock
        self.carriers = Carriers(settings, clock, partial(earlier_letters, archive, settings), tls)
        self.delivered: list[StoredDelivery] = []
        self.troubles: list[Trouble] = []

    def attempt(self, due: StoredDelivery) -> None:
        """Claim, send and settle one delivery; one that another process has claimed is left to it."""
        now = self.clock()
        if not self.archive.claim_delivery(due.id, now=now, until=now + LEASE):
            return
        delivery = self.archive.delivery(due.id)
        if delivery.message in NEWS and _is_untouched(due):
            if not still_true(delivery):
                self._settle(delivery, DeliveryState.DROPPED, "what it told was retracted before it went out")
                return
            delivery = self._without_retracted(delivery)
        try:
            letter = letter_of(self.archive, self.settings, delivery)
            self.carriers.carry(letter, delivery.channel, delivery.recipient)
        except Postponed as trouble:
            self._put_off(delivery, str(trouble))
        except Refused as trouble:
            self._fail(delivery, str(trouble))
        else:
            self._succeed(delivery)

    def close(self) -> None:
        self.carriers.close()

    def _without_retracted(self, delivery: StoredDelivery) -> StoredDelivery:
        """Leave out what was retracted before the first attempt.

        From then on the message stays as it is: it may have arrived, although nothing here knows of it.
        """
        retracted = {change.id for change in delivery.changes} - {change.id for change in still_true(delivery)}
        if not retracted:
            return delivery
        with self.archive.transaction() as tx:
            tx.leave_out(delivery.id, retracted)
            return tx.delivery(delivery.id)

    def _succeed(self, delivery: StoredDelivery) -> None:
        """Note that it went out; what was retracted since its first attempt is corrected at once."""
        now = self.clock()
        with self.archive.transaction() as tx:
            tx.settle_delivery(delivery.id, DeliveryState.DELIVERED, at=now)
            if delivery.message in NEWS:
                sent = tx.delivery(delivery.id).changes
                wrong = [change.id for change in sent if change.state is ChangeState.RETRACTED]
                queue_retractions(tx, wrong, self.settings)
        self.delivered.append(delivery)

    def _put_off(self, delivery: StoredDelivery, reason: str) -> None:
        now = self.clock()
        if now - delivery.due_at >= GIVE_UP:
            self._fail(delivery, f"{reason}; given up after {GIVE_UP.days} days")
            return
        again = now + PAUSES[min(delivery.attempts, len(PAUSES) - 1)]
        self._settle(delivery, DeliveryState.QUEUED, reason, again)
        self.troubles.append(Trouble(delivery.channel, delivery.recipient, reason, again))

    def _fail(self, delivery: StoredDelivery, reason: str) -> None:
        now = self.clock()
        with self.archive.transaction() as tx:
            tx.settle_delivery(delivery.id, DeliveryState.FAILED, at=now, error=reason)
            _queue_failure(tx, delivery, self.settings, now)
        self.troubles.append(Trouble(delivery.channel, delivery.recipient, reason, None))

    def _settle(
        self, delivery: StoredDelivery, state: DeliveryState, reason: str, again: datetime | None = None
    ) -> None:
        now = self.clock()
        with self.archive.transaction() as tx:
            tx.settle_delivery(delivery.id, state, at=now, error=reason, next_attempt_at=again)
