"""Lines to records: which lines belong to which person or vacancy.

An anchor is a line that names a person or says that nobody holds an office. The highest element that holds one
anchor alone is its container (a card, a row); its lines are the anchor's. On flat pages, where everything is a
sibling, the lines between two anchors are shared out by headings and by the order the page keeps: does the title
stand before the name, or after it?
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from model import Capacity
from scraper.capacities import is_vacancy, split_capacity
from scraper.document import Line
from scraper.fields import Cells, label_role, split_field
from scraper.headings import is_aside, is_generic
from scraper.leaderlines import Reading, is_boilerplate, is_office_like, is_sentence, read_line
from scraper.lexicon import fold
from scraper.modified import is_modified_line
from scraper.names import LIKELY, NO_NAME, name_score

_NOTE = re.compile(r"^(?:[*†‡]|note\s*:)", re.I)
_FOOTER = re.compile(r"^(?:copyright\s*(?:©|\(c\)|\d|by\b)|©|all rights reserved)", re.I)
_PROSE_LENGTH = 60
_DEPTH = 80


@dataclass(slots=True)
class Atom:
    """A line and what it is: leader, name, title, vacancy, capacity, office, note, prose, other or nothing."""

    line: Line
    role: str
    reading: Reading | None = None
    value: str = ""

    @property
    def anchor(self) -> bool:
        return self.role in {"leader", "name", "vacancy"}

    @property
    def rank(self) -> int:
        """Return how high the line stands in the outline: 1 to 6 for headings, 7 for bold lines, 9 for the rest."""
        return self.line.level or (7 if self.line.heading else 9)


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
    column_title: str | None = None


def read_atoms(lines: list[Line]) -> list[Atom]:
    """Return what each line is; lines that begin with a title seen on other lines are read in its light."""
    cells = Cells(lines)
    readings = [read_line(line.text, line.seams) for line in lines]
    counts = Counter(fold(r.title) for r in readings if r and r.is_leader and r.title)
    known = frozenset(title for title, count in counts.items() if count > 1)
    atoms = []
    label: tuple[str, Line] | None = None
    for line, reading in zip(lines, readings, strict=True):
        if known and (reading is None or not reading.is_leader) and fold(line.text).startswith(tuple(known)):
            reading = read_line(line.text, line.seams, known)
        atom = _atom(line, reading, cells, label)
        alone = label_role(line.text) if not cells.is_header(line) else None
        label = (alone, line) if alone and atom.role == "nothing" else None
        atoms.append(atom)
    return _without_surroundings(_promoted(atoms))


def _promoted(atoms: list[Atom]) -> list[Atom]:
    """Take a line for a name where most lines that look like it are names: structure that repeats is evidence."""
    looks: dict[tuple[object, ...], list[Atom]] = {}
    for atom in atoms:
        if atom.role in {"name", "other", "office", "prose"} and len(atom.line.text) < 60:
            looks.setdefault(_look(atom.line), []).append(atom)
    for alike in looks.values():
        names = sum(1 for atom in alike if atom.role == "name")
        for atom in alike:
            if (
                names >= 2
                and names >= 0.6 * len(alike)
                and atom.role != "name"
                and name_score(atom.line.text.split()) > -2.5
            ):
                bare, capacity = split_capacity(atom.line.text)
                atom.role, atom.reading = "name", Reading(name=bare, capacity=capacity, score=LIKELY)
    return atoms


def _look(line: Line) -> tuple[object, ...]:
    parent = line.block.getparent()
    return (
        line.block.tag,
        line.block.get("class"),
        line.level,
        line.bold,
        line.linked,
        parent is not None and parent.tag,
    )


def _without_surroundings(atoms: list[Atom]) -> list[Atom]:
    """Silence what stands before the page's top heading, after its date, and in menus, unless people are named there."""
    last = max((i for i, atom in enumerate(atoms) if atom.anchor), default=-1)
    top = next((i for i, atom in enumerate(atoms) if atom.line.level == 1 and not atom.line.linked), 0)
    above = sum(atom.anchor for atom in atoms[:top])
    if above > sum(atom.anchor for atom in atoms[top:]):
        top = 0
    end = next((i for i, atom in enumerate(atoms) if i > last and is_modified_line(atom.line.text)), len(atoms))
    for index, atom in enumerate(atoms):
        if index < top or index > end or _FOOTER.match(atom.line.text):
            atom.role = "nothing"
    for run in _link_runs(atoms):
        for atom in run:
            atom.role = "nothing"
    return atoms


