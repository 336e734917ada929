"""What is known of a page now: the rows as last seen, with when, and what casts doubt on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from model import Change, Json, LeadershipPage, Outcome
from storage.rows import ChangeState

if TYPE_CHECKING:
    from storage import Archive
    from storage.rows import StoredChange, StoredCheck, StoredPage


@dataclass(frozen=True, slots=True)
class Known:
    """One page as last seen, read from `capture`.

    `pending` losses wait to be confirmed; `rows` still hold what they took away.
    """

    name: str
    url: str
    rows: LeadershipPage | None
    first_seen: datetime | None
    last_seen: datetime | None
    capture: int | None
    pending: tuple[Change, ...]
    last_check: StoredCheck | None

    @property
    def is_doubted(self) -> bool:
        """Return whether the newest check could not reach or believe the page."""
        troubles = {Outcome.FAILED, Outcome.BLOCKED, Outcome.QUARANTINED}
        return self.last_check is not None and self.last_check.outcome in troubles

    def to_json(self) -> Json:
        rows = self.rows.to_json() if self.rows else None
        return {
            "name": self.name,
            "url": self.url,
            "first_seen": written(self.first_seen),
            "last_seen": written(self.last_seen),
            "capture": self.capture,
            "last_check": check_row(self.last_check) if self.last_check else None,
            "pending": [change.to_json() for change in self.pending],
            "page": rows,
        }


def known(archive: Archive, page: StoredPage) -> Known:
    """Return what the archive knows of a page."""
    belief = archive.belief(page.id)
    checks = archive.checks(page.id, limit=1)
    pending = archive.changes(page_id=page.id, states=[ChangeState.PENDING])
    return Known(
        page.name,
        page.url,
        belief.page if belief else None,
        belief.first_seen if belief else None,
        belief.last_seen if belief else None,
        archive.snapshot(belief.snapshot_id).capture_id if belief else None,
        tuple(stored.change for stored in pending),
        checks[0] if checks else None,
    )


def change_row(stored: StoredChange, page: str) -> Json:
    """Return a recorded change as JSON: its number, the page's name, its window and captures, and what changed."""
    window = {"last_seen": written(stored.last_seen), "first_seen": written(stored.first_seen)}
    identity = {"id": stored.id, "page": page, "state": stored.state.value}
    captures = {"capture_before": stored.capture_before, "capture_after": stored.capture_after}
    return identity | window | captures | stored.change.to_json()


def check_row(check: StoredCheck) -> Json:
    """Return a check as JSON: when it ran, how it ended and why, and the capture that it rests on."""
    return {
        "started_at": written(check.started_at),
        "outcome": check.outcome.value,
        "verdict": check.verdict.value,
        "reason": check.reason,
        "capture": check.capture_id,
    }


def written(moment: datetime | None) -> str | None:
    """Return a moment as JSON carries it: RFC 3339, in UTC."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None
