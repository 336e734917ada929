"""What each sighting adds to the spans: values that go on, values that turn, values that are missing.

A value of the belief that a sighting does not state is missing: it waits to be confirmed as lost. When it has
gone from the belief, its end is dated by the first sighting that missed it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from model import Figure, LeadershipPage, Office
from monitor.history.certainty import Mark
from monitor.history.spans import FigureSpan, Tenure
from monitor.history.threads import Holding, Post, Stating, Thread, begin
from monitor.matching import fact_key, pair_figures, pair_offices
from monitor.spelling import name_key

Placed = tuple[Post | None, Figure]


@dataclass(frozen=True, slots=True)
class Open:
    """What goes on when a tracker stops: enough for another one to go on from there.

    `held` stand by their place in the belief's offices, `gone` are the posts of offices that left the page.
    `posts` and `series` are the numbers given last.
    """

    held: tuple[Holding, ...] = ()
    stated: tuple[Stating, ...] = ()
    gone: tuple[Post, ...] = ()
    posts: int = 0
    series: int = 0
    last: Mark | None = None
    distrusted: frozenset[date] = frozenset()

    def told_of_closed(self) -> dict[int | None, Hashable]:
        """Return what spans that are closed are told by as well: their posts' names, and the distrusted dates."""
        told: dict[int | None, Hashable] = {None: self.distrusted}
        for post in (*(holding.post for holding in self.held), *self.gone):
            told[post.number] = tuple(post.called), post.abbreviation
        return told


