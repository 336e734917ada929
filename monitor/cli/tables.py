"""Offices, figures and changes as tables and lines; rich lays them out, page text comes in harmless."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from model import Capacity, Change, ChangeKind, Figure, Json, Leader, LeadershipPage, Office
from monitor.plain_words import plain
from monitor.wording import CAPACITIES

if TYPE_CHECKING:
    from monitor.quoting import Quoted
    from monitor.status import Status
    from storage.rows import StoredChange

GOOD, BAD, NEW, WAITING, FAINT = "green", "red", "cyan", "yellow", "dim"

MARKS = {
    ChangeKind.LEADER_DEPARTED: ("-", BAD),
    ChangeKind.OFFICE_REMOVED: ("-", BAD),
    ChangeKind.FIGURE_REMOVED: ("-", BAD),
    ChangeKind.LEADER_APPOINTED: ("+", GOOD),
    ChangeKind.OFFICE_ADDED: ("+", GOOD),
    ChangeKind.FIGURE_ADDED: ("+", GOOD),
}
"""What came and what went; everything else turned into something else."""

OTHERWISE = ("~", NEW)


def moment(when: datetime) -> str:
    """Return a time as people read it, to the minute, with its zone."""
    return f"{when:%Y-%m-%d %H:%M} UTC"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return "1 office", "6 offices"."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or f'{noun}s'}"


def summary(page: LeadershipPage) -> str:
    """Return how much is on the page: "6 offices, 6 leaders (1 acting), 13 figures"."""
    leaders = [office.leader for office in page.offices if office.leader]
    acting = sum(leader.capacity is not Capacity.PERMANENT for leader in leaders)
    vacant = sum(office.vacant for office in page.offices)
    figures = len(page.figures) + sum(len(office.figures) for office in page.offices)
    aside = [f"{acting} acting"] * bool(acting) + [f"{vacant} vacant"] * bool(vacant)
    return ", ".join(
        [
            counted(len(page.offices), "office"),
            counted(len(leaders), "leader") + (f" ({', '.join(aside)})" if aside else ""),
            counted(figures, "figure"),
        ]
    )


def page_table(page: LeadershipPage, waiting: Sequence[Change] = ()) -> RenderableType:
    """Return the offices with their leaders and figures; what `waiting` says is gone is marked."""
    table = _table("Office", "Leader", "Figures", ratios=(5, 6, 7))
    gone = {(change.kind, change.office) for change in waiting}
    for office in page.offices:
        table.add_row(_office(office, gone), _leader(office, gone), _figures(office.figures))
    if page.figures:
        table.add_row(Text("the page itself", FAINT), "", _figures(page.figures))
    return table


def change_lines(changes: Iterable[Change], waiting: Iterable[Change] = ()) -> RenderableType:
    """Return one line for each change, its mark before it; those that wait to be confirmed say so."""
    lines = Table.grid(padding=(0, 1))
    for change in changes:
        mark, colour = MARKS.get(change.kind, OTHERWISE)
        lines.add_row(Text(mark, f"bold {colour}"), Text(plain(change.sentence)))
    for change in waiting:
        unsure = Text(plain(change.sentence), WAITING).append(" Seen once: waits to be confirmed.", FAINT)
        lines.add_row(Text("?", f"bold {WAITING}"), unsure)
    return Padding(lines, (0, 0, 0, 2))


def history_table(changes: Sequence[StoredChange], pages: dict[int, str]) -> RenderableType:
    """Return recorded changes with their windows and the captures that `diff` finds them between.

    A column names the page where there are several.
    """
    several = len(pages) > 1
    columns = ("Captures", "Old last seen", "New first seen", *(["Page"] if several else []), "Change")
    table = Table(*columns, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for stored in changes:
        state = "" if stored.state.value == "confirmed" else f" ({stored.state.value})"
        sentence = Text(plain(stored.change.sentence)).append(state, WAITING)
        page = [plain(pages[stored.page_id])] if several else []
        captures = f"{stored.capture_before} {stored.capture_after}"
        table.add_row(captures, _short(stored.last_seen), _short(stored.first_seen), *page, sentence)
    return table


def capture_table(rows: Sequence[Json], *, several: bool) -> RenderableType:
    """Return captures, one a line; a column names the page where there are several."""
    columns = (
        "Number",
        "Fetched",
        "Status",
        "Verdict",
        "Bytes",
        "Snapshot",
        *(["Page"] if several else []),
        "Origin",
    )
    table = Table(*columns, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("Number", "Status", "Bytes", "Snapshot"):
        table.columns[columns.index(name)].justify = "right"
    table.columns[1].no_wrap, table.columns[-1].overflow = True, "fold"
    for row in rows:
        fetched = _short(datetime.fromisoformat(row["fetched_at"]))
        page = [plain(row["page"])] if several else []
        size = f"{row['size']}{' pruned' if row['pruned'] else ''}"
        seen = (
            str(row["capture"]),
            fetched,
            str(row["status"]),
            row["verdict"],
            size,
            str(row["snapshot"] or ""),
        )
        table.add_row(*seen, *page, plain(row["source"] or row["origin"]))
    return table


def delivery_table(rows: Sequence[Json]) -> RenderableType:
    """Return deliveries, with why they did not go out where they did not."""
    table = Table("No.", "State", "Queued", "To", "Message", box=None, pad_edge=False, header_style="bold")
    for row in rows:
        to = (
            plain(row["recipient"])
            if row["channel"] == "smtp"
            else f"{row['channel']}: {plain(row['recipient'])}"
        )
        message = Text(plain(row["subject"]))
        if row["state"] != "delivered" and row["last_error"]:
            message.append(f"\n{plain(row['last_error'])}", WAITING)
        colour = {"delivered": GOOD, "failed": BAD}.get(row["state"], WAITING)
        queued = _short(datetime.fromisoformat(row["queued_at"]))
        table.add_row(str(row["id"]), Text(row["state"], colour), queued, to, message)
    return table


def beside(believed: LeadershipPage | None, candidate: LeadershipPage) -> RenderableType:
    """Return a doubted version beside the belief, office by office, with what differs standing out."""
    table = _table("Office", "Believed", "In this version", ratios=(6, 6, 6))
    before = {office.name: office for office in believed.offices} if believed else {}
    after = {office.name: office for office in candidate.offices}
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = (_said(versions.get(name)) for versions in (before, after))
        colour = "" if old == new else BAD if name not in after else NEW
        table.add_row(Text(plain(name), colour), Text(old), Text(new, colour))
    return table


def quote_table(rows: Sequence[Quoted]) -> RenderableType:
    """Return what each value was read from: the words, and their place in the page's text."""
    table = Table("What", "Value", "Words on the page", "At", box=None, pad_edge=False, header_style="bold")
    for row in rows:
        quote = row.quote
        table.add_row(row.what, plain(row.value), plain(quote.text), f"{quote.start}-{quote.end}")
    return table


