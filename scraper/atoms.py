"""What each line of a page is: a leader, a name, a title, a vacancy, an office, a note, prose or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from model import Capacity
from scraper.capacities import is_vacancy, split_capacity
from scraper.fields import Cells, is_title_label, label_role, split_field
from scraper.leaderlines import read_line
from scraper.lexicon import fold
from scraper.lines import Line
from scraper.modified import is_modified_line
from scraper.names import CLEAR, LIKELY, NO_NAME, name_score
from scraper.phrases import is_boilerplate, is_office_like, is_sentence
from scraper.pieces import Reading
from scraper.titles import head_at

_NOTE = re.compile(r"^(?:[*†‡]|note\s*:)", re.I)
_FOOTER = re.compile(r"^(?:copyright\s*(?:©|\(c\)|\d|by\b)|©|all rights reserved)", re.I)
_STATED = re.compile(
    r"^[A-Z][\w &/-]{2,40}[:–—-]\s*(?:[a-z]+\s+){0,3}[~$£€₹]?\s*\d|^[~$£€₹]?\d[\d,.]*\+?\s*(?:[KMB]\b|[a-z])"
)
_PARTED = re.compile(r"\s*(?:,|:|\s[-–—|]|[–—|])\s+|\s+(?:,|:|[-–—|])\s*")
_PROSE_LENGTH = 60


@dataclass(slots=True)
class Atom:
    """A line and what it is: leader, name, title, vacancy, capacity, office, note, prose, other or nothing.

    `told` says that a label or a column's header announced it, so that no other evidence may overrule it.
    """

    line: Line
    role: str
    reading: Reading | None = None
    value: str = ""
    told: bool = False

    @property
    def anchor(self) -> bool:
        return self.role in {"leader", "name", "vacancy"}

    @property
    def rank(self) -> int:
        """Return how high the line stands in the outline: 1 to 6 for headings, 7 for bold lines, 9 for the rest."""
        return self.line.level or (7 if self.line.heading else 9)


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
    """Take a line for what most lines in its place are: structure that repeats is stronger than any word list."""
    for alike in _alike(atoms, {"name", "other", "office", "prose"}):
        names = sum(1 for atom in alike if atom.role == "name")
        for atom in alike:
            if names >= 2 and names >= len(alike) / 2 and atom.role != "name" and _could_name(atom.line.text):
                bare, capacity = split_capacity(atom.line.text)
                atom.role, atom.reading, atom.value = (
                    "name",
                    Reading(name=bare, capacity=capacity, score=LIKELY),
                    "",
                )
    for step in (1, -1):
        beside = {
            id(atom): other for atom, other in _neighbours(atoms, step) if other.role in {"name", "vacancy"}
        }
        for alike in _alike(
            [atom for atom in atoms if id(atom) in beside], {"title", "leader", "name", "other", "office"}
        ):
            _promote_titles(alike)
    for alike in _alike(atoms, {"leader", "other", "office"}):
        _promote_lines(alike)
    return atoms


def _promote_lines(alike: list[Atom]) -> None:
    """Read a line with a title of no known word as the leader lines around it are read: name first, or title first."""
    led = [atom.reading for atom in alike if atom.role == "leader" and atom.reading is not None]
    if len(led) < 2 or len(led) < len(alike) / 2:
        return
    firsts = sum(
        atom.line.text.find(atom.reading.name or "") == 0
        for atom in alike
        if atom.role == "leader" and atom.reading
    )
    for atom in alike:
        bare, capacity = split_capacity(atom.line.text)
        parts = _PARTED.split(bare, 1) if 2 * firsts >= len(led) else _PARTED.split(bare[::-1], 1)
        if atom.role == "leader" or len(parts) != 2:
            continue
        name, title = (parts[0], parts[1]) if 2 * firsts >= len(led) else (parts[0][::-1], parts[1][::-1])
        if (
            _could_name(name)
            and title[:1].isupper()
            and not is_vacancy(name)
            and name_score(title.split()) < CLEAR
        ):
            atom.role, atom.reading = (
                "leader",
                Reading(name=name, title=title.strip(" ,:"), capacity=capacity, score=LIKELY),
            )


def _promote_titles(alike: list[Atom]) -> None:
    titles = sum(1 for atom in alike if atom.role == "title")
    for atom in alike:
        doubtful = atom.role == "other" or (atom.role in {"leader", "name"} and _doubtful(atom.reading))
        if doubtful and titles >= 2 and titles >= len(alike) / 2:
            bare, capacity = split_capacity(atom.line.text)
            atom.role, atom.reading, atom.value = "title", Reading(title=bare, capacity=capacity), bare


def _doubtful(reading: Reading | None) -> bool:
    return reading is not None and name_score((reading.name or "").split()) < CLEAR


def _could_name(text: str) -> bool:
    """Whether a short line has the shape of a name of an unfamiliar kind: capitals, and no word of an office."""
    tokens = text.split()
    if name_score(tokens) > -2.5:
        return True
    small = sum(1 for token in tokens if not token[0].isupper())
    return 2 <= len(tokens) <= 6 and small <= 1 and not is_office_like(text) and head_at(tokens) is None


def _neighbours(atoms: list[Atom], step: int) -> Iterator[tuple[Atom, Atom]]:
    """Yield each line with the line before it (step 1) or after it (step -1), lines without meaning left out."""
    told = [atom for atom in atoms if atom.role != "nothing"][::step]
    for other, atom in pairwise(told):
        yield atom, other


def _alike(atoms: list[Atom], roles: Collection[str]) -> list[list[Atom]]:
    """Return short lines of some roles in groups of the same look."""
    looks: dict[tuple[object, ...], list[Atom]] = {}
    for atom in atoms:
        if atom.role in roles and not atom.told and len(atom.line.text) < 80:
            looks.setdefault(_look(atom.line), []).append(atom)
    return list(looks.values())


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
    """Silence what stands above the page's top heading, below its date, and in menus, unless people are named there."""
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
        header = "" if label_role(column[1]) and not is_title_label(column[1]) else column[1]
        return _told(_valued(line, column[0], line.text, header))
    labelled = split_field(line.text)
    if labelled is not None:
        header = line.text.split(":")[0].strip() if is_title_label(line.text) else ""
        return _told(_valued(line, labelled[0], labelled[1], header)) if labelled[1] else Atom(line, "nothing")
    if label is not None and not line.heading and (label[0] != "ignored" or label[1].block.tag in {"th", "dt"}):
        header = label[1].text.strip(" :") if is_title_label(label[1].text) else ""
        return _told(_valued(line, label[0], line.text, header))
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


