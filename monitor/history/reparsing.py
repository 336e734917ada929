"""All evidence read again with today's parser: what would differ, and taking it over.

What is taken over stands beside what was read before, from now on. Alerts that turn out to have been wrong are
retracted; what was missed is added to the history and alerts nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from model import Capture, Change, Json, LeadershipPage
from monitor import outbox
from monitor.confirming import settled
from monitor.deciding import Rules
from monitor.history.deriving import rederive, sighting_values
from monitor.history.folding import derive
from monitor.history.timeline import told_history_of
from monitor.running import watched_page
from monitor.sources import read_capture
from monitor.taking_in import rules_of
from scraper.errors import ScraperError
from scraper.version import PARSER_VERSION
from storage import ArchiveError
from storage.rows import ChangeState, SnapshotState

if TYPE_CHECKING:
    from monitor.history.spans import Tenure, ToldHistory
    from monitor.settings import Settings
    from storage import Archive, Transaction
    from storage.rows import SnapshotRows, StoredPage

Read = Callable[[Capture], LeadershipPage]


@dataclass(frozen=True, slots=True)
class Reparsed:
    """What reading a page's evidence again comes to.

    `read` captures were read again, `differing` of them otherwise than before; `unread` are those that cannot be
    read any more, which stay as they were read. `gained` and `lost` are tenures and changes, in words.
    """

    page: str
    read: int
    differing: int
    unread: tuple[int, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    def to_json(self) -> Json:
        return {
            "page": self.page,
            "read": self.read,
            "differing": self.differing,
            "unread": list(self.unread),
            "gained": list(self.gained),
            "lost": list(self.lost),
        }


def reparse(
    archive: Archive,
    page: StoredPage,
    settings: Settings,
    *,
    apply: bool,
    read: Read = read_capture,
    progress: Callable[[int], None] = lambda read: None,
) -> Reparsed:
    """Read all that a page's sightings rest on again; with `apply`, believe that from now on."""
    known, rules = archive.snapshot_rows(page.id), _rules(archive, page, settings)
    seen = {run.snapshot_id for run in archive.sightings(page.id)}
    again, unread = dict[int, LeadershipPage](), list[int]()
    for number, rows in enumerate(each for each in known if each.id in seen):
        try:
            again[rows.id] = read(archive.capture(rows.capture_id))
        except (ScraperError, ArchiveError):
            unread.append(rows.capture_id)
        progress(number + 1)
    differing = {rows.id: again[rows.id] for rows in known if rows.id in again and again[rows.id] != rows.page}
    before = _told_of(told_history_of(archive, page))
    if apply:
        with archive.transaction() as tx:
            _take_over(tx, page, known, differing)
            outbox.queue_retractions(tx, rederive(tx, page.id, rules), settings)
        after = _told_of(told_history_of(archive, page))
    else:
        otherwise = [replace(rows, page=differing.get(rows.id, rows.page)) for rows in known]
        after = _derived(archive, page, otherwise, rules)
    return Reparsed(
        page.name,
        len(again),
        len(differing),
        tuple(unread),
        tuple(told for told in after if told not in before),
        tuple(told for told in before if told not in after),
    )


def _take_over(
    tx: Transaction, page: StoredPage, known: Sequence[SnapshotRows], differing: dict[int, LeadershipPage]
) -> None:
    """Save what reads otherwise as new snapshots, and let the sightings rest on them."""
    tx.belief(page.id)  # keeps other processes off the page
    captures = {rows.id: rows.capture_id for rows in known}
    saved = {
        number: tx.save_snapshot(
            page.id, captures[number], rows, parser_version=PARSER_VERSION, state=SnapshotState.BELIEVED
        )
        for number, rows in differing.items()
    }
    resting = [run for run in tx.sightings(page.id) if run.snapshot_id in saved]
    came = [sighting_values(replace(run, snapshot_id=saved[run.snapshot_id])) for run in resting]
    tx.take_place("sightings", page.id, [run.id for run in resting], came)


def _rules(archive: Archive, page: StoredPage, settings: Settings) -> Rules:
    rules = rules_of(watched_page(page, settings), settings)
    return replace(rules, settled=settled(archive.changes(page_id=page.id)))


def _derived(archive: Archive, page: StoredPage, readings: Sequence[SnapshotRows], rules: Rules) -> list[str]:
    """Return what would be told if the evidence read so."""
    found = derive(archive.sightings(page.id), archive.decisions(page.id), readings, rules)
    confirmed = (finding for finding in found.findings.values() if finding.state is ChangeState.CONFIRMED)
    return _told(found.tenures, ((each.mark.seen_at, each.change) for each in confirmed))


def _told_of(history: ToldHistory) -> list[str]:
    return _told(history.tenures, ((stored.first_seen, stored.change) for stored in history.changes))


def _told(tenures: Iterable[Tenure], changes: Iterable[tuple[datetime, Change]]) -> list[str]:
    """Return the tenures and the changes in words, with their days."""
    led = [
        f"{tenure.first_seen:%Y-%m-%d} {tenure.office}: {leader.name}, {leader.capacity.value}"
        for tenure in tenures
        if (leader := tenure.leader)
    ]
    return led + [f"{first_seen:%Y-%m-%d} {change.sentence}" for first_seen, change in changes]
