"""The history of a page, out of the archive, as known now or at any moment before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.confirming import settled
from monitor.deciding import Rules
from monitor.history.answers import AsOf, on
from monitor.history.certainty import Gap
from monitor.history.folding import derive
from monitor.history.spans import History, Run, ToldHistory
from monitor.history.storing import figure_of, tenure_of
from storage.rows import ChangeState, Origin

if TYPE_CHECKING:
    from storage import Archive
    from storage.rows import StoredPage, StoredSighting


def history_of(archive: Archive, page: StoredPage, known_at: datetime | None = None) -> History:
    """Return everything that is known of a page, or was known at a moment."""
    return _around(archive, page, known_at, good_sightings(archive, page, known_at), None)


def told_history_of(archive: Archive, page: StoredPage) -> ToldHistory:
    """Return everything that is known of a page, and every change in it that was confirmed."""
    found = history_of(archive, page)
    changes = archive.changes(page_id=page.id, states=[ChangeState.CONFIRMED])
    return ToldHistory(page, None, found.runs, found.tenures, found.figures, changes)


def as_of(archive: Archive, page: StoredPage, moment: datetime, known_at: datetime | None = None) -> AsOf:
    """Return what is known of a page at a moment, or was known of it."""
    good = good_sightings(archive, page, known_at)
    spans = _around(archive, page, known_at, good, moment)
    return on(spans, moment, gap_among(archive, good, moment, known_at))


def gap_around(archive: Archive, page: StoredPage, moment: datetime, known_at: datetime | None = None) -> Gap:
    """Return the good sightings around a moment: the same one twice where it is one."""
    return gap_among(archive, good_sightings(archive, page, known_at), moment, known_at)


def gap_among(
    archive: Archive, good: Sequence[StoredSighting], moment: datetime, known_at: datetime | None = None
) -> Gap:
    """Return the good sightings around a moment, out of those that were read before."""
    before = after = None
    for run in good:
        if run.first_seen <= moment <= run.last_seen:
            return _within(archive, run, moment, known_at)
        before = run.last_seen if run.last_seen < moment else before
        after = after or (run.first_seen if run.first_seen > moment else None)
    return Gap(before, after)


def _within(archive: Archive, run: StoredSighting, moment: datetime, known_at: datetime | None) -> Gap:
    if run.origin is Origin.IMPORT:
        return Gap(moment, moment)
    return Gap(*archive.seen_around(run, moment, known_at))


def good_sightings(
    archive: Archive, page: StoredPage, known_at: datetime | None = None
) -> list[StoredSighting]:
    """Return the runs of sightings that are believed, as known now or at a moment, first seen first."""
    return [run for run in _runs(archive, page, known_at) if run.believed]


def _runs(archive: Archive, page: StoredPage, known_at: datetime | None) -> list[StoredSighting]:
    """Return the runs of sightings; what checks added to the newest since `known_at` was not known then."""
    runs = archive.sightings(page.id, known_at)
    checked = [place for place, run in enumerate(runs) if run.origin is Origin.CHECK]
    if known_at and checked:
        newest = runs[checked[-1]]
        until, _ = archive.seen_around(newest, newest.last_seen, known_at)
        runs[checked[-1]] = replace(newest, last_seen=until or newest.first_seen)
    return runs


def _around(
    archive: Archive,
    page: StoredPage,
    known_at: datetime | None,
    good: Sequence[StoredSighting],
    moment: datetime | None,
) -> History:
    """Return the history; where a moment is given, with the spans around it alone."""
    runs = [Run(run.first_seen, run.last_seen, run.blind_before) for run in good]
    if not good:
        return History(page, known_at, runs, (), ())
    newest = good[-1].last_seen
    rows = archive.spans("tenure_spans", page.id, known_at, around=moment)
    if not rows and not archive.is_derived(page.id, known_at):
        return _derived(archive, page, known_at, runs)
    tenures = sorted((tenure_of(row, newest) for row in rows), key=lambda each: (each.post, each.first_seen))
    rows = archive.spans("figure_spans", page.id, known_at, around=moment)
    figures = sorted((figure_of(row, newest) for row in rows), key=lambda each: (each.series, each.first_seen))
    return History(page, known_at, runs, tenures, figures)


def _derived(archive: Archive, page: StoredPage, known_at: datetime | None, runs: Sequence[Run]) -> History:
    """Return the history of a page in an archive whose version kept no spans: its next check keeps them."""
    decisions = archive.decisions(page.id)
    known = [each for each in decisions if known_at is None or each.decided_at <= known_at]
    rules = Rules(settled=settled(archive.changes(page_id=page.id)))
    found = derive(_runs(archive, page, known_at), known, archive.snapshot_rows(page.id), rules)
    return History(page, known_at, runs, found.tenures, found.figures)
