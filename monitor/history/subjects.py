"""What has a page of its own: the offices, the people and the figures of a history, by the names in their links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import count, groupby
from typing import TypeVar

from monitor.history.spans import Days, FigureSpan, History, Tenure
from monitor.identity import read_person, same_person
from monitor.plain_words import slug
from storage import NotThere

Thing = TypeVar("Thing")
AnySpan = TypeVar("AnySpan", Tenure, FigureSpan)


@dataclass(frozen=True)
class OfficeSubject:
    """An office through its renamings, with those who led it, oldest first."""

    slug: str
    tenures: tuple[Tenure, ...]

    @property
    def name(self) -> str:
        return self.tenures[-1].office

    @property
    def abbreviation(self) -> str | None:
        return self.tenures[-1].abbreviation

    @property
    def post(self) -> int:
        return self.tenures[-1].post


@dataclass(frozen=True)
class PersonSubject:
    """A person through all spellings of the name, with what they led, oldest first."""

    slug: str
    tenures: tuple[Tenure, ...]

    @property
    def name(self) -> str:
        return _names(self.tenures[-1])[-1]

    @property
    def spellings(self) -> list[str]:
        """Return every way the page wrote the name, the newest last."""
        return list(dict.fromkeys(name for tenure in self.tenures for name in _names(tenure)))

    def days(self, *, acting: bool) -> Days:
        """Return how long the person led offices in an acting capacity, or outright."""
        return sum((each.days for each in self.tenures if each.is_acting is acting), Days(0, 0))


@dataclass(frozen=True)
class FigureSubject:
    """A measure of an office, or of the page itself, with its values, oldest first."""

    slug: str
    spans: tuple[FigureSpan, ...]

    @property
    def measure(self) -> str:
        return self.spans[-1].figure.measure

    @property
    def office(self) -> str | None:
        return self.spans[-1].office


class Subjects:
    """Everything in a history that a link can lead to."""

    def __init__(self, history: History) -> None:
        self._history = history

    @cached_property
    def offices(self) -> dict[str, OfficeSubject]:
        posts = (tuple(spans) for _, spans in groupby(self._history.tenures, key=lambda each: each.post))
        return _by_slug(posts, lambda spans: spans[-1].office, OfficeSubject)

    @cached_property
    def people(self) -> dict[str, PersonSubject]:
        groups, by_surname = list[list[Tenure]](), defaultdict[str, list[list[Tenure]]](list)
        for tenure in sorted(self._history.tenures, key=lambda each: each.first_seen):
            if tenure.leader is None:
                continue
            first, last = _surname(_names(tenure)[0]), _surname(_names(tenure)[-1])
            known = next((group for group in by_surname[first] if _is_same(group[-1], tenure)), None)
            if known is None:
                groups.append(known := [])
            known.append(tenure)
            if not any(known is group for group in by_surname[last]):
                by_surname[last].append(known)
        return _by_slug(map(tuple, groups), lambda spans: _names(spans[-1])[-1], PersonSubject)

    @cached_property
    def figures(self) -> dict[str, FigureSubject]:
        ordered = sorted(self._history.figures, key=lambda each: (each.post or 0, each.series))
        series = (tuple(spans) for _, spans in groupby(ordered, key=lambda each: (each.post, each.series)))
        return _by_slug(series, _measure, FigureSubject)

    def office_of(self, post: int) -> OfficeSubject:
        return self._by_post[post]

    def person_of(self, tenure: Tenure) -> PersonSubject | None:
        """Return who holds a tenure; None for a vacancy."""
        return self._by_tenure.get((tenure.post, tenure.first_seen))

    def figure_of(self, span: FigureSpan) -> FigureSubject:
        return self._by_figure[span.post, span.series]

    @cached_property
    def _by_post(self) -> dict[int, OfficeSubject]:
        return {office.post: office for office in self.offices.values()}

    @cached_property
    def _by_tenure(self) -> dict[tuple[int, datetime], PersonSubject]:
        return {
            (tenure.post, tenure.first_seen): person
            for person in self.people.values()
            for tenure in person.tenures
        }

    @cached_property
    def _by_figure(self) -> dict[tuple[int | None, int], FigureSubject]:
        return {(each.spans[0].post, each.spans[0].series): each for each in self.figures.values()}


def named(found: dict[str, Thing], slug: str, what: str) -> Thing:
    """Return the thing that a link names; raises NotThere."""
    if slug not in found:
        raise NotThere(f"no {what} {slug!r} is known of this page: it has {', '.join(found) or 'none'}")
    return found[slug]


def _names(tenure: Tenure) -> list[str]:
    return [naming.leader.name for naming in tenure.namings if naming.leader]


def _is_same(one: Tenure, other: Tenure) -> bool:
    return same_person(_names(one)[-1], _names(other)[0])


def _surname(name: str) -> str:
    """Return the part of a name that one person's names have in common."""
    return read_person(name).names[-1]


def _measure(spans: tuple[FigureSpan, ...]) -> str:
    return f"{spans[-1].office or 'page'} {spans[-1].figure.measure}"


def _by_slug(
    groups: Iterable[tuple[AnySpan, ...]],
    name: Callable[[tuple[AnySpan, ...]], str],
    make: Callable[[str, tuple[AnySpan, ...]], Thing],
) -> dict[str, Thing]:
    """Return the things by readable names for links; a number tells those apart that would share one."""
    found = dict[str, Thing]()
    for spans in groups:
        base = slug(name(spans), 80) or "unnamed"
        key = next(each for each in _numbered(base) if each not in found)
        found[key] = make(key, spans)
    return found


def _numbered(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}-{number}" for number in count(2))