def _link_runs(atoms: list[Atom]) -> list[list[Atom]]:
    """Return runs of three and more lines that are links and name nobody: menus."""
    runs: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.line.linked and not atom.line.level and not atom.anchor and atom.role != "title":
            runs[-1].append(atom)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) >= 3]


def _atom(line: Line, reading: Reading | None, cells: Cells, label: tuple[str, Line] | None) -> Atom:
    if cells.is_header(line) or is_modified_line(line.text):
        return Atom(line, "nothing")
    column = cells.role(line)
    if column is not None and column[0] != "text":
        return _valued(line, column[0], line.text, column[1])
    labelled = split_field(line.text)
    if labelled is not None:
        return _valued(line, labelled[0], labelled[1]) if labelled[1] else Atom(line, "nothing")
    if label is not None:
        return _valued(line, label[0], line.text)
    if label_role(line.text) and (
        line.text.rstrip().endswith(":") or line.bold or line.block.tag in {"th", "dt"}
    ):
        return Atom(line, "nothing")
    if (
        label_role(line.text) in {"name", "title", "status"}
        and not line.level
        and (reading is None or not reading.title)
    ):
        return Atom(line, "nothing")
    return _free(line, reading)


def _free(line: Line, reading: Reading | None) -> Atom:
    """Return the atom of a line that no label and no column explains."""
    if reading is not None:
        if reading.vacant:
            return Atom(line, "vacancy", reading)
        if reading.is_leader:
            return Atom(line, "name" if reading.rank_only else "leader", reading)
        if reading.is_name and reading.score >= LIKELY:
            return Atom(line, "name", reading)
        if reading.is_title:
            return Atom(line, "title", reading, reading.title or "")
        if reading.capacity:
            return Atom(line, "capacity", reading)
    if _NOTE.match(line.text) and len(line.text) < 300:
        return Atom(line, "note", None, line.text.lstrip("*†‡ "))
    if is_boilerplate(line.text) or (line.linked and not line.level and not is_office_like(line.text)):
        return Atom(line, "nothing")
    if len(line.text) >= _PROSE_LENGTH or is_sentence(line.text):
        return Atom(line, "prose")
    if line.block.tag == "th" and not is_office_like(line.text):
        return Atom(line, "nothing")
    return Atom(line, "office" if is_office_like(line.text) else "other", None, line.text)


def _valued(line: Line, role: str, value: str, header: str = "") -> Atom:
    """Return the atom of a value whose label or column says what it is."""
    bare, capacity = split_capacity(value)
    reading = read_line(value, line.seams if value == line.text else frozenset())
    if role == "ignored" and len(value) < _PROSE_LENGTH:
        return Atom(line, "nothing")
    if role in {"ignored", "text"}:
        return Atom(line, "prose")
    if role == "status":
        if is_vacancy(value):
            return Atom(line, "vacancy", Reading(vacant=True))
        return Atom(line, "capacity", Reading(capacity=capacity or Capacity.PERMANENT), value)
    if is_vacancy(bare or value) or (reading is not None and reading.vacant):
        return Atom(line, "vacancy", reading or Reading(vacant=True), header)
    if role == "name":
        return _named(line, reading, bare, capacity, header)
    if role == "title" and reading is not None and reading.is_leader and not reading.rank_only:
        return Atom(line, "leader", reading)
    if role == "title":
        return Atom(line, "title", Reading(title=bare or value, capacity=capacity), bare or value)
    if reading is not None and reading.is_leader and not is_office_like(value):
        return Atom(line, "leader", reading)
    return Atom(line, "office", None, value)


