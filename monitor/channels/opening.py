"""The channels of the settings, ready to send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from monitor.channels.apprise import Notifier
from monitor.channels.command import Command
from monitor.channels.feed import Feed
from monitor.channels.webhook import Webhook

if TYPE_CHECKING:
    from monitor.channels.letter import Letter
    from monitor.settings import ChannelSettings


class Channel(Protocol):
    """One way to tell: `send` hands one letter over, or raises Postponed or Refused."""

    def send(self, letter: Letter) -> None: ...
    def close(self) -> None: ...


def open_channel(
    channel: ChannelSettings,
    *,
    contact: str,
    clock: Callable[[], datetime],
    earlier: Callable[[int], Sequence[Letter]],
) -> Channel:
    """Return a channel of the settings; `earlier` returns so many of the newest letters that it has sent."""
    secret = channel.secret.reveal() if channel.secret else ""
    if channel.webhook:
        return Webhook(channel.webhook, secret, contact=contact, timeout=channel.timeout, clock=clock)
    if channel.apprise_file:
        return Notifier(secret)
    if channel.command:
        return Command(channel.command, timeout=channel.timeout)
    if channel.feed:
        return Feed(Path(channel.feed), name=channel.name, earlier=earlier)
    raise ValueError(f"channel {channel.name} has no way to tell")
