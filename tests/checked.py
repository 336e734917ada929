"""A page whose checks skip the network and the reading: each begins where the page has been read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from model import Capture, LeadershipPage, Outcome, Verdict
from monitor.history.deriving import rederive
from monitor.reviewing import accept, doubted, reject
from monitor.running import Run
from monitor.settings import PageSettings, Settings
from monitor.sighting import Seen, Watched, take_step
from monitor.taking_in import carry_out, rules_of
from scraper import parse_capture
from storage import Archive
from tests.watching import START, Clock

PAGE = PageSettings(name="waterways", url="https://waterways.example/leadership")
SETTINGS = Settings(pages=(PAGE,))


def capture_of(markup: str, at: datetime) -> Capture:
    return Capture(PAGE.url, PAGE.url, 200, {}, markup.encode(), at)


@cache
def rows_of(markup: str) -> LeadershipPage:
    return parse_capture(capture_of(markup, START))


@dataclass
class Checked:
    """The page in its archive, with the clock of both."""

    archive: Archive
    clock: Clock
    page_id: int

    def check(self, markup: str, *, hours: float) -> None:
        """Let the time go by, and take in what the page says."""
        self.clock.move(hours=hours)
        at = self.clock.now
        kept = self.archive.keep_capture(self.page_id, capture_of(markup, at))
        seen = Seen(rows_of(markup), Verdict.OK, kept.id, at)
        run = Run(PAGE, self.page_id, self.archive, SETTINGS, self.clock, at, parse_capture)
        with self.archive.transaction() as tx:
            watched = Watched(tx, self.archive, self.page_id, rules_of(PAGE, SETTINGS), run.read)
            carry_out(run, watched, *take_step(watched, tx.belief(self.page_id), seen))

    def fail(self) -> None:
        now = self.clock.now
        with self.archive.transaction() as tx:
            tx.record_check(
                self.page_id, started_at=now, finished_at=now, outcome=Outcome.FAILED, verdict=Verdict.ERROR
            )

    def decide(self, *, is_accepted: bool) -> None:
        """Decide about the newest version in doubt, where there is one."""
        for found in doubted(self.archive)[-1:]:
            if not is_accepted:
                reject(found.snapshot.id, archive=self.archive)
            elif found.is_current:
                accept(found.snapshot.id, archive=self.archive, settings=SETTINGS, clock=self.clock)

    def kept(self) -> dict[str, object]:
        """Return what is kept of the page's history."""
        return {
            "sightings": self.archive.sightings(self.page_id),
            "tenures": self.archive.spans("tenure_spans", self.page_id),
            "figures": self.archive.spans("figure_spans", self.page_id),
            "changes": self.archive.changes(page_id=self.page_id),
            "belief": self.archive.belief(self.page_id),
            "states": [(each.id, each.state) for each in self.archive.snapshot_rows(self.page_id)],
        }

    def go_through_all(self) -> None:
        """Derive the history from all sightings."""
        with self.archive.transaction() as tx:
            rederive(tx, self.page_id, rules_of(PAGE, SETTINGS))
