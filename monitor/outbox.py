"""Alerts from the moment their changes are recorded until they are delivered, or have failed for good.

`queue` runs inside the check's transaction, so that changes and alerts are kept together; `deliver` runs after
it. A delivery is claimed in the archive before it is tried, so that of several processes one sends it. One that
dies between the server's "250" and the note of it leaves the delivery due again after `LEASE`: the message that
then goes out is the same, under the same Message-ID.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from model import Change, LeadershipPage
from monitor import mail_folder
from monitor.channels.letter import Letter
from monitor.channels.opening import Channel, open_channel
from monitor.evidence import NewsItem, news_item
from monitor.mail import NO_SENDER, compose, message_id
from monitor.posting import Post, Postponed, Refused
from monitor.settings import PageSettings
from monitor.showing import change_row
from storage.rows import DeliveryState

if TYPE_CHECKING:
    from monitor.settings import Settings
    from storage import Archive, Transaction
    from storage.rows import StoredChange, StoredDelivery

SMTP = "smtp"
FOLDER = "folder"

LEASE = timedelta(minutes=15)
"""How long a claim keeps other processes off: longer than a mail server may take over one mail."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
"""The waits after each attempt that did not succeed; the last one repeats."""

GIVE_UP = timedelta(days=5)
"""How long after an alert was due an attempt that is put off counts as a failure (RFC 5321, 4.5.4.1)."""


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
    """Queue one alert per recipient about the confirmed changes of one check; return the deliveries' numbers.

    `change_ids` are the changes' numbers, in the same order. Kinds of change that the settings do not name are
    left out; where nothing remains, nothing is queued. Queueing the same changes again adds nothing.
    """
    numbered = zip(change_ids, changes, strict=True)
    told = [(number, change) for number, change in numbered if change.kind in settings.alerts.kinds]
    if not told:
        return []
    sender = _sender(settings)
    return [
        tx.queue_delivery(
            change_ids=[number for number, _ in told],
            channel=channel,
            recipient=recipient,
            message_id=message_id(told, url=page.url, recipient=recipient, sender=sender),
            due_at=due_at,
        )
        for channel, recipient in _addressees(settings)
    ]


def deliver(
    archive: Archive, settings: Settings, *, clock: Callable[[], datetime], tls: ssl.SSLContext | None = None
) -> DeliveryReport:
    """Send what is due, each delivery once; what cannot be sent now is put off, what never can be is settled.

    `tls` replaces the system's trust in the mail server's certificate. Raises ArchiveError where the archive
    fails; a mail server or a folder that does is in the report.
    """
    round_ = _Round(archive, settings, clock, Post(settings.smtp, tls) if settings.smtp else None)
    try:
        for delivery in archive.due_deliveries(clock()):
            round_.attempt(delivery)
    finally:
        round_.close()
    return DeliveryReport(tuple(round_.delivered), tuple(round_.troubles))


