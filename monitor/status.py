"""How the watch is, as people and monitors ask: every page's health, what is due, what could not be sent."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from model import Json
from monitor import clustered
from monitor.courtesy import rest_of, site_of
from monitor.due import BESIDE_THE_FETCH
from monitor.health import Health, HealthState, page_health
from monitor.timetable import delay_of, timetable_of
from storage.rows import DeliveryState, SlotState

if TYPE_CHECKING:
    from monitor.settings import PageSettings, Settings
    from storage import Archive
    from storage.rows import StoredCheck, TaskCounts

LITTLE_ROOM = 100_000_000
"""Free bytes beside the archive below which there is a warning, before the disk is full."""

RECENT = timedelta(days=7)
"""For how long a delivery that failed for good is worth a warning."""

STUCK = timedelta(hours=1)
"""How long after its time an alert that nobody tried to send is a warning: nothing runs that would send it."""

DAY = timedelta(days=1)


class Level(IntEnum):
    """What a Nagios-style monitor makes of it: the exit status of `leaderwatch status` (plugin guidelines)."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3


LEVELS = {
    HealthState.BLIND: Level.CRITICAL,
    HealthState.QUARANTINED: Level.WARNING,
    HealthState.DEGRADED: Level.WARNING,
    HealthState.DRIFTING: Level.WARNING,
    HealthState.UNCHECKED: Level.WARNING,
    HealthState.HEALTHY: Level.OK,
}


@dataclass(frozen=True, slots=True)
class PageStatus:
    """One page: its health, its newest check, when it was last believed, and its slots.

    `overdue` is the slot that a service should have checked by now and did not; None also where no service ever
    did. `resting_until` is when the page's site, which said that it is busy, may be asked again. `missed` counts
    the slots of the last day that went by.
    """

    name: str
    url: str
    health: Health
    last_check: StoredCheck | None
    last_good: datetime | None
    next_at: datetime
    overdue: datetime | None
    resting_until: datetime | None
    missed: int
    pending: int

    @property
    def level(self) -> Level:
        return max(LEVELS[self.health.state], Level.WARNING if self.overdue else Level.OK)

    @property
    def complaint(self) -> str | None:
        """What is the matter, in words."""
        if self.health.state is not HealthState.HEALTHY:
            return f"{self.name} is {self.health.state.value}: {self.health.reason}"
        if self.overdue is None:
            return None
        why = "is the service running?"
        if self.resting_until:
            why = f"its site said that it is busy, and is left alone until {_written(self.resting_until)}"
        return f"{self.name} was due at {_written(self.overdue)}: {why}"

    def to_json(self) -> Json:
        check = self.last_check
        return {
            "name": self.name,
            "url": self.url,
            "health": self.health.to_json(),
            "last_check": check
            and {"at": _written(check.started_at), "outcome": check.outcome.value, "reason": check.reason},
            "last_good": _written(self.last_good) if self.last_good else None,
            "next_check": _written(self.next_at),
            "overdue": _written(self.overdue) if self.overdue else None,
            "resting_until": _written(self.resting_until) if self.resting_until else None,
            "missed_last_day": self.missed,
            "losses_pending": self.pending,
        }


@dataclass(frozen=True, slots=True)
class Status:
    """All of it; `complaints` is what is the matter beside the pages, `free` the bytes left for the archive.

    `tasks` is what stands in the queue of a cluster; None where there is none.
    """

    pages: Sequence[PageStatus]
    deliveries: dict[DeliveryState, int]
    complaints: Sequence[str]
    free: int | None
    tasks: TaskCounts | None

    @property
    def level(self) -> Level:
        if all(page.last_check is None for page in self.pages):
            return Level.UNKNOWN
        return max([*(page.level for page in self.pages), Level.WARNING if self.complaints else Level.OK])

    @property
    def sentence(self) -> str:
        """The first line: the level, and everything that is the matter."""
        matters = [*(page.complaint for page in self.pages if page.complaint), *self.complaints]
        if not matters:
            number = len(self.pages)
            matters = [f"{number} page{'s' * (number > 1)} healthy"]
        return f"{self.level.name}: {'; '.join(matters)}"

    def to_json(self) -> Json:
        return {
            "status": self.level.name.lower(),
            "sentence": self.sentence,
            "pages": [page.to_json() for page in self.pages],
            "deliveries": {state.value: number for state, number in self.deliveries.items()},
            "archive_bytes_free": self.free,
            "cluster": self.tasks and clustered.to_json(self.tasks),
        }


