"""Lines to records: which lines belong to which person or vacancy.

An anchor is a line that names a person or says that nobody holds an office. The highest element that holds one
anchor alone is its container (a card, a row); its lines are the anchor's. On flat pages, where everything is a
sibling, the lines between two anchors are shared out by headings and by the order that the page keeps: does the
title stand before the name, or after it?
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from lxml.html import HtmlElement

from scraper.capacities import is_past
from scraper.headings import is_aside, is_generic, names_office
from scraper.meanings import Atom
from scraper.tables import cell_of, row_of, spanned_rows

_DEPTH = 80
_OPENING = 40


@dataclass(slots=True)
class Record:
    """An anchor with the lines that belong to it; `outer` are the headings above that it shares with others."""

    anchor: Atom | None
    heads: list[Atom] = field(default_factory=list)
    titles: list[Atom] = field(default_factory=list)
    offices: list[Atom] = field(default_factory=list)
    capacities: list[Atom] = field(default_factory=list)
    notes: list[Atom] = field(default_factory=list)
    prose: list[Atom] = field(default_factory=list)
    outer: list[Atom] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Whether a label named its office, and text followed: an office by itself, also without a leader."""
        return bool(self.prose) and any(atom.told for atom in self.offices)


def gather(atoms: list[Atom]) -> tuple[list[Record], list[Atom]]:
    """Return the records in order, leaderless ones (headings with text) too, and the atoms that are the page's own."""
    anchors = [atom for atom in atoms if atom.anchor]
    owners = _containers(anchors)
    records, page = _Gatherer(atoms, owners).run()
    _share_headings(records)
    _share_rows(records, atoms)
    return records, page


def _share_rows(records: list[Record], atoms: list[Atom]) -> None:
    """Give the office of a table's row to all the people in the row, and in the rows that its cell spans."""
    rows: dict[HtmlElement, list[Atom]] = {}
    for atom in atoms:
        cell = cell_of(atom.line.block) if atom.role == "office" else None
        alone = cell is not None and len("".join(cell.itertext()).split()) == len(atom.line.text.split())
        for row in spanned_rows(cell if alone else None):
            rows.setdefault(row, []).append(atom)
    for record in records:
        cell = cell_of(record.anchor.line.block) if record.anchor is not None else None
        if cell is not None and not record.offices:
            record.offices = list(rows.get(cell.getparent(), []))


def _of_row(pending: Record, anchor: Atom) -> Record:
    """Return what was gathered for an anchor without the cells of other rows of its table."""
    cell = cell_of(anchor.line.block)
    if cell is not None:
        for name in ("titles", "offices", "capacities"):
            kept = [
                atom
                for atom in getattr(pending, name)
                if not atom.told or row_of(atom.line.block) is cell.getparent()
            ]
            setattr(pending, name, kept)
    return pending


def _share_headings(records: list[Record]) -> None:
    """Take a heading from the record it happens to stand above where others follow it without one of their own."""
    for record, following in pairwise(records):
        if record.heads and not following.heads and following.anchor is not None and record.anchor is not None:
            shared = [
                head for head in record.heads if head in following.outer and not _opens_text(record, head)
            ]
            record.heads = [head for head in record.heads if head not in shared or names_office(head.line.text)]
            record.outer = [*record.outer, *(head for head in shared if head not in record.outer)]


def _opens_text(record: Record, head: Atom) -> bool:
    """Whether the text below a heading has the heading's own words in its opening, and so is about it alone."""
    opening = record.prose[0].line.text[: _OPENING + len(head.line.text)] if record.prose else ""
    return head.line.text in opening


def _containers(anchors: list[Atom]) -> dict[HtmlElement, Atom]:
    """Return for each anchor the highest element that holds no other anchor."""
    holds: Counter[HtmlElement] = Counter()
    chains = []
    for atom in anchors:
        chain = [atom.line.block, *_ancestors(atom.line.block)]
        chains.append(chain)
        holds.update(chain)
    owners = {}
    for atom, chain in zip(anchors, chains, strict=True):
        alone = [
            element for element in chain if holds[element] == 1 and element.tag not in {"body", "html", "main"}
        ]
        if alone and len(anchors) > 1:
            owners[alone[-1]] = atom
    return owners


def _ancestors(element: HtmlElement) -> list[HtmlElement]:
    found = []
    for parent in element.iterancestors():
        found.append(parent)
        if len(found) >= _DEPTH:
            break
    return found


