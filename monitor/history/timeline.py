"""The history of a page, out of the archive, as known now or at any moment before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.history.answers import AsOf, on
from monitor.history.certainty import Gap
from monitor.history.spans import FigureSpan, History, Run, Tenure
from monitor.history.storing import figure_of, tenure_of
from storage.rows import ChangeState, Origin

if TYPE_CHECKING:
    from storage import Archive
    from storage.rows import StoredPage, StoredSighting


def history_of(archive: Archive, page: StoredPage, known_at: datetime | None = None) -> History:
    """Return everything that is known of a page, or was known at a moment."""
    good = _good(archive, page, known_at)
    tenures, figures = _spans(archive, page, known_at, good[-1].last_seen) if good else ([], [])
    changes = archive.changes(page_id=page.id, states=[ChangeState.CONFIRMED])
    runs = [Run(run.first_seen, run.last_seen, run.blind_before) for run in good]
    return History(page, known_at, runs, tenures, figures, changes)


def as_of(archive: Archive, page: StoredPage, moment: datetime, known_at: datetime | None = None) -> AsOf:
    """Return what is known of a page at a moment, or was known of it."""
    history = history_of(archive, page, known_at)
    return on(history, moment, gap_around(archive, page, moment, known_at))


def gap_around(archive: Archive, page: StoredPage, moment: datetime, known_at: datetime | None = None) -> Gap:
    """Return the good sightings around a moment: the same one twice where it is one."""
    before = after = None
    for run in _good(archive, page, known_at):
        if run.first_seen <= moment <= run.last_seen:
            return _within(archive, run, moment, known_at)
        before = run.last_seen if run.last_seen < moment else before
        after = after or (run.first_seen if run.first_seen > moment else None)
    return Gap(before, after)


def _within(archive: Archive, run: StoredSighting, moment: datetime, known_at: datetime | None) -> Gap:
    if run.origin is Origin.IMPORT:
        return Gap(moment, moment)
    return Gap(*archive.seen_around(run, moment, known_at))


def _good(archive: Archive, page: StoredPage, known_at: datetime | None) -> list[StoredSighting]:
    """Return the runs of good sightings; what checks added to the newest since `known_at` was not known then."""
    runs = [run for run in archive.sightings(page.id, known_at) if run.believed]
    checked = [place for place, run in enumerate(runs) if run.origin is Origin.CHECK]
    if known_at and checked:
        newest = runs[checked[-1]]
        until, _ = archive.seen_around(newest, newest.last_seen, known_at)
        runs[checked[-1]] = replace(newest, last_seen=until or newest.first_seen)
    return runs


def _spans(
    archive: Archive, page: StoredPage, known_at: datetime | None, newest: datetime
) -> tuple[list[Tenure], list[FigureSpan]]:
    tenures = [tenure_of(row, newest) for row in archive.spans("tenure_spans", page.id, known_at)]
    figures = [figure_of(row, newest) for row in archive.spans("figure_spans", page.id, known_at)]
    return (
        sorted(tenures, key=lambda tenure: (tenure.post, tenure.first_seen)),
        sorted(figures, key=lambda span: (span.series, span.first_seen)),
    )
