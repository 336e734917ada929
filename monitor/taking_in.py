"""What a capture says, taken in: verdict -> parse -> screen -> save -> compare -> record changes and deliveries.

The last five are one transaction. `monitor.checking` loads this for a page that does not say what it said at its
last reading: most checks need neither the reader nor the comparison.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from model import Capture, LeadershipPage, Outcome, Verdict
from monitor import outbox
from monitor.confirming import Sighted, record
from monitor.deciding import Decision, Grounds, Sighting, decide, is_settled
from monitor.results import CheckResult
from scraper.errors import NotALeadershipPage
from scraper.sameness import content_digest
from scraper.verdict import judge
from scraper.version import PARSER_VERSION

if TYPE_CHECKING:
    from monitor.running import Known, Run
    from storage import Transaction
    from storage.rows import Belief


def take_in(run: Run, capture: Capture, known: Known | None) -> CheckResult:
    """Keep a capture, judge it, read it and believe what it says; raises ScraperError where it is no page."""
    capture_id = _keep(run, capture, known)
    _require_ok(capture)
    sighting = _sight(run, capture, capture_id, known)
    return _believe(run, sighting)


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


def _sight(run: Run, capture: Capture, capture_id: int, known: Known | None) -> Sighting:
    """Return what the page says: read from the bytes, unless this parser has read the same bytes before."""
    not_modified = capture.status == 304
    verdict = Verdict.NOT_MODIFIED if not_modified else Verdict.OK
    held = run.archive.capture(capture_id) if not_modified else capture
    rows, snapshot_id = _rows(run, held, known)
    content = content_digest(held)
    return Sighting(rows, verdict, capture_id, snapshot_id, capture.fetched_at, content)


def _rows(run: Run, held: Capture, known: Known | None) -> tuple[LeadershipPage, int | None]:
    if known and known.snapshot_id and sha256(held.body).hexdigest() == known.sha256:
        snapshot = run.archive.snapshot(known.snapshot_id)
        if snapshot.parser_version == PARSER_VERSION:
            return snapshot.page, snapshot.id
    with run.stopwatch.step("read"):
        return run.read(held), None


def _believe(run: Run, sighting: Sighting) -> CheckResult:
    """Decide and record in one transaction, against the belief as it is when the transaction begins."""
    with run.archive.transaction() as tx:
        belief = tx.belief(run.page_id)
        decision = decide(tx, belief, sighting, _grounds(run))
        carry_out(run, tx, belief, sighting, decision)
    return result_of(run, sighting, decision)


def _grounds(run: Run) -> Grounds:
    wait = run.settings.alerts.confirm_losses
    return Grounds(run.page_id, run.page.required, wait, run.archive, run.read)


def carry_out(run: Run, tx: Transaction, belief: Belief | None, sighting: Sighting, decision: Decision) -> None:
    """Record a decision: the check, the changes, the deliveries and the new belief."""
    check_id = tx.record_check(
        run.page_id,
        started_at=run.started_at,
        finished_at=run.clock(),
        outcome=decision.outcome,
        verdict=sighting.verdict,
        reason=decision.reason,
        capture_id=sighting.capture_id,
        snapshot_id=decision.snapshot_id,
        slot_id=run.slot_id,
    )
    if belief and decision.snapshot_id:
        sighted = Sighted(
            page_id=run.page_id,
            check_id=check_id,
            last_seen=decision.last_seen or belief.last_seen,
            first_seen=decision.first_seen or sighting.seen_at,
            settled_at=sighting.seen_at,
            snapshot_before=belief.snapshot_id,
            snapshot_after=decision.snapshot_id,
        )
        told = record(tx, decision.findings, sighted)
        outbox.queue(tx, told, decision.findings.told, run.page, run.settings, due_at=run.clock())
    if decision.believed and decision.snapshot_believed:
        tx.set_belief(run.page_id, decision.believed, decision.snapshot_believed, sighting.seen_at)
    if sighting.content and is_settled(decision, sighting):
        tx.settle(run.page_id, sighting.capture_id, sighting.content, run.reads_by)
    else:
        tx.unsettle(run.page_id)


def result_of(run: Run, sighting: Sighting, decision: Decision) -> CheckResult:
    """Return how a check that read its page ended."""
    findings = decision.findings
    return CheckResult(
        run.page.name,
        run.page.url,
        decision.outcome,
        sighting.verdict,
        decision.reason,
        run.started_at,
        tuple(findings.told),
        tuple(findings.unconfirmed),
        tuple(stored.change for stored in findings.withdrawn),
        sighting.rows,
        drift=decision.drift,
        rejected=decision.rejected,
        steady_since=run.archive.steady_since(run.page_id) if decision.outcome is Outcome.UNCHANGED else None,
        moved_from=_moved_from(run) if decision.outcome is Outcome.BASELINE else None,
    )


def _moved_from(run: Run) -> str | None:
    """Return the newest other URL of this name: a page is its URL, so its history stays there."""
    others = [page.url for page in run.archive.pages() if page.name == run.page.name and page.id != run.page_id]
    return others[-1] if others else None