def _named(line: Line, reading: Reading | None, bare: str, capacity: Capacity | None, header: str) -> Atom:
    if reading is not None and reading.is_leader and not reading.rank_only:
        return Atom(line, "leader", reading, header)
    if name_score(bare.split()) <= NO_NAME / 2 and not (bare[:1].isupper() and len(bare.split()) <= 5):
        return Atom(line, "prose")
    return Atom(line, "name", Reading(name=bare, capacity=capacity, score=2.0), header)


def gather(atoms: list[Atom]) -> tuple[list[Record], list[Atom]]:
    """Return the page's records in order (also leaderless ones: headings with text), and the atoms of the page itself."""
    anchors = [atom for atom in atoms if atom.anchor]
    owners = _containers(anchors)
    return _Gatherer(atoms, owners).run()


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
        self.follows = {role: self._order(role) for role in ("title", "office")}
        self.records: list[Record] = []
        self.page: list[Atom] = []
        self.by_anchor: dict[int, Record] = {}
        self.outline: list[Atom] = []
        self.pending = Record(None)
        self.current: Record | None = None
        self.aside: int | None = None
        self.strayed = False

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
            if atom.line.level == 1 or (atom.line.level and is_generic(atom.line.text)):
                continue
            if atom.anchor:
                before += since == role
                after += self._next_is(index, role)
                since = "anchor"
            elif atom.role == role:
                since = role
            elif atom.role in {"prose", "note"}:
                since = "prose"
        return after > before or (
            after == before and role == "title" and after > 0 and not self._starts_with(role)
        )

    def _next_is(self, index: int, role: str) -> bool:
        for atom in self.atoms[index + 1 : index + 4]:
            if atom.anchor or atom.role in {"prose", "note"}:
                return False
            if atom.role == role:
                return True
        return False

    def _starts_with(self, role: str) -> bool:
        first = next((atom for atom in self.atoms if atom.anchor or atom.role == role), None)
        return first is not None and first.role == role

    def _record(self, anchor: Atom) -> Record:
        if id(anchor) not in self.by_anchor:
            record = Record(anchor)
            self.by_anchor[id(anchor)] = record
            self.records.append(record)
        return self.by_anchor[id(anchor)]

    def _inside(self, atom: Atom, owner: Atom) -> None:
        """Give a line to the anchor whose container it stands in."""
        if id(owner) not in self.by_anchor:
            self._open(owner)
        record = self._record(owner)
        if atom.line.heading and atom.role in {"office", "other", "prose"}:
            record.heads.append(atom)
        else:
            _add(record, atom)

    def _open(self, anchor: Atom) -> Record:
        """Start the record of an anchor with what the page wrote above it."""
        fresh = self._record(anchor)
        pending, self.pending = self.pending, Record(None)
        if self.current is None and len(self.anchors) > 1 and all(_introduces(head) for head in pending.heads):
            self.page.extend(pending.prose)
            pending.prose = []
        for name in ("heads", "titles", "offices", "capacities", "notes", "prose"):
            getattr(fresh, name).extend(getattr(pending, name))
        fresh.outer = list(self.outline)
        self.current = fresh
        return fresh

    def _anchor(self, atom: Atom) -> None:
        if id(atom) not in self.by_anchor:
            self._open(atom)
        self.aside = None
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
        self.aside = atom.rank if atom.line.heading and is_aside(atom.line.text) else None
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
        _add(self.pending, atom)

    def _has_own(self, role: str) -> bool:
        anchor = self.current.anchor if self.current else None
        return role == "title" and anchor is not None and anchor.role == "leader"

    def _close_pending(self) -> None:
        """Let go of what no anchor came for: headings with text are an office without a leader."""
        pending, self.pending = self.pending, Record(None)
        if pending.heads and pending.prose:
            pending.outer = list(self.outline[:-1])
            self.records.append(pending)
        elif self.current is not None:
            for atom in (*pending.titles, *pending.offices):
                _add(self.current, Atom(atom.line, "other"))
            self.current.notes.extend(pending.notes)
            self.current.prose.extend(pending.prose)
        else:
            self.page.extend([*pending.prose, *pending.notes])


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
