"""One note when a page cannot be watched as it should be, one when it can again: never the same one twice.

What was told last is a row in the archive, written with the check that gave rise to it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from monitor import outbox
from monitor.health import Health, HealthState, page_health

if TYPE_CHECKING:
    from monitor.settings import PageSettings, Settings
    from storage import Transaction

RANKS = tuple(HealthState)
"""The states, worst first."""


def note(
    tx: Transaction, page_id: int, check_id: int, page: PageSettings, settings: Settings, *, now: datetime
) -> None:
    """Record and queue what there is to tell of a page's health after a check, within the check's transaction."""
    tx.hold(page_id)
    health = page_health(tx, page_id, page, settings, now=now)
    last = tx.newest_note(page_id)
    if is_news(last.state if last else HealthState.HEALTHY, health):
        noted = tx.record_note(page_id, check_id, state=health.state, since=health.since, reason=health.reason)
        outbox.queue_health(tx, noted, page.url, settings, due_at=now)


def is_news(told: HealthState, health: Health) -> bool:
    """Return whether a page's health is worth a note after the state that was told last.

    What gets worse is, and what is seen and believed again; one trouble that gives way to a lesser one is not.
    """
    if health.state is HealthState.UNCHECKED:
        return False
    is_worse = RANKS.index(health.state) < RANKS.index(told)
    is_seen_again = health.state in {HealthState.HEALTHY, HealthState.DRIFTING}
    return health.state is not told and (is_worse or is_seen_again)
