"""What one sighting of a page means for what is believed about it: a step from one state to the next.

Nothing here reads a page or an archive. A check takes one step from the state that the archive holds; to derive a
page's history anew is to take every step again, in the order of the sightings, whenever they came in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from model import Change, ChangeKind, LeadershipPage, Outcome, Verdict
from monitor import quarantine
from monitor.believing import withhold
from monitor.comparison import compare
from monitor.confirming import UNSETTLED, Findings, Loss, Settled, sift, take_all
from monitor.history.certainty import Mark
from monitor.quarantine import Doubted, Version
from monitor.screening import screen
from storage.rows import Belief, ChangeState, Origin

NOTHING = Findings()

DRIFT = 0.2
"""How much less of the page's text a reading may explain than the one before; below that is parser drift."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the settings say about believing a page: offices that must be on it, how long a loss waits.

    `settled` is what checks made of losses before, under the settings of then: that stands.
    """

    required: tuple[str, ...] = ()
    wait: timedelta = timedelta(minutes=10)
    settled: Settled = UNSETTLED


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the page said at one moment, `times` times since the sighting before; a snapshot holds these rows."""

    rows: LeadershipPage
    capture_id: int
    snapshot_id: int
    seen_at: datetime
    verdict: Verdict = Verdict.OK
    origin: Origin = Origin.CHECK
    times: int = 1


@dataclass(frozen=True, slots=True)
class State:
    """What is believed of a page, and what waits: losses, a version in doubt, and what a person rejected."""

    belief: Belief | None = None
    pending: tuple[Loss, ...] = ()
    doubted: Doubted | None = None
    rejected: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A change as it is recorded: the old was seen last at `last_seen`, the new first at `mark`."""

    change: Change
    state: ChangeState
    last_seen: datetime
    mark: Mark
    snapshot_before: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What a sighting comes to, and the state after it.

    The findings lie between `before` and `mark`: when the old was seen last, and the new first. `released` tells
    that a version in doubt is believed from now on, as of its first sighting; `rejected` is the number of the
    rejected version that the page reads as.
    """

    outcome: Outcome
    reason: str | None
    state: State
    mark: Mark
    before: Belief | None = None
    findings: Findings = NOTHING
    released: bool = False
    rejected: int | None = None
    drift: str | None = None

    @property
    def turned(self) -> bool:
        """Return whether anything is believed otherwise than before."""
        found, after = self.findings, self.state.belief
        is_new = self.before is None or after is None or self.before.snapshot_id != after.snapshot_id
        read_well = self.state.doubted is None
        return bool(found.says_otherwise or found.confirmed or self.released or (read_well and is_new))

    def found(self) -> list[Finding]:
        """Return the changes that are recorded now: news first, then losses that wait."""
        if self.before is None:
            return []
        last_seen, rest = self.before.last_seen, (self.mark, self.before.snapshot_id)
        news = [
            Finding(change, ChangeState.CONFIRMED, self.findings.last_seen(change, last_seen), *rest)
            for change in self.findings.news
        ]
        return news + [Finding(loss, ChangeState.PENDING, last_seen, *rest) for loss in self.findings.losses]


def doubt_of(state: State, rows: LeadershipPage, rules: Rules) -> str | None:
    """Return why rows are no believable version of the page, None where they are one."""
    return screen(state.belief.page if state.belief else rows, rows, required=rules.required)


def step(state: State, sighting: Sighting, doubt: str | None, rules: Rules) -> Decision:
    """Decide what to believe after a sighting; `doubt` is what `doubt_of` says of it."""
    mark = _mark(state, sighting)
    if doubt:
        return _doubt(state, sighting, doubt, mark)
    if state.belief is None:
        return _baseline(state, sighting, mark)
    changes = compare(state.belief.page, sighting.rows)
    findings = sift(
        changes,
        state.pending,
        seen_at=sighting.seen_at,
        wait=rules.wait,
        origin=sighting.origin,
        settled=rules.settled,
    )
    return _go_on(state, state.belief, sighting, findings, mark)


def is_settled(decision: Decision, rows: LeadershipPage) -> bool:
    """Return whether these rows are believed as they stand: nothing of them is doubted or waits for confirmation."""
    after = decision.state
    return bool(after.belief and after.belief.page == rows and not after.doubted and not after.pending)


def accept(state: State) -> Decision | None:
    """Believe the version in doubt because a person says so; None where the page has read otherwise since."""
    run = state.doubted
    if run is None:
        return None
    origin = Origin.CHECK if run.checked else Origin.IMPORT
    seen = Sighting(run.page, run.mark.capture_id, run.mark.snapshot_id, run.last_seen, origin=origin)
    return replace(_release(state, run, seen), reason="accepted in review")


