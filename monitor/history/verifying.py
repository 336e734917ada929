"""Whether what was concluded still is what the evidence gives: readings, sightings, tenures, figures, changes, belief.

Each version of a page is read again where today's parser read it, and each page's history is derived again, under
the settings that it was derived under last. Whoever edits a derived row does not edit the evidence too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from model import Change, Json, LeadershipPage
from monitor.confirming import settled
from monitor.deciding import Finding, Rules
from monitor.history.deriving import separate, spelled
from monitor.history.folding import Derived, derive
from monitor.history.reached import read as reached_as_kept
from monitor.history.reconciling import STANDING, columns
from monitor.history.storing import figure_values, tenure_values
from monitor.running import watched_page
from monitor.taking_in import rules_of
from scraper import parse_capture
from scraper.errors import ScraperError
from scraper.version import PARSER_VERSION
from storage import ArchiveError
from storage.faults import Fault
from storage.rows import Origin

if TYPE_CHECKING:
    from monitor.settings import Settings
    from storage import Archive, Transaction
    from storage.rows import SnapshotRows, StoredChange, StoredPage, StoredSighting

UNREADABLE = (ValueError, LookupError, TypeError, ArithmeticError)
"""What a row raises that holds anything but what its columns are for."""


def derived_faults(archive: Archive, settings: Settings) -> list[Fault]:
    """Return what is not as the evidence gives it, page by page."""
    return [fault for page in archive.pages() for fault in _of_page(archive, page, settings)]


def _of_page(archive: Archive, page: StoredPage, settings: Settings) -> Iterator[Fault]:
    try:
        again = dict[int, LeadershipPage]()
        for rows in archive.snapshot_rows(page.id):
            yield from _of_reading(archive, rows, again)
        with archive.looking() as tx:
            yield from _of_history(tx, page, rules_of(watched_page(page, settings), settings), again)
    except UNREADABLE as error:
        yield Fault("page", page.id, f"cannot be derived again: a row of it cannot be read ({error})")


def _of_reading(archive: Archive, rows: SnapshotRows, again: dict[int, LeadershipPage]) -> Iterator[Fault]:
    """Read a snapshot's capture again, where this parser read it and its bytes are there."""
    if rows.parser_version != PARSER_VERSION:
        return
    try:
        again[rows.id] = parse_capture(archive.capture(rows.capture_id))
    except (ScraperError, ArchiveError, *UNREADABLE):
        return  # its body or its row is a fault of its own
    if again[rows.id] != rows.page:
        differs = difference(rows.page.to_json(), again[rows.id].to_json())
        yield Fault("snapshot", rows.id, f"is not what capture {rows.capture_id} says: {differs}")


def _of_history(
    tx: Transaction, page: StoredPage, rules: Rules, again: Mapping[int, LeadershipPage]
) -> Iterator[Fault]:
    standing, changes = tx.sightings(page.id), tx.changes(page.id)
    reached = reached_as_kept(tx.reached(page.id))
    if not standing or (reached is None and not tx.is_derived(page.id)):
        return
    if reached:
        rules = replace(rules, required=reached.required, wait=reached.wait)
    runs, readings = separate(tx, standing), tx.snapshot_rows(page.id)
    read_so = [replace(rows, page=again.get(rows.id, rows.page)) for rows in readings]
    derived = derive(runs, tx.decisions(page.id), read_so, replace(rules, settled=settled(changes)))
    yield from _of_sightings(tx, runs, derived.believed)
    yield from _of_spans(tx, page.id, derived)
    yield from _of_changes(changes, derived.findings.values())
    yield from _of_belief(tx, page.id, derived)


def _of_sightings(tx: Transaction, runs: Sequence[StoredSighting], believed: Sequence[bool]) -> Iterator[Fault]:
    for run, is_good in zip(runs, believed, strict=True):
        if run.believed != is_good:
            kept, given = ("good", "in doubt") if run.believed else ("in doubt", "good")
            yield Fault("sighting", run.id, f"is kept as {kept}, where the evidence gives that it is {given}")
        if run.origin is Origin.CHECK and not _is_checked(tx, run):
            yield Fault("sighting", run.id, "begins or ends where no check saw the page")