def status_of(archive: Archive, settings: Settings, *, now: datetime) -> Status:
    """Return how the watch is, as the archive has it; raises ArchiveError where it cannot be asked."""
    numbers = {page.url: page.id for page in archive.pages()}
    seen = archive.last_seen()
    pages = [
        _page_status(archive, page, numbers.get(page.url), seen.get(page.url), settings, now)
        for page in settings.pages
    ]
    free, tasks = _free(settings.database), archive.task_counts()
    complaints = [*_post(archive, now), *_room(free), *(clustered.complaints(tasks, now) if tasks else [])]
    return Status(pages, archive.count_deliveries(), complaints, free, tasks)


def _page_status(
    archive: Archive,
    page: PageSettings,
    page_id: int | None,
    last_good: datetime | None,
    settings: Settings,
    now: datetime,
) -> PageStatus:
    delay = delay_of(page, settings.schedule)
    known_since = archive.added_at(page_id) if page_id is not None else now
    next_at = timetable_of(page, settings.schedule, known_since).following(now - delay) + delay
    if page_id is None:
        unchecked = Health(HealthState.UNCHECKED, now, "it was never checked")
        return PageStatus(page.name, page.url, unchecked, None, None, next_at, None, None, 0, 0)
    newest = archive.checks(page_id, 1)
    slots = [slot for slot in archive.slots(page_id, 1000) if now - DAY < slot.due_at <= now]
    return PageStatus(
        page.name,
        page.url,
        page_health(archive, page_id, page, settings, now=now),
        newest[0] if newest else None,
        last_good,
        next_at,
        _overdue(archive, page, page_id, settings, now),
        _resting_until(archive, page, now),
        sum(slot.state is SlotState.MISSED for slot in slots),
        archive.count_waiting(page_id),
    )


def _overdue(
    archive: Archive, page: PageSettings, page_id: int, settings: Settings, now: datetime
) -> datetime | None:
    """Return the first slot that a running service would have settled by now, and none has."""
    last = archive.newest_slot(page_id, now)
    if last is None:
        return None
    patience = delay_of(page, settings.schedule) + settings.fetch.total_timeout + BESIDE_THE_FETCH
    timetable = timetable_of(page, settings.schedule, archive.added_at(page_id))
    slot = timetable.following(last.due_at)
    return slot if slot + patience < now else None


def _resting_until(archive: Archive, page: PageSettings, now: datetime) -> datetime | None:
    site = archive.site(site_of(page.url))
    return site.free_at if site and site.refusals and rest_of(site, now) else None


def _post(archive: Archive, now: datetime) -> list[str]:
    stuck = archive.due_deliveries(now - STUCK)
    failed = [
        delivery
        for delivery in archive.deliveries(states=[DeliveryState.FAILED])
        if delivery.settled_at and now - delivery.settled_at < RECENT
    ]
    return [
        *(
            f"the alert to {each.channel}: {each.recipient} failed for good: {each.last_error}"
            for each in failed
        ),
        *([f"alerts wait that nothing sends ({len(stuck)}): is the service running?"] if stuck else []),
    ]


def _room(free: int | None) -> list[str]:
    return (
        [f"only {free // 1_000_000} MB are free for the archive"]
        if free is not None and free < LITTLE_ROOM
        else []
    )


def _free(database: str) -> int | None:
    """Return the free bytes beside an archive in a file; None for one that a server keeps."""
    return None if "://" in database else shutil.disk_usage(Path(database).absolute().parent).free


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
