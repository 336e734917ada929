"""How a check ended, for whoever asked for it: the terminal, JSON, the demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from model import Change, Json, LeadershipPage, Outcome, Verdict

if TYPE_CHECKING:
    from monitor.outbox import DeliveryReport


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a check ended.

    `changes` are news; `pending` losses wait to be confirmed; `rows` is what was read. `reached` tells whether
    the server answered at all, `drift` how much less of the page is understood than before, `steady_since` when
    the page was last news: its newest change or first check. `rejected` is the rejected snapshot that it still
    reads as, `moved_from` the URL at which a page of this name was watched before its baseline here.
    `heartbeat` is why the sign of life after a good check was not heard. `retry_after` is set where the server
    answered 429 or 503: how long it asks to be left alone, zero where it does not say. `seconds` is how long
    fetching ("fetch") and reading ("read") took.
    """

    name: str
    url: str
    outcome: Outcome
    verdict: Verdict
    reason: str | None
    checked_at: datetime
    changes: tuple[Change, ...] = ()
    pending: tuple[Change, ...] = ()
    withdrawn: tuple[Change, ...] = ()
    rows: LeadershipPage | None = None
    reached: bool = True
    drift: str | None = None
    rejected: int | None = None
    moved_from: str | None = None
    steady_since: datetime | None = None
    posted: DeliveryReport | None = None
    heartbeat: str | None = None
    retry_after: timedelta | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_trouble(self) -> bool:
        """Return whether the page could not be reached or believed."""
        return self.outcome in {Outcome.FAILED, Outcome.BLOCKED, Outcome.QUARANTINED}

    def to_json(self) -> Json:
        """Return the published row: pending losses stand among the changes, marked as such."""
        waiting = [change.to_json() | {"pending": True} for change in self.pending]
        return {
            "name": self.name,
            "url": self.url,
            "outcome": self.outcome.value,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "checked_at": self.checked_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "changes": [change.to_json() for change in self.changes] + waiting,
        }