def _is_checked(tx: Transaction, run: StoredSighting) -> bool:
    ends = tx.seen_around(run, run.first_seen)[1], tx.seen_around(run, run.last_seen)[0]
    return ends == (run.first_seen, run.last_seen)


def _of_spans(tx: Transaction, page_id: int, derived: Derived) -> Iterator[Fault]:
    newest = derived.state.belief.last_seen if derived.state.belief else None
    tenures = [tenure_values(tenure, newest) for tenure in derived.tenures]
    figures = [figure_values(span, newest) for span in derived.figures]
    yield from _of_rows("tenure", tx.standing("tenure_spans", page_id), tenures)
    yield from _of_rows("figure", tx.standing("figure_spans", page_id), figures)


def _of_changes(changes: Iterable[StoredChange], findings: Iterable[Finding]) -> Iterator[Fault]:
    given = [
        _words(each.change) | {"state": each.state} | columns(each)
        for each in findings
        if each.state in STANDING
    ]
    names = given[0].keys() - _words_of() if given else ()
    kept = [
        {"id": each.id} | _words(each.change) | {name: getattr(each, name) for name in names}
        for each in changes
        if each.state in STANDING
    ]
    yield from _of_rows("change", kept, given)


def _words_of() -> set[str]:
    return {field.name for field in fields(Change)}


def _words(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in sorted(_words_of())}


def _of_belief(tx: Transaction, page_id: int, derived: Derived) -> Iterator[Fault]:
    kept, given = tx.belief(page_id), derived.state.belief
    if kept is None or given is None:
        return
    if differs := difference(kept.page.to_json(), given.page.to_json()):
        yield Fault("page", page_id, f"is not believed to say what the evidence gives: {differs}")


def _of_rows(what: str, kept: Iterable[Json], given: Sequence[Json]) -> Iterator[Fault]:
    """Compare rows that are kept with those that the evidence gives; name each that is not among the others."""
    wanted = {spelled(row, row): row for row in given}
    edited = [row for row in kept if wanted.pop(spelled(row, given[0] if given else ()), None) is None]
    for row in edited:
        place = max(wanted, key=lambda place: _alike(row, wanted[place]), default=None)
        if place is None or 2 * _alike(row, wanted[place]) < len(wanted[place]):
            yield Fault(what, row["id"], "is nothing that the evidence gives")
        else:
            yield Fault(
                what, row["id"], f"is not what the evidence gives: {difference(row, wanted.pop(place))}"
            )
    for row in wanted.values():
        about = row["office"] or "the page"
        yield Fault(what, None, f"a {what} of {about}, first seen {row['first_seen']:%Y-%m-%d %H:%M}, is gone")


def _alike(row: Json, other: Json) -> int:
    return sum(row[name] == value for name, value in other.items())


def difference(kept: Any, given: Any, path: str = "") -> str | None:
    """Return where two values differ first, in words; None where they do not.

    >>> difference({"offices": [{"name": "OFO"}]}, {"offices": [{"name": "OIT"}]})
    "offices[0].name is 'OFO', not 'OIT'"
    """
    if isinstance(kept, dict) and isinstance(given, dict):
        parts = ((f"{path}.{name}", kept.get(name), value) for name, value in given.items())
    elif isinstance(kept, list) and isinstance(given, list) and len(kept) == len(given):
        parts = ((f"{path}[{place}]", *both) for place, both in enumerate(zip(kept, given, strict=True)))
    else:
        return None if kept == given else f"{path.lstrip('.')} is {_shown(kept)}, not {_shown(given)}"
    return next((found for name, one, other in parts if (found := difference(one, other, name))), None)


def _shown(value: Any) -> str:
    return repr(str(value)) if isinstance(value, str) else str(value)
