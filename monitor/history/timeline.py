"""The history of a page, out of the archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from model import Outcome
from monitor.history.answers import AsOf, on
from monitor.history.certainty import Gap
from monitor.history.spans import History, Run
from monitor.history.tracking import Tracker
from storage.rows import ChangeState

if TYPE_CHECKING:
    from storage import Archive
    from storage.rows import StoredCheck, StoredPage

GOOD = frozenset({Outcome.BASELINE, Outcome.UNCHANGED, Outcome.CHANGED})
ALL = 10_000_000


def history_of(archive: Archive, page: StoredPage, known_at: datetime | None = None) -> History:
    """Return everything that is known of a page, or was known at a moment."""
    tracker, runs = Tracker(), list[Run]()
    for number, checks in _same_rows(_good_checks(archive, page, known_at)):
        snapshot = archive.snapshot(number)
        first, last = checks[0].started_at, checks[-1].started_at
        mark = tracker.mark(first, number, snapshot.capture_id, snapshot.page.last_modified)
        edited = tracker.believed is not None and tracker.believed != snapshot.page
        tracker.see(snapshot.page, snapshot.page, mark, last, edited=edited)
        runs.append(Run(first, last, blind_before=False))
    tenures, figures = tracker.spans()
    changes = archive.changes(page_id=page.id, states=[ChangeState.CONFIRMED])
    told = [each for each in changes if known_at is None or each.recorded_at <= known_at]
    return History(page, known_at, runs, tenures, figures, told)


def as_of(archive: Archive, page: StoredPage, moment: datetime, known_at: datetime | None = None) -> AsOf:
    """Return what is known of a page at a moment."""
    history = history_of(archive, page, known_at)
    seen = [check.started_at for check in _good_checks(archive, page, known_at)]
    before = max((each for each in seen if each <= moment), default=None)
    after = min((each for each in seen if each >= moment), default=None)
    return on(history, moment, Gap(before, after))


def _good_checks(archive: Archive, page: StoredPage, known_at: datetime | None) -> list[StoredCheck]:
    return [
        check
        for check in reversed(archive.checks(page.id, limit=ALL))
        if check.outcome in GOOD
        and check.snapshot_id is not None
        and (known_at is None or check.finished_at <= known_at)
    ]


def _same_rows(checks: list[StoredCheck]) -> Iterator[tuple[int, list[StoredCheck]]]:
    """Yield the checks in runs that saw the same snapshot."""
    run: list[StoredCheck] = []
    for check in checks:
        if run and run[-1].snapshot_id != check.snapshot_id:
            yield run[-1].snapshot_id or 0, run
            run = []
        run.append(check)
    if run:
        yield run[-1].snapshot_id or 0, run
