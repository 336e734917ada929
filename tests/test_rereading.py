"""A page that says what it said when it was last read, and is believed to, is not read again."""

from __future__ import annotations

import httpx
import pytest

from model import Outcome, Verdict
from monitor.running import reads_by
from storage import Archive
from storage.rows import Reading
from tests.archive_rows import BOTH_ENGINES
from tests.loopback import Site
from tests.watching import Watch, instead, markup, sentences, without

pytestmark = BOTH_ENGINES


@pytest.fixture
def watched(site: Site, archive: Archive, client: httpx.Client) -> Watch:
    """A page whose baseline has been taken an hour ago."""
    watch = Watch(site, archive, client)
    assert watch.checked(with_nonce(0)).outcome is Outcome.BASELINE
    watch.clock.move(hours=1)
    return watch


def with_nonce(number: int, page: str | None = None) -> str:
    return (page or markup()).replace("</main>", f'<script nonce="{number}">go("{number}")</script></main>')


def reading(watch: Watch) -> Reading | None:
    return watch.archive.reading(watch.page.name, watch.page.url, reads_by(watch.page))


def test_new_nonces_are_kept_as_evidence_and_not_read(watched: Watch) -> None:
    result = watched.checked(with_nonce(1))
    assert (result.outcome, result.verdict, watched.parsed) == (Outcome.UNCHANGED, Verdict.OK, 1)
    newest = watched.archive.newest_good(watched.page_id)
    assert newest is not None
    assert watched.archive.capture(newest.capture_id).body == with_nonce(1).encode()
    assert watched.archive.checks(watched.page_id, 1)[0].capture_id == newest.capture_id


def test_a_304_stands_for_the_nonces_that_came_last(watched: Watch) -> None:
    watched.checked(with_nonce(1))
    result = watched.check()
    assert (result.verdict, watched.parsed) == (Verdict.NOT_MODIFIED, 1)
    newest = watched.archive.newest_good(watched.page_id)
    assert newest is not None
    assert watched.archive.checks(watched.page_id, 1)[0].capture_id == newest.capture_id


def test_another_leader_behind_new_nonces_is_read(watched: Watch) -> None:
    result = watched.checked(with_nonce(1, instead(Rivers="Director Zoe Park")))
    assert sentences(result) == ["Zoe Park replaced Rafael Ortega as Director, Office of Rivers."]
    assert watched.parsed == 2


def test_an_unchanged_check_says_since_when(watched: Watch) -> None:
    since = watched.clock.now
    watched.checked(with_nonce(1, instead(Rivers="Director Zoe Park")))
    assert watched.checked(with_nonce(2, instead(Rivers="Director Zoe Park")), hours=3).steady_since == since


def test_a_page_whose_loss_waits_is_read_until_it_is_confirmed(watched: Watch) -> None:
    page = without("Office of Lakes")
    assert watched.checked(with_nonce(1, page)).pending
    assert reading(watched) is None
    assert watched.checked(with_nonce(2, page), hours=1).outcome is Outcome.CHANGED
    parsed = watched.parsed
    assert watched.checked(with_nonce(3, page), hours=1).outcome is Outcome.UNCHANGED
    assert watched.parsed == parsed


def test_a_doubted_page_is_doubted_at_every_check(watched: Watch) -> None:
    empty = with_nonce(1, markup({"Office of Rivers": "Director Jane Q. Doe"}))
    for _ in range(2):
        assert watched.checked(empty, hours=1).outcome is Outcome.QUARANTINED
    assert reading(watched) is None
    assert watched.checked(with_nonce(2), hours=1).outcome is Outcome.UNCHANGED
    assert reading(watched) is not None


def test_a_page_that_must_name_another_office_is_screened_again(watched: Watch) -> None:
    watched.required = ("Office of Springs",)
    assert watched.checked(with_nonce(1)).outcome is Outcome.QUARANTINED


def test_a_page_under_another_name_is_found_by_its_new_name(watched: Watch) -> None:
    page = watched.page
    assert watched.archive.reading("another name", page.url, reads_by(page)) is None


def test_the_same_page_behind_a_wall_s_header_is_not_taken_for_the_page(watched: Watch) -> None:
    watched.serve_bare(with_nonce(0), headers={"cf-mitigated": "challenge"})
    assert watched.check().outcome is Outcome.BLOCKED


def test_a_check_that_another_was_faster_than_notes_nothing(watched: Watch) -> None:
    known = reading(watched)
    assert known is not None
    watched.checked(instead(Rivers="Director Zoe Park"))
    with watched.archive.transaction() as tx:
        assert not tx.see_again(known, known.capture_id, watched.clock.now)


def test_a_check_that_fetched_earlier_than_another_notes_nothing(watched: Watch) -> None:
    known = reading(watched)
    assert known is not None
    fetched_at = watched.clock.now
    watched.checked(with_nonce(0), hours=1)
    with watched.archive.transaction() as tx:
        assert not tx.see_again(known, known.capture_id, fetched_at)
