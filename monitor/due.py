"""Which slot of a page is due: the newest that has come, and what becomes of those that went by before it.

Slots that were missed, while nothing ran, the machine slept or a site was left alone, become one check: the
newest is checked late, the older ones are recorded as missed. A loss that waits to be confirmed has slots of its
own between those of the timetable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.timetable import delay_of, timetable_of
from storage.rows import SlotKind, SlotState

if TYPE_CHECKING:
    from monitor.settings import PageSettings, Settings
    from monitor.timetable import Timetable
    from storage import Archive
    from storage.rows import SlotStanding, StoredSlot

MONTH, YEAR = timedelta(days=31), timedelta(days=366)
"""How far back a slot is looked for; a year, where a month has none."""

MOST_MISSED = 10_000
"""How many of the newest missed slots are recorded one by one after a long silence."""

RECHECKS = 6
"""How often a loss is looked at again by itself, while the page cannot be believed; then at the usual slots."""

BESIDE_THE_FETCH = timedelta(minutes=5)
"""What a check may take besides fetching its page, before another process takes its slot over."""

MISSED = "nothing checked it before the next slot came"
TOO_LATE = "nothing checked it within the grace that [schedule] gives"


@dataclass(frozen=True, slots=True)
class Plan:
    """When one page is checked: `delay` after each slot, at most `grace` late, a loss again after `confirm`.

    `begun` is when this process began to watch, and `lease` how long a check may take before another process
    takes it over.
    """

    page_id: int
    timetable: Timetable
    delay: timedelta
    grace: timedelta
    confirm: timedelta
    lease: timedelta
    begun: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """What this process is to check now: a slot's number, None for nothing; and which slots went by."""

    slot_id: int | None = None
    missed: tuple[datetime, ...] = ()


def plan_of(
    page: PageSettings, settings: Settings, page_id: int, *, known_since: datetime, begun: datetime
) -> Plan:
    """Return the plan of a page that the archive knows since then, for who began to watch it at `begun`."""
    schedule = settings.schedule
    return Plan(
        page_id,
        timetable_of(page, schedule, known_since),
        delay_of(page, schedule),
        schedule.grace,
        settings.alerts.confirm_losses,
        settings.fetch.total_timeout + BESIDE_THE_FETCH,
        begun,
    )


def plans_of(archive: Archive, settings: Settings, begun: datetime) -> dict[str, Plan]:
    """Return the plan of every page of the settings, by its URL; pages that the archive does not know are added."""
    known = {(page.url, page.name) for page in archive.pages()}
    for page in settings.pages:
        if (page.url, page.name) not in known:
            archive.page_id(page.name, page.url)
    stored = {page.url: page for page in archive.pages()}
    return {
        page.url: plan_of(page, settings, kept.id, known_since=kept.added_at, begun=begun)
        for page in settings.pages
        if (kept := stored[page.url])
    }


def due_slot(plan: Plan, known: SlotStanding, now: datetime) -> datetime | None:
    """Return the slot that waits for its check; None where none does, or a process has the page in hand."""
    if known.leased_until is not None:
        return None
    ripe = _ripe(plan, known.newest, now)
    return ripe[-1] if ripe else _due_again(plan, known, now)


def take_turn(archive: Archive, plan: Plan, now: datetime) -> Turn:
    """Take the slot that is due, if no other process has it, and record those that were missed."""
    known = _standing(archive, plan, now)
    newest = due_slot(plan, known, now)
    if newest is None:
        return Turn()
    ripe = _ripe(plan, known.newest, now)
    if not ripe:
        return Turn(_take(archive, plan, newest, SlotKind.CONFIRMING, now))
    archive.miss_slots(plan.page_id, ripe[:-1], MISSED)
    if now - newest > plan.delay + plan.grace:
        archive.miss_slots(plan.page_id, [newest], TOO_LATE)
        return Turn(missed=tuple(ripe))
    return Turn(_take(archive, plan, newest, SlotKind.REGULAR, now), tuple(ripe[:-1]))


def next_look(archive: Archive, plan: Plan, now: datetime) -> datetime:
    """Return when something may be due again: a slot, a loss to confirm, a check that another process dropped."""
    return look_again_at(plan, _standing(archive, plan, now), now)


def look_again_at(plan: Plan, known: SlotStanding, now: datetime) -> datetime:
    """Return what `next_look` does, of a page whose slots stand so."""
    moments = [plan.timetable.following(now - plan.delay) + plan.delay]
    moments += [moment for moment in _confirming(plan, known) if moment > now]
    if known.leased_until:
        moments.append(known.leased_until)
    return min(moments)


def _standing(archive: Archive, plan: Plan, now: datetime) -> SlotStanding:
    return archive.slot_standings([plan.page_id], now)[plan.page_id]


def _ripe(plan: Plan, last: StoredSlot | None, now: datetime) -> list[datetime]:
    """Return the slots that have come and are not settled, oldest first."""
    until = now - plan.delay
    if last is None:
        first = plan.timetable.first(until)
        return [first] if first else plan.timetable.between(plan.begun, until, MOST_MISSED)
    dropped = [last.due_at] if last.state is SlotState.LEASED else []
    for window in (MONTH, YEAR):
        found = plan.timetable.between(max(last.due_at, until - window), until, MOST_MISSED)
        if found:
            return dropped + found
    return dropped


def _due_again(plan: Plan, known: SlotStanding, now: datetime) -> datetime | None:
    """Return the newest moment for a loss that has come, unless a slot that came after it has seen to it."""
    seen_to = (known.newest and known.newest.due_at, known.looked_again_at)
    due = [moment for moment in _confirming(plan, known) if moment <= now]
    return due[-1] if due and all(due[-1] > moment for moment in seen_to if moment) else None


def _confirming(plan: Plan, known: SlotStanding) -> list[datetime]:
    """Return the moments at which the oldest loss that waits is looked at again; none where none waits."""
    since = known.waiting_since if plan.confirm else None
    return [since + number * plan.confirm for number in range(1, RECHECKS + 1)] if since else []


def _take(archive: Archive, plan: Plan, due_at: datetime, kind: SlotKind, now: datetime) -> int | None:
    return archive.take_slot(plan.page_id, due_at, kind=kind, now=now, until=now + plan.lease)
