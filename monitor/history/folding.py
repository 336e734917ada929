"""The history of a page derived from its sightings, by taking every step again in the order of time.

What comes out depends on the sightings and on what people decided, not on the order in which they came in. A run
of sightings takes two steps, its first and its last: nothing else happens in between. Where it is kept how far this
came before (`monitor.history.reached`), only the steps since are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import count

from model import LeadershipPage
from monitor.confirming import Loss
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
from monitor.history.reached import Reached
from monitor.history.spans import FigureSpan, Tenure
from monitor.history.tracking import Open, Tracker
from monitor.quarantine import same_rows
from storage.rows import ChangeState, DecisionVerdict, Origin, SnapshotRows, StoredDecision, StoredSighting


@dataclass(frozen=True, slots=True)
class Derived:
    """What a page's sightings come to: the state after them, the spans, the changes, and which are good.

    The changes have the numbers that the waiting losses in the state know them by. `believed` holds for each run
    of sightings whether it is a good one, `in_doubt` the places of those of the version in doubt, `doubts` why a
    snapshot is doubted. `open` is what goes on.
    """

    state: State
    tenures: Sequence[Tenure]
    figures: Sequence[FigureSpan]
    findings: Mapping[int, Finding]
    believed: Sequence[bool]
    in_doubt: Sequence[int]
    doubts: Mapping[int, str]
    open: Open


def derive(
    runs: Sequence[StoredSighting],
    decisions: Iterable[StoredDecision],
    readings: Iterable[SnapshotRows],
    rules: Rules,
    reached: Reached | None = None,
) -> Derived:
    """Go through the runs of sightings, which do not overlap, and what was decided meanwhile.

    With `reached` all of them are since then, and so are the spans and the changes that are returned: those that
    were open or waited, and the new ones.
    """
    fold = _Fold(runs, readings, rules, reached)
    steps = [(moment, 0, take) for place, run in enumerate(runs) for moment, take in fold.steps(place, run)]
    steps += [(decision.decided_at, 1, partial(fold.decide, decision)) for decision in decisions]
    for _, _, take in sorted(steps, key=lambda each: each[:2]):
        take()
    return fold.derived()


class _Fold:
    """The steps taken so far: the state, the spans, the changes by their numbers, which runs are good."""

    def __init__(
        self,
        runs: Sequence[StoredSighting],
        readings: Iterable[SnapshotRows],
        rules: Rules,
        reached: Reached | None,
    ) -> None:
        self.rules, self.reached = rules, reached
        self.readings = {reading.id: reading for reading in readings}
        self.versions = {(each.capture_id, each.parser_version): each for each in self.readings.values()}
        self.state = reached.state(self.readings) if reached else State()
        self.tracker = Tracker(reached.open, reached.belief.page) if reached else Tracker()
        self.findings = {loss.number: _waiting(loss) for loss in self.state.pending}
        self.numbers = count(reached.changes + 1 if reached else 1)
        self.believed = [run.believed and reached is not None and reached.is_known(run) for run in runs]
        self.doubts: dict[int, str] = {}
        begun = reached.in_doubt if reached else ()
        self.in_doubt = [place for place, run in enumerate(runs) if run.first_seen in begun]

    def steps(self, place: int, run: StoredSighting) -> Iterator[tuple[datetime, Callable[[], None]]]:
        """Return the steps that a run of sightings takes, each with its moment, first to last."""
        taken = self._taken(run)
        if not taken:
            yield run.first_seen, partial(self.begin, place, run)
        if run.times > max(taken, 1):
            yield run.last_seen, partial(self.go_on, place, run, run.times - max(taken, 1))

    def _taken(self, run: StoredSighting) -> int:
        """Return how many sightings of a run were gone through before."""
        if self.reached is None or not self.reached.is_known(run):
            return 0
        return self.reached.times if run.first_seen == self.reached.newest else run.times

    def begin(self, place: int, run: StoredSighting) -> None:
        """Take the first step of a run of sightings."""
        self._read_again(run.snapshot_id)
        self._step(place, run, self._sighting(run))

    def go_on(self, place: int, run: StoredSighting, times: int) -> None:
        """Take the last step of a run: it stands for so many sightings after those gone through."""
        self._step(place, run, replace(self._sighting(run), seen_at=run.last_seen, times=times))

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
        findings = {number: self._as_trusted(finding) for number, finding in self.findings.items()}
        return Derived(
            self.state,
            tenures,
            figures,
            findings,
            self.believed,
            self.in_doubt if self.state.doubted else (),
            self.doubts,
            self.tracker.open(),
        )

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
            numbers.append(next(self.numbers))
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


def _waiting(loss: Loss) -> Finding:
    return Finding(loss.change, ChangeState.PENDING, loss.last_seen, loss.mark, loss.snapshot_before)
