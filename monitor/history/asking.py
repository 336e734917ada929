"""What people call offices, people and measures: "OFO", "field ops", "Sabatino".

A word is looked for as it stands, then by the beginnings and letters of its parts, then by likeness. The first way
that finds anything decides; where it finds several things, the choice is the asker's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

from model import LeaderwatchError
from monitor.history.subjects import FigureSubject, OfficeSubject, PersonSubject, Subjects
from monitor.spelling import folded, words

Asked = OfficeSubject | PersonSubject
Thing = TypeVar("Thing", bound=OfficeSubject | PersonSubject | FigureSubject | str)

ALIKE = 80.0
"""How alike (of 100) two parts of names must be to be taken for each other: a typo in a name of five letters."""


class UnknownName(LeaderwatchError):
    """Nothing in the archive is called so; the message lists what there is."""


class AmbiguousName(LeaderwatchError):
    """Several things are called so; the message lists them."""


def asked_for(word: str, subjects: Subjects) -> Asked:
    """Return the office or the person that a word means; raises UnknownName, AmbiguousName."""
    things: list[Asked] = [*subjects.offices.values(), *subjects.people.values()]
    return _the_one(word, things, "office or person")


def office_called(word: str, subjects: Subjects) -> OfficeSubject:
    """Return the office that a word means; raises UnknownName, AmbiguousName."""
    return _the_one(word, list(subjects.offices.values()), "office")


def office_names(word: str, offices: Sequence[OfficeSubject], changed: Iterable[str | None]) -> set[str]:
    """Return all names, old and new, of the office that a word means: changes call it by the one it had then.

    `changed` are the offices that changes speak of, since one may be in no history: it was withdrawn or retracted.
    What is called just so is meant on every page. Raises UnknownName, AmbiguousName.
    """
    known = {name for office in offices for name in office.tenures[-1].called}
    things: list[OfficeSubject | str] = [*offices, *sorted({name for name in changed if name} - known)]
    found = _known(word, things, "office")
    if len(set(map(_label, found))) > 1 and not _fitting(word, found, _is_called):
        raise _ambiguous(word, found)
    return {name for thing in found for name in _names(thing)}


def measures_called(word: str, figures: Sequence[FigureSubject]) -> list[FigureSubject]:
    """Return the figures whose measure a word means, of several offices maybe; raises UnknownName."""
    return _known(word, figures, "figure")


def _the_one(word: str, things: Sequence[Thing], what: str) -> Thing:
    found = _known(word, things, what)
    if len(found) > 1:
        raise _ambiguous(word, found)
    return found[0]


def _ambiguous(word: str, found: Sequence[Thing]) -> AmbiguousName:
    return AmbiguousName(f"{word!r} may be {_listed(found)}: say which")


def _known(word: str, things: Sequence[Thing], what: str) -> list[Thing]:
    for fits in (_is_called, _is_short_for, _is_like):
        if found := _fitting(word, things, fits):
            return found
    raise UnknownName(f"no {what} {word!r} in this archive: it has {_listed(things) or 'none'}")


def _fitting(word: str, things: Sequence[Thing], fits: Callable[[str, str], bool]) -> list[Thing]:
    return [thing for thing in things if any(fits(word, name) for name in _names(thing))]


def _is_called(word: str, name: str) -> bool:
    return folded(word) == folded(name)


def _is_short_for(word: str, name: str) -> bool:
    """Return whether each part of the word begins a part of the name, or is made of letters of one in order."""
    parts = words(name)
    return bool(words(word)) and all(any(_shortens(short, part) for part in parts) for short in words(word))


def _shortens(short: str, part: str) -> bool:
    if part.startswith(short):
        return True
    letters = iter(part)
    return len(short) > 2 and short[0] == part[0] and all(letter in letters for letter in short)


def _is_like(word: str, name: str) -> bool:
    """Return whether each part of the word is a part of the name, but for a typo."""
    parts = words(name)
    return bool(words(word)) and all(
        any(fuzz.ratio(short, part) >= ALIKE for part in parts) for short in words(word)
    )


def _names(thing: OfficeSubject | PersonSubject | FigureSubject | str) -> list[str]:
    if isinstance(thing, str):
        return [thing]
    if isinstance(thing, OfficeSubject):
        short = [thing.abbreviation] if thing.abbreviation else []
        return [*short, *thing.tenures[-1].called]
    if isinstance(thing, PersonSubject):
        return thing.spellings
    return list(dict.fromkeys(span.figure.measure for span in thing.spans))


def _listed(things: Sequence[Thing]) -> str:
    return ", ".join(dict.fromkeys(_label(thing) for thing in things))


def _label(thing: OfficeSubject | PersonSubject | FigureSubject | str) -> str:
    if isinstance(thing, str):
        return thing
    if isinstance(thing, OfficeSubject):
        return f"{thing.name} ({thing.abbreviation})" if thing.abbreviation else thing.name
    return thing.name if isinstance(thing, PersonSubject) else thing.measure