def status_table(status: Status) -> RenderableType:
    """Return how each page is: its health, its newest check, when it was last believed, when it is due;
    and how many slots of the last day were missed."""
    columns = ("Page", "Health", "Last check", "Last believed", "Due", "Missed")
    table = Table(*columns, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for page in status.pages:
        check = page.last_check
        colour = GOOD if page.level == 0 else WAITING if page.level == 1 else BAD
        table.add_row(
            plain(page.name),
            Text(page.health.state.value, colour),
            f"{_short(check.started_at)} {check.outcome.value}" if check else "never",
            _short(page.last_good) if page.last_good else "never",
            Text(f"{_short(page.overdue)} overdue", WAITING) if page.overdue else _short(page.next_at),
            str(page.missed),
        )
    return table


def _table(*columns: str, ratios: Sequence[int]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), header_style="bold", expand=True)
    for column, ratio in zip(columns, ratios, strict=True):
        table.add_column(column, ratio=ratio, overflow="fold")
    return table


def _office(office: Office, gone: set[tuple[ChangeKind, str | None]]) -> Text:
    text = Text(plain(office.name))
    if office.abbreviation and office.abbreviation not in office.name:
        text.append(f" ({plain(office.abbreviation)})", FAINT)
    if (ChangeKind.OFFICE_REMOVED, office.name) in gone:
        text.append("\nno longer there, waits to be confirmed", WAITING)
    return text


def _leader(office: Office, gone: set[tuple[ChangeKind, str | None]]) -> Text:
    if office.leader is None:
        return Text("vacant" if office.vacant else "nobody named", WAITING)
    text = Text().append(plain(office.leader.name), "bold")
    capacity = CAPACITIES[office.leader.capacity]
    text.append("\n")
    if capacity:
        text.append(capacity.capitalize() + " ", WAITING)
    text.append(plain(office.leader.title), FAINT)
    if (ChangeKind.LEADER_DEPARTED, office.name) in gone:
        text.append("\nno longer named, waits to be confirmed", WAITING)
    return text


def _figures(figures: Iterable[Figure]) -> Text:
    return Text("\n".join(plain(figure.text) for figure in figures))


def _said(office: Office | None) -> str:
    if office is None:
        return "not there"
    if office.leader is None:
        return "vacant" if office.vacant else "nobody named"
    return _named(office.leader)


def _named(leader: Leader) -> str:
    capacity = CAPACITIES[leader.capacity]
    return plain(leader.name) + (f", {capacity}" if capacity else "")


def _short(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}Z"
