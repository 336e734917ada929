"""What the archive knows of its deliveries, and what a mail about a change would say."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

from model import Json
from monitor.identities import alert_id
from monitor.mail import Envelope, compose
from monitor.notices import Notice, alert, digest
from monitor.rebuilding import about, notice_of, sender_of
from monitor.showing import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.settings import Settings
    from storage import Archive
    from storage.rows import StoredChange, StoredDelivery

NOBODY = "nobody"
"""Whom a preview is for: its Message-ID is none that anybody gets."""


def subject_of(archive: Archive, settings: Settings, delivery: StoredDelivery) -> str:
    """Return the news of a delivery in a line."""
    return notice_of(archive, settings, delivery).subject


def delivery_row(archive: Archive, settings: Settings, delivery: StoredDelivery) -> Json:
    """Return a delivery as JSON."""
    return {
        "id": delivery.id,
        "message": delivery.message.value,
        "channel": delivery.channel,
        "recipient": delivery.recipient,
        "state": delivery.state.value,
        "subject": subject_of(archive, settings, delivery),
        "changes": [change.id for change in delivery.changes],
        "queued_at": written(delivery.queued_at),
        "due_at": written(delivery.due_at),
        "next_attempt_at": written(delivery.next_attempt_at) if delivery.state.value == "queued" else None,
        "settled_at": written(delivery.settled_at),
        "attempts": delivery.attempts,
        "last_error": delivery.last_error,
        "message_id": delivery.message_id,
    }


def preview(archive: Archive, settings: Settings, changes: Sequence[StoredChange]) -> EmailMessage:
    """Return the mail that would tell of these changes, addressed to nobody. Raises ValueError without any."""
    pages = about(archive, settings, changes)
    notice: Notice = alert(pages[0]) if len(pages) == 1 else digest(pages, NOBODY)
    told = [(stored.id, stored.change) for stored in changes]
    sender = sender_of(settings)
    identity = alert_id(told, url=pages[0].url, recipient=NOBODY, sender=sender)
    newest = max(stored.recorded_at for stored in changes)
    return compose(notice, Envelope(sender, (), identity, newest, unsubscribe=settings.alerts.unsubscribe))


def part_of(message: EmailMessage, subtype: str) -> str:
    """Return the text ("plain") or the markup ("html") of a mail."""
    body = message.get_body((subtype,))
    if body is None:
        raise ValueError(f"a mail without {subtype} text")
    content: str = body.get_content()
    return content
