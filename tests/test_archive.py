"""The archive as its users see it: what goes in comes out, once, and whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError

from model import Capture, Change, ChangeKind, Figure, Outcome, Verdict
from storage import Archive, ArchiveError, Belief, ChangeState, NotThere, SnapshotState, StoredChange
from tests.archive_rows import (
    AGENTS,
    PAGE,
    PATROL,
    REPLACED,
    START,
    URL,
    hours,
    judge,
    served,
    sql,
    whole_check,
)


@pytest.fixture
def vault(location: str) -> Iterator[Archive]:
    """An archive whose clock stands still."""
    with Archive.open(location, clock=lambda: START) as archive:
        yield archive


@pytest.fixture
def page_id(vault: Archive) -> int:
    return vault.page_id("agency", URL)


def test_a_page_is_known_by_its_url_and_called_what_the_settings_call_it_last(vault: Archive) -> None:
    first = vault.page_id("agency", URL)
    assert vault.page_id("the-agency", URL) == first
    assert vault.page_id("the-agency", URL + "/other") != first
    assert [(page.name, page.url) for page in vault.pages()] == [
        ("the-agency", URL),
        ("the-agency", URL + "/other"),
    ]


def test_a_capture_comes_back_byte_for_byte(vault: Archive, page_id: int) -> None:
    capture = Capture(URL, URL + "/", 200, {"etag": '"é"'}, bytes(range(256)) * 50, START, (URL + "/a",), True)
    kept = vault.keep_capture(page_id, capture)
    assert (kept.is_new, kept.repeats) == (True, None)
    assert vault.capture(kept.id) == capture


def test_the_newest_capture_served_again_adds_no_row(vault: Archive, page_id: int) -> None:
    first = vault.keep_capture(page_id, served(b"a"))
    again = vault.keep_capture(page_id, served(b"a", hours(1)))
    assert (again.id, again.is_new, again.repeats) == (first.id, False, first.id)


def test_another_status_or_end_of_redirects_is_another_capture(vault: Archive, page_id: int) -> None:
    vault.keep_capture(page_id, served(b"a"))
    assert vault.keep_capture(page_id, served(b"a", hours(1), status=503)).is_new
    moved = replace(served(b"a", hours(2), status=503), final_url=URL + "/moved")
    assert vault.keep_capture(page_id, moved).is_new


def test_a_page_that_goes_back_to_old_bytes_is_kept_and_says_what_it_repeats(
    vault: Archive, page_id: int
) -> None:
    first = vault.keep_capture(page_id, served(b"a"))
    vault.keep_capture(page_id, served(b"b", hours(1)))
    back = vault.keep_capture(page_id, served(b"a", hours(2)))
    assert (back.is_new, back.repeats) == (True, first.id)


def test_an_older_capture_is_evidence_of_its_own_and_kept_once(vault: Archive, page_id: int) -> None:
    vault.keep_capture(page_id, served(b"a", hours(5)))
    older = vault.keep_capture(page_id, served(b"a", START))
    assert older.is_new
    assert vault.keep_capture(page_id, served(b"a", START)).id == older.id


def test_validators_are_those_that_the_server_gave_the_same_bytes_last(vault: Archive, page_id: int) -> None:
    dated = {"etag": '"1"', "last-modified": "Fri, 19 Apr 2024 00:00:00 GMT"}
    first = vault.keep_capture(page_id, served(b"a"))
    assert vault.validators(first.id) == (None, None)
    for number, (headers, noted) in enumerate(
        [
            (dated, ('"1"', "Fri, 19 Apr 2024 00:00:00 GMT")),
            ({"etag": '"2"'}, ('"2"', None)),
            ({"etag": '"2"'}, ('"2"', None)),
            ({}, ('"2"', None)),
        ],
        start=1,
    ):
        again = vault.keep_capture(page_id, served(b"a", hours(number), headers=headers))
        assert (again.id, again.is_new) == (first.id, False)
        assert vault.validators(first.id) == noted
    assert "etag" not in vault.capture(first.id).headers, "the evidence stays as it was served"
    other = vault.keep_capture(page_id, served(b"b", hours(9), headers=dated))
    assert vault.validators(other.id) == ('"1"', "Fri, 19 Apr 2024 00:00:00 GMT")
    assert vault.validators(first.id) == ('"2"', None)


def test_the_capture_at_a_moment_is_the_newest_good_one_before_it(vault: Archive, page_id: int) -> None:
    first = judge(vault, page_id, served(b"a"))
    judge(vault, page_id, served(b"wall", hours(1)), Verdict.BLOCKED)
    last = judge(vault, page_id, served(b"b", hours(2)))
    moments = [hours(-1), START, hours(1.5), hours(9)]
    found = [vault.capture_at(page_id, moment) for moment in moments]
    assert [stored and stored.id for stored in found] == [None, first, first, last]
    assert [stored and stored.capture.body for stored in found] == [None, b"a", b"a", b"b"]


def test_a_capture_without_rows_of_its_own_stands_for_the_snapshot_its_check_names(
    vault: Archive, page_id: int
) -> None:
    snapshot = saved(vault, page_id, served(b"a"))
    same = judge(vault, page_id, served(b"a<!-- nonce -->", hours(1)), snapshot=snapshot)
    good = vault.newest_good(page_id)
    assert good is not None
    assert (good.capture_id, good.snapshot_id, good.state) == (same, snapshot, SnapshotState.BELIEVED)


def test_a_snapshot_leaves_quarantine_when_it_is_decided_over(vault: Archive, page_id: int) -> None:
    snapshot = saved(vault, page_id, served(b"a"), SnapshotState.QUARANTINED, "half the offices are gone")
    assert [stored.id for stored in vault.quarantined(page_id)] == [snapshot]
    with vault.transaction() as tx:
        tx.set_snapshot_state(snapshot, SnapshotState.ACCEPTED)
    stored = vault.snapshot(snapshot)
    assert (stored.state, stored.reason) == (SnapshotState.ACCEPTED, "half the offices are gone")
    assert (stored.taken_at, stored.settled_at) == (START, START)
    assert vault.quarantined(page_id) == []


def test_a_belief_is_seen_again_and_gives_way_to_another(vault: Archive, page_id: int) -> None:
    snapshot = saved(vault, page_id, served(b"a"))
    with vault.transaction() as tx:
        tx.set_belief(page_id, Belief(PAGE, snapshot, START, START))
        tx.touch_belief(page_id, hours(1))
    assert sighted(vault.belief(page_id)) == (START, hours(1))
    other = replace(PAGE, offices=(PATROL,))
    with vault.transaction() as tx:
        tx.set_belief(page_id, Belief(other, snapshot, hours(2), hours(3)))
    belief = vault.belief(page_id)
    assert belief is not None
    assert (belief.page, *sighted(belief)) == (other, hours(2), hours(3))


def test_a_belief_keeps_rows_that_the_snapshot_lacks_with_their_quotes(vault: Archive, page_id: int) -> None:
    snapshot = saved(vault, page_id, served(b"a"))
    withheld = replace(PAGE, figures=(AGENTS,), text=PAGE.text)
    with vault.transaction() as tx:
        tx.set_belief(page_id, Belief(withheld, snapshot, START, START))
    belief = vault.belief(page_id)
    assert belief is not None
    assert repr(belief.page) == repr(withheld)


def test_changes_are_found_by_page_time_office_kind_and_state(vault: Archive, page_id: int) -> None:
    for number in range(3):
        whole_check(vault, page_id, number)
    assert len(vault.changes()) == 3
    assert [stored.first_seen for stored in vault.changes(since=hours(1), until=hours(2))] == [hours(1)]
    assert len(vault.changes(page_id=page_id, office="Border Patrol", kind=ChangeKind.LEADER_REPLACED)) == 3
    assert vault.changes(office="Office of Trade") == []
    assert vault.changes(kind=ChangeKind.FIGURE_CHANGED) == []
    assert vault.changes(states=[ChangeState.PENDING]) == []
    assert vault.changes()[0].change == REPLACED


def test_a_loss_waits_until_it_is_confirmed_or_withdrawn_and_only_once(vault: Archive, page_id: int) -> None:
    whole_check(vault, page_id, 0)
    pending = recorded(vault, page_id, ChangeState.PENDING)
    with vault.transaction() as tx:
        assert [stored.id for stored in tx.pending_changes(page_id)] == [pending.id]
        tx.settle_change(pending.id, ChangeState.CONFIRMED, check_id=pending.check_id, at=hours(1))
    settled = vault.changes(states=[ChangeState.CONFIRMED])[-1]
    assert (settled.settled_at, settled.settled_check_id) == (hours(1), pending.check_id)
    with (
        vault.transaction() as tx,
        pytest.raises(ArchiveError, match=r"is not pending: it cannot be withdrawn"),
    ):
        tx.settle_change(pending.id, ChangeState.WITHDRAWN, check_id=pending.check_id, at=hours(2))


def test_checks_come_newest_first_whatever_became_of_them(vault: Archive, page_id: int) -> None:
    with vault.transaction() as tx:
        for number, outcome in enumerate(Outcome):
            tx.record_check(
                page_id,
                started_at=hours(number),
                finished_at=hours(number),
                outcome=outcome,
                verdict=Verdict.ERROR,
                reason="connection refused",
            )
    newest = vault.checks(page_id, limit=2)
    assert [check.outcome for check in newest] == [Outcome.FAILED, Outcome.BLOCKED]
    assert newest[0].reason == "connection refused"


def test_a_transaction_that_raises_leaves_nothing(vault: Archive, page_id: int) -> None:
    def killed_halfway() -> None:
        with vault.transaction() as tx:
            tx.record_check(
                page_id, started_at=START, finished_at=START, outcome=Outcome.CHANGED, verdict=Verdict.OK
            )
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed_halfway()
    assert vault.checks(page_id) == []


def test_a_naive_time_is_refused_at_the_door(vault: Archive, page_id: int) -> None:
    naive = datetime(2024, 4, 20)  # noqa: DTZ001 the very thing to refuse
    with pytest.raises(ValueError, match="naive time 2024-04-20T00:00:00"), vault.transaction() as tx:
        tx.touch_belief(page_id, naive)


def test_a_row_that_points_to_nothing_is_refused(vault: Archive, page_id: int) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), vault.transaction() as tx:
        tx.save_snapshot(page_id, 99, PAGE, parser_version=1, state=SnapshotState.BELIEVED)


def test_what_is_not_there_is_named(vault: Archive, page_id: int) -> None:
    with pytest.raises(NotThere, match="there is no capture 7"):
        vault.capture(7)
    with pytest.raises(NotThere, match="there is no snapshot 7"):
        vault.snapshot(7)
    with pytest.raises(NotThere, match="there is no change 7"):
        vault.change(7)
    with vault.transaction() as tx, pytest.raises(ArchiveError, match="there is no snapshot 7"):
        tx.set_snapshot_state(7, SnapshotState.REJECTED)
    with vault.transaction() as tx, pytest.raises(ArchiveError, match="has no belief"):
        tx.touch_belief(page_id, START)


def test_checks_come_newest_first_and_a_later_page_of_them_goes_on_before_one(
    vault: Archive, page_id: int
) -> None:
    for number in (3, 1, 2, 4):
        whole_check(vault, page_id, number)
    newest = vault.checks(page_id, 2)
    assert [check.started_at for check in newest] == [hours(4), hours(3)]
    assert [check.started_at for check in vault.checks(page_id, before=newest[-1].id)] == [hours(2), hours(1)]


def test_a_change_knows_who_was_told_of_it(vault: Archive, page_id: int) -> None:
    for number in (1, 2):
        whole_check(vault, page_id, number)
    first, second = vault.changes(page_id=page_id)
    assert vault.change(second.id) == second
    assert [delivery.message_id for delivery in vault.told(first.id)] == ["<1@agency.example>"]


def test_a_stored_capture_names_its_page_and_the_snapshot_that_stands_for_it(
    vault: Archive, page_id: int
) -> None:
    whole_check(vault, page_id, 1)
    (change,) = vault.changes(page_id=page_id)
    stored = vault.stored_capture(change.capture_after)
    assert (stored.page_id, stored.snapshot_id) == (page_id, change.snapshot_after)
    assert stored.capture == vault.capture(stored.id)


def test_evidence_cannot_be_rewritten_and_words_of_the_design_are_held_by_the_database(
    vault: Archive, page_id: int, location: str
) -> None:
    whole_check(vault, page_id, 0)
    with pytest.raises(DatabaseError, match="captures are evidence"):
        sql(location, "UPDATE captures SET status = 404")
    with pytest.raises(DatabaseError, match="ck_checks_verdict"):
        sql(location, "UPDATE checks SET verdict = 'fine'")
    with pytest.raises(DatabaseError, match="ck_leaders_whole_quote"):
        sql(location, "UPDATE leaders SET quote = NULL WHERE quote_start IS NOT NULL")


def test_the_views_tell_who_leads_and_what_changed(vault: Archive, page_id: int, location: str) -> None:
    whole_check(vault, page_id, 0)
    leaders = sql(location, "SELECT page, office, leader, capacity, vacant, last_seen FROM current_leaders")
    assert leaders == [
        ("agency", "Border Patrol", "Jason Owens", "permanent", 0, "2024-04-20T06:00:00.000000Z"),
        ("agency", "Office of Trade", "AnnMarie Highsmith", "acting", 0, "2024-04-20T06:00:00.000000Z"),
    ]
    changes = sql(location, "SELECT page, kind, sentence, state, deliveries FROM change_log")
    assert changes == [("agency", "leader_replaced", REPLACED.sentence, "confirmed", 0)]


def saved(
    archive: Archive,
    page_id: int,
    capture: Capture,
    state: SnapshotState = SnapshotState.BELIEVED,
    reason: str | None = None,
) -> int:
    kept = archive.keep_capture(page_id, capture)
    with archive.transaction() as tx:
        return tx.save_snapshot(page_id, kept.id, PAGE, parser_version=1, state=state, reason=reason)


def recorded(archive: Archive, page_id: int, state: ChangeState) -> StoredChange:
    known = archive.changes(page_id=page_id)[0]
    with archive.transaction() as tx:
        number = tx.record_change(
            page_id,
            known.check_id,
            gone(AGENTS),
            state=state,
            last_seen=START,
            first_seen=hours(1),
            snapshot_before=known.snapshot_before,
            snapshot_after=known.snapshot_after,
        )
    return next(stored for stored in archive.changes(page_id=page_id) if stored.id == number)


def gone(figure: Figure) -> Change:
    return replace(
        REPLACED, kind=ChangeKind.FIGURE_REMOVED, measure=figure.measure, before=figure.to_json(), after=None
    )


def sighted(belief: Belief | None) -> tuple[datetime, datetime]:
    assert belief is not None
    return belief.first_seen, belief.last_seen