def read_again(state: State, last: LeadershipPage, again: LeadershipPage) -> State:
    """Return the state as another version of the parser reads it, so that a better parser is not news.

    `last` and `again` are the old and the new reading of the capture behind the belief. A belief that is more
    than that capture and what waits to be confirmed stays as it is.
    """
    waiting = [loss.change for loss in state.pending]
    if state.belief is None or withhold(state.belief.page, last, waiting) != state.belief.page:
        return state
    return replace(state, belief=replace(state.belief, page=withhold(state.belief.page, again, waiting)))


def numbered(state: State, numbers: Sequence[int]) -> State:
    """Return the state in which the losses that are new have the numbers of their changes."""
    left = iter(numbers)
    pending = tuple(loss if loss.number else replace(loss, number=next(left)) for loss in state.pending)
    return replace(state, pending=pending)


def _mark(state: State, sighting: Sighting) -> Mark:
    dated = sighting.rows.last_modified
    stood_still = bool(dated and state.belief and state.belief.page.last_modified == dated)
    return Mark(sighting.seen_at, sighting.snapshot_id, sighting.capture_id, dated, stood_still)


def _baseline(state: State, sighting: Sighting, mark: Mark) -> Decision:
    """Believe the first rows of a page: what they say is no news."""
    belief = Belief(sighting.rows, sighting.snapshot_id, mark.seen_at, sighting.seen_at)
    state = State(belief, rejected=state.rejected)
    return Decision(Outcome.BASELINE, None, state, mark)


def _go_on(state: State, before: Belief, sighting: Sighting, findings: Findings, mark: Mark) -> Decision:
    """Believe these rows, but for the losses that are not confirmed yet."""
    page = withhold(_without_departed(before.page, findings), sighting.rows, findings.unconfirmed)
    since = before.first_seen if page == before.page else _since(before, findings, mark)
    losses = tuple(
        Loss(0, change, before.last_seen, mark, before.snapshot_id, sighting.origin)
        for change in findings.losses
    )
    after = State(
        Belief(page, sighting.snapshot_id, since, sighting.seen_at),
        (*findings.waiting, *losses),
        rejected=state.rejected,
    )
    outcome = Outcome.CHANGED if findings.told else Outcome.UNCHANGED
    return Decision(outcome, None, after, mark, before, findings)


def _since(before: Belief, findings: Findings, mark: Mark) -> datetime:
    """Return since when the page reads as is believed now: a loss that is confirmed was seen first before."""
    if findings.news or not findings.confirmed:
        return mark.seen_at
    return max(before.first_seen, *(loss.first_seen for loss in findings.confirmed))


def _without_departed(before: LeadershipPage, findings: Findings) -> LeadershipPage:
    """Return `before` without the leaders whose loss is confirmed: an office that waits comes back without them."""
    departed = [
        (loss.change.office, loss.change.before)
        for loss in findings.confirmed
        if loss.change.kind is ChangeKind.LEADER_DEPARTED
    ]
    offices = (
        replace(office, leader=None)
        if office.leader and (office.name, office.leader.to_json()) in departed
        else office
        for office in before.offices
    )
    return replace(before, offices=tuple(offices))


def _doubt(state: State, sighting: Sighting, doubt: str, mark: Mark) -> Decision:
    """Quarantine a version, let through what is read well in it, or release it when it has proved true."""
    run = _run(state, sighting, mark)
    state = replace(state, doubted=run)
    quarantined = Decision(Outcome.QUARANTINED, doubt, state, mark, state.belief)
    if rejected := quarantine.among(sighting.rows, state.rejected):
        reason = f"these rows were rejected in review ({doubt})"
        return replace(quarantined, reason=reason, rejected=rejected.id)
    if run.is_proven(sighting.origin):
        return _release(state, run, sighting)
    through = quarantine.read_well(state.belief.page, sighting.rows) if state.belief else None
    news = tuple(compare(state.belief.page, through)) if state.belief and through else ()
    if not (state.belief and through and news):
        return quarantined
    believed = replace(state, belief=replace(state.belief, page=through))
    return replace(quarantined, state=believed, findings=Findings(news=news))


def _run(state: State, sighting: Sighting, mark: Mark) -> Doubted:
    """Return the run of sightings of a doubted version that ends with this one."""
    run, checked = state.doubted, sighting.origin is Origin.CHECK
    if run is None or not quarantine.same_rows(run.page, sighting.rows):
        good_at = state.belief.last_seen if state.belief else None
        return Doubted(sighting.rows, mark, sighting.seen_at, sighting.times, good_at, checked)
    return replace(
        run, last_seen=sighting.seen_at, times=run.times + sighting.times, checked=run.checked or checked
    )


def _release(state: State, run: Doubted, sighting: Sighting) -> Decision:
    """Believe a doubted version as a whole, as of its first sighting."""
    if state.belief is None:
        return replace(_baseline(state, sighting, run.mark), released=True)
    before = replace(state.belief, last_seen=run.good_at or state.belief.last_seen)
    findings = take_all(compare(before.page, sighting.rows), state.pending)
    return replace(_go_on(state, before, sighting, findings, run.mark), released=True)
