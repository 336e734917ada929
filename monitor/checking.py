"""One check of one page, from top to bottom.

fetch -> keep the capture -> verdict -> parse -> screen -> save -> compare -> record changes and deliveries, the
last five in one transaction; then the mails go out. What goes wrong on the way ends at one place, as a recorded
check that leaves the belief untouched.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from model import Capture, Outcome, Verdict
from monitor import outbox
from monitor.asking import get
from monitor.confirming import Sighted, record
from monitor.deciding import Decision, Grounds, Read, Sighting, decide
from monitor.results import CheckResult
from monitor.stopwatch import Stopwatch
from scraper import parse_capture
from scraper.errors import NotALeadershipPage, ScraperError
from scraper.exchange import retry_after
from scraper.fetching import Validators
from scraper.parsing import PARSER_VERSION
from scraper.verdict import judge
from storage.errors import ArchiveError
from storage.rows import ChangeState

if TYPE_CHECKING:
    import httpx

    from monitor.settings import PageSettings, Settings
    from scraper.robots import Robots
    from storage import Archive, Transaction
    from storage.rows import Belief, GoodCapture

Clock = Callable[[], datetime]

BUSY = frozenset({429, 503})
"""Statuses by which a server asks to be left alone for a while (RFC 6585, 4; RFC 9110, 15.6.4)."""

log = logging.getLogger("leaderwatch.check")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the pipeline: the page, what it works with, and the slot of the timetable that it is for."""

    page: PageSettings
    page_id: int
    archive: Archive
    settings: Settings
    clock: Clock
    started_at: datetime
    read: Read
    slot_id: int | None = None
    stopwatch: Stopwatch = field(default_factory=Stopwatch)

    @property
    def grounds(self) -> Grounds:
        wait = self.settings.alerts.confirm_losses
        return Grounds(self.page_id, self.page.required, wait, self.archive, self.read)


def check_page(
    page: PageSettings,
    *,
    archive: Archive,
    client: httpx.Client,
    settings: Settings,
    clock: Clock,
    read: Read = parse_capture,
    robots: Robots | None = None,
    slot_id: int | None = None,
) -> CheckResult:
    """Check one page once and return how it ended; the archive has it all when this returns.

    `robots` holds what is known of each site's robots.txt, where more than one check shares it; `slot_id` is the
    slot that this check is for. Raises ArchiveError where the archive itself fails, since nothing can be recorded
    then, and SlotGone where another process was faster.
    """
    run = Run(page, archive.page_id(page.name, page.url), archive, settings, clock, clock(), read, slot_id)
    known = archive.newest_good(run.page_id)
    capture = None
    try:
        with run.stopwatch.step("fetch"):
            validators = _validators(archive, known)
            capture = get(client, page.url, settings.fetch, clock=clock, validators=validators, robots=robots)
        capture_id = _keep(run, capture, known)
        _require_ok(capture)
        sighting = _sight(run, capture, capture_id, known)
        result = _believe(run, sighting)
    except ScraperError as trouble:
        capture = trouble.capture or capture
        result = _record_trouble(run, trouble, capture)
    except ArchiveError:
        raise
    except Exception as error:
        log.info("%s: a fault in Leaderwatch itself", page.name, exc_info=True)
        result = _record_trouble(run, _fault(error), capture)
    posted = outbox.deliver(archive, settings, clock=clock)
    return replace(result, posted=posted, retry_after=_retry_after(run, capture), seconds=run.stopwatch.seconds)


def _fault(error: Exception) -> ScraperError:
    return ScraperError(f"a fault in Leaderwatch itself, please report it: {type(error).__name__}: {error}")


def _retry_after(run: Run, capture: Capture | None) -> timedelta | None:
    if capture is None or capture.status not in BUSY:
        return None
    return timedelta(seconds=max(0.0, retry_after(capture.headers, run.clock()) or 0.0))


def _validators(archive: Archive, known: GoodCapture | None) -> Validators | None:
    """Return what the server said of the very capture that a 304 will stand for."""
    if known is None:
        return None
    return Validators(*archive.validators(known.capture_id))


def _keep(run: Run, capture: Capture, known: GoodCapture | None) -> int:
    """Keep what was served, before anything else is done with it; a 304 stands for the capture it confirms."""
    if capture.status == 304 and known:
        return known.capture_id
    return run.archive.keep_capture(run.page_id, capture).id


def _require_ok(capture: Capture) -> None:
    judgement = judge(capture)
    if judgement.verdict not in {Verdict.OK, Verdict.NOT_MODIFIED}:
        reason = judgement.reason or judgement.verdict.value
        raise NotALeadershipPage(reason, verdict=judgement.verdict, capture=capture)


def _sight(run: Run, capture: Capture, capture_id: int, known: GoodCapture | None) -> Sighting:
    """Return what the page says: read from the bytes, unless this parser has read the same bytes before."""
    not_modified = capture.status == 304
    verdict = Verdict.NOT_MODIFIED if not_modified else Verdict.OK
    if known and known.snapshot_id and (not_modified or sha256(capture.body).hexdigest() == known.sha256):
        snapshot = run.archive.snapshot(known.snapshot_id)
        if snapshot.parser_version == PARSER_VERSION:
            return Sighting(snapshot.page, verdict, capture_id, snapshot.id, capture.fetched_at)
    held = run.archive.capture(capture_id) if not_modified else capture
    with run.stopwatch.step("read"):
        rows = run.read(held)
    return Sighting(rows, verdict, capture_id, None, capture.fetched_at)


def _believe(run: Run, sighting: Sighting) -> CheckResult:
    """Decide and record in one transaction, against the belief as it is when the transaction begins."""
    with run.archive.transaction() as tx:
        belief = tx.belief(run.page_id)
        decision = decide(tx, belief, sighting, run.grounds)
        carry_out(run, tx, belief, sighting, decision)
    return result_of(run, sighting, decision)


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
        steady_since=_steady_since(run) if decision.outcome is Outcome.UNCHANGED else None,
        moved_from=_moved_from(run) if decision.outcome is Outcome.BASELINE else None,
    )


def _moved_from(run: Run) -> str | None:
    """Return the newest other URL of this name: a page is its URL, so its history stays there."""
    others = [page.url for page in run.archive.pages() if page.name == run.page.name and page.id != run.page_id]
    return others[-1] if others else None


def _steady_since(run: Run) -> datetime:
    told = run.archive.changes(page_id=run.page_id, states=[ChangeState.CONFIRMED])
    return (
        told[-1].first_seen
        if told
        else next(page.added_at for page in run.archive.pages() if page.id == run.page_id)
    )


def _record_trouble(run: Run, trouble: ScraperError, capture: Capture | None) -> CheckResult:
    """Record a check that could not reach or read its page; nothing is concluded from it."""
    outcome = Outcome.BLOCKED if trouble.verdict is Verdict.BLOCKED else Outcome.FAILED
    kept = run.archive.keep_capture(run.page_id, capture) if capture and capture.status != 304 else None
    with run.archive.transaction() as tx:
        tx.record_check(
            run.page_id,
            started_at=run.started_at,
            finished_at=run.clock(),
            outcome=outcome,
            verdict=trouble.verdict,
            reason=trouble.reason,
            capture_id=kept.id if kept else None,
            slot_id=run.slot_id,
        )
    return CheckResult(
        run.page.name,
        run.page.url,
        outcome,
        trouble.verdict,
        trouble.reason,
        run.started_at,
        reached=capture is not None or trouble.verdict is not Verdict.ERROR,
    )
