"""The lines of a page with what each of them is, menus, footers and what stands around the page left silent."""

from __future__ import annotations

import re
from collections import Counter

from lxml.html import HtmlElement

from scraper.fields import Cells, label_role
from scraper.leaderlines import read_line
from scraper.lexicon import fold
from scraper.lines import Line
from scraper.meanings import Atom, meaning
from scraper.modified import is_modified_line
from scraper.repeats import promoted

_FOOTER = re.compile(r"^(?:copyright\s*(?:©|\(c\)|\d|by\b)|©|all rights reserved)", re.I)


def read_atoms(lines: list[Line]) -> list[Atom]:
    """Return what each line is; lines that begin with a title seen on other lines are read in its light."""
    cells = Cells(lines)
    readings = [read_line(line.text, line.seams) for line in lines]
    counts = Counter(fold(r.title) for r in readings if r and r.is_leader and r.title)
    known = frozenset(title for title, count in counts.items() if count > 1)
    openings = tuple(known)
    atoms = []
    label: tuple[str, Line] | None = None
    for line, reading in zip(lines, readings, strict=True):
        if known and (reading is None or not reading.is_leader) and fold(line.text).startswith(openings):
            reading = read_line(line.text, line.seams, known)
        atom = meaning(line, reading, cells, label)
        alone = label_role(line.text) if not cells.is_header(line) else None
        label = (alone, line) if alone and atom.role == "nothing" else None
        atoms.append(atom)
    _silence_foreign_tables(atoms, cells)
    return _without_surroundings(promoted(atoms))


def _silence_foreign_tables(atoms: list[Atom], cells: Cells) -> None:
    """Let tables whose headers speak of other things than people, and in which no title stands, name nobody."""
    tables: dict[HtmlElement, list[Atom]] = {}
    for atom in atoms:
        table = cells.foreign_table(atom.line)
        if table is not None:
            tables.setdefault(table, []).append(atom)
    for held in tables.values():
        if not any(atom.role in {"leader", "title", "vacancy"} for atom in held):
            for atom in held:
                atom.role, atom.told = "prose", True


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
