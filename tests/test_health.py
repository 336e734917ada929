"""A page's health says whether what is known of it is up to date, and why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from model import Outcome, Verdict
from monitor.health import Health, HealthState, health_of, page_health
from monitor.settings import PageSettings, ScheduleSettings, Settings
from storage import Archive, StoredCheck

ADDED = datetime(2024, 5, 1, tzinfo=UTC)
INTERVAL = timedelta(hours=6)
LONG_AGO = datetime(2023, 1, 1, tzinfo=UTC)

GOOD, QUARANTINED = Outcome.UNCHANGED, Outcome.QUARANTINED
FAILED, BLOCKED = Outcome.FAILED, Outcome.BLOCKED


def at(number: int) -> datetime:
    return ADDED + number * INTERVAL


def check(number: int, outcome: Outcome, snapshot: int | None = 1) -> StoredCheck:
    trouble = outcome in (FAILED, BLOCKED)
    verdict = Verdict.ERROR if trouble else Verdict.OK
    reason = {FAILED: "the server answered 500", BLOCKED: "a wall", QUARANTINED: "no leaders"}.get(outcome)
    snapshot_id = None if trouble else snapshot
    return StoredCheck(number, 1, at(number), at(number), outcome, verdict, reason, None, snapshot_id)


def health(
    *outcomes: Outcome, coverage: Mapping[int, float] | None = None, blind_before: datetime = LONG_AGO
) -> Health:
    """Return the health after checks that ended so, oldest first."""
    newest_first = [check(number, outcome) for number, outcome in enumerate(outcomes)][::-1]
    return health_of(newest_first, coverage or {1: 0.9}, known_since=ADDED, blind_before=blind_before)


@pytest.mark.parametrize(
    ("outcomes", "state", "since"),
    [
        ((), HealthState.UNCHECKED, 0),
        ((Outcome.BASELINE,), HealthState.HEALTHY, 0),
        ((GOOD, GOOD, Outcome.CHANGED), HealthState.HEALTHY, 0),
        ((GOOD, FAILED), HealthState.HEALTHY, 0),
        ((FAILED,), HealthState.UNCHECKED, 0),
        ((GOOD, FAILED, BLOCKED), HealthState.DEGRADED, 1),
        ((GOOD, FAILED, GOOD, FAILED), HealthState.HEALTHY, 0),
        ((GOOD, FAILED, FAILED, GOOD), HealthState.HEALTHY, 0),
        ((GOOD, QUARANTINED), HealthState.QUARANTINED, 1),
        ((GOOD, QUARANTINED, FAILED, QUARANTINED), HealthState.QUARANTINED, 1),
        ((GOOD, QUARANTINED, GOOD), HealthState.HEALTHY, 0),
        ((QUARANTINED, QUARANTINED), HealthState.QUARANTINED, 0),
    ],
)
def test_the_newest_checks_tell_the_state(
    outcomes: tuple[Outcome, ...], state: HealthState, since: int
) -> None:
    found = health(*outcomes)
    assert (found.state, found.since) == (state, at(since))


def test_a_page_that_is_not_well_says_why() -> None:
    assert health(GOOD, FAILED, BLOCKED).reason == "the last 2 checks failed: a wall"
    assert health(GOOD, QUARANTINED).reason == "no leaders"
    assert health(GOOD).reason == ""


def test_a_page_without_a_good_capture_for_too_long_is_blind_whatever_came_since() -> None:
    found = health(GOOD, FAILED, FAILED, FAILED, blind_before=at(2))
    assert found.state is HealthState.BLIND
    assert found.since == at(0)
    assert found.reason == "no good capture since 1 May 2024, 00:00 UTC: the server answered 500"


def test_a_page_that_nothing_checks_becomes_blind_too() -> None:
    assert health(GOOD, blind_before=at(5)).reason.endswith("nothing has checked it")
    assert health(blind_before=at(5)).reason == "no good capture yet: nothing has checked it"


def test_a_version_in_quarantine_is_a_sighting() -> None:
    assert health(GOOD, QUARANTINED, blind_before=at(1)).state is HealthState.QUARANTINED


def drift(*snapshots: int) -> Health:
    """Return the health after checks that read these snapshots, of which 2 and 3 are badly understood."""
    newest_first = [check(number, GOOD, snapshot) for number, snapshot in enumerate(snapshots)][::-1]
    shares = {1: 0.95, 2: 0.5, 3: 0.55, 4: 0.9}
    return health_of(newest_first, shares, known_since=ADDED, blind_before=LONG_AGO)


def test_a_page_drifts_until_it_is_understood_as_before() -> None:
    assert drift(1, 1).state is HealthState.HEALTHY
    assert (drift(1, 2, 2, 3).state, drift(1, 2, 2, 3).since) == (HealthState.DRIFTING, at(1))
    assert drift(1, 2, 3).reason == "parser drift: the reading explains 55% of the page's text, 95% before"
    assert (drift(1, 2, 4).state, drift(1, 2, 4).since) == (HealthState.HEALTHY, at(2))


def test_a_page_that_always_read_so_does_not_drift() -> None:
    assert drift(2, 2, 3).state is HealthState.HEALTHY


@pytest.mark.parametrize(
    ("schedule", "days"),
    [(ScheduleSettings(every=timedelta(days=1)), 5), (ScheduleSettings(cron="0 6 * * mon-fri"), 7)],
)
def test_blindness_is_counted_in_the_slots_of_the_page(
    archive: Archive, schedule: ScheduleSettings, days: int
) -> None:
    page = PageSettings(name="harbors", url="https://harbors.example/")
    settings = Settings(pages=(page,), schedule=schedule)
    page_id = archive.page_id(page.name, page.url)
    known = archive.added_at(page_id)
    soon = page_health(archive, page_id, page, settings, now=known + timedelta(days=3))
    late = page_health(archive, page_id, page, settings, now=known + timedelta(days=days, hours=1))
    assert (soon.state, late.state) == (HealthState.UNCHECKED, HealthState.BLIND)


def test_health_is_published_in_three_words() -> None:
    assert health(GOOD, FAILED, FAILED).to_json() == {
        "state": "degraded",
        "since": "2024-05-01T06:00:00Z",
        "reason": "the last 2 checks failed: the server answered 500",
    }
