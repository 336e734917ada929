"""An answer as known at a moment never changes after it, whatever is checked, brought in or decided later."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from model import Capture
from monitor.history.importing import take_in
from monitor.history.timeline import as_of, history_of
from monitor.history.verifying import derived_faults
from monitor.importing.found import Found
from monitor.reviewing import accept, doubted, reject
from scraper.fetching import open_client
from storage import Archive, ChangeState
from tests.conftest import USER_AGENT
from tests.loopback import Site
from tests.watching import OFFICES, Clock, Watch, instead, markup, without

VERSIONS = [
    markup(),
    instead(Rivers="Director Zoe Park"),
    instead(Rivers="Acting Director Zoe Park", Lakes="Director Ann Lee"),
    instead(Harbors=""),
    without("Office of Lakes"),
    markup(dict(list(OFFICES.items())[:2])),
    markup(extra="<p>Last Modified: Apr 19, 2024</p>"),
]
versions = st.sampled_from(VERSIONS)


class Remembering(RuleBasedStateMachine):
    """One archive that takes in what comes, and is asked again what it was asked before."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.archive = Archive.open(self.folder / "archive.db", clock=self.clock)
        self.site = Site()
        self.site.__enter__()
        self.client: httpx.Client = open_client(USER_AGENT, allow_private=["127.0.0.1"])
        self.watch = Watch(self.site, self.archive, self.client, self.clock)
        number = self.watch.page_id
        self.page = next(page for page in self.archive.pages() if page.id == number)
        self.kept: list[tuple[datetime, datetime, Any]] = []

    @rule(version=versions, hours=st.sampled_from([0.1, 2, 13, 30, 400]))
    def check(self, version: str, hours: float) -> None:
        self.watch.checked(version, hours=hours)

    @rule(hours=st.sampled_from([1, 20]))
    def fail(self, hours: float) -> None:
        self.clock.move(hours=hours)
        self.watch.serve_bare("", status=500)
        self.watch.check()

    @rule(version=versions, days=st.floats(0.01, 60))
    def bring_in(self, version: str, days: float) -> None:
        self.clock.move(minutes=1)
        fetched_at = self.clock.now - timedelta(days=days)
        url = self.watch.page.url
        capture = Capture(url, url, 200, {"content-type": "text/html"}, version.encode(), fetched_at)
        take_in(self.archive, self.page, [Found(capture, "elsewhere")], self.watch.settings, self.clock)

    @rule(is_accepted=st.booleans())
    def decide(self, is_accepted: bool) -> None:
        self.clock.move(minutes=1)
        for found in doubted(self.archive)[-1:]:
            if not is_accepted:
                reject(found.snapshot.id, archive=self.archive)
            elif found.is_current:
                accept(found.snapshot.id, archive=self.archive, settings=self.watch.settings, clock=self.clock)

    @rule(days=st.floats(-2, 60))
    def ask(self, days: float) -> None:
        moment, known_at = self.clock.now - timedelta(days=days), self.clock.now
        self.kept.append((moment, known_at, self._answer(moment, known_at)))
        self.clock.move(seconds=1)

    @invariant()
    def every_answer_is_as_it_was(self) -> None:
        for moment, known_at, answer in self.kept:
            assert self._answer(moment, known_at) == answer

    def _answer(self, moment: datetime, known_at: datetime) -> Any:
        history = history_of(self.archive, self.page, known_at)
        return (
            as_of(self.archive, self.page, moment, known_at).to_json(),
            [tenure.to_json() for tenure in history.tenures],
            [span.to_json() for span in history.figures],
            history.runs,
            self.archive.changes(page_id=self.page.id, states=[ChangeState.CONFIRMED], known_at=known_at),
        )

    def teardown(self) -> None:
        assert derived_faults(self.archive, self.watch.settings) == []
        self.client.close()
        self.site.__exit__(None, None, None)
        self.archive.close()
        shutil.rmtree(self.folder)


TestAnswersStay = Remembering.TestCase
TestAnswersStay.settings = settings(
    max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
