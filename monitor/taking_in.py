"""What a capture says, taken in: verdict -> parse -> screen -> save -> compare -> record changes and deliveries.

The last five are one transaction. `monitor.checking` loads this for a page that does not say what it said at its
last reading: most checks need neither the reader nor the comparison.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from model import Capture, LeadershipPage, Outcome, Verdict
from monitor import health_notes, outbox
from monitor.deciding import Decision, Rules, State, is_settled
from monitor.history.certainty import Mark
from monitor.results import CheckResult
from monitor.sighting import Seen, Watched, note, record, take_step
from scraper.errors import NotALeadershipPage
from scraper.sameness import content_digest
from scraper.verdict import judge
from scraper.version import PARSER_VERSION
from storage.bodies import digest

OVERLAP = timedelta(hours=1)
"""How much later than another check's a fetch may have begun at most; beyond that a clock is wrong."""

if TYPE_CHECKING:
    from monitor.deciding import Sighting
    from monitor.running import Known, Run
    from monitor.settings import PageSettings, Settings
    from storage import Transaction
    from storage.rows import Belief


def take_in(run: Run, capture: Capture, known: Known | None) -> CheckResult:
    """Keep a capture, judge it, read it and believe what it says; raises ScraperError where it is no page."""
    capture_id = _keep(run, capture, known)
    _require_ok(capture)
    return _believe(run, *_read(run, capture, capture_id, known))


def _keep(run: Run, capture: Capture, known: Known | None) -> int:
    """Keep what was served, before anything else is done with it; a 304 stands for the capture it confirms."""
    if capture.status == 304 and known:
        return known.capture_id
    return run.archive.keep_capture(run.page_id, capture).id


def _require_ok(capture: Capture) -> None:
    judgement = judge(capture)
    if judgement.verdict not in {Verdict.OK, Verdict.NOT_MODIFIED}:
        reason = judgement.reason or judgement.verdict.value
        raise NotALeadershipPage(reason, verdict=judgement.verdict, capture=capture)


def _read(run: Run, capture: Capture, capture_id: int, known: Known | None) -> tuple[Seen, str]:
    """Return what the page says, and a digest of what was read."""
    not_modified = capture.status == 304
    verdict = Verdict.NOT_MODIFIED if not_modified else Verdict.OK
    held = run.archive.capture(capture_id) if not_modified else capture
    return Seen(_rows(run, held, known), verdict, capture_id, capture.fetched_at), content_digest(held)


def _rows(run: Run, held: Capture, known: Known | None) -> LeadershipPage:
    """Return what the bytes say: read now, unless this parser has read the same bytes before."""
    if known and known.snapshot_id and digest(held.body) == known.sha256:
        snapshot = run.archive.snapshot(known.snapshot_id)
        if snapshot.parser_version == PARSER_VERSION:
            return snapshot.page
    with run.stopwatch.step("read"):
        return run.read(held)


def _believe(run: Run, seen: Seen, content: str) -> CheckResult:
    """Decide and record in one transaction, against the belief as it is when the transaction begins."""
    with run.archive.transaction() as tx:
        belief = tx.belief(run.page_id)
        if belief and seen.at < belief.last_seen:
            return _pass_over(run, tx, seen, belief)
        watched = Watched(tx, run.archive, run.page_id, rules_of(run.page, run.settings), run.read)
        sighting, decision = take_step(watched, belief, seen)
        carry_out(run, watched, sighting, decision)
        if is_settled(decision, seen.rows):
            tx.settle(run.page_id, seen.capture_id, content, run.reads_by)
        else:
            tx.unsettle(run.page_id)
    return result_of(run, seen, decision)


def rules_of(page: PageSettings, settings: Settings) -> Rules:
    """Return what the settings say about believing a page."""
    return Rules(tuple(page.required), settings.alerts.confirm_losses)


def carry_out(run: Run, watched: Watched, sighting: Sighting, decision: Decision) -> None:
    """Record a decision: the sighting, the check, the changes, the deliveries, the new belief, the corrections."""
    tx = watched.tx
    tx.note_sighting(
        run.page_id,
        capture_id=sighting.capture_id,
        snapshot_id=sighting.snapshot_id,
        seen_at=sighting.seen_at,
        believed=decision.state.doubted is None,
    )
    check_id = tx.record_check(
        run.page_id,
        started_at=sighting.seen_at,
        finished_at=run.clock(),
        outcome=decision.outcome,
        verdict=sighting.verdict,
        reason=decision.reason,
        capture_id=sighting.capture_id,
        snapshot_id=sighting.snapshot_id,
        slot_id=run.slot_id,
    )
    told = record(tx, run.page_id, check_id, decision, at=sighting.seen_at)
    outbox.queue(tx, told, decision.findings.told, run.page, run.settings, due_at=run.clock())
    outbox.queue_retractions(tx, note(watched, sighting, decision), run.settings)
    health_notes.note(tx, run.page_id, check_id, run.page, run.settings, now=run.clock())


def _pass_over(run: Run, tx: Transaction, seen: Seen, belief: Belief) -> CheckResult:
    """Record a sighting from before one that is known: it adds nothing, and far in the past the clock is wrong."""
    outcome, reason = Outcome.UNCHANGED, "fetched before what another check has seen since: nothing to add"
    if belief.last_seen - seen.at > OVERLAP:
        here, there = f"{seen.at:%Y-%m-%d %H:%M}", f"{belief.last_seen:%Y-%m-%d %H:%M}"
        reason = (
            f"the clock here says {here} UTC, but the archive saw the page at {there} UTC: set the clock, "
            "or see `leaderwatch review clock`"
        )
        outcome = Outcome.FAILED
    tx.record_check(
        run.page_id,
        started_at=run.started_at,
        finished_at=run.clock(),
        outcome=outcome,
        verdict=seen.verdict,
        reason=reason,
        capture_id=seen.capture_id,
        slot_id=run.slot_id,
    )
    tx.unsettle(run.page_id)
    mark = Mark(seen.at, belief.snapshot_id, seen.capture_id)
    return result_of(run, seen, Decision(outcome, reason, State(belief), mark))


def result_of(run: Run, seen: Seen, decision: Decision) -> CheckResult:
    """Return how a check that read its page ended."""
    findings = decision.findings
    return CheckResult(
        run.page.name,
        run.page.url,
        decision.outcome,
        seen.verdict,
        decision.reason,
        run.started_at,
        tuple(findings.told),
        tuple(findings.unconfirmed),
        tuple(loss.change for loss in findings.withdrawn),
        seen.rows,
        drift=decision.drift,
        rejected=decision.rejected,
        steady_since=run.archive.steady_since(run.page_id) if decision.outcome is Outcome.UNCHANGED else None,
        moved_from=_moved_from(run) if decision.outcome is Outcome.BASELINE else None,
    )


def _moved_from(run: Run) -> str | None:
    """Return the newest other URL of this name: a page is its URL, so its history stays there."""
    others = [page.url for page in run.archive.pages() if page.name == run.page.name and page.id != run.page_id]
    return others[-1] if others else None
