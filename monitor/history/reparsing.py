"""All evidence read again with today's parser: what would differ, and taking it over.

What is taken over stands beside what was read before, from now on. Alerts that turn out to have been wrong are
retracted; what was missed is added to the history and alerts nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model import Capture, Json, LeadershipPage
from monitor import outbox
from monitor.confirming import settled
from monitor.deciding import Rules
from monitor.history.deriving import rederive, sighting_values
from monitor.history.folding import Derived, derive
from monitor.running import watched_page
from monitor.sources import read_capture
from monitor.taking_in import rules_of
from scraper.errors import ScraperError
from scraper.version import PARSER_VERSION
from storage import ArchiveError
from storage.rows import ChangeState, SnapshotState

if TYPE_CHECKING:
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
    runs, decisions, rules = (
        archive.sightings(page.id),
        archive.decisions(page.id),
        _rules(archive, page, settings),
    )
    known = archive.snapshot_rows(page.id)
    seen = {run.snapshot_id for run in runs}
    again, unread = dict[int, LeadershipPage](), list[int]()
    for number, rows in enumerate(each for each in known if each.id in seen):
        try:
            again[rows.id] = read(archive.capture(rows.capture_id))
        except (ScraperError, ArchiveError):
            unread.append(rows.capture_id)
        progress(number + 1)
    differing = {rows.id: again[rows.id] for rows in known if rows.id in again and again[rows.id] != rows.page}
    otherwise = [replace(rows, page=differing.get(rows.id, rows.page)) for rows in known]
    before = _told(derive(runs, decisions, known, rules))
    after = _told(derive(runs, decisions, otherwise, rules))
    if apply:
        with archive.transaction() as tx:
            _take_over(tx, page, known, differing)
            outbox.queue_retractions(tx, rederive(tx, page.id, rules), settings)
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


def _told(derived: Derived) -> list[str]:
    """Return the tenures and the changes in words, with their days."""
    tenures = [
        f"{tenure.first_seen:%Y-%m-%d} {tenure.office}: {leader.name}, {leader.capacity.value}"
        for tenure in derived.tenures
        if (leader := tenure.leader)
    ]
    changes = [
        f"{finding.mark.seen_at:%Y-%m-%d} {finding.change.sentence}"
        for finding in derived.findings
        if finding.state is ChangeState.CONFIRMED
    ]
    return tenures + changes
