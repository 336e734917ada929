"""The captures of the archive, one row each, with what each of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model import Json, Verdict
from monitor.showing import written
from scraper.verdict import judge

if TYPE_CHECKING:
    from storage import Archive, ListedCapture


def verdict_of(archive: Archive, listed: ListedCapture) -> Verdict:
    """Return what a capture is: as checks found it, else as it is judged now, where no check ever saw it."""
    if listed.verdict is not None:
        return listed.verdict
    if listed.snapshot_id is not None:
        return Verdict.OK
    return judge(archive.capture(listed.id)).verdict


def capture_row(listed: ListedCapture, verdict: Verdict, page: str) -> Json:
    """Return a capture as JSON, without its bytes; `source` says where an imported one came from."""
    return {
        "capture": listed.id,
        "page": page,
        "fetched_at": written(listed.fetched_at),
        "kept_at": written(listed.kept_at),
        "status": listed.status,
        "verdict": verdict.value,
        "size": listed.size,
        "sha256": listed.sha256,
        "pruned": listed.is_pruned,
        "truncated": listed.is_truncated,
        "snapshot": listed.snapshot_id,
        "origin": "check" if listed.source is None else "import",
        "source": listed.source,
    }
