"""What a person decides about a version in quarantine."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from model import ChangeKind, Outcome
from monitor.reviewing import NothingToDecide, accept, doubted, reject
from storage import Archive, ChangeState, SnapshotState
from tests.loopback import Site
from tests.watching import OFFICES, Watch, instead, markup, without

HALF = markup(dict(list(OFFICES.items())[:2]))


@pytest.fixture
def watch(site: Site, archive: Archive, client: httpx.Client) -> Watch:
    """A page whose newest version lost half of its offices, an hour after its baseline."""
    watch = Watch(site, archive, client)
    watch.checked(markup())
    assert watch.checked(HALF, hours=1).outcome is Outcome.QUARANTINED
    return watch


def test_a_doubted_version_stands_beside_the_belief(watch: Watch) -> None:
    [found] = doubted(watch.archive)
    assert found.belief is not None
    assert (len(found.belief.page.offices), len(found.snapshot.page.offices), found.is_current) == (4, 2, True)


def test_accepting_tells_the_changes_dated_by_the_first_sighting(watch: Watch) -> None:
    seen = watch.clock.now
    watch.clock.move(hours=5)
    [found] = doubted(watch.archive)
    result = accept(found.snapshot.id, archive=watch.archive, settings=watch.settings, clock=watch.clock)
    assert (result.outcome, result.reason) == (Outcome.CHANGED, "accepted in review")
    assert [change.kind for change in result.changes] == [ChangeKind.OFFICE_REMOVED] * 2
    recorded = watch.recorded()
    assert {stored.first_seen for stored in recorded} == {seen}
    assert {stored.last_seen for stored in recorded} == {seen - timedelta(hours=1)}
    belief = watch.archive.belief(watch.page_id)
    assert belief is not None
    assert belief.last_seen == seen, "the page was not seen again by being accepted"
    assert watch.archive.snapshot(found.snapshot.id).state is SnapshotState.ACCEPTED
    assert watch.checked(HALF, hours=1).outcome is Outcome.UNCHANGED
    assert len(watch.recorded()) == 2


@pytest.mark.parametrize(
    ("first", "state"),
    [
        (without("Office of Lakes"), ChangeState.CONFIRMED),
        (instead(Harbors=""), ChangeState.WITHDRAWN),
    ],
)
def test_accepting_settles_what_was_pending(
    site: Site, archive: Archive, client: httpx.Client, first: str, state: ChangeState
) -> None:
    watch = Watch(site, archive, client)
    watch.checked(markup())
    seen = watch.clock.now + timedelta(hours=1)
    watch.checked(first, hours=1)
    watch.checked(HALF, minutes=1)
    [found] = doubted(archive)
    accept(found.snapshot.id, archive=archive, settings=watch.settings, clock=watch.clock)
    pending, *others = watch.recorded()
    assert (pending.state, pending.first_seen) == (state, seen)
    assert {stored.state for stored in others} == {ChangeState.CONFIRMED}
    assert len(watch.recorded()) == (2 if state is ChangeState.CONFIRMED else 3)


def test_accepting_the_first_version_makes_it_the_baseline(
    site: Site, archive: Archive, client: httpx.Client
) -> None:
    watch = Watch(site, archive, client, required=("Office of Lakes",))
    watch.checked(HALF)
    [found] = doubted(archive)
    result = accept(found.snapshot.id, archive=archive, settings=watch.settings, clock=watch.clock)
    assert (result.outcome, result.changes) == (Outcome.BASELINE, ())
    assert len(watch.believed().offices) == 2


def test_a_page_that_was_read_well_since_is_nothing_to_decide(watch: Watch) -> None:
    watch.checked(markup(), hours=1)
    [found] = doubted(watch.archive)
    assert not found.is_current
    with pytest.raises(NothingToDecide, match="has read otherwise since"):
        accept(found.snapshot.id, archive=watch.archive, settings=watch.settings, clock=watch.clock)
    assert watch.archive.quarantined(watch.page_id)


def test_rejecting_takes_it_out_of_quarantine_for_good(watch: Watch) -> None:
    [found] = doubted(watch.archive)
    reject(found.snapshot.id, archive=watch.archive)
    assert not doubted(watch.archive)
    with pytest.raises(NothingToDecide, match="rejected"):
        reject(found.snapshot.id, archive=watch.archive)
    for _ in range(4):
        assert watch.checked(HALF, days=1).outcome is Outcome.QUARANTINED


def test_a_rejected_version_can_be_accepted_after_all(watch: Watch) -> None:
    [found] = doubted(watch.archive)
    reject(found.snapshot.id, archive=watch.archive)
    doubt = watch.checked(HALF, hours=1)
    assert (doubt.outcome, doubt.rejected) == (Outcome.QUARANTINED, found.snapshot.id)
    accept(found.snapshot.id, archive=watch.archive, settings=watch.settings, clock=watch.clock)
    assert watch.checked(HALF, hours=1).outcome is Outcome.UNCHANGED
