"""The way out for an archive that saw pages in the future: a person says that this machine's clock is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor import outbox
from monitor.history.deriving import rederive, sighting_values
from monitor.running import watched_page
from monitor.taking_in import OVERLAP, rules_of

if TYPE_CHECKING:
    from monitor.settings import Settings
    from storage import Archive, Transaction
    from storage.rows import StoredPage


@dataclass(frozen=True, slots=True)
class Ahead:
    """A page that was seen later than now."""

    page: StoredPage
    last_seen: datetime


def seen_ahead(archive: Archive, now: datetime) -> list[Ahead]:
    """Return the pages whose checks fail because the archive saw them later than this clock says it is."""
    seen = archive.last_seen()
    return [
        Ahead(page, seen[page.url])
        for page in archive.pages()
        if page.url in seen and seen[page.url] - now > OVERLAP
    ]


def redate(archive: Archive, settings: Settings, *, clock: Callable[[], datetime]) -> list[Ahead]:
    """Date what was seen in the future by now, and return the pages it was; checks go on from here.

    What was told and is no change any more is taken back from those who got it.
    """
    now = clock()
    found = seen_ahead(archive, now)
    for ahead in found:
        with archive.transaction() as tx:
            tx.redate(ahead.page.id, now)
            _redate_sightings(tx, ahead.page.id, now)
            wrong = rederive(tx, ahead.page.id, rules_of(watched_page(ahead.page, settings), settings))
            outbox.queue_retractions(tx, wrong, settings)
    return found


def _redate_sightings(tx: Transaction, page_id: int, now: datetime) -> None:
    late = [run for run in tx.sightings(page_id) if run.last_seen > now]
    dated = [replace(run, first_seen=min(run.first_seen, now), last_seen=now) for run in late]
    tx.take_place("sightings", page_id, [run.id for run in late], [sighting_values(run) for run in dated])
