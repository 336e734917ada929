"""Structure that repeats: a line is taken for what most lines in its place are, whatever its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from scraper.capacities import is_vacancy, split_capacity
from scraper.lexicon import CONNECTORS, NEVER_NAMES, OFFICE_NOUNS, fold
from scraper.lines import Line
from scraper.meanings import Atom, doubtful
from scraper.names import CLEAR, LIKELY, core, is_given, name_score
from scraper.phrases import is_boilerplate, is_office_like, is_sentence
from scraper.pieces import Reading
from scraper.titles import head_at, may_be_given, title_score

_NEVER_TITLES = NEVER_NAMES - {"the"}
_SHORT = 100
_LISTS = frozenset({"ul", "ol", "dl"})
_NOBODY = NEVER_NAMES | {"webmaster"}
_PARTED = re.compile(r"\s*(?:,|:|\s[-–—|]|[–—|])\s+|\s+(?:,|:|[-–—|])\s*")


def promoted(atoms: list[Atom]) -> list[Atom]:
    """Take a line for what most lines in its place are: structure that repeats is stronger than any word list."""
    open_lines = [atom for atom in atoms if _is_open(atom)]
    for alike in _alike(open_lines, {"name", "vacancy", "other", "office", "prose", "nothing"}):
        names = sum(1 for atom in alike if atom.anchor)
        for atom in alike:
            if names >= 2 and names >= len(alike) / 2 and not atom.anchor and _could_name(atom.line.text):
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
    below_titles = {id(atom) for atom, other in _neighbours(atoms, 1) if other.role == "title"}
    for alike in _alike([atom for atom in atoms if id(atom) in below_titles], {"office", "other"}):
        _promote_offices(alike)
    open_lines = [atom for atom in atoms if _is_open(atom)]
    for alike in _alike(open_lines, {"leader", "vacancy", "title", "other", "office", "prose"}):
        _promote_lines(alike)
    return atoms


def _is_open(atom: Atom) -> bool:
    """Whether a line that was taken for prose, or for a link's wording, may be something else for all its words say."""
    if atom.role == "nothing":
        return atom.line.linked and not is_boilerplate(atom.line.text)
    return atom.role != "prose" or not is_sentence(atom.line.text)


def _promote_lines(alike: list[Atom]) -> None:
    """Read a line of unfamiliar words as the leader lines around it are read: name first, or title first."""
    led = [
        (atom.line.text, atom.reading) for atom in alike if atom.anchor and atom.reading and atom.reading.title
    ]
    sure = sum(1 for _, reading in led if reading.vacant or _is_sure(reading))
    if sure < 2 or sure < len(alike) / 2:
        return
    title_first = sum(split_capacity(text)[0].startswith(reading.title or "") for text, reading in led)
    name_first = 2 * title_first <= len(led)
    titles = {fold(reading.title or "") for _, reading in led}
    share = len(led) / len(alike)
    for atom in alike:
        bare, capacity = split_capacity(atom.line.text)
        if atom.anchor:
            continue
        parts = (
            _parted(bare, name_first=name_first)
            or _abreast(bare, titles, name_first=name_first, share=share)
            or _beside_clear_name(bare, name_first=name_first)
        )
        if parts is not None and _could_name(parts[0]) and _could_title(parts[1]):
            atom.role, atom.reading = (
                "leader",
                Reading(name=parts[0], title=parts[1], capacity=capacity, score=LIKELY),
            )


def _is_sure(reading: Reading) -> bool:
    """Whether a line's own words tell of a leader: clearly a name, or likely one beside a title of known words."""
    score = name_score((reading.name or "").split())
    return score >= CLEAR or (score >= LIKELY and title_score((reading.title or "").split()) >= 1.0)


def _parted(text: str, *, name_first: bool) -> tuple[str, str] | None:
    """Return name and title on the two sides of a line's first, or last, separator."""
    cuts = list(_PARTED.finditer(text))
    if not cuts:
        return None
    cut = cuts[0] if name_first else cuts[-1]
    before, after = text[: cut.start()], text[cut.end() :]
    return (before, after) if name_first else (after, before)


