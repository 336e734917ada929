"""The service on a clock, until told to stop: what SIGTERM, SIGINT and SIGHUP do."""

from __future__ import annotations

import queue
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from model import LeaderwatchError
from monitor.events import Begun, Troubled
from monitor.kept import HEARTBEAT, Kept

STOPS = (signal.SIGTERM, signal.SIGINT)

LOOK = 0
"""In the queue of signals: a check has ended, so that something may be due sooner."""


Start = Callable[[Callable[[], object]], Kept]


def keep(start: Start) -> bool:
    """Keep the service until SIGTERM or SIGINT; call it from the main thread.

    `start` reads the settings and returns a service that wakes by what it is given; SIGHUP calls it again, and
    where it raises, the service goes on with the settings it has. Returns False when the stop came during a
    check that was not over within the service's grace: the caller may then end the process, since a check can be
    killed at any point.
    """
    received: queue.SimpleQueue[int] = queue.SimpleQueue()
    with _heeded((*STOPS, signal.SIGHUP), received):
        service = start(partial(received.put, LOOK))
        service.tell(Begun(service.settings))
        while True:
            try:
                number = received.get(timeout=min(service.turn(), HEARTBEAT.total_seconds()))
            except queue.Empty:
                continue
            if number in STOPS:
                return service.close()
            if number == signal.SIGHUP:
                service = _renewed(service, partial(start, partial(received.put, LOOK)))


def _renewed(service: Kept, start: Callable[[], Kept]) -> Kept:
    """Return a service with the settings as they are now, or the old one where they cannot be used."""
    try:
        renewed = start()
    except LeaderwatchError as error:
        service.tell(Troubled(f"the settings stay as they were: {error}"))
        return service
    service.close()
    renewed.tell(Begun(renewed.settings))
    return renewed


@contextmanager
def _heeded(signals: Iterable[signal.Signals], received: queue.SimpleQueue[int]) -> Iterator[None]:
    """Put these signals into the queue as they come, instead of what they do otherwise."""
    before = {number: signal.signal(number, lambda got, _: received.put(got)) for number in signals}
    try:
        yield
    finally:
        for number, doing in before.items():
            signal.signal(number, doing)
