"""Long work on the archive handed to the workers of its cluster: an import, and reading all evidence again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from monitor.cluster.queue import put, read_task, reparse_task
from monitor.cluster.tables import make_tables
from monitor.history.spreading import keep_all

if TYPE_CHECKING:
    from monitor.history.importing import ImportReport
    from monitor.importing.found import Found
    from monitor.running import Clock
    from storage import Archive, StoredPage, Transaction


def hand_import(archive: Archive, page: StoredPage, captures: Iterable[Found], clock: Clock) -> ImportReport:
    """Keep captures here, and leave to the workers to read them; raises ArchiveError without a cluster's archive."""
    make_tables(archive)

    def hand_on(tx: Transaction, numbers: Sequence[int]) -> None:
        put(tx, [read_task(page.id, numbers)])

    return keep_all(archive, page, captures, clock, hand_on=hand_on)


def hand_reparse(archive: Archive, pages: Sequence[StoredPage]) -> int:
    """Leave to the workers to read all evidence of these pages again; return how many tasks were put."""
    make_tables(archive)
    with archive.transaction() as tx:
        return put(tx, [reparse_task(page.id) for page in pages])
