"""The timeline's geometry: a lane for each office, a bar for each tenure, and how sure each part of it is.

Across, everything stands in percent, so the drawing fits any width; down, in pixels. A bar is solid where its
leader was seen, fades in and out over windows of doubt, and is an outline where it is only dated or presumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from monitor.history.certainty import stands_from
from monitor.history.spans import FigureSpan, History, Span, Tenure
from monitor.history.subjects import OfficeSubject, Subjects
from monitor.wording import CAPACITIES, quantity
from web.scale import Scale, Tick, percent

TOP = 34
NAME = 26
BAR = 28
LINE = 42
SPACE = 20
NARROWEST = 0.0025
"""A share of the width: tenures of one office that are narrower, side by side, become one bar."""
HAIR = 0.0005
"""A share of the width that can still be seen: a sighting is drawn at least that wide, a smaller doubt not at all."""
READABLE = 0.03
"""A share of the width that a name needs to be worth writing."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar; `kind` is sure, dated, presumed, came or went."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A tenure as drawn, or several that are too narrow to tell apart; `label` says all of it in words.

    A `loose` name is wider than what was seen: it stands outside the solid part.
    """

    link: str
    name: str
    label: str
    acting: bool
    vacant: bool
    odd: bool
    loose: bool
    x: str
    width: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The values of a measure as steps, in a box of 1000 by 20."""

    link: str
    label: str
    points: str
    y: int