class _Gatherer:
    """Shares the lines out, from top to bottom."""

    def __init__(self, atoms: list[Atom], owners: dict[HtmlElement, Atom]) -> None:
        self.atoms = atoms
        self.owners = owners
        self.anchors = [atom for atom in atoms if atom.anchor]
        self.known: dict[HtmlElement, Atom | None] = {}
        self.owned = [self._owner(atom.line.block) for atom in atoms]
        self.leads_late = self._leads_late()
        self.follows = {role: self._order(role) for role in ("title", "office")}
        self.records: list[Record] = []
        self.page: list[Atom] = []
        self.by_anchor: dict[int, Record] = {}
        self.outline: list[Atom] = []
        self.pending = Record(None)
        self.current: Record | None = None
        self.aside: int | None = None
        self.strayed = False
        self.silenced: set[int] = set()

    def run(self) -> tuple[list[Record], list[Atom]]:
        for atom, owner in zip(self.atoms, self.owned, strict=True):
            if owner is not None and owner is not atom and not (atom.anchor):
                self._inside(atom, owner)
            elif atom.anchor:
                self._anchor(atom)
            else:
                self._between(atom)
        self._close_pending()
        return self.records, self.page

    def _owner(self, block: HtmlElement) -> Atom | None:
        path = []
        found = None
        for element in [block, *_ancestors(block)]:
            if element in self.known:
                found = self.known[element]
                break
            path.append(element)
            if element in self.owners:
                found = self.owners[element]
                break
        for element in path:
            self.known[element] = found
        return found

    def _order(self, role: str) -> bool:
        """Whether lines of this role stand after the anchor they belong to, by the count of both orders."""
        before = after = 0
        since: str | None = None
        for index, atom in enumerate(self.atoms):
            if not atom.anchor and (atom.line.level == 1 or (atom.line.level and is_generic(atom.line.text))):
                continue
            if atom.anchor:
                lacking = _lacks(atom, role)
                before += lacking and since == role
                after += lacking and self._next_is(index, role)
                since = "anchor"
            elif atom.role == role:
                since = role
            elif atom.role in {"prose", "note"}:
                since = "prose"
        return after > before or (
            after == before and role == "title" and after > 0 and not self._starts_with(role)
        )

    def _leads_late(self) -> bool:
        """Whether this page names leaders below the texts of their offices rather than above them."""
        early = late = 0
        since = ""
        for atom in self.atoms:
            if atom.anchor:
                early += since == "heading"
                late += since == "prose"
                since = ""
            elif atom.line.heading and atom.role != "nothing":
                since = "heading"
            elif since and atom.role == "prose":
                since = "prose"
        return late > early

    def _next_is(self, index: int, role: str) -> bool:
        for atom in self.atoms[index + 1 : index + 4]:
            if atom.anchor or atom.role in {"prose", "note"}:
                return False
            if atom.role == role:
                return True
        return False

    def _starts_with(self, role: str) -> bool:
        first = next((atom for atom in self.atoms if _lacks(atom, role) or atom.role == role), None)
        return first is not None and first.role == role

    def _record(self, anchor: Atom) -> Record:
        if id(anchor) not in self.by_anchor:
            record = Record(anchor)
            self.by_anchor[id(anchor)] = record
            self.records.append(record)
        return self.by_anchor[id(anchor)]

    def _inside(self, atom: Atom, owner: Atom) -> None:
        """Give a line to the anchor whose container it stands in."""
        if id(owner) in self.silenced or atom.role == "nothing":
            return
        if id(owner) not in self.by_anchor:
            if atom.role == "office" and atom.told and self.pending.is_told:
                self._close_pending()
            self._open(owner)
        record = self._record(owner)
        if atom.line.heading and atom.role in {"office", "other", "prose"}:
            record.heads.append(atom)
        else:
            _add(record, atom)

    def _open(self, anchor: Atom) -> Record:
        """Start the record of an anchor with what the page wrote above it."""
        if self.pending.heads and self.pending.prose and not self.leads_late:
            self._close_pending()
        fresh = self._record(anchor)
        pending, self.pending = _of_row(self.pending, anchor), Record(None)
        if self.current is None and len(self.anchors) > 1 and all(_introduces(head) for head in pending.heads):
            self.page.extend(pending.prose)
            pending.prose = []
        for name in ("heads", "titles", "offices", "capacities", "notes", "prose"):
            getattr(fresh, name).extend(getattr(pending, name))
        fresh.outer = list(self.outline)
        self.current = fresh
        return fresh

    def _anchor(self, atom: Atom) -> None:
        if self.aside is not None and atom.rank > self.aside:
            self.silenced.add(id(atom))
            return
        self.aside = None
        if id(atom) not in self.by_anchor:
            self._open(atom)
        self.strayed = False
        self.current = self.by_anchor[id(atom)]
        if atom.line.level:
            self._indent(atom)

    def _indent(self, atom: Atom) -> None:
        """Take headings off the outline that do not stand above this one."""
        self.outline = [head for head in self.outline if head.rank < atom.rank]

    def _between(self, atom: Atom) -> None:
        """Place a line that stands in no container: below the anchor before it, or above the one to come."""
        if self.aside is not None and not (atom.line.heading and atom.rank <= self.aside):
            return
        aside = (
            atom.line.heading and is_aside(atom.line.text) and (atom.role != "title" or is_past(atom.line.text))
        )
        self.aside = atom.rank if aside else None
        if self.aside is not None:
            return
        heads = atom.line.heading and atom.role in {"office", "other", "title", "prose"}
        if heads and not self._subheading(atom):
            self._heading(atom)
        elif atom.role in {"title", "office"}:
            self._loose(atom)
        elif atom.role == "other" and len(atom.line.text.split()) <= 6:
            self.strayed = True
        elif self.current is None or self._pending_open():
            _add(self.pending, atom)
        else:
            _add(self.current, atom)

    def _pending_open(self) -> bool:
        return bool(self.pending.heads or self.pending.titles or self.pending.offices)

    def _subheading(self, atom: Atom) -> bool:
        """Whether a heading stands below the anchor before it: a title under a name, a part of its text."""
        anchor = self.current.anchor if self.current else None
        if anchor is None or self._pending_open():
            return False
        if (
            atom.role == "title"
            and self.follows["title"]
            and not self._titled(anchor)
            and atom.rank >= anchor.rank
        ):
            return True
        return anchor.line.level > 0 and atom.rank > anchor.line.level

    def _titled(self, anchor: Atom) -> bool:
        return anchor.role == "leader" or bool(self.current and self.current.titles)

    def _heading(self, atom: Atom) -> None:
        if self.pending.titles and any(head.rank >= atom.rank for head in self.pending.heads):
            self.pending = Record(None)
        if self.pending.prose and self.pending.heads:
            self._close_pending()
        elif self.pending.prose and self.current is None:
            self.page.extend(self.pending.prose)
            self.pending.prose = []
        self.pending.heads = [head for head in self.pending.heads if head.rank < atom.rank]
        self.pending.offices = []
        self._indent(atom)
        self.pending.heads.append(atom)
        self.outline.append(atom)

    def _loose(self, atom: Atom) -> None:
        """Place a title or an office that is no heading, by the order the page keeps.

        Where a short line stands between that could not be read, the title may be an unread person's: it is
        given to nobody rather than to the wrong one.
        """
        if (
            self.current is not None
            and not self._pending_open()
            and (self.follows[atom.role] or atom.line.linked)
        ):
            if not self.strayed and not atom.line.linked and not self._has_own(atom.role):
                _add(self.current, atom)
            return
        if self.strayed and atom.role == "title":
            self.pending.titles = []
            self.strayed = False
        if atom.role == "office" and atom.told and self.pending.is_told:
            self._close_pending()
        _add(self.pending, atom)

    def _has_own(self, role: str) -> bool:
        anchor = self.current.anchor if self.current else None
        return role == "title" and anchor is not None and anchor.role == "leader"

    def _close_pending(self) -> None:
        """Let go of what no anchor came for: headings with text are an office without a leader."""
        pending, self.pending = self.pending, Record(None)
        if pending.prose and (pending.heads or pending.is_told):
            pending.outer = list(self.outline[:-1])
            self.records.append(pending)
        elif self.current is not None:
            for atom in (*pending.titles, *pending.offices):
                _add(self.current, Atom(atom.line, "other"))
            self.current.notes.extend(pending.notes)
            self.current.prose.extend(pending.prose)
        else:
            self.page.extend([*pending.prose, *pending.notes])


def _lacks(atom: Atom, role: str) -> bool:
    """Whether an anchor's own line leaves this to a line beside it."""
    reading = atom.reading
    titled = reading is not None and bool(reading.title) and not reading.rank_only
    return atom.anchor and not (role == "title" and titled)


def _introduces(head: Atom) -> bool:
    """Whether a heading stands over the whole page, so that the text below it is about no single office."""
    return head.line.level == 1 or is_generic(head.line.text)


def _add(record: Record, atom: Atom) -> None:
    if atom.role in {"other", "prose"} and (
        atom.line.level or (atom.line.heading and is_generic(atom.line.text))
    ):
        return
    match atom.role:
        case "title":
            record.titles.append(atom)
        case "office":
            record.offices.append(atom)
        case "capacity":
            record.capacities.append(atom)
        case "note":
            record.notes.append(atom)
        case "prose" | "other":
            record.prose.append(atom)
