"""Answers about time as tables and sentences: every one with its certainty and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from monitor.cli.tables import FAINT, GOOD, NEW, WAITING, moment
from monitor.history.answers import AsOf, Candidate
from monitor.history.certainty import Certainty, Window
from monitor.history.series import sparkline, steps
from monitor.history.spans import Days, FigureSpan, Naming, Tenure
from monitor.history.subjects import FigureSubject
from monitor.plain_words import plain
from monitor.wording import CAPACITIES

COLOURS = {
    Certainty.OBSERVED: GOOD,
    Certainty.PAGE_DATED: GOOD,
    Certainty.POSSIBLE: WAITING,
    Certainty.PRESUMED: NEW,
}


def as_of_table(answer: AsOf) -> RenderableType:
    """Return who may have led each office at the moment, and the figures that may have stood."""
    table = _table("Office", "Leader", "How surely", "Figures")
    for office in answer.offices:
        for place, candidate in enumerate(office.candidates):
            figures = [_figure(each) for each in office.figures] if not place else []
            name = plain(office.tenure.office) if not place else ""
            who = named(candidate.span.naming_at(answer.moment), candidate.span.vacant)
            table.add_row(name, who, how_surely(candidate), Text("\n").join(figures))
    if answer.figures:
        table.add_row("the page itself", "", "", Text("\n").join(map(_figure, answer.figures)))
    return table


def candidate_table(answer: AsOf, candidates: Iterable[Candidate[Tenure]]) -> RenderableType:
    """Return tenures that may have held the moment, one to a line."""
    table = _table("Office", "Leader", "How surely")
    for candidate in candidates:
        who = named(candidate.span.naming_at(answer.moment), candidate.span.vacant)
        table.add_row(plain(candidate.span.office), who, how_surely(candidate))
    return table


def named(naming: Naming, vacant: bool) -> Text:
    """Return a leader with capacity and title, or that nobody is named."""
    leader = naming.leader
    if leader is None:
        return Text("vacant" if vacant else "nobody named", WAITING)
    capacity = CAPACITIES[leader.capacity]
    title = f"{capacity.capitalize()} {leader.title}" if capacity else leader.title
    return Text(plain(leader.name), "bold").append(f"\n{plain(title)}", FAINT)


def how_surely(candidate: Candidate[Tenure] | Candidate[FigureSpan]) -> Text:
    """Return the certainty of an answer and what it rests on."""
    certainty = candidate.certainty
    return Text(certainty.value, COLOURS[certainty]).append(f"\n{_grounds(candidate)}", FAINT)


def window_text(window: Window) -> str:
    """Return when something turned: "between 2024-05-01 and 2025-02-01", "on 2024-05-01" for a window of one day."""
    if window.last_seen is None:
        return f"by {window.ends.date()}"
    if window.last_seen.date() == window.ends.date():
        return f"on {window.ends.date()}"
    return f"between {window.last_seen.date()} and {window.ends.date()}"


def days_text(days: Days) -> str:
    """Return how long something lasted: "34 to 117 days", "at least 608 days"."""
    if days.most is None:
        return f"at least {days.least} days"
    return f"{days.least} days" if days.least == days.most else f"{days.least} to {days.most} days"


def tenure_table(tenures: Iterable[Tenure]) -> RenderableType:
    """Return tenures with first and last seen, the windows of doubt and the days in post."""
    table = _table("Office", "Leader", "Seen", "Began", "Ended", "In post")
    for tenure in tenures:
        silent = "\nsilent edit" if tenure.silent_edit else ""
        table.add_row(
            plain(tenure.office),
            named(tenure.namings[-1], tenure.vacant),
            f"{tenure.first_seen:%Y-%m-%d}\n{tenure.last_seen:%Y-%m-%d}",
            Text(window_text(tenure.began)).append(silent, WAITING),
            window_text(tenure.ended) if tenure.ended else "",
            days_text(tenure.days),
        )
    return table


def series_table(found: Iterable[FigureSubject]) -> RenderableType:
    """Return series value by value, with their windows, differences and a sparkline."""
    table = _table("Office", "Measure", "Value", "Seen", "Began", "Change")
    for series in found:
        for place, (span, delta, percent) in enumerate(steps(series)):
            change = f"{delta:+,f}" + (f" ({percent:+}%)" if percent is not None else "") if delta else ""
            first = (
                plain(series.office or "the page"),
                Text(plain(series.measure)).append(f" {sparkline(series)}", NEW),
            )
            table.add_row(
                *(first if not place else ("", "")),
                plain(span.figure.text),
                f"{span.first_seen:%Y-%m-%d}\n{span.last_seen:%Y-%m-%d}",
                window_text(span.began),
                change,
            )
    return table


def sentence(words: str) -> str:
    """Return the words with a capital letter before them."""
    return words[:1].upper() + words[1:]


def _grounds(candidate: Candidate[Tenure] | Candidate[FigureSpan]) -> str:
    before, after = candidate.gap.before, candidate.gap.after
    if candidate.window and candidate.window.page_dated and candidate.certainty is Certainty.PAGE_DATED:
        return f"last modified {candidate.window.page_dated}, seen {_short(after)}"
    if candidate.window:
        return f"turned {window_text(candidate.window)}"
    if before == after:
        return f"seen {_short(before)}"
    return f"seen {_short(before)}, {f'then {_short(after)}' if after else 'not since'}"


def _figure(candidate: Candidate[FigureSpan]) -> Text:
    text = Text(plain(candidate.span.figure.text))
    sure = candidate.certainty in (Certainty.OBSERVED, Certainty.PAGE_DATED)
    return text if sure else text.append(f" ({candidate.certainty.value})", COLOURS[candidate.certainty])


def _short(when: datetime | None) -> str:
    return moment(when) if when else "never before"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
