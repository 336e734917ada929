"""Evidence of the CBP page that is brought in in any order, and what the history that it gives must be."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from model import Capture, Json, LeadershipPage
from monitor.history.importing import take_in
from monitor.history.timeline import told_history_of
from monitor.importing.found import Found
from monitor.settings import PageSettings, Settings
from monitor.showing import change_row
from monitor.sources import read_capture
from scraper.errors import ScraperError
from storage import Archive, StoredPage

FIXTURES = Path(__file__).parents[1] / "fixtures"
URL = "https://agency.example/leadership"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
NUMBERS = {"id", "snapshot", "capture", "capture_before", "capture_after"}
"""What rows are called in the order in which they came in."""
SETTINGS = Settings(pages=(PageSettings(name="cbp", url=URL),))


def served(day: str, body: bytes, status: int = 200) -> Capture:
    return Capture(
        URL, URL, status, {"content-type": "text/html"}, body, datetime.fromisoformat(f"{day}T06:00Z")
    )


def found(captures: Sequence[Capture]) -> list[Found]:
    """Return the captures as an import brings them."""
    return [Found(capture, "elsewhere") for capture in captures]


def page(name: str) -> bytes:
    return (FIXTURES / f"{name}.html").read_bytes()


def dated_versions() -> list[Capture]:
    """Return the dated versions, the second of them twice."""
    return [
        served("2023-12-05", page("cbp_2023-11-30")),
        served("2024-05-01", page("cbp_2024-04-19")),
        served("2024-12-15", page("cbp_2024-04-19")),
        served("2025-02-01", page("cbp_2025-01-22")),
        served("2025-06-01", page("cbp_2025-05-06")),
    ]


def all_evidence() -> list[Capture]:
    """Return the dated versions with failures, 304s, a page in doubt, a loss that comes back and one that stays."""
    without_ports = page("cbp_2025-05-06").replace(b"328 ports", b"many ports")
    return [
        *dated_versions(),
        served("2024-01-05", page("cbp_2023-11-30")),
        served("2024-06-01", b"<h1>Access Denied</h1>", 403),
        served("2024-06-15", page("three_offices.after")),
        served("2024-06-20", page("halved.after")),
        served("2024-07-01", b"", 304),
        replace(served("2024-09-01", page("cbp_2024-04-19")), headers={"etag": '"2024"'}),
        replace(served("2024-12-20", b"", 304), headers={"etag": '"2024"'}),
        served("2024-08-01", page("soft_404")),
        served("2025-03-01", page("cbp_2025-01-22").replace(b"Casey O. Durst", b"")),
        served("2025-04-01", page("cbp_2025-01-22")),
        served("2025-07-01", without_ports),
        served("2025-08-01", without_ports + b"<!-- again -->"),
    ]


@cache
def _parsed(status: int, body: bytes) -> LeadershipPage | ScraperError:
    try:
        return read_capture(served("2024-01-01", body, status))
    except ScraperError as trouble:
        return trouble


def read(capture: Capture) -> LeadershipPage:
    """Judge and read a capture, each content once for all orders."""
    found = _parsed(capture.status, capture.body)
    if isinstance(found, ScraperError):
        raise found
    return found


@dataclass
class Clock:
    """A clock that goes on by a second whenever it is asked."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def told_after(empty: Path, copy: Path, batches: Sequence[Sequence[Capture]]) -> Json:
    """Return the history that these imports give, one after the other, without the numbers of rows."""
    shutil.copy(empty, copy)
    with Archive.open(copy, clock=Clock()) as archive:
        archive.page_id("cbp", URL)
        [stored] = archive.pages()
        for batch in batches:
            take_in(archive, stored, found(batch), SETTINGS, Clock(), read=read)
        return told(archive, stored)


def told(archive: Archive, stored: StoredPage) -> Json:
    """Return the history of a page, without the numbers of rows."""
    history = told_history_of(archive, stored)
    printed = [change_row(change, stored.name) for change in archive.changes()]
    return {
        "tenures": [_unnumbered(tenure.to_json()) for tenure in history.tenures],
        "figures": [_unnumbered(span.to_json()) for span in history.figures],
        "runs": [(run.first_seen, run.last_seen) for run in history.runs],
        "changes": [
            (change.last_seen, change.first_seen, change.page_dated, change.silent_edit, change.change.sentence)
            for change in history.changes
        ],
        "printed": [_unnumbered(row) for row in printed if row["state"] in {"confirmed", "pending"}],
    }


def shuffled(evidence: Sequence[Capture], chance: Random) -> list[list[Capture]]:
    """Return the evidence in an order of chance, in one to three imports."""
    mixed = list(evidence)
    chance.shuffle(mixed)
    cuts = sorted(chance.randrange(len(mixed) + 1) for _ in range(chance.randrange(3)))
    return [mixed[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]


def _unnumbered(row: Any) -> Any:
    if isinstance(row, dict):
        return {name: _unnumbered(value) for name, value in row.items() if name not in NUMBERS}
    return [_unnumbered(each) for each in row] if isinstance(row, list) else row