class Tracker:
    """The spans of one page while its sightings are gone through in order of time.

    One that goes on from where another stopped, with what was believed then, knows the spans open since then.
    """

    def __init__(self, since: Open = Open(), believed: LeadershipPage | None = None) -> None:
        self.believed = believed
        self._held = list(since.held)
        self._stated = list(since.stated)
        self._holdings = list(since.held)
        self._statings = list(since.stated)
        self._gone = {name_key(post.called[-1]): post for post in since.gone}
        self._posts = since.posts
        self._series = since.series
        self._last = since.last
        self.distrusted = set(since.distrusted)

    def see(
        self, believed: LeadershipPage, rows: LeadershipPage, mark: Mark, last: datetime, *, edited: bool
    ) -> None:
        """Go on to what is believed after the good sightings of `rows` from `mark` until `last`.

        `edited` says that they read otherwise than those before: where the Last Modified stood still meanwhile,
        it is trusted for nothing.
        """
        if edited and mark.stood_still and mark.dated:
            self.distrusted.add(mark.dated)
        self._turn(believed, mark)
        self._look_for(rows, mark, last)
        self._last = replace(mark, seen_at=last)

    def let_through(self, believed: LeadershipPage, mark: Mark) -> None:
        """Go on to what is believed after a sighting that is doubted but for what changed in it."""
        self._turn(believed, replace(mark, dated=None, stood_still=False))

    def correct(self, believed: LeadershipPage) -> None:
        """Go on with another reading of the sighting gone through last: what reads otherwise did not turn.

        An office or a figure that the other reading alone knows begins here; one that it does not know ends.
        """
        if self._last is None or self.believed is None or believed == self.believed:
            return
        for place, new in pair_offices(believed.offices, self.believed.offices).items():
            self._held[place].correct(believed.offices[new])
        self._turn(believed, self._last)

    def open(self) -> Open:
        """Return what goes on."""
        return Open(
            tuple(self._held),
            tuple(self._stated),
            tuple(self._gone.values()),
            self._posts,
            self._series,
            self._last,
            frozenset(self.distrusted),
        )

    @property
    def _last_seen(self) -> datetime | None:
        return self._last.seen_at if self._last else None

    def spans(self) -> tuple[list[Tenure], list[FigureSpan]]:
        """Return every span so far, in the order of the posts and the series, oldest first."""
        tenures = [holding.tenure(self.distrusted) for holding in self._holdings]
        figures = [stating.span(self.distrusted) for stating in self._statings]
        return (
            sorted(tenures, key=lambda tenure: (tenure.post, tenure.first_seen)),
            sorted(figures, key=lambda span: (span.series, span.first_seen)),
        )

    def _turn(self, believed: LeadershipPage, mark: Mark) -> None:
        if believed == self.believed:
            return
        pairs = pair_offices(self.believed.offices if self.believed else (), believed.offices)
        before = self._held
        for place in set(range(len(before))) - set(pairs.values()):
            self._close(before[place], mark)
        self._held = [
            self._go_on(before[pairs[place]], office, mark) if place in pairs else self._open(office, mark)
            for place, office in enumerate(believed.offices)
        ]
        self._turn_figures(list(self._placed(believed)), mark)
        self.believed = believed

    def _go_on(self, holding: Holding, office: Office, mark: Mark) -> Holding:
        holding.post.is_called(office)
        if not holding.is_held_by(office):
            came = mark if office.leader else holding.thread.missing or mark
            holding.thread.end(came)
            return self._hold(holding.post, office, came, holding.thread.last_seen)
        holding.name(office.leader, _quote(office), mark)
        return holding

    def _open(self, office: Office, mark: Mark) -> Holding:
        post = self._gone.pop(name_key(office.name), None)
        if post is None:
            self._posts += 1
            post = Post(self._posts, [office.name], office.abbreviation)
        return self._hold(post, office, mark, self._last_seen)

    def _hold(self, post: Post, office: Office, mark: Mark, last_seen: datetime | None) -> Holding:
        holding = Holding(post, begin(mark, last_seen), office.vacant, [])
        holding.name(office.leader, _quote(office), mark)
        self._holdings.append(holding)
        return holding

    def _close(self, holding: Holding, mark: Mark) -> None:
        holding.thread.end(holding.thread.missing or mark)
        self._gone[name_key(holding.post.called[-1])] = holding.post

    def _placed(self, believed: LeadershipPage) -> Iterator[Placed]:
        yield from ((None, figure) for figure in believed.figures)
        for place, office in enumerate(believed.offices):
            yield from ((self._held[place].post, figure) for figure in office.figures)

    def _turn_figures(self, now: Sequence[Placed], mark: Mark) -> None:
        """Pair the figures place by place; one that moved elsewhere on the page goes on there."""
        fitting = dict(self._pair_in_place(now))
        left = [stating for stating in self._stated if all(stating is not old for old in fitting.values())]
        for index, (_, figure) in enumerate(now):
            if index not in fitting and (moved := _same_fact(figure, left)):
                fitting[index] = moved
                left.remove(moved)
        for stating in left:
            stating.thread.end(stating.thread.missing or mark)
        self._stated = [
            self._restate(fitting.get(index), post, figure, mark) for index, (post, figure) in enumerate(now)
        ]

    def _pair_in_place(self, now: Sequence[Placed]) -> Iterator[tuple[int, Stating]]:
        for post in {id(post): post for post, _ in now}.values():
            before = [stating for stating in self._stated if stating.post is post]
            indices = [index for index, (where, _) in enumerate(now) if where is post]
            pairs = pair_figures([each.figure for each in before], [now[index][1] for index in indices])
            yield from ((indices[new], before[old]) for new, old in pairs.items())

    def _restate(self, stating: Stating | None, post: Post | None, figure: Figure, mark: Mark) -> Stating:
        if stating and _value(stating.figure) == _value(figure):
            stating.post, stating.figure = post, figure
            return stating
        if stating:
            stating.thread.end(mark)
            return self._state(post, stating.series, figure, mark, stating.thread.last_seen)
        self._series += 1
        return self._state(post, self._series, figure, mark, self._last_seen)

    def _state(
        self, post: Post | None, series: int, figure: Figure, mark: Mark, last_seen: datetime | None
    ) -> Stating:
        started = Stating(post, begin(mark, last_seen), series, figure, figure, mark)
        self._statings.append(started)
        return started

    def _look_for(self, rows: LeadershipPage, mark: Mark, last: datetime) -> None:
        """Note which values of the belief the rows state, and which they miss."""
        for holding, office in zip(self._held, self._offices_in(rows), strict=True):
            _note(holding.thread, office is not None and holding.is_held_by(office), mark, last)
        stated = chain(rows.figures, *(office.figures for office in rows.offices))
        facts = set(map(fact_key, stated))
        for stating in self._stated:
            _note(stating.thread, fact_key(stating.figure) in facts, mark, last)

    def _offices_in(self, rows: LeadershipPage) -> list[Office | None]:
        """Return, for each office of the belief, the same one in these rows."""
        believed = self.believed.offices if self.believed else ()
        if believed == rows.offices:
            return list(rows.offices)
        found = {old: new for new, old in pair_offices(believed, rows.offices).items()}
        return [rows.offices[found[place]] if place in found else None for place in range(len(believed))]


def _note(thread: Thread, is_seen: bool, mark: Mark, last: datetime) -> None:
    if is_seen:
        thread.seen(mark.seen_at, last)
    else:
        thread.missed(mark)


def _quote(office: Office) -> str | None:
    quote = office.leader.quote if office.leader else office.quote
    return quote.text if quote else None


def _value(figure: Figure) -> Hashable:
    return figure.value, figure.unit, figure.bound


def _same_fact(figure: Figure, left: Iterable[Stating]) -> Stating | None:
    return next((each for each in left if fact_key(each.figure) == fact_key(figure)), None)
