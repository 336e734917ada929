"""A letter for tests of the channels: one change, with words that a careless channel would trip over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from model import Change, ChangeKind, Leader
from monitor.channels.letter import Letter
from monitor.evidence import NewsItem
from monitor.mail import NO_SENDER, Envelope, compose
from monitor.notices import About, alert
from monitor.settings import PageSettings

NOW = datetime(2025, 1, 22, 6, tzinfo=UTC)
PAGE = PageSettings(name="cbp-executive", url="https://www.cbp.gov/leaders?a=1&b=2")


def change(after: str = "Zoë <Müller> & Søn") -> Change:
    return Change(
        ChangeKind.LEADER_REPLACED,
        "Border Patrol",
        None,
        Leader("Jason Owens", "Chief").to_json(),
        Leader(after, "Chief").to_json(),
        f"{after} replaced Jason Owens as Chief, Border Patrol.",
    )


def letter(number: int = 1, *, after: str = "Zoë <Müller> & Søn") -> Letter:
    """Return the letter of that number, written so many days after `NOW`."""
    written_at = NOW + timedelta(days=number)
    notice = alert(About(PAGE.name, PAGE.url, (NewsItem(change(after), NOW, written_at),)))
    identity = f"<alert.{number}@leaderwatch.invalid>"
    message = compose(notice, Envelope(NO_SENDER, (), identity, written_at))
    return Letter(message, written_at, PAGE.name, PAGE.url, (change(after).to_json(),))
