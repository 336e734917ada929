"""What one line of a page is: a leader, a name, a title, a vacancy, an office, a note, prose or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model import Capacity
from scraper.capacities import is_vacancy, split_capacity
from scraper.fields import Cells, is_title_label, label_role, split_field
from scraper.leaderlines import read_line
from scraper.lines import Line
from scraper.modified import is_modified_line
from scraper.names import CLEAR, LIKELY, NO_NAME, name_score
from scraper.phrases import is_boilerplate, is_office_like, is_sentence
from scraper.pieces import Reading

_NOTE = re.compile(r"^(?:[*†‡]|note\s*:)", re.I)
_STATED = re.compile(
    r"^[A-Z][\w &/-]{2,40}[:–—-]\s*(?:[a-z]+\s+){0,3}[~$£€₹]?\s*\d|^[~$£€₹]?\d[\d,.]*\+?\s*(?:[KMB]\b|[a-z])"
)
_CREDIT = re.compile(r"\b(?:photo|image|picture)s?(?:\s+(?:by|credit)\b|\s*:)", re.I)
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


def doubtful(reading: Reading | None) -> bool:
    """Whether the words taken for a name are less than clearly one."""
    return reading is not None and name_score((reading.name or "").split()) < CLEAR


def meaning(line: Line, reading: Reading | None, cells: Cells, label: tuple[str, Line] | None) -> Atom:
    """Return what a line is, by its column's header, its label or the label before it, else by its own words."""
    if cells.is_header(line) or is_modified_line(line.text):
        return Atom(line, "nothing")
    if line.stated:
        return _told(Atom(line, "prose"))
    if (told := _in_column(line, reading, cells)) is not None:
        return told
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
        (label_role(line.text) in {"name", "title", "status"} or _is_bare_noun(line.text))
        and not line.level
        and (reading is None or not reading.title)
    ):
        return Atom(line, "nothing")
    return _free(line, reading)


def _in_column(line: Line, reading: Reading | None, cells: Cells) -> Atom | None:
    """Return what a line is by its column's header; None where no header says it.

    Beside a column of names, a doubtful name in a column of other things ("DE, MD, PA") is none.
    """
    column = cells.role(line)
    if column is None:
        return None
    role, words = column
    if role != "text":
        return _told(
            _valued(line, role, line.text, "" if label_role(words) and not is_title_label(words) else words)
        )
    foreign = reading is not None and reading.name and doubtful(reading) and cells.names_people(line)
    return _told(Atom(line, "prose")) if foreign else None


def _is_bare_noun(text: str) -> bool:
    """Whether a line says no more than "Office" or "Department", which labels what stands beside it."""
    return label_role(text) == "office" and len(text.split()) == 1


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
    if (
        is_boilerplate(line.text)
        or _CREDIT.search(line.text)
        or (line.linked and not line.level and not is_office_like(line.text))
    ):
        return Atom(line, "nothing")
    if len(line.text) >= _PROSE_LENGTH or is_sentence(line.text) or _STATED.match(line.text):
        return Atom(line, "prose")
    if line.block.tag == "th" and not is_office_like(line.text):
        return Atom(line, "nothing")
    return Atom(line, "office" if is_office_like(line.text) else "other", None, line.text)


def _valued(line: Line, role: str, value: str, header: str = "") -> Atom:
    """Return the atom of a value whose label or column says what it is."""
    if role == "ignored" and len(value) < _PROSE_LENGTH and not (is_sentence(value) or value.endswith(".")):
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
    whole = reading is not None and reading.is_leader and not doubtful(reading)
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
