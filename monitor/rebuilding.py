"""A delivery as a letter over any channel, made from what the archive holds: the same each time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from email.message import EmailMessage
from itertools import groupby
from typing import TYPE_CHECKING

from monitor import notices
from monitor.channels.letter import Letter
from monitor.evidence import NewsItem, news_item
from monitor.health import Health
from monitor.mail import NO_SENDER, Envelope, compose
from monitor.notices import About, Notice
from monitor.rules import SMTP, rule_called
from monitor.showing import change_row
from storage.rows import ChangeState, MessageKind

if TYPE_CHECKING:
    from model import Json, LeadershipPage
    from monitor.settings import Settings
    from storage import Archive
    from storage.rows import StoredChange, StoredDelivery, StoredNote, StoredPage


def sender_of(settings: Settings) -> str:
    """Return who messages are from."""
    return settings.smtp.sender if settings.smtp else NO_SENDER


def still_true(delivery: StoredDelivery) -> tuple[StoredChange, ...]:
    """Return the changes of a delivery that were not retracted meanwhile."""
    return tuple(change for change in delivery.changes if change.state is not ChangeState.RETRACTED)


def letter_of(archive: Archive, settings: Settings, delivery: StoredDelivery) -> Letter:
    """Return what a delivery carries, for people as a mail and for programs as rows."""
    changes = delivery.changes
    spoken_of = {change.page_id for change in changes} | ({delivery.note.page_id} if delivery.note else set())
    pages = _pages(archive, spoken_of)
    only = pages[next(iter(spoken_of))] if len(spoken_of) == 1 else None
    return Letter(
        mail_of(archive, settings, delivery),
        delivery.queued_at,
        only.name if only else None,
        only.url if only else None,
        tuple(change_row(change, pages[change.page_id].name) for change in changes),
        "changes" if delivery.message is MessageKind.ALERT else delivery.message.value,
        _health_row(delivery.note) if delivery.note else None,
    )


def earlier_letters(archive: Archive, settings: Settings, channel: str, limit: int) -> list[Letter]:
    """Return so many of the newest letters that went out over a channel."""
    return [letter_of(archive, settings, sent) for sent in archive.delivered_over(channel, limit)]


def _health_row(note: StoredNote) -> Json:
    return Health(note.state, note.since, note.reason).to_json()


def mail_of(archive: Archive, settings: Settings, delivery: StoredDelivery) -> EmailMessage:
    """Return the mail of a delivery, also of one over another channel."""
    answers = archive.delivery(delivery.answers_id).message_id if delivery.answers_id else None
    envelope = Envelope(
        sender_of(settings),
        recipients_of(settings, delivery.channel, delivery.recipient),
        delivery.message_id,
        delivery.queued_at,
        answers if delivery.message is MessageKind.RETRACTION else None,
        settings.alerts.unsubscribe,
    )
    return compose(notice_of(archive, settings, delivery), envelope)


def recipients_of(settings: Settings, channel: str, recipient: str) -> Sequence[str]:
    """Return who stands under To: nobody where what is written has no recipients of its own."""
    if channel == SMTP:
        return (recipient,)
    rule = rule_called(settings, recipient)
    return rule.mail if rule else ()


def notice_of(archive: Archive, settings: Settings, delivery: StoredDelivery) -> Notice:
    """Return what a delivery says."""
    if delivery.message is MessageKind.FAILURE:
        failed = _answered(archive, delivery)
        return notices.failure(failed, notice_of(archive, settings, failed).subject)
    if delivery.note:
        page = _pages(archive, {delivery.note.page_id})[delivery.note.page_id]
        return notices.health(About(page.name, page.url, (), settings.alerts.archive_url), delivery.note)
    if delivery.message is MessageKind.RETRACTION:
        return notices.retraction(about(archive, settings, delivery.changes), _answered(archive, delivery))
    pages = about(archive, settings, delivery.changes)
    if delivery.message is MessageKind.DIGEST:
        return notices.digest(pages, delivery.recipient)
    return notices.alert(pages[0])


def about(archive: Archive, settings: Settings, changes: Iterable[StoredChange]) -> list[About]:
    """Return the changes with their evidence, page by page."""
    by_page = groupby(sorted(changes, key=lambda each: each.page_id), key=lambda each: each.page_id)
    found_on = [(number, list(found)) for number, found in by_page]
    known, link = _pages(archive, dict(found_on)), settings.alerts.archive_url
    return [
        About(known[number].name, known[number].url, tuple(_news(archive, found)), link)
        for number, found in found_on
    ]


def _answered(archive: Archive, delivery: StoredDelivery) -> StoredDelivery:
    if delivery.answers_id is None:
        raise ValueError(f"delivery {delivery.id} answers none")
    return archive.delivery(delivery.answers_id)


def _pages(archive: Archive, numbers: Collection[int]) -> dict[int, StoredPage]:
    return {page.id: page for page in archive.pages(numbers)}


def _news(archive: Archive, changes: Sequence[StoredChange]) -> list[NewsItem]:
    numbers = {number for each in changes for number in (each.snapshot_before, each.snapshot_after)}
    versions: dict[int, LeadershipPage] = {number: archive.snapshot(number).page for number in numbers}
    return [
        news_item(
            each.change,
            last_seen=each.last_seen,
            first_seen=each.first_seen,
            page_before=versions[each.snapshot_before],
            page_after=versions[each.snapshot_after],
            number=each.id,
            captures=(each.capture_before, each.capture_after),
        )
        for each in changes
    ]