def _told(atom: Atom) -> Atom:
    """Mark what a label or a column's header says for certain."""
    atom.told = True
    return atom


def _free(line: Line, reading: Reading | None) -> Atom:
    """Return the atom of a line that no label and no column explains."""
    return _spoken(line, reading) or _plain(line)


def _spoken(line: Line, reading: Reading | None) -> Atom | None:
    """Return the atom of a line that was read as a person, a title, a vacancy or a capacity; None for others."""
    if reading is None:
        return None
    if reading.vacant:
        return Atom(line, "vacancy", reading)
    if reading.is_leader:
        return Atom(line, "name" if reading.rank_only else "leader", reading)
    if reading.is_name and reading.score >= LIKELY:
        return Atom(line, "name", reading)
    if reading.is_title:
        return Atom(line, "title", reading, reading.title or "")
    return Atom(line, "capacity", reading) if reading.capacity else None


def _plain(line: Line) -> Atom:
    """Return the atom of a line that names nobody: a note, prose, a body's name, a link's wording."""
    if _NOTE.match(line.text) and len(line.text) < 300:
        return Atom(line, "note", None, line.text.lstrip("*†‡ "))
    if is_boilerplate(line.text) or (line.linked and not line.level and not is_office_like(line.text)):
        return Atom(line, "nothing")
    if len(line.text) >= _PROSE_LENGTH or is_sentence(line.text) or _STATED.match(line.text):
        return Atom(line, "prose")
    if line.block.tag == "th" and not is_office_like(line.text):
        return Atom(line, "nothing")
    return Atom(line, "office" if is_office_like(line.text) else "other", None, line.text)


def _valued(line: Line, role: str, value: str, header: str = "") -> Atom:
    """Return the atom of a value whose label or column says what it is."""
    if role == "ignored" and len(value) < _PROSE_LENGTH and not is_sentence(value):
        return Atom(line, "nothing")
    if role in {"ignored", "text"}:
        return Atom(line, "prose")
    bare, capacity = split_capacity(value)
    reading = read_line(value, line.seams if value == line.text else frozenset())
    if is_vacancy(bare or value) or (reading is not None and reading.vacant):
        return Atom(line, "vacancy", reading or Reading(vacant=True), header)
    if role == "status":
        return Atom(line, "capacity", Reading(capacity=capacity or Capacity.PERMANENT), value)
    if role == "name":
        return _named(line, reading, bare, capacity, header)
    return _titled(line, role, reading, bare or value, capacity)


def _titled(line: Line, role: str, reading: Reading | None, value: str, capacity: Capacity | None) -> Atom:
    """Return the atom of a value that stands where a title or an office is expected."""
    whole = reading is not None and reading.is_leader and not _doubtful(reading)
    if role == "title" and not (whole and reading is not None and not reading.rank_only):
        return Atom(line, "title", Reading(title=value, capacity=capacity), value)
    if whole and (role == "title" or not is_office_like(value)):
        return Atom(line, "leader", reading)
    return Atom(line, "office", None, value)


def _named(line: Line, reading: Reading | None, bare: str, capacity: Capacity | None, header: str) -> Atom:
    if reading is not None and reading.is_leader and not reading.rank_only:
        return Atom(line, "leader", reading, header)
    if name_score(bare.split()) <= NO_NAME / 2 and not (bare[:1].isupper() and len(bare.split()) <= 5):
        return Atom(line, "prose")
    return Atom(line, "name", Reading(name=bare, capacity=capacity, score=2.0), header)
