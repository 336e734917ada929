"""One check of one page, from top to bottom.

fetch -> keep the capture -> verdict -> parse -> screen -> save -> compare -> record changes and deliveries, the
last five in one transaction; then the mails go out. A page that says what it said at its last reading, which is
believed as it stands, needs only the note that it was seen again. What goes wrong on the way ends at one place,
as a recorded check that leaves the belief untouched.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from model import Capture, LeadershipPage, Outcome, Verdict
from monitor.asking import get
from monitor.heavy import in_turn
from monitor.results import CheckResult
from monitor.running import Clock, Known, Read, Run, reads_by
from monitor.wording import moment
from scraper.arrival import judge_again
from scraper.errors import FetchError, ScraperError
from scraper.exchange import retry_after
from scraper.fetching import Validators
from scraper.sameness import content_digest
from storage.bodies import digest
from storage.errors import ArchiveError
from storage.rows import Reading

if TYPE_CHECKING:
    import httpx

    from monitor.outbox import DeliveryReport
    from monitor.settings import PageSettings, Settings
    from scraper.robots import Robots
    from storage import Archive, Transaction

BUSY = frozenset({429, 503})
"""Statuses by which a server asks to be left alone for a while (RFC 6585, 4; RFC 9110, 15.6.4)."""

Deliver = Callable[["Archive", "Settings", Clock], "DeliveryReport | None"]
"""What sees to the deliveries that are due after a check; it returns what became of those that it sent."""

TOO_LARGE = "it takes more memory than there is: nothing of it was read"

log = logging.getLogger("leaderwatch.check")


def _read(capture: Capture) -> LeadershipPage:
    from scraper import parse_capture  # here, since the reader is slow to load and most checks read nothing new

    return parse_capture(capture)


def deliver(archive: Archive, settings: Settings, clock: Clock) -> DeliveryReport | None:
    """Send the deliveries that are due, where there are any."""
    if not archive.is_delivery_due(clock()):
        return None
    from monitor import outbox  # here, since mails are slow to load and most checks send none

    return outbox.deliver(archive, settings, clock=clock)


def check_page(
    page: PageSettings,
    *,
    archive: Archive,
    client: httpx.Client,
    settings: Settings,
    clock: Clock,
    read: Read = _read,
    robots: Robots | None = None,
    slot_id: int | None = None,
    resting_until: datetime | None = None,
    deliver: Deliver = deliver,
) -> CheckResult:
    """Check one page once and return how it ended; the archive has it all when this returns.

    `robots` holds what is known of each site's robots.txt, where more than one check shares it; `slot_id` is the
    slot that this check is for; a site that is `resting_until` some time is not asked; `deliver` sees to what is
    due to be sent by then. Raises ArchiveError where the archive itself fails, since nothing can be recorded
    then, and SlotGone where another process was faster.
    """
    started_at = clock()
    reading = archive.reading(page.name, page.url, reads_by(page))
    page_id = reading.page_id if reading else archive.page_id(page.name, page.url)
    run = Run(page, page_id, archive, settings, clock, started_at, read, slot_id)
    known = reading or archive.newest_good(page_id)
    capture = None
    try:
        _require_rested(resting_until)
        with run.stopwatch.step("fetch"):
            validators = _validators(archive, known)
            capture = get(client, page.url, settings.fetch, clock=clock, validators=validators, robots=robots)
        result = in_turn(capture, partial(_come_to, run, reading, capture, known))
    except ScraperError as trouble:
        capture = trouble.capture or capture
        result = in_turn(capture, partial(_record_trouble, run, trouble, capture))
    except ArchiveError:
        raise
    except MemoryError:
        result = _record_trouble(run, ScraperError(TOO_LARGE), None)
    except Exception as error:
        log.info("%s: a fault in Leaderwatch itself", page.name, exc_info=True)
        result = _record_trouble(run, _fault(error), capture)
    return replace(
        result,
        heartbeat=_beat(result, settings),
        posted=deliver(archive, settings, clock),
        retry_after=_retry_after(run, capture),
        seconds=run.stopwatch.seconds,
    )


def _require_rested(until: datetime | None) -> None:
    if until is not None:
        raise FetchError(f"not asked: the site said that it is busy, and is left alone until {moment(until)}")


def _come_to(run: Run, reading: Reading | None, capture: Capture, known: Known | None) -> CheckResult:
    return _seen_again(run, reading, capture) or _take_in(run, capture, known)


def _take_in(run: Run, capture: Capture, known: Known | None) -> CheckResult:
    from monitor.taking_in import take_in  # here, since it is slow to load and most checks find nothing new

    return take_in(run, capture, known)


def _beat(result: CheckResult, settings: Settings) -> str | None:
    if result.is_trouble or not (settings.alerts.heartbeat_file or settings.alerts.heartbeat_url):
        return None
    from monitor.heartbeat import beat  # here, since most settings ask for none

    return beat(settings)


def _note_health(run: Run, tx: Transaction, check_id: int) -> None:
    from monitor import health_notes  # here, since mails are slow to load and most checks have none to write

    health_notes.note(tx, run.page_id, check_id, run.page, run.settings, now=run.clock())


def _fault(error: Exception) -> ScraperError:
    return ScraperError(f"a fault in Leaderwatch itself, please report it: {type(error).__name__}: {error}")


def _retry_after(run: Run, capture: Capture | None) -> timedelta | None:
    if capture is None or capture.status not in BUSY:
        return None
    return timedelta(seconds=max(0.0, retry_after(capture.headers, run.clock()) or 0.0))


def _validators(archive: Archive, known: Known | None) -> Validators | None:
    """Return what the server said of the very capture that a 304 will stand for."""
    if known is None:
        return None
    if isinstance(known, Reading):
        return Validators(known.etag, known.last_modified)
    return Validators(*archive.validators(known.capture_id))


def _seen_again(run: Run, reading: Reading | None, capture: Capture) -> CheckResult | None:
    """Record that the page says what it said when it was last read; None where it is to be read."""
    if reading is None or not _says_the_same(capture, reading):
        return None
    verdict = Verdict.NOT_MODIFIED if capture.status == 304 else Verdict.OK
    capture_id = reading.capture_id
    with run.archive.transaction() as tx:
        if not _came_before(capture, reading):
            capture_id = tx.keep_capture(run.page_id, capture).id
        if not tx.see_again(reading, capture_id, capture.fetched_at):
            return None
        tx.note_sighting(
            run.page_id,
            capture_id=capture_id,
            snapshot_id=reading.snapshot_id,
            seen_at=capture.fetched_at,
            believed=True,
        )
        check_id = tx.record_check(
            run.page_id,
            started_at=capture.fetched_at,
            finished_at=run.clock(),
            outcome=Outcome.UNCHANGED,
            verdict=verdict,
            capture_id=capture_id,
            snapshot_id=reading.snapshot_id,
            slot_id=run.slot_id,
        )
        if tx.is_unwell(run.page_id):
            _note_health(run, tx, check_id)
    return CheckResult(
        run.page.name,
        run.page.url,
        Outcome.UNCHANGED,
        verdict,
        None,
        run.started_at,
        steady_since=reading.steady_since,
    )


def _says_the_same(capture: Capture, reading: Reading) -> bool:
    if capture.status == 304:
        return True
    return content_digest(capture) == reading.content and judge_again(capture) is None


def _came_before(capture: Capture, reading: Reading) -> bool:
    """Return whether this very answer is kept: nothing in it is new, validators included."""
    if capture.status == 304:
        return True
    said = (capture.headers.get("etag"), capture.headers.get("last-modified"))
    known = said in {(None, None), (reading.etag, reading.last_modified)}
    return known and digest(capture.body) == reading.sha256


def _record_trouble(run: Run, trouble: ScraperError, capture: Capture | None) -> CheckResult:
    """Record a check that could not reach or read its page; nothing is concluded from it."""
    outcome = Outcome.BLOCKED if trouble.verdict is Verdict.BLOCKED else Outcome.FAILED
    kept = run.archive.keep_capture(run.page_id, capture) if capture and capture.status != 304 else None
    with run.archive.transaction() as tx:
        check_id = tx.record_check(
            run.page_id,
            started_at=run.started_at,
            finished_at=run.clock(),
            outcome=outcome,
            verdict=trouble.verdict,
            reason=trouble.reason,
            capture_id=kept.id if kept else None,
            slot_id=run.slot_id,
        )
        _note_health(run, tx, check_id)
    return CheckResult(
        run.page.name,
        run.page.url,
        outcome,
        trouble.verdict,
        trouble.reason,
        run.started_at,
        reached=capture is not None or trouble.verdict is not Verdict.ERROR,
    )
