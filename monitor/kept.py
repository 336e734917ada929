"""What is kept running between two signals, whatever its work: it turns, tells what happens, and knows its trouble."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from model import LeaderwatchError
from monitor.events import Event, Listener, Recovered, Troubled

if TYPE_CHECKING:
    from monitor.running import Clock
    from monitor.settings import Settings
    from storage import Archive

GRACE = timedelta(seconds=8)
"""How long a stop waits for what is under way; process managers kill after ten seconds or more."""

HEARTBEAT = timedelta(seconds=15)
"""The longest time without a turn: after a suspend, or when the clock is set, that much is lost at most."""

RETRY = timedelta(seconds=30)
"""When a page is looked at again after the archive failed."""

POST_EVERY = timedelta(seconds=30)
"""How often deliveries are looked for that are due between checks."""


class Kept(ABC):
    """A program that `scheduler.keep` keeps; the archive is its own from now on.

    `trouble` is what keeps it from its work, None while nothing does; `turned_at` is when `turn` came last, by the
    machine's steady clock.
    """

    def __init__(
        self, settings: Settings, archive: Archive, *, listeners: Sequence[Listener], clock: Clock
    ) -> None:
        self.settings = settings
        self.archive = archive
        self.trouble: str | None = None
        self.turned_at = time.monotonic()
        self._clock = clock
        self._listeners = listeners
        self._telling = threading.Lock()

    @abstractmethod
    def turn(self) -> float:
        """Start what is due, wait for nothing, and return the seconds until something will be."""

    @abstractmethod
    def close(self) -> bool:
        """End what is under way; tell whether all was over within `GRACE`. What was not can be killed."""

    def tell(self, event: Event) -> None:
        """Tell every listener, which one thread does at a time."""
        with self._telling:
            for listener in self._listeners:
                listener(event)

    def note(self, trouble: str | None) -> None:
        """Tell a trouble when it begins and when it is over, not at every try."""
        if trouble and trouble != self.trouble:
            self.tell(Troubled(trouble))
        elif self.trouble and not trouble:
            self.tell(Recovered())
        self.trouble = trouble


def reason(error: Exception) -> str:
    """Return what went wrong in one line."""
    return str(error) if isinstance(error, LeaderwatchError) else f"{type(error).__name__}: {error}"