@dataclass(frozen=True, slots=True)
class Lane:
    """An office: its name, its bars, and the figures that changed."""

    link: str
    name: str
    y: int
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole timeline; `blind` are the times when checks ran and none saw the page."""

    scale: Scale
    height: int
    ticks: tuple[Tick, ...]
    blind: tuple[Part, ...]
    lanes: tuple[Lane, ...]


def draw(history: History, subjects: Subjects, scale: Scale, only: OfficeSubject | None = None) -> Drawing:
    """Return the timeline of all offices that had a leader in the time of the scale, or of only one."""
    lanes, y = list[Lane](), TOP
    for office in [only] if only else subjects.offices.values():
        bars = tuple(_bars(office.tenures, subjects, scale))
        if bars:
            lines = tuple(_lines(office.post, subjects, scale, y + NAME + BAR + 6))
            lanes.append(Lane(f"offices/{office.slug}", office.name, y, bars, lines))
            y += NAME + BAR + LINE * len(lines) + SPACE
    blind = tuple(
        _part("blind", gap.before, gap.after, scale)
        for gap in history.blind
        if gap.before and gap.after and scale.shows(gap.before, gap.after)
    )
    return Drawing(scale, y, tuple(scale.ticks()), blind, tuple(lanes))


def reach(history: History, now: datetime) -> Scale | None:
    """Return the time that a history covers, with a little of what has not been seen since; None for none."""
    if history.first_seen is None or history.last_seen is None:
        return None
    dated = (stands_from(span.began.page_dated) for span in history.tenures if span.began.page_dated)
    start = min([history.first_seen, *dated])
    tail = max((history.last_seen - start) / 12, timedelta(hours=1))
    end = min(max(now, history.last_seen + timedelta(minutes=1)), history.last_seen + tail)
    return Scale(start, end)


def _bars(tenures: Sequence[Tenure], subjects: Subjects, scale: Scale) -> Iterator[Bar]:
    shown = [each for each in tenures if scale.shows(*extent(each, scale))]
    for narrow, group in groupby(enumerate(shown), key=lambda each: _width(each[1], scale) < NARROWEST):
        found = list(group)
        if narrow and len(found) > 1:
            yield _many([tenure for _, tenure in found], subjects, scale)
        else:
            yield from (_bar(tenure, subjects, scale, odd=number % 2 == 1) for number, tenure in found)


def _bar(tenure: Tenure, subjects: Subjects, scale: Scale, *, odd: bool) -> Bar:
    begin, seen, end = (scale.share(each) for each in (tenure.first_seen, tenure.last_seen, scale.end))
    loose = seen - begin < READABLE and tenure.is_open
    end = end if loose else seen
    person = subjects.person_of(tenure)
    name = tenure.leader.name if tenure.leader else "vacant"
    return Bar(
        link=f"people/{person.slug}" if person else f"offices/{subjects.office_of(tenure.post).slug}",
        name=name if end - begin >= READABLE else "",
        label=_label(tenure),
        acting=tenure.is_acting,
        vacant=tenure.leader is None,
        odd=odd,
        loose=loose,
        x=percent(begin),
        width=percent(end - begin),
        parts=tuple(_parts(tenure, scale)),
    )


def _many(tenures: Sequence[Tenure], subjects: Subjects, scale: Scale) -> Bar:
    begin, end = tenures[0].first_seen, max(each.last_seen for each in tenures)
    whole = _part("sure", begin, end, scale)
    label = f"{len(tenures)} tenures between {begin.date()} and {end.date()}: zoom in to tell them apart"
    link = f"offices/{subjects.office_of(tenures[0].post).slug}"
    return Bar(
        link,
        "",
        label,
        acting=False,
        vacant=False,
        odd=False,
        loose=False,
        x=whole.x,
        width=whole.width,
        parts=(whole,),
    )


def _parts(tenure: Tenure, scale: Scale) -> Iterator[Part]:
    """Yield the stretches of a tenure that can be seen, from how it may have begun to how long it may have gone on."""
    for kind, begin, end in _stretches(tenure, scale):
        left = scale.share(begin)
        width = scale.share(end) - left
        if kind == "sure" or width >= HAIR:
            yield Part(kind, percent(left), percent(max(width, HAIR)))


def _stretches(tenure: Tenure, scale: Scale) -> Iterator[tuple[str, datetime, datetime]]:
    began, ended = tenure.began, tenure.ended
    if began.last_seen:
        yield "came", began.last_seen, began.ends
    if began.ends < tenure.first_seen:
        yield "dated", began.ends, tenure.first_seen
    yield "sure", tenure.first_seen, tenure.last_seen
    if ended:
        yield "went", tenure.last_seen, ended.ends
    else:
        yield "presumed", tenure.last_seen, scale.end


def _part(kind: str, begin: datetime, end: datetime, scale: Scale) -> Part:
    left, right = scale.share(begin), scale.share(end)
    return Part(kind, percent(left), percent(right - left))


def extent(span: Span, scale: Scale) -> tuple[datetime, datetime]:
    """Return from when to when a span may have lasted."""
    begin = span.began.last_seen or span.began.ends
    return min(begin, span.first_seen), span.ended.ends if span.ended else max(scale.end, span.last_seen)


def _width(tenure: Tenure, scale: Scale) -> float:
    begin, end = extent(tenure, scale)
    return scale.share(end) - scale.share(begin)


def _label(tenure: Tenure) -> str:
    leader = tenure.leader
    held = CAPACITIES[leader.capacity] if leader else ""
    who = f"{leader.name}, {held}" if leader and held else leader.name if leader else "vacant"
    return f"{who}: seen {tenure.first_seen.date()} to {tenure.last_seen.date()}"


def _lines(post: int, subjects: Subjects, scale: Scale, top: int) -> Iterator[Line]:
    """Yield a line for each figure of an office that had more than one value in one unit."""
    for figure in subjects.figures.values():
        stated = figure.spans
        if stated[-1].post == post and len(stated) > 1 and len({span.figure.unit for span in stated}) == 1:
            first, last = (quantity(span.figure.to_json()) for span in (stated[0], stated[-1]))
            yield Line(
                f"figures/{figure.slug}", f"{figure.measure}: {first} to {last}", steps(stated, scale), top
            )
            top += LINE


def steps(spans: Sequence[FigureSpan], scale: Scale) -> str:
    """Return the values as the points of a line in a box of 1000 by 20, the largest on top."""
    values = [span.figure.value for span in spans]
    low, size = min(values), max(values) - min(values) or 1
    points = list[str]()
    for span in spans:
        y = round(19 - 18 * float((span.figure.value - low) / size), 1)
        until = span.last_seen if span.ended else scale.end
        points += [f"{scale.share(each) * 1000:.1f},{y:g}" for each in (span.first_seen, until)]
    return " ".join(points)
