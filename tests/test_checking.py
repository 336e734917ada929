"""The check from top to bottom: a real site on loopback, a real archive, the real parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import httpx
import pytest
import trustme

from fixtures import dated_versions, path
from model import Capture, ChangeKind, LeadershipPage, Outcome, Verdict
from monitor.settings import PageSettings
from scraper import parse_capture
from scraper.errors import NoLeaders
from storage import Archive, ChangeState, SnapshotState
from tests.loopback import Reply, Site
from tests.watching import OFFICES, PATH, Watch, instead, markup, sentences, waiting, without


@pytest.fixture
def watch(site: Site, archive: Archive, client: httpx.Client) -> Watch:
    return Watch(site, archive, client)


@pytest.fixture
def watched(watch: Watch) -> Watch:
    """A page whose baseline has been taken an hour ago."""
    watch.serve(markup())
    assert watch.check().outcome is Outcome.BASELINE
    watch.clock.move(hours=1)
    return watch


def test_first_check_is_a_baseline_not_news(watch: Watch) -> None:
    watch.serve(markup())
    result = watch.check()
    assert (result.outcome, result.verdict, result.reason) == (Outcome.BASELINE, Verdict.OK, None)
    assert not result.changes
    assert not watch.recorded()
    assert [office.name for office in watch.believed().offices] == list(OFFICES)


def test_a_304_is_unchanged_without_parsing(watched: Watch) -> None:
    result = watched.check()
    assert (result.outcome, result.verdict) == (Outcome.UNCHANGED, Verdict.NOT_MODIFIED)
    assert watched.parsed == 1
    assert watched.archive.belief(watched.page_id).last_seen == watched.clock.now  # type: ignore[union-attr]


def test_the_same_bytes_are_unchanged_without_parsing(watched: Watch) -> None:
    watched.serve_bare(markup())
    result = watched.check()
    assert (result.outcome, result.verdict) == (Outcome.UNCHANGED, Verdict.OK)
    assert watched.parsed == 1


def test_other_bytes_that_say_the_same_are_unchanged_and_add_no_snapshot(watched: Watch) -> None:
    before = watched.archive.belief(watched.page_id)
    result = watched.checked(markup().replace("<main>", "<main class='wide'>"))
    after = watched.archive.belief(watched.page_id)
    assert result.outcome is Outcome.UNCHANGED
    assert watched.parsed == 2
    assert before is not None
    assert after == replace(before, last_seen=watched.clock.now)


def test_a_replacement_is_news_at_once_with_its_window(watched: Watch) -> None:
    baseline = watched.clock.now - timedelta(hours=1)
    result = watched.checked(instead(Rivers="Director Zoe Park"))
    assert result.outcome is Outcome.CHANGED
    assert sentences(result) == ["Zoe Park replaced Rafael Ortega as Director, Office of Rivers."]
    [stored] = watched.recorded()
    assert (stored.state, stored.last_seen, stored.first_seen) == (
        ChangeState.CONFIRMED,
        baseline,
        watched.clock.now,
    )
    assert watched.check().outcome is Outcome.UNCHANGED
    assert len(watched.recorded()) == 1


def test_dated_versions_give_what_the_history_supports(watch: Watch) -> None:
    """Each version as it was served at noon of its day, and once more."""
    told = {}
    for day, file in dated_versions():
        watch.clock.now = datetime.combine(day, time(12), UTC)
        watch.serve(file.read_bytes())
        result = watch.check()
        told[day] = {(change.kind.value, change.office, change.measure) for change in result.changes}
        assert not result.pending
        assert watch.check().outcome is Outcome.UNCHANGED
    field, patrol = "Office of Field Operations", "United States Border Patrol"
    assert told == {
        date(2023, 11, 30): set(),
        date(2024, 4, 19): {
            ("acting_ended", "Operations Support", None),
            ("figure_changed", field, "employees"),
            ("figure_changed", field, "operating budget"),
            ("name_changed", field, None),
            ("name_changed", "Office of Trade", None),
        },
        date(2025, 1, 22): {
            ("leader_replaced", patrol, None),
            ("leader_replaced", "Enterprise Services", None),
            ("name_changed", field, None),
        },
        date(2025, 5, 6): {("leader_replaced", "Office of Trade", None)},
    }


@pytest.mark.parametrize("name", ["redesign_cards", "redesign_table", "reordered"])
def test_a_redesign_is_unchanged(watch: Watch, name: str) -> None:
    watch.checked(path("cbp_2024-04-19.html").read_bytes())
    result = watch.checked(path(f"{name}.after.html").read_bytes(), hours=1)
    assert (result.outcome, result.reason) == (Outcome.UNCHANGED, None)
    assert not watch.recorded()


def test_json_is_the_published_row(watched: Watch) -> None:
    row = watched.checked(instead(Rivers="", Lakes="Director Ann Lee")).to_json()
    assert list(row) == ["name", "url", "outcome", "verdict", "reason", "checked_at", "changes"]
    assert (row["outcome"], row["verdict"], row["reason"]) == ("changed", "ok", None)
    assert row["checked_at"] == "2024-05-01T07:00:00Z"
    assert [(change["kind"], change.get("pending")) for change in row["changes"]] == [
        ("acting_ended", None),
        ("leader_departed", True),
    ]


# Losses


def test_a_loss_waits_for_a_second_sighting(watched: Watch) -> None:
    first = watched.clock.now
    gone = instead(Rivers="")
    result = watched.checked(gone)
    assert result.outcome is Outcome.UNCHANGED
    assert waiting(result) == [
        "Rafael Ortega is no longer named as Director, Office of Rivers; no leader is named."
    ]
    assert watched.checked(gone, minutes=9).outcome is Outcome.UNCHANGED
    result = watched.checked(gone, minutes=1)
    assert result.outcome is Outcome.CHANGED
    assert [change.kind for change in result.changes] == [ChangeKind.LEADER_DEPARTED]
    [stored] = watched.recorded()
    assert (stored.state, stored.first_seen) == (ChangeState.CONFIRMED, first)
    assert watched.checked(gone, hours=1).outcome is Outcome.UNCHANGED
    assert len(watched.recorded()) == 1


def test_the_same_bytes_under_a_new_etag_are_asked_for_by_that_one(watched: Watch) -> None:
    watched.serve_bare(markup(), headers={"ETag": '"another server"'})
    assert watched.check().verdict is Verdict.OK
    watched.serve(markup())
    assert watched.check().verdict is Verdict.OK
    assert watched.check().verdict is Verdict.NOT_MODIFIED
    assert {check.capture_id for check in watched.archive.checks(watched.page_id)} == {1}


def test_a_304_confirms_a_loss(watched: Watch) -> None:
    watched.checked(without("Office of Lakes"))
    watched.clock.move(minutes=10)
    result = watched.check()
    assert (result.outcome, result.verdict) == (Outcome.CHANGED, Verdict.NOT_MODIFIED)
    assert [change.kind for change in result.changes] == [ChangeKind.OFFICE_REMOVED]
    assert [office.name for office in watched.believed().offices] == list(OFFICES)[:2] + list(OFFICES)[3:]


def test_with_no_wait_the_next_check_confirms(watched: Watch) -> None:
    watched.confirm = timedelta(0)
    assert watched.checked(without("Office of Lakes")).outcome is Outcome.UNCHANGED
    assert watched.check().outcome is Outcome.CHANGED


def test_what_came_back_is_withdrawn_and_never_told(watched: Watch) -> None:
    watched.checked(without("Office of Lakes"))
    result = watched.checked(markup(), hours=1)
    assert result.outcome is Outcome.UNCHANGED
    assert not result.changes
    assert not result.pending
    assert [change.kind for change in result.withdrawn] == [ChangeKind.OFFICE_REMOVED]
    assert [stored.state for stored in watched.recorded()] == [ChangeState.WITHDRAWN]


def test_a_loss_that_was_withdrawn_can_be_lost_again(watched: Watch) -> None:
    for body in (without("Office of Lakes"), markup(), without("Office of Lakes")):
        watched.checked(body, hours=1)
    watched.clock.move(hours=1)
    assert watched.check().outcome is Outcome.CHANGED
    assert [stored.state for stored in watched.recorded()] == [ChangeState.WITHDRAWN, ChangeState.CONFIRMED]


def test_a_successor_before_the_loss_is_confirmed_replaces_the_one_who_was_lost(watched: Watch) -> None:
    last_seen = watched.clock.now - timedelta(hours=1)
    watched.checked(instead(Rivers=""))
    watched.checked(instead(Rivers=""), minutes=5)
    result = watched.checked(instead(Rivers="Director Zoe Park"), minutes=1)
    assert sentences(result) == ["Zoe Park replaced Rafael Ortega as Director, Office of Rivers."]
    lost, replaced = watched.recorded()
    assert (lost.state, replaced.state) == (ChangeState.WITHDRAWN, ChangeState.CONFIRMED)
    assert replaced.last_seen == last_seen, "the old was last seen before the loss, not while it waited"


def test_a_loss_is_told_as_the_page_shows_it_when_it_is_confirmed(watched: Watch) -> None:
    watched.checked(instead(Rivers="Director: vacant"))
    assert waiting(watched.check()) == [
        "Rafael Ortega is no longer named as Director, Office of Rivers; the post is vacant."
    ]
    told = "Rafael Ortega is no longer named as Director, Office of Rivers; no leader is named."
    assert sentences(watched.checked(instead(Rivers=""), hours=1)) == [told]
    assert [stored.change.sentence for stored in watched.recorded()] == [told]


def test_a_loss_keeps_its_time_when_its_office_is_renamed(watched: Watch) -> None:
    last_seen = watched.archive.checks(watched.page_id)[0].started_at
    first_seen = watched.clock.now + timedelta(hours=1)
    watched.checked(instead(Rivers=""), hours=1)
    renamed = instead(Rivers="").replace("Office of Rivers", "Office of Rivers and Streams")
    result = watched.checked(renamed, minutes=5)
    assert sentences(result) == ["Office of Rivers is now called Office of Rivers and Streams."]
    assert (len(result.pending), result.withdrawn) == (1, ())
    result = watched.checked(renamed, minutes=5)
    assert sentences(result) == [
        "Rafael Ortega is no longer named as Director, Office of Rivers and Streams; no leader is named."
    ]
    loss = watched.recorded()[0]
    assert (loss.last_seen, loss.first_seen, loss.state) == (last_seen, first_seen, ChangeState.CONFIRMED)


def test_a_loss_keeps_its_time_when_its_office_goes_after_it(watched: Watch) -> None:
    first_seen = watched.clock.now + timedelta(hours=1)
    watched.checked(instead(Rivers=""), hours=1)
    result = watched.checked(without("Office of Rivers"), minutes=9)
    assert (result.changes, len(result.pending), result.withdrawn) == ((), 2, ())
    told = [sentences(watched.checked(without("Office of Rivers"), minutes=minutes)) for minutes in (1, 9)]
    assert told == [
        ["Rafael Ortega is no longer named as Director, Office of Rivers; no leader is named."],
        ["Office of Rivers was removed."],
    ]
    loss, removal = watched.recorded()
    assert (loss.first_seen, removal.first_seen) == (first_seen, first_seen + timedelta(minutes=9))


def test_news_beside_a_loss_does_not_wait(watched: Watch) -> None:
    result = watched.checked(instead(Rivers="", Lakes="Director Ann Lee"))
    assert result.outcome is Outcome.CHANGED
    assert [change.kind for change in result.changes] == [ChangeKind.ACTING_ENDED]
    result = watched.checked(instead(Rivers="", Lakes="Director Ann Lee"), hours=1)
    assert [change.kind for change in result.changes] == [ChangeKind.LEADER_DEPARTED]


# Trouble


def refuse(watch: Watch) -> None:
    watch.site.close()


def redirect_away(watch: Watch) -> None:
    watch.serve_bare("", status=302, headers={"Location": "http://198.51.100.7/elsewhere"})


def redirect_round(watch: Watch) -> None:
    watch.serve_bare("", status=302, headers={"Location": PATH})


def redirect_to_nowhere(watch: Watch) -> None:
    watch.serve_bare("", status=302, headers={"Location": "ftp://127.0.0.1/"})


def answer(body: str | bytes = "", **reply: object) -> Callable[[Watch], None]:
    return lambda watch: watch.serve_bare(body, **reply)


def bomb() -> bytes:
    import gzip

    return gzip.compress(b"\0" * 5_000_000)


PDF = {"Content-Type": "application/pdf"}
JSON = {"Content-Type": "application/json"}
TROUBLES = {
    "refused": (refuse, Outcome.FAILED, Verdict.ERROR),
    "403": (answer("<h1>Access Denied</h1>", status=403), Outcome.BLOCKED, Verdict.BLOCKED),
    "404": (answer("<h1>Not found</h1>", status=404), Outcome.FAILED, Verdict.NOT_THE_PAGE),
    "500": (answer("<h1>Sorry</h1>", status=500), Outcome.FAILED, Verdict.ERROR),
    "redirect off the site": (redirect_away, Outcome.FAILED, Verdict.NOT_THE_PAGE),
    "redirect loop": (redirect_round, Outcome.FAILED, Verdict.NOT_THE_PAGE),
    "redirect to another scheme": (redirect_to_nowhere, Outcome.FAILED, Verdict.ERROR),
    "over the limit": (answer("x" * 300_000), Outcome.FAILED, Verdict.ERROR),
    "compression bomb": (answer(bomb(), headers={"Content-Encoding": "gzip"}), Outcome.FAILED, Verdict.ERROR),
    "a PDF": (answer(b"%PDF-1.7 ...", headers=PDF), Outcome.FAILED, Verdict.NOT_THE_PAGE),
    "JSON": (answer('{"error": "down"}', headers=JSON), Outcome.FAILED, Verdict.ERROR),
    "empty": (answer(""), Outcome.FAILED, Verdict.NOT_THE_PAGE),
    "cut off": (answer(path("halved.after.html").read_bytes()), Outcome.FAILED, Verdict.TRUNCATED),
    "blank": (answer(path("blank_main.after.html").read_bytes()), Outcome.FAILED, Verdict.NOT_THE_PAGE),
    "nobody": (answer(path("no_names.after.html").read_bytes()), Outcome.FAILED, Verdict.NOT_THE_PAGE),
    "soft 404": (answer(path("soft_404.html").read_bytes()), Outcome.FAILED, Verdict.NOT_THE_PAGE),
    "maintenance": (answer(path("maintenance.html").read_bytes()), Outcome.FAILED, Verdict.ERROR),
    "a wall": (answer(path("akamai_challenge.html").read_bytes()), Outcome.BLOCKED, Verdict.BLOCKED),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_trouble_is_recorded_and_touches_no_belief(watched: Watch, name: str) -> None:
    cause, outcome, verdict = TROUBLES[name]
    before, snapshots = watched.archive.belief(watched.page_id), _snapshots(watched)
    cause(watched)
    result = watched.check()
    assert (result.outcome, result.verdict) == (outcome, verdict)
    assert result.reason
    assert "\n" not in result.reason
    assert not result.changes
    newest = watched.archive.checks(watched.page_id)[0]
    assert (newest.outcome, newest.verdict, newest.reason, newest.snapshot_id) == (
        outcome,
        verdict,
        result.reason,
        None,
    )
    assert watched.archive.belief(watched.page_id) == before
    assert not watched.recorded()
    assert _snapshots(watched) == snapshots


def _snapshots(watch: Watch) -> set[int | None]:
    return {check.snapshot_id for check in watch.archive.checks(watch.page_id)} - {None}


def test_a_time_out_is_recorded(watched: Watch) -> None:
    watched.site.serve_each(PATH, Reply(markup(), wait=30))
    watched.patience = timedelta(seconds=0.1)
    result = watched.check()
    assert (result.outcome, result.verdict, result.reached) == (Outcome.FAILED, Verdict.ERROR, False)
    assert "time-out" in (result.reason or "")


def test_an_unknown_host_is_recorded(watch: Watch) -> None:
    watch.url = "http://no-such-host.invalid/leadership"
    result = watch.check()
    assert (result.outcome, result.verdict, result.reached) == (Outcome.FAILED, Verdict.ERROR, False)
    assert "unknown host" in (result.reason or "")
    assert watch.archive.belief(watch.page_id) is None


def test_a_certificate_from_nowhere_is_recorded(watch: Watch) -> None:
    with Site(certificate=trustme.CA().issue_cert("127.0.0.1")) as site:
        watch.url = site.url(PATH)
        result = watch.check()
    assert (result.outcome, result.verdict) == (Outcome.FAILED, Verdict.ERROR)
    assert "TLS failure" in (result.reason or "")


def test_robots_who_refuse_block(watch: Watch) -> None:
    watch.site.serve("/robots.txt", "User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
    watch.serve(markup())
    result = watch.check()
    assert (result.outcome, result.verdict) == (Outcome.BLOCKED, Verdict.BLOCKED)
    assert watch.site.asked_for(PATH) == 0


@pytest.mark.parametrize("charset", ["", "; charset=iso-8859-1", "; charset=no-such-charset"])
def test_a_missing_or_wrong_charset_is_no_change(watch: Watch, charset: str) -> None:
    page = instead(Rivers="Director José Núñez")
    watch.checked(page)
    watch.serve_bare(page.replace("<body>", "<body><!-- -->"), headers={"Content-Type": f"text/html{charset}"})
    result = watch.check()
    assert (result.outcome, result.verdict) == (Outcome.UNCHANGED, Verdict.OK)


def test_a_charset_that_only_the_server_names_is_obeyed(watch: Watch) -> None:
    page = instead(Rivers="Director Paweł Łęcki")
    watch.serve_bare(page.encode("iso-8859-2"), headers={"Content-Type": "text/html; charset=iso-8859-2"})
    watch.check()
    assert "Paweł Łęcki" in {office.leader.name for office in watch.believed().offices if office.leader}


def test_the_evidence_of_trouble_is_kept(watched: Watch) -> None:
    watched.serve_bare("<h1>Access Denied</h1>", status=403)
    watched.check()
    newest = watched.archive.checks(watched.page_id)[0]
    assert newest.capture_id is not None
    assert watched.archive.capture(newest.capture_id).body == b"<h1>Access Denied</h1>"


def test_a_page_is_seen_again_after_trouble(watched: Watch) -> None:
    watched.serve_bare("", status=500)
    watched.check()
    result = watched.checked(instead(Rivers="Director Zoe Park"), hours=1)
    assert result.outcome is Outcome.CHANGED
    assert watched.recorded()[0].last_seen == watched.clock.now - timedelta(hours=2)


def test_a_capture_from_before_a_newer_sighting_adds_nothing(watched: Watch) -> None:
    old, watched.clock.now = watched.clock.now, watched.clock.now + timedelta(minutes=30)
    watched.checked(instead(Rivers="Director Zoe Park"))
    watched.clock.now = old
    watched.serve(markup(extra="<!-- late -->"))
    result = watched.check()
    assert result.outcome is Outcome.UNCHANGED
    assert "another check" in (result.reason or "")
    assert len(watched.recorded()) == 1
    assert watched.believed().offices[1].leader.name == "Zoe Park"  # type: ignore[union-attr]


def test_a_clock_that_fell_behind_the_archive_is_trouble_and_not_silence(watched: Watch) -> None:
    watched.clock.move(hours=-5)
    watched.serve(instead(Rivers="Director Zoe Park"))
    result = watched.check()
    assert result.outcome is Outcome.FAILED
    assert "set the clock" in (result.reason or "")
    assert not watched.recorded()


def test_another_address_is_another_page_with_its_own_baseline(watched: Watch) -> None:
    watched.site.serve("/new", instead(Rivers="Director Zoe Park"))
    watched.url = watched.site.url("/new")
    assert watched.check().outcome is Outcome.BASELINE


def test_a_reader_that_fails_is_a_failed_check(watched: Watch) -> None:
    def read(capture: Capture) -> LeadershipPage:
        raise NoLeaders("nobody")

    watched.reader = read
    watched.serve(markup(extra="<p>New</p>"))
    assert watched.check().outcome is Outcome.FAILED


# Quarantine


def halves() -> Iterator[str]:
    """Yield two pages that each lost half of the offices, and say the same in other bytes."""
    kept = dict(list(OFFICES.items())[:2])
    for number in range(9):
        yield markup(kept, extra=f"<!-- {number} -->")


def test_half_of_the_offices_gone_is_quarantined_with_the_reason(watched: Watch) -> None:
    before = watched.archive.belief(watched.page_id)
    result = watched.checked(next(halves()))
    assert result.outcome is Outcome.QUARANTINED
    assert result.reason == "2 of 4 offices are gone at once: Office of Lakes, Office of Canals"
    assert watched.archive.belief(watched.page_id) == before
    [snapshot] = watched.archive.quarantined(watched.page_id)
    assert (snapshot.reason, len(snapshot.page.offices)) == (result.reason, 2)


def test_offices_read_well_in_a_quarantined_page_go_through(watched: Watch) -> None:
    kept = dict(list(OFFICES.items())[:2]) | {"Office of Harbors": "Acting Director Jane Q. Doe"}
    result = watched.checked(markup(kept))
    assert result.outcome is Outcome.QUARANTINED
    assert [change.kind for change in result.changes] == [ChangeKind.ACTING_BEGAN]
    assert len(watched.believed().offices) == 4
    assert watched.checked(markup(kept), hours=1).changes == ()


def test_another_page_lets_nothing_through(watched: Watch) -> None:
    others = {"Office of Harbors": "Director Max Moor", "Department of Roads": "Director Eva Stone"}
    assert watched.checked(markup(others)).changes == ()
    assert not watched.recorded()


def test_quarantine_releases_itself_after_a_day_and_three_checks(watched: Watch) -> None:
    first = watched.clock.now
    pages = halves()
    for hours in (0, 12, 11):
        assert watched.checked(next(pages), hours=hours).outcome is Outcome.QUARANTINED
    result = watched.checked(next(pages), hours=1)
    assert result.outcome is Outcome.CHANGED
    assert [change.kind for change in result.changes] == [ChangeKind.OFFICE_REMOVED] * 2
    assert {stored.first_seen for stored in watched.recorded()} == {first}
    assert not watched.archive.quarantined(watched.page_id)
    assert watched.checked(next(pages), hours=1).outcome is Outcome.UNCHANGED


def test_what_went_through_leaves_the_window_of_the_rest_open(watched: Watch) -> None:
    last_seen, first_seen = watched.clock.now - timedelta(hours=1), watched.clock.now
    kept = dict(list(OFFICES.items())[:2]) | {"Office of Harbors": "Acting Director Jane Q. Doe"}
    for hours in (0, 12, 12):
        watched.checked(markup(kept), hours=hours)
    *removed, began = sorted(
        watched.recorded(), key=lambda stored: stored.change.kind == ChangeKind.ACTING_BEGAN
    )
    assert began.change.kind is ChangeKind.ACTING_BEGAN
    assert {(stored.last_seen, stored.first_seen) for stored in removed} == {(last_seen, first_seen)}


def test_two_sightings_do_not_release(watched: Watch) -> None:
    pages = halves()
    watched.checked(next(pages))
    assert watched.checked(next(pages), days=3).outcome is Outcome.QUARANTINED
    assert watched.checked(next(pages), minutes=1).outcome is Outcome.CHANGED


def test_a_304_counts_for_release(watched: Watch) -> None:
    watched.checked(next(halves()))
    outcomes = []
    for _ in range(2):
        watched.clock.move(hours=12)
        outcomes.append(watched.check().outcome)
    assert outcomes == [Outcome.QUARANTINED, Outcome.CHANGED]
    assert watched.parsed == 2


def test_a_page_that_is_read_well_in_between_starts_the_day_anew(watched: Watch) -> None:
    pages = halves()
    watched.checked(next(pages))
    watched.checked(next(pages), hours=12)
    assert watched.checked(markup(), hours=6).outcome is Outcome.UNCHANGED
    assert watched.checked(next(pages), hours=12).outcome is Outcome.QUARANTINED


def test_trouble_in_between_does_not_break_the_run(watched: Watch) -> None:
    pages = halves()
    watched.checked(next(pages))
    watched.serve_bare("", status=500)
    watched.check()
    watched.checked(next(pages), hours=12)
    assert watched.checked(next(pages), hours=12).outcome is Outcome.CHANGED


def test_rejected_rows_are_never_believed_by_themselves(watched: Watch) -> None:
    pages = halves()
    watched.checked(next(pages))
    [snapshot] = watched.archive.quarantined(watched.page_id)
    with watched.archive.transaction() as tx:
        tx.set_snapshot_state(snapshot.id, SnapshotState.REJECTED)
    for _ in range(5):
        result = watched.checked(next(pages), days=1)
        assert result.outcome is Outcome.QUARANTINED
    assert "rejected in review" in (result.reason or "")


def test_a_required_office_that_is_missing_keeps_even_the_first_version_out(watch: Watch) -> None:
    watch.required = ("Office of Lakes",)
    result = watch.checked(without("Office of Lakes"))
    assert result.outcome is Outcome.QUARANTINED
    assert "Office of Lakes" in (result.reason or "")
    assert watch.archive.belief(watch.page_id) is None
    assert watch.checked(markup(), hours=1).outcome is Outcome.BASELINE


# Readings


def test_a_fall_in_coverage_is_told_as_parser_drift(watched: Watch) -> None:
    watched.reader = lambda capture: replace(parse_capture(capture), coverage=0.7)
    result = watched.checked(markup().replace("<main>", "<main class='wide'>"))
    assert result.outcome is Outcome.UNCHANGED
    assert "parser drift" in (result.reason or "")


def test_a_better_parser_is_not_news(watched: Watch) -> None:
    """A parser of another version, one that reads other names from the same bytes."""
    [page] = watched.archive.pages()
    belief = watched.archive.belief(page.id)
    assert belief is not None
    older = replace(belief.page, offices=belief.page.offices[1:])
    with watched.archive.transaction() as tx:
        snapshot = watched.archive.snapshot(belief.snapshot_id)
        saved = tx.save_snapshot(
            page.id, snapshot.capture_id, older, parser_version=0, state=SnapshotState.BELIEVED
        )
        tx.set_belief(page.id, replace(belief, page=older, snapshot_id=saved))
    result = watched.check()
    assert result.outcome is Outcome.UNCHANGED
    assert not watched.recorded()
    assert [office.name for office in watched.believed().offices] == list(OFFICES)


def test_alerts_are_written_once(watched: Watch, tmp_path: Path) -> None:
    watched.alerts = {"folder": str(tmp_path / "mails")}
    watched.checked(instead(Rivers="Director Zoe Park"))
    watched.check()
    [mail] = (tmp_path / "mails").iterdir()
    assert "Zoe Park" in mail.read_text(encoding="utf-8")


def test_a_pending_loss_and_its_withdrawal_send_nothing(watched: Watch, tmp_path: Path) -> None:
    watched.alerts = {"folder": str(tmp_path / "mails")}
    watched.checked(without("Office of Lakes"))
    watched.checked(markup(), hours=1)
    assert not watched.archive.deliveries()


def test_the_pages_settings_are_what_the_result_names(watched: Watch) -> None:
    result = watched.check()
    assert PageSettings(name=result.name, url=result.url) == watched.page
