"""Structure that repeats: a line is taken for what most lines in its place are, whatever its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from scraper.capacities import is_vacancy, split_capacity
from scraper.lexicon import NEVER_NAMES
from scraper.lines import Line
from scraper.meanings import Atom, doubtful
from scraper.names import CLEAR, LIKELY, core, name_score
from scraper.phrases import is_office_like, is_sentence
from scraper.pieces import Reading
from scraper.titles import head_at

_NEVER_TITLES = NEVER_NAMES - {"the"}
_NOBODY = NEVER_NAMES | {"webmaster"}
_PARTED = re.compile(r"\s*(?:,|:|\s[-–—|]|[–—|])\s+|\s+(?:,|:|[-–—|])\s*")


def promoted(atoms: list[Atom]) -> list[Atom]:
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
    for alike in _alike(atoms, {"leader", "title", "other", "office"}):
        _promote_lines(alike)
    return atoms


def _promote_lines(alike: list[Atom]) -> None:
    """Read a line with a title of no known word as the leader lines around it are read: name first, or title first."""
    led = [
        (atom.line.text, atom.reading) for atom in alike if atom.role == "leader" and atom.reading is not None
    ]
    sure = sum(1 for _, reading in led if not doubtful(reading))
    if sure < 2 or sure < len(alike) / 2:
        return
    name_first = 2 * sum(text.startswith(reading.name or "") for text, reading in led) >= len(led)
    for atom in alike:
        bare, capacity = split_capacity(atom.line.text)
        parts = _parted(bare, name_first=name_first) if atom.role != "leader" else None
        if parts is not None and _could_name(parts[0]) and _could_title(parts[1]):
            atom.role, atom.reading = (
                "leader",
                Reading(name=parts[0], title=parts[1], capacity=capacity, score=LIKELY),
            )


def _parted(text: str, *, name_first: bool) -> tuple[str, str] | None:
    """Return name and title on the two sides of a line's first, or last, separator."""
    cuts = list(_PARTED.finditer(text))
    if not cuts:
        return None
    cut = cuts[0] if name_first else cuts[-1]
    before, after = text[: cut.start()], text[cut.end() :]
    return (before, after) if name_first else (after, before)


def _could_title(text: str) -> bool:
    """Whether a line has the shape of a title of unfamiliar words."""
    words = text.split()
    if not words or core(words[0]) in _NEVER_TITLES:
        return False
    plain = text[:1].isupper() and len(words) <= 10 and not any(char.isdigit() for char in text)
    return plain and not is_vacancy(text) and not is_sentence(text) and name_score(words) < CLEAR


def _promote_titles(alike: list[Atom]) -> None:
    titles = sum(1 for atom in alike if atom.role == "title")
    for atom in alike:
        open_to_doubt = atom.role == "other" or (atom.role in {"leader", "name"} and doubtful(atom.reading))
        if open_to_doubt and titles >= 2 and titles >= len(alike) / 2 and _could_title(atom.line.text):
            bare, capacity = split_capacity(atom.line.text)
            atom.role, atom.reading, atom.value = "title", Reading(title=bare, capacity=capacity), bare


def _could_name(text: str) -> bool:
    """Whether a short line has the shape of a name of an unfamiliar kind: capitals, and no word of an office."""
    tokens = text.split()
    if not tokens or any(not core(token) for token in tokens) or core(tokens[0]) in _NOBODY:
        return False
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
