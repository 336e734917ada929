"""What counts as right: changes by kind, office and the people or figures in them; pages field by field."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bench.accuracy.edits import Expected
from bench.accuracy.quantities import Quantity
from model import Change, ChangeKind, Figure, LeadershipPage, Office

MATERIAL = tuple(kind for kind in ChangeKind if kind is not ChangeKind.TEXT_CHANGED)
LEADER_KINDS = frozenset(
    kind for kind in ChangeKind if kind.value.startswith(("leader", "acting", "title", "name"))
)
IDLE_WORDS = frozenset(("of", "the", "a", "an", "and", "in", "on", "for", "to", "its", "within", "before"))


@dataclass
class Tally:
    """Hits, false answers and misses for each kind of change or field of a page."""

    hits: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def note(self, what: str, *, hits: int = 0, false: int = 0, missed: int = 0) -> None:
        self.hits[what] += hits
        self.false[what] += false
        self.missed[what] += missed

    def precision(self, whats: Iterable[str]) -> float:
        return _ratio(self.hits, self.false, tuple(whats))

    def recall(self, whats: Iterable[str]) -> float:
        return _ratio(self.hits, self.missed, tuple(whats))

    def kinds(self) -> list[str]:
        return sorted({*self.hits, *self.false, *self.missed})


def _ratio(hits: Counter[str], others: Counter[str], whats: Sequence[str]) -> float:
    hit = sum(hits[what] for what in whats)
    other = sum(others[what] for what in whats)
    return hit / (hit + other) if hit + other else 1.0


def normal(text: str | None) -> str:
    """Return the text without case, odd spaces, and the shapes of quotes and dashes."""
    plain = unicodedata.normalize("NFC", text or "").translate(str.maketrans("‘’“”–—", "''\"\"--"))
    return " ".join(re.sub(r"[\u200b\ufeff\u200c\u00ad]", "", plain).casefold().split())


def office_key(name: str | None) -> str:
    return normal(name).removeprefix("the ")


def measure_overlaps(one: str, other: str) -> bool:
    """Say whether two measures share a word that carries meaning."""
    return bool(_stems(one) & _stems(other))


def _stems(measure: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"\w+", normal(measure))} - IDLE_WORDS


def score_changes(tally: Tally, expected: Sequence[Expected], actual: Sequence[Change]) -> list[str]:
    """Match changes one to one, note them by kind, and return the mistakes in words."""
    left = [change for change in actual if change.kind is not ChangeKind.TEXT_CHANGED]
    mistakes = []
    for one in expected:
        match = next((change for change in left if change_matches(one, change)), None)
        tally.note(one.kind.value, hits=int(match is not None), missed=int(match is None))
        if match is None:
            mistakes.append(f"missed {describe(one)}")
            continue
        left.remove(match)
        _score_moves(tally, one, match, mistakes)
    for change in left:
        tally.note(change.kind.value, false=1)
        mistakes.append(f"false {change.kind.value} {change.office!r}: {change.before} -> {change.after}")
    return mistakes


def _score_moves(tally: Tally, one: Expected, change: Change, mistakes: list[str]) -> None:
    for told, truth in ((change.went_to, one.went_to), (change.came_from, one.came_from)):
        right = office_key(told) == office_key(truth)
        if truth or told:
            tally.note(
                "moves told",
                hits=int(right),
                missed=int(not right and bool(truth)),
                false=int(not right and bool(told)),
            )
        if not right:
            mistakes.append(f"move of {one.office!r}: expected {truth!r}, told {told!r}")


def describe(one: Expected) -> str:
    before, after = (
        side.figure().to_json() if isinstance(side, Quantity) else side for side in (one.before, one.after)
    )
    return f"{one.kind.value} {one.office!r}: {before} -> {after}"


def change_matches(one: Expected, change: Change) -> bool:
    """Say whether the change is the expected one: kind, office, and the names or figures on both sides."""
    if change.kind is not one.kind:
        return False
    if one.kind.value.startswith("office"):
        return _side(one.before, change.before) and _side(one.after, change.after)
    return (
        office_key(change.office) == office_key(one.office)
        and _side(one.before, change.before)
        and _side(one.after, change.after)
    )


def _side(truth: str | Quantity | None, told: Any) -> bool:
    if truth is None:
        return told is None or told == {}
    if isinstance(told, str):
        return isinstance(truth, str) and office_key(told) == office_key(truth)
    if not isinstance(told, dict):
        return False
    if isinstance(truth, Quantity):
        return Decimal(str(told["value"])) == truth.value and measure_overlaps(told["measure"], truth.measure)
    return normal(told["name"]) == normal(truth)


def score_page(tally: Tally, truth: LeadershipPage, told: LeadershipPage) -> list[str]:
    """Compare what was read with what the page says, note it by field, and return the mistakes in words."""
    left = list(told.offices)
    mistakes: list[str] = []
    for office in truth.offices:
        match = _counterpart(office, left)
        if match:
            left.remove(match)
            _score_office(tally, office, match, mistakes)
        else:
            tally.note("offices", missed=1)
            mistakes.append(f"missed office {office.name!r} with {office.leader and office.leader.name!r}")
    for office in left:
        tally.note("offices", false=1)
        mistakes.append(f"invented office {office.name!r} with {office.leader and office.leader.name!r}")
    _score_figures(tally, "page", truth.figures, told.figures, mistakes)
    _score_value(tally, "last modified", truth.last_modified, told.last_modified, mistakes, "page")
    _score_value(tally, "page title", normal(truth.title), normal(told.title), mistakes, "page")
    return mistakes


def _counterpart(office: Office, others: list[Office]) -> Office | None:
    by_name = [other for other in others if office_key(other.name) == office_key(office.name)]
    name = office.leader and normal(office.leader.name)
    by_leader = [other for other in others if name and other.leader and normal(other.leader.name) == name]
    both = [other for other in by_name if other in by_leader]
    return next(iter(both or by_name or by_leader), None)


def _score_office(tally: Tally, truth: Office, told: Office, mistakes: list[str]) -> None:
    tally.note("offices", hits=1)
    where = truth.name
    _score_value(tally, "office name", office_key(truth.name), office_key(told.name), mistakes, where)
    _score_value(tally, "abbreviation", truth.abbreviation, told.abbreviation, mistakes, where)
    _score_value(tally, "vacancy", truth.vacant, told.vacant, mistakes, where)
    before, after = truth.leader, told.leader
    _score_value(
        tally, "leader name", before and normal(before.name), after and normal(after.name), mistakes, where
    )
    if before and after:
        accepted = {normal(before.title), normal(f"{before.title}, {truth.name}")}
        title = normal(after.title) if normal(after.title) not in accepted else normal(before.title)
        _score_value(tally, "title", normal(before.title), title, mistakes, where)
        _score_value(tally, "capacity", before.capacity.value, after.capacity.value, mistakes, where)
    same = normal(truth.text) == normal(told.text)
    tally.note("description", hits=int(same), false=int(not same), missed=int(not same))
    if not same:
        mistakes.append(
            f"description of {where!r}: expected {truth.text[:80]!r}..., read {told.text[:80]!r}..."
        )
    _score_figures(tally, where, truth.figures, told.figures, mistakes)


def _score_value(tally: Tally, what: str, truth: Any, told: Any, mistakes: list[str], where: str) -> None:
    right = truth == told
    tally.note(
        what,
        hits=int(right),
        false=int(not right and told is not None),
        missed=int(not right and truth is not None),
    )
    if not right:
        mistakes.append(f"{what} of {where!r}: expected {truth!r}, read {told!r}")


def _score_figures(
    tally: Tally, where: str, truth: Sequence[Figure], told: Sequence[Figure], mistakes: list[str]
) -> None:
    left: list[Figure] = list(told)
    found: dict[str, int] = defaultdict(int)
    for figure in truth:
        match = next((one for one in left if _same_figure(figure, one)), None)
        if match is None:
            tally.note("figures", missed=1)
            mistakes.append(
                f"missed figure of {where!r}: {figure.text!r}, {figure.value} {figure.unit} {figure.measure!r}"
            )
            continue
        left.remove(match)
        found["figures"] += 1
        _score_value(tally, "figure bound", figure.bound, match.bound, mistakes, f"{where}: {figure.text}")
    tally.note("figures", hits=found["figures"], false=len(left))
    mistakes += [
        f"invented figure of {where!r}: {one.text!r} as {one.value} {one.unit} {one.measure!r}" for one in left
    ]


def _same_figure(one: Figure, other: Figure) -> bool:
    return one.value == other.value and one.unit == other.unit and measure_overlaps(one.measure, other.measure)
