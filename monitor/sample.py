"""A sample sent to everybody whom the rules name, to see what arrives before there is news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from model import Change, ChangeKind, Json, Leader
from monitor.carrying import Carriers
from monitor.channels.letter import Letter
from monitor.evidence import NewsItem
from monitor.identities import sample_id
from monitor.mail import Envelope, compose
from monitor.notices import About, alert
from monitor.posting import Postponed, Refused
from monitor.rebuilding import recipients_of, sender_of
from monitor.rules import addressees, rules_of

if TYPE_CHECKING:
    import ssl

    from monitor.carrying import Earlier
    from monitor.settings import Settings

OFFICE = "Office of Examples"
BEFORE, AFTER = Leader("Jane Doe", "Director"), Leader("John Q. Sample", "Director")
CHANGE = Change(
    ChangeKind.LEADER_REPLACED,
    OFFICE,
    None,
    BEFORE.to_json(),
    AFTER.to_json(),
    f"{AFTER.name} replaced {BEFORE.name} as Director, {OFFICE}. This is a test: nothing has changed.",
)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tried:
    """How the sample fared with one addressee; `trouble` is None where it was handed over."""

    channel: str
    recipient: str
    trouble: str | None

    def to_json(self) -> Json:
        return {"channel": self.channel, "recipient": self.recipient, "trouble": self.trouble}


def try_all(
    settings: Settings, *, clock: Callable[[], datetime], earlier: Earlier, tls: ssl.SSLContext | None = None
) -> list[Tried]:
    """Send a sample to each addressee of every rule, at once, and return how each fared."""
    carriers = Carriers(settings, clock, earlier, tls)
    wanted = {(who.channel, who.recipient) for rule in rules_of(settings) for who in addressees(rule, settings)}
    try:
        return [_try(carriers, *who, clock()) for who in sorted(wanted)]
    finally:
        carriers.close()


def _try(carriers: Carriers, channel: str, recipient: str, now: datetime) -> Tried:
    try:
        carriers.carry(sample(carriers.settings, channel, recipient, now), channel, recipient)
    except (Postponed, Refused) as trouble:
        return Tried(channel, recipient, str(trouble))
    return Tried(channel, recipient, None)


def sample(settings: Settings, channel: str, recipient: str, now: datetime) -> Letter:
    """Return a letter that looks as an alert does and says that it is a test."""
    page = settings.pages[0]
    news = NewsItem(CHANGE, now - DAY, now, f"Director {BEFORE.name}", f"Director {AFTER.name}")
    notice = alert(About(page.name, page.url, (news,)))
    sender = sender_of(settings)
    envelope = Envelope(
        sender,
        recipients_of(settings, channel, recipient),
        sample_id(now, channel=channel, recipient=recipient, sender=sender),
        now,
        unsubscribe=settings.alerts.unsubscribe,
    )
    message = compose(replace(notice, subject=f"Test: {notice.subject}"), envelope)
    return Letter(message, now, page.name, page.url, (CHANGE.to_json(),), "test")
