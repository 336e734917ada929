"""What was told stays told when only the settings changed: evidence, a better reader or a person take it back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from model import Change, ChangeKind
from monitor import outbox
from storage import Archive, ChangeState, MessageKind
from tests.archive_rows import BOTH_ENGINES
from tests.loopback import Site
from tests.watching import OFFICES, Watch, instead, markup

DAY = timedelta(days=1)
GONE, NEXT = instead(Rivers=""), instead(Rivers="Director Zoe Park")


pytestmark = BOTH_ENGINES


@pytest.fixture
def watch(site: Site, archive: Archive, client: httpx.Client) -> Watch:
    return Watch(site, archive, client)


def standing(watch: Watch) -> list[tuple[ChangeKind, str | None]]:
    return [(each.change.kind, each.change.office) for each in watch.recorded() if each.state == "confirmed"]


def checked(watch: Watch, *bodies: str) -> None:
    for body in bodies:
        watch.checked(body, hours=1)


def test_a_loss_that_was_told_and_came_back_stays_told_when_losses_wait_longer(watch: Watch) -> None:
    watch.confirm = timedelta()
    checked(watch, markup(), GONE, GONE, markup())
    told = standing(watch)
    assert [kind for kind, _ in told] == [ChangeKind.LEADER_DEPARTED, ChangeKind.LEADER_APPOINTED]
    watch.confirm = DAY
    checked(watch, instead(Lakes="Director Kim Poe"))
    assert standing(watch)[:2] == told
    assert {each.state for each in watch.recorded()} == {ChangeState.CONFIRMED}


def test_a_loss_that_was_told_and_stays_is_not_told_again_when_losses_wait_longer(watch: Watch) -> None:
    watch.confirm = timedelta()
    checked(watch, markup(), GONE, GONE)
    watch.confirm = DAY
    later = instead(Rivers="", Lakes="Director Kim Poe")
    checked(watch, later, later)
    watch.clock.move(days=2)
    checked(watch, later, later)
    departed = [each for each in watch.recorded() if each.change.kind is ChangeKind.LEADER_DEPARTED]
    assert [each.state for each in departed] == [ChangeState.CONFIRMED]


def test_a_successor_who_was_told_stays_told_when_losses_wait_no_longer(watch: Watch) -> None:
    watch.confirm = DAY
    checked(watch, markup(), GONE, GONE, NEXT)
    told = standing(watch)
    assert [kind for kind, _ in told] == [ChangeKind.LEADER_REPLACED]
    watch.confirm = timedelta()
    checked(watch, instead(Rivers="Director Zoe Park", Lakes="Director Kim Poe"))
    assert standing(watch)[:1] == told
    assert ChangeState.RETRACTED not in {each.state for each in watch.recorded()}


def test_what_was_told_stays_told_when_an_office_is_required_that_came_later(watch: Watch) -> None:
    checked(watch, markup(), NEXT)
    told = standing(watch)
    assert told
    watch.required = ("Office of Bridges",)
    checked(
        watch, markup(OFFICES | {"Office of Rivers": "Director Zoe Park", "Office of Bridges": "Chief Kim Poe"})
    )
    assert standing(watch)[:1] == told
    assert len(standing(watch)) == 2


def test_checks_that_miss_an_office_required_since_leave_the_good_sightings_before_as_they_are(
    watch: Watch,
) -> None:
    checked(watch, markup(), markup())
    (good,) = watch.archive.sightings(watch.page_id)
    watch.required = ("Office of Ponds",)
    checked(watch, markup(), markup())
    kept, doubted = watch.archive.sightings(watch.page_id)
    assert (kept, kept.believed, kept.times) == (good, True, 2)
    assert (doubted.believed, doubted.times) == (False, 2)


def test_what_an_older_version_told_and_a_check_takes_back_is_corrected(watch: Watch, tmp_path: Path) -> None:
    watch.alerts["folder"] = str(tmp_path)
    checked(watch, markup())
    told_wrongly(
        watch, Change(ChangeKind.OFFICE_ADDED, "Office of Ponds", None, None, "Office of Ponds", "Ponds.")
    )
    checked(watch, NEXT)
    assert standing(watch) == [(ChangeKind.LEADER_REPLACED, "Office of Rivers")]
    kinds = [each.message for each in watch.archive.deliveries()]
    assert kinds == [MessageKind.ALERT, MessageKind.ALERT, MessageKind.RETRACTION]


def told_wrongly(watch: Watch, change: Change) -> None:
    """Tell a change as an older version might have, that would not be found today."""
    seen_at, belief = watch.clock.now, watch.archive.belief(watch.page_id)
    assert belief
    with watch.archive.transaction() as tx:
        number = tx.record_change(
            watch.page_id,
            watch.archive.checks(watch.page_id, limit=1)[0].id,
            change,
            state=ChangeState.CONFIRMED,
            last_seen=seen_at,
            first_seen=seen_at,
            snapshot_before=belief.snapshot_id,
            snapshot_after=belief.snapshot_id,
        )
        outbox.queue(tx, [number], [change], watch.page, watch.settings, due_at=seen_at)
    outbox.deliver(watch.archive, watch.settings, clock=watch.clock)
