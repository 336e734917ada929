"""A clock that was ahead: one command says that it is right now, and checks go on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from model import ChangeKind, Outcome
from monitor.cli import main
from monitor.history.verifying import derived_faults
from monitor.redating import redate, seen_ahead
from storage import Archive, ChangeState, upkeep
from storage.rows import MessageKind
from tests.archive_rows import BOTH_ENGINES, location_of
from tests.loopback import Site
from tests.watching import START, Watch, instead, markup, waiting, without

YEARS = timedelta(days=2000)


pytestmark = BOTH_ENGINES


@pytest.fixture
def watched(site: Site, archive: Archive, client: httpx.Client) -> Watch:
    return Watch(site, archive, client)


@pytest.fixture
def ahead(watched: Watch) -> Watch:
    """A page with a baseline, news and a waiting loss that a clock years ahead saw; the clock is right again."""
    watched.checked(markup())
    watched.clock.move(days=2000)
    watched.checked(instead(Rivers="Director Zoe Park"))
    watched.checked(instead(Rivers="Director Zoe Park", Lakes=""), minutes=5)
    watched.clock.now = START + timedelta(days=1)
    return watched


def test_checks_fail_and_name_the_way_out(ahead: Watch) -> None:
    result = ahead.check()
    assert result.outcome is Outcome.FAILED
    assert "`leaderwatch review clock`" in (result.reason or "")
    assert [each.last_seen - YEARS for each in seen_ahead(ahead.archive, ahead.clock.now)] == [
        START + timedelta(minutes=5)
    ]


def test_once_the_clock_is_said_to_be_right_checks_go_on_from_the_belief(ahead: Watch) -> None:
    ahead.check()
    redate(ahead.archive, ahead.settings, clock=ahead.clock)
    assert seen_ahead(ahead.archive, ahead.clock.now) == []
    assert ahead.believed().offices[1].leader.name == "Zoe Park"  # type: ignore[union-attr]
    assert sorted(stored.state for stored in ahead.recorded()) == [ChangeState.CONFIRMED, ChangeState.PENDING]
    same = ahead.checked(instead(Rivers="Director Zoe Park", Lakes=""), minutes=1)
    assert (same.outcome, len(waiting(same))) == (Outcome.UNCHANGED, 1)
    gone = ahead.checked(instead(Rivers="Director Zoe Park", Lakes=""), minutes=15)
    assert [change.kind for change in gone.changes] == [ChangeKind.LEADER_DEPARTED]
    news = ahead.checked(instead(Rivers="Director Ada Cole", Lakes=""), hours=1)
    assert [change.kind for change in news.changes] == [ChangeKind.LEADER_REPLACED]
    assert max(check.started_at for check in ahead.archive.checks(ahead.page_id)) == ahead.clock.now
    assert upkeep.verify(ahead.archive).faults == ()
    assert derived_faults(ahead.archive, ahead.settings) == []


def test_a_clock_that_was_never_ahead_leaves_everything_as_it_is(watched: Watch) -> None:
    watched.checked(markup())
    assert redate(watched.archive, watched.settings, clock=watched.clock) == []
    assert watched.checked(without("Office of Lakes"), hours=1).outcome is Outcome.UNCHANGED


def test_what_was_told_and_is_none_under_the_right_clock_is_taken_back_from_those_who_got_it(
    watched: Watch, tmp_path: Path
) -> None:
    watched.alerts = {"folder": str(tmp_path / "mails")}
    watched.checked(markup())
    watched.checked(instead(Lakes=""), days=2000)
    watched.checked(instead(Lakes=""), minutes=15)
    watched.checked(markup(), minutes=15)
    told = [stored.id for stored in watched.recorded() if stored.state is ChangeState.CONFIRMED]
    watched.clock.now = START + timedelta(days=1)
    redate(watched.archive, watched.settings, clock=watched.clock)
    taken_back = [stored.id for stored in watched.recorded() if stored.state is ChangeState.RETRACTED]
    corrected = [each for each in watched.archive.deliveries() if each.message is MessageKind.RETRACTION]
    assert set(told) == set(taken_back)
    assert {change.id for each in corrected for change in each.changes} == set(told)


def test_the_command_shows_first_and_acts_when_told(ahead: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.cli.review.utc_now", ahead.clock)

    def review(*words: str) -> str:
        result = CliRunner().invoke(main, ["review", "clock", "--database", location_of(ahead.archive), *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "waterways: was seen at 2029-10-22" in review()
    assert "goes on from here" in review("--right")
    assert review() == "No page was seen in the future.\n"
    assert ahead.archive.last_seen()[ahead.page.url] == ahead.clock.now
