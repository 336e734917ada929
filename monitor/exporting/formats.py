"""Every format that the archive is handed out in, by its name on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from monitor.exporting import news
from monitor.exporting.flat import TABLES, Table
from monitor.exporting.ftm import entities
from monitor.exporting.popolo import popolo
from monitor.exporting.rows import write_csv, write_json_lines, write_parquet
from monitor.history.timeline import told_history_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.exporting.flat import Row
    from monitor.history.spans import ToldHistory
    from storage import Archive, StoredPage

TABULAR: dict[str, Callable[[Table, Iterable[Row], IO[bytes]], None]] = {
    "csv": write_csv,
    "jsonl": write_json_lines,
    "parquet": write_parquet,
}
WHOLE: dict[str, Callable[[Sequence[ToldHistory], str], bytes]] = {
    "popolo": lambda histories, _: json.dumps(popolo(histories), indent=2).encode() + b"\n",
    "ftm": lambda histories, _: b"".join(json.dumps(each).encode() + b"\n" for each in entities(histories)),
    "atom": lambda histories, title: news.atom(news.told(histories), title=title),
    "ical": lambda histories, title: news.calendar(news.told(histories), title=title),
}
FORMATS = (*TABULAR, *WHOLE, "warc")
BINARY = ("parquet", "warc")


@dataclass(frozen=True, slots=True)
class Export:
    """What is handed out: pages of an archive, and which table where the format has one at a time.

    `packed` says that a WARC file is compressed.
    """

    archive: Archive
    pages: Sequence[StoredPage]
    table: str = "tenures"
    packed: bool = False

    def write(self, form: str, out: IO[bytes]) -> str | None:
        """Write a format and return what was left out, in words; raises MissingExtra, ArchiveError."""
        if form == "warc":
            return self._write_evidence(out)
        histories = [told_history_of(self.archive, page) for page in self.pages]
        if form in TABULAR:
            table = TABLES[self.table]
            TABULAR[form](table, table.rows(histories), out)
        else:
            out.write(WHOLE[form](histories, ", ".join(page.name for page in self.pages)))
        return None

    def _write_evidence(self, out: IO[bytes]) -> str | None:
        from monitor.exporting.evidence import Evidence  # here, since only this format needs warcio
        from monitor.exporting.warc import WarcFile

        evidence = Evidence(self.archive, self.pages)
        WarcFile(out, self.packed).write(evidence.captures())
        return f"{evidence.pruned} captures whose bytes were pruned" if evidence.pruned else None