def _abreast(text: str, titles: Collection[str], *, name_first: bool, share: float) -> tuple[str, str] | None:
    """Return an unfamiliar name and the title beside it.

    The title stands on other lines of the same look, or by far the most of those, by their `share`, are leader
    lines and it is plainly a title.
    """
    tokens = text.split()
    for cut in range(1, len(tokens)):
        before, after = tokens[:cut], tokens[cut:]
        name, title = (before, after) if name_first else (after, before)
        seen = fold(" ".join(title)) in titles or _is_plain_title(title, share, ends=not name_first)
        if seen and all(may_be_given(token) for token in name):
            return " ".join(name), " ".join(title)
    return None


def _beside_clear_name(text: str, *, name_first: bool) -> tuple[str, str] | None:
    """Return a clear name and, beside it, a title of unfamiliar words ("Public Guardian Jane Doe")."""
    tokens = text.split()
    found = []
    for cut in range(1, len(tokens)):
        before, after = tokens[:cut], tokens[cut:]
        name, title = (before, after) if name_first else (after, before)
        given = [is_given(core(token)) for token in title]
        if is_given(core(name[0])) and not any(given) and all(token[0].isupper() for token in title):
            found.append((name_score(name), " ".join(name), " ".join(title)))
    score, name_words, title_words = max(found, default=(0.0, "", ""))
    return (name_words, title_words) if score >= CLEAR else None


def _is_plain_title(tokens: list[str], share: float, *, ends: bool) -> bool:
    """Whether all the words are ones that titles are made of; where its noun is not the end, the share is large."""
    if share < 2 / 3 or any(may_be_given(token) for token in tokens) or title_score(tokens) < 1.0:
        return False
    return (
        not ends or head_at(tokens) == len(tokens) - 1 or (share >= 0.8 and core(tokens[-1]) not in CONNECTORS)
    )


def _could_title(text: str) -> bool:
    """Whether a line has the shape of a title of unfamiliar words."""
    words = text.split()
    if not words or core(words[0]) in _NEVER_TITLES:
        return False
    plain = text[:1].isupper() and len(words) <= 10 and not any(char.isdigit() or char in ":|" for char in text)
    return plain and not is_vacancy(text) and not is_sentence(text) and name_score(words) < CLEAR


def _promote_titles(alike: list[Atom]) -> None:
    titles = sum(1 for atom in alike if atom.role == "title")
    for atom in alike:
        open_to_doubt = atom.role == "other" or (atom.role in {"leader", "name"} and doubtful(atom.reading))
        if open_to_doubt and titles >= 2 and titles >= len(alike) / 2 and _could_title(atom.line.text):
            bare, capacity = split_capacity(atom.line.text)
            atom.role, atom.reading, atom.value = "title", Reading(title=bare, capacity=capacity), bare


def _promote_offices(alike: list[Atom]) -> None:
    """Take a line below a title for an office where most such lines are one."""
    offices = sum(1 for atom in alike if atom.role == "office")
    for atom in alike:
        if offices >= 2 and offices >= len(alike) / 2 and atom.line.text[:1].isupper():
            atom.role, atom.value = "office", atom.line.text


def _could_name(text: str) -> bool:
    """Whether a short line has the shape of a name of an unfamiliar kind: capitals, and no word of an office."""
    tokens = text.split()
    if not tokens or ":" in text or any(not core(token) for token in tokens) or core(tokens[0]) in _NOBODY:
        return False
    if title_score(tokens) >= 1.0 or (len(tokens) == 1 and is_office_like(text)):
        return False
    if core(tokens[-1]) in OFFICE_NOUNS and not is_given(core(tokens[0])):
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
    """Return short lines, and those that name somebody, of some roles in groups of the same look."""
    looks: dict[tuple[object, ...], list[Atom]] = {}
    for atom in atoms:
        if atom.role in roles and not atom.told and (atom.anchor or len(atom.line.text) < _SHORT):
            looks.setdefault(_look(atom.line), []).append(atom)
    return list(looks.values())


def _look(line: Line) -> tuple[object, ...]:
    parent = line.block.getparent()
    listed = parent if parent is not None and parent.tag in _LISTS else None
    return (
        line.block.tag,
        line.block.get("class"),
        line.level,
        line.bold,
        line.linked,
        parent is not None and parent.tag,
        None if listed is None else listed.get("class"),
    )
