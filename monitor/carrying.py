"""Letters handed over to whatever carries them: the mail server, a folder, a channel of the settings."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import mail_folder
from monitor.channels.opening import Channel, open_channel
from monitor.posting import Post, Postponed
from monitor.rules import FOLDER, SMTP, rule_called

if TYPE_CHECKING:
    from monitor.channels.letter import Letter
    from monitor.settings import Settings

Earlier = Callable[[str, int], Sequence["Letter"]]
"""What returns so many of the newest letters that a channel of that name has carried."""


@dataclass
class Carriers:
    """Everything that the settings name to carry letters, each opened when it is first needed."""

    settings: Settings
    clock: Callable[[], datetime]
    earlier: Earlier
    tls: ssl.SSLContext | None = None
    _post: Post | None = None
    _channels: dict[str, Channel] = field(default_factory=dict)

    def carry(self, letter: Letter, channel: str, recipient: str) -> None:
        """Hand one letter over; raises Postponed or Refused, with the reason, when nobody took it."""
        rule = rule_called(self.settings, recipient)
        if channel == SMTP:
            self._mail_server().send(letter.message, recipient=recipient)
        elif channel == FOLDER and rule and rule.folder:
            mail_folder.deliver(Path(rule.folder), letter.message, letter.written_at)
        else:
            self._channel(channel).send(letter)

    def close(self) -> None:
        """Take leave of everything that was opened."""
        for carrier in (self._post, *self._channels.values()):
            if carrier:
                carrier.close()

    def _mail_server(self) -> Post:
        if not self.settings.smtp:
            raise _gone(SMTP)
        self._post = self._post or Post(self.settings.smtp, self.tls)
        return self._post

    def _channel(self, name: str) -> Channel:
        if name not in self._channels:
            named = [channel for channel in self.settings.alerts.channels if channel.name == name]
            if not named:
                raise _gone(name)
            contact, earlier = self.settings.fetch.contact, partial(self.earlier, name)
            self._channels[name] = open_channel(named[0], contact=contact, clock=self.clock, earlier=earlier)
        return self._channels[name]


def _gone(channel: str) -> Postponed:
    return Postponed(f"the settings have no channel {channel!r} any more")