@dataclass
class _Round:
    archive: Archive
    settings: Settings
    clock: Callable[[], datetime]
    post: Post | None
    delivered: list[StoredDelivery] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    channels: dict[str, Channel] = field(default_factory=dict)

    def attempt(self, delivery: StoredDelivery) -> None:
        """Claim, send and settle one delivery; one that another process has claimed is left to it."""
        now = self.clock()
        if not self.archive.claim_delivery(delivery.id, now=now, until=now + LEASE):
            return
        try:
            self._send(delivery)
        except Postponed as trouble:
            self._put_off(delivery, str(trouble))
        except Refused as trouble:
            self._fail(delivery, str(trouble))
        else:
            self.archive.settle_delivery(delivery.id, DeliveryState.DELIVERED, at=self.clock())
            self.delivered.append(delivery)

    def close(self) -> None:
        if self.post:
            self.post.close()
        for channel in self.channels.values():
            channel.close()

    def _send(self, delivery: StoredDelivery) -> None:
        letter = letter_of(self.archive, self.settings, delivery)
        if delivery.channel == SMTP and self.post:
            self.post.send(letter.message, recipient=delivery.recipient)
        elif delivery.channel == FOLDER and self.settings.alerts.folder:
            _write(Path(self.settings.alerts.folder), letter.message, delivery.queued_at)
        else:
            self._channel(delivery.channel).send(letter)

    def _channel(self, name: str) -> Channel:
        """Return a channel of the settings, opened when the round first needs it."""
        if name not in self.channels:
            named = [channel for channel in self.settings.alerts.channels if channel.name == name]
            if not named:
                raise Postponed(f"the settings have no channel {name!r} any more")
            earlier = partial(self._earlier, name)
            contact = self.settings.fetch.contact
            self.channels[name] = open_channel(named[0], contact=contact, clock=self.clock, earlier=earlier)
        return self.channels[name]

    def _earlier(self, name: str, limit: int) -> list[Letter]:
        sent = self.archive.delivered_over(name, limit)
        return [letter_of(self.archive, self.settings, delivery) for delivery in sent]

    def _put_off(self, delivery: StoredDelivery, reason: str) -> None:
        now = self.clock()
        if now - delivery.due_at >= GIVE_UP:
            self._fail(delivery, f"{reason}; given up after {GIVE_UP.days} days")
            return
        again = now + PAUSES[min(delivery.attempts, len(PAUSES) - 1)]
        self.archive.settle_delivery(
            delivery.id, DeliveryState.QUEUED, at=now, error=reason, next_attempt_at=again
        )
        self.troubles.append(Trouble(delivery.channel, delivery.recipient, reason, again))

    def _fail(self, delivery: StoredDelivery, reason: str) -> None:
        self.archive.settle_delivery(delivery.id, DeliveryState.FAILED, at=self.clock(), error=reason)
        self.troubles.append(Trouble(delivery.channel, delivery.recipient, reason, None))


def letter_of(archive: Archive, settings: Settings, delivery: StoredDelivery) -> Letter:
    """Return what a delivery says, made from what the archive holds: the same each time."""
    page_id = delivery.changes[0].page_id
    stored = next(page for page in archive.pages() if page.id == page_id)
    snapshots = {number for each in delivery.changes for number in (each.snapshot_before, each.snapshot_after)}
    pages = {number: archive.snapshot(number).page for number in snapshots}
    message = compose(
        [_news_item(change, pages) for change in delivery.changes],
        page=PageSettings(name=stored.name, url=stored.url),
        recipients=_addressed(settings, delivery),
        sender=_sender(settings),
        identity=delivery.message_id,
        written_at=delivery.queued_at,
    )
    rows = tuple(change_row(change, stored.name) for change in delivery.changes)
    return Letter(message, delivery.queued_at, stored.name, stored.url, rows)


def _addressed(settings: Settings, delivery: StoredDelivery) -> Sequence[str]:
    """Return who stands under To: nobody where a channel has no recipients of its own."""
    if delivery.channel == FOLDER:
        return settings.alerts.recipients
    return (delivery.recipient,) if delivery.channel == SMTP else ()


def _news_item(stored: StoredChange, pages: Mapping[int, LeadershipPage]) -> NewsItem:
    return news_item(
        stored.change,
        last_seen=stored.last_seen,
        first_seen=stored.first_seen,
        page_before=pages[stored.snapshot_before],
        page_after=pages[stored.snapshot_after],
    )


def _addressees(settings: Settings) -> list[tuple[str, str]]:
    mailed = settings.alerts.recipients if settings.smtp else ()
    filed = [(FOLDER, FOLDER)] if settings.alerts.folder else []
    named = [(channel.name, channel.name) for channel in settings.alerts.channels]
    return [*((SMTP, recipient) for recipient in mailed), *filed, *named]


def _sender(settings: Settings) -> str:
    return settings.smtp.sender if settings.smtp else NO_SENDER


def _write(folder: Path, message: EmailMessage, written_at: datetime) -> None:
    try:
        mail_folder.write(folder, message, written_at)
    except OSError as error:
        raise Postponed(f"cannot write to {folder}: {error.strerror}") from None
