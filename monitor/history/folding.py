"""The history of a page derived from its sightings, by taking every step again in the order of time.

What comes out depends on the sightings and on what people decided, not on the order in which they came in. A run
of sightings takes two steps, its first and its last: nothing else happens in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from model import LeadershipPage
from monitor.deciding import (
    Decision,
    Finding,
    Rules,
    Sighting,
    State,
    accept,
    doubt_of,
    numbered,
    read_again,
    step,
)
from monitor.history.spans import FigureSpan, Tenure
from monitor.history.tracking import Tracker
from monitor.quarantine import same_rows
from storage.rows import ChangeState, DecisionVerdict, Origin, SnapshotRows, StoredDecision, StoredSighting


@dataclass(frozen=True, slots=True)
class Derived:
    """What a page's sightings come to: the state after them, the spans, the changes, and which are good.

    `believed` holds for each run of sightings whether it is a good one, `doubts` why a snapshot is doubted.
    """

    state: State
    tenures: Sequence[Tenure]
    figures: Sequence[FigureSpan]
    findings: Sequence[Finding]
    believed: Sequence[bool]
    doubts: Mapping[int, str]


def derive(
    runs: Sequence[StoredSighting],
    decisions: Iterable[StoredDecision],
    readings: Iterable[SnapshotRows],
    rules: Rules,
) -> Derived:
    """Go through the runs of sightings, which do not overlap, and what was decided meanwhile."""
    fold = _Fold(len(runs), readings, rules)
    steps = [(moment, 0, take) for place, run in enumerate(runs) for moment, take in fold.steps(place, run)]
    steps += [(decision.decided_at, 1, partial(fold.decide, decision)) for decision in decisions]
    for _, _, take in sorted(steps, key=lambda each: each[:2]):
        take()
    return fold.derived()


class _Fold:
    """The steps taken so far: the state, the spans, the changes by their numbers, which runs are good."""

    def __init__(self, runs: int, readings: Iterable[SnapshotRows], rules: Rules) -> None:
        self.rules = rules
        self.readings = {reading.id: reading for reading in readings}
        self.versions = {(each.capture_id, each.parser_version): each for each in self.readings.values()}
        self.state = State()
        self.tracker = Tracker()
        self.findings: dict[int, Finding] = {}
        self.believed = [False] * runs
        self.doubts: dict[int, str] = {}
        self.in_doubt: list[int] = []

    def steps(self, place: int, run: StoredSighting) -> Iterator[tuple[datetime, Callable[[], None]]]:
        """Return the steps that a run of sightings takes, each with its moment, first to last."""
        yield run.first_seen, partial(self.begin, place, run)
        if run.times > 1:
            yield run.last_seen, partial(self.go_on, place, run)

    def begin(self, place: int, run: StoredSighting) -> None:
        """Take the first step of a run of sightings."""
        self._read_again(run.snapshot_id)
        self._step(place, run, self._sighting(run))

    def go_on(self, place: int, run: StoredSighting) -> None:
        """Take the last step of a run: it stands for all those after the first."""
        self._step(place, run, replace(self._sighting(run), seen_at=run.last_seen, times=run.times - 1))

    def decide(self, decision: StoredDecision) -> None:
        """Do what a person decided over a version, as far as it is still in doubt."""
        version = self.readings[decision.snapshot_id]
        if decision.verdict is DecisionVerdict.REJECTED:
            self.state = replace(self.state, rejected=(*self.state.rejected, version))
            return
        left = tuple(each for each in self.state.rejected if each.id != version.id)
        self.state = replace(self.state, rejected=left)
        run = self.state.doubted
        if run and same_rows(run.page, version.page) and (decided := accept(self.state)):
            self._believe_doubted()
            self._follow(decided, run.page, run.last_seen)

    def derived(self) -> Derived:
        tenures, figures = self.tracker.spans()
        findings = [self._as_trusted(finding) for finding in self.findings.values()]
        return Derived(self.state, tenures, figures, findings, self.believed, self.doubts)

    def _as_trusted(self, finding: Finding) -> Finding:
        """Return the finding without a Last Modified that proved wrong."""
        mark = finding.mark
        if mark.stood_still or mark.dated not in self.tracker.distrusted:
            return finding
        return replace(finding, mark=replace(mark, dated=None))

    def _sighting(self, run: StoredSighting) -> Sighting:
        page = self.readings[run.snapshot_id].page
        return Sighting(page, run.capture_id, run.snapshot_id, run.first_seen, origin=run.origin)

    def _step(self, place: int, run: StoredSighting, sighting: Sighting) -> None:
        doubt, before = doubt_of(self.state, sighting.rows, self._rules_for(run)), self.state.doubted
        decision = step(self.state, sighting, doubt, self.rules)
        if decision.state.doubted:
            goes_on = before is not None and before.mark == decision.state.doubted.mark
            self.in_doubt = [*(self.in_doubt if goes_on else ()), place]
            self.doubts[sighting.snapshot_id] = doubt or ""
        else:
            if decision.released:
                self._believe_doubted()
            self.believed[place] = True
        self._follow(decision, sighting.rows, sighting.seen_at)

    def _rules_for(self, run: StoredSighting) -> Rules:
        """Return the rules without the offices required now where a check believed a run as it was set then."""
        was_believed = run.believed and run.origin is Origin.CHECK
        return replace(self.rules, required=()) if was_believed else self.rules

    def _believe_doubted(self) -> None:
        for place in self.in_doubt:
            self.believed[place] = True

    def _follow(self, decision: Decision, rows: LeadershipPage, seen_at: datetime) -> None:
        """Go on to the state after a decision, with its changes and with what it means for the spans."""
        self._note(decision)
        believed = self.state.belief
        if believed is None:
            return
        if decision.state.doubted:
            self.tracker.let_through(believed.page, decision.mark)
        else:
            edited = decision.findings.says_otherwise
            self.tracker.see(believed.page, rows, decision.mark, seen_at, edited=edited)

    def _note(self, decision: Decision) -> None:
        """Number the changes that were found, and settle those that waited."""
        numbers = []
        for finding in decision.found():
            numbers.append(len(self.findings) + 1)
            self.findings[numbers[-1]] = finding
        settled = {ChangeState.PENDING: decision.findings.waiting}
        settled[ChangeState.CONFIRMED] = decision.findings.confirmed
        settled[ChangeState.WITHDRAWN] = decision.findings.withdrawn
        for state, losses in settled.items():
            for loss in losses:
                found = self.findings[loss.number]
                self.findings[loss.number] = replace(found, change=loss.change, state=state)
        self.state = numbered(decision.state, numbers[len(decision.findings.news) :])

    def _read_again(self, snapshot_id: int) -> None:
        """Take the belief in the reading of the version of the parser that read this snapshot."""
        if self.state.belief is None:
            return
        last, version = self.readings[self.state.belief.snapshot_id], self.readings[snapshot_id].parser_version
        again = self.versions.get((last.capture_id, version))
        if last.parser_version != version and again:
            self.state = read_again(self.state, last.page, again.page)
            if self.state.belief:
                self.tracker.correct(self.state.belief.page)
