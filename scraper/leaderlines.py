"""One line of a page read as what it says about an office: who, as what, how, or that nobody does."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from scraper.capacities import is_past, is_vacancy, split_capacity, tidy
from scraper.lexicon import (
    HEADS,
    OFFICE_WORDS,
)
from scraper.names import core
from scraper.phrases import TITLE_FLOOR, is_boilerplate, is_sentence
from scraper.pieces import Reading, by_pieces, pieces_of, vacancy_of, whole_line
from scraper.titles import head_at, title_score

MAX_LENGTH = 260
_GLUED = re.compile(r"\b([A-Z]?[a-z]{2,})([A-Z][a-z])")
_UNPAID = re.compile(r"\s*\(?\bunpaid\)?$", re.I)
_CONTACT = re.compile(
    r"[\s,;|·•–-]*(?:(?:tel|phone|ph|mobile|e-?mail)\b\.?:?\s*)?"
    r"(?:\+?\(?\d[\d\s().-]{5,}\d|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)\s*$",
    re.I,
)
_SUFFIXED = re.compile(r"(,\s+(?:[JS]r\.?|I{2,3}))\s+(?=[A-Z])")
_OF_SENIORS = frozenset(
    "advisor adviser analyst assistant associate attorney counsel director editor engineer examiner executive fellow "
    "inspector investigator manager officer planner scientist specialist strategist vice".split()
)
_PRONOUNS = re.compile(r"\s*[(\[](?:s?he|they|her|him|them|ze|xe|any)(?:\s*/\s*[a-z]+){1,3}[)\]]", re.I)
_VACANCY_WORDS = re.compile(
    r"vacan|unfilled|\bt\.?b\.?[adcn]\b|to be |appoint|recruit|not filled|incumbent|none|n/a", re.I
)
_LIST_NUMBER = re.compile(r"^(?:\(?\d{1,3}[.)]|[•*▪‣·–-])\s+(?=\S)")
_VACANT_BESIDE = re.compile(
    r"""^(?:(?:currently\s)?vacant|vacancy|(?:currently\s)?unfilled
        |(?:this\s|the\s)?(?:position|post|office|seat|vacant)(?:\sis)?(?:\s(?:currently|now))?\s(?:vacant|unfilled|open|position|post)
        |to\sbe\s(?:announced|determined|appointed|confirmed|named)|tbd|tba|tbc|n/a)\s+(?=[A-Z])
      | (?<=\w)\s+(?:vacant(?:\s(?:since|as\sof|pending|until)\b.*)?
        |to\sbe\s(?:announced|determined|appointed|confirmed|named)|tbd|tba|tbc|n/a)$""",
    re.I | re.X,
)


def read_line(
    text: str, seams: frozenset[int] = frozenset(), titles: frozenset[str] = frozenset()
) -> Reading | None:
    """Return what a line says about an office, None where it says nothing of the kind.

    `seams` are the places where inline markup changes, `titles` are titles (folded) that other lines of the page
    begin with. Sentences name nobody here: a text that mentions a title is not a leader line.
    """
    return None if len(text) > MAX_LENGTH else _read_short(text, seams, titles)


@lru_cache(maxsize=1024)
def _read_short(text: str, seams: frozenset[int], titles: frozenset[str]) -> Reading | None:
    """Read a line; kept, since the next version of a page has nearly all the lines of the one before."""
    if is_boilerplate(text):
        return None
    clean = _PRONOUNS.sub("", _UNPAID.sub("", _CONTACT.sub("", _LIST_NUMBER.sub("", text)))).strip("*†‡ ")
    if is_vacancy(clean):
        return Reading(vacant=True, score=1.0)
    bare, capacity = split_capacity(_SUFFIXED.sub(_part_suffix, _GLUED.sub(_unglue, clean)))
    if is_past(bare):
        return None
    places = frozenset(_moved(place, text, bare) for place in seams) if bare else frozenset()
    reading = _read(bare or clean, places, titles)
    if reading is None:
        return Reading(capacity=capacity, score=0.5) if capacity and not tidy(bare) else None
    if capacity is None:
        return reading
    return replace(
        reading, capacity=capacity, rank_only=reading.rank_only and clean.startswith(bare.split()[0])
    )


def _part_suffix(match: re.Match[str]) -> str:
    """Part a suffix from the title behind it, which "Sr." before "Advisor" begins and before "Warden" does not."""
    tokens = match.string[match.end() :].split()
    head = head_at(tokens)
    senior = match[1].strip(", .") == "Sr" and (
        head is None or (core(tokens[head]) in _OF_SENIORS and core(tokens[0]) != "chief")
    )
    return match[0] if senior else f"{match[1]}, "


def _moved(place: int, text: str, bare: str) -> int:
    """Return where a place of a line stands in what is left of the line; -1 where it was cut out."""
    if text[:place] == bare[:place]:
        return place
    rest = len(text) - place
    return len(bare) - rest if text[place:] == bare[-rest:] else -1


def _unglue(match: re.Match[str]) -> str:
    """Part a title or an office from the name that follows without a space ("AdministratorMichael")."""
    word = match[1].lower()
    follows = match.string[match.start(2) :].startswith(("Acting", "Interim", "Vacant"))
    return f"{match[1]} {match[2]}" if follows or word in HEADS or word in OFFICE_WORDS else match[0]


def _by_markup(
    text: str, seams: frozenset[int], titles: frozenset[str], whole: Reading | None
) -> Reading | None:
    """Read a line cut where its markup changes: name, title and office that only their elements part."""
    pieces = pieces_of(text, seams, titles, parted=True) if seams else []
    cut = by_pieces(text, pieces) if len(pieces) > 2 else None
    if cut is None or not cut.is_leader or not cut.complement:
        return None
    joined = whole is not None and whole.title == f"{cut.title} {cut.complement}"
    return replace(cut, score=cut.score + whole.score) if whole is not None and joined else cut


def _read(text: str, seams: frozenset[int], titles: frozenset[str]) -> Reading | None:
    pieces = None
    if _VACANCY_WORDS.search(text):
        pieces = pieces_of(text, seams, titles)
        if any(piece.kind == "vacancy" for piece in pieces):
            return vacancy_of(text, pieces)
        beside = _VACANT_BESIDE.sub("", text)
        if beside != text and title_score(beside.split()) >= TITLE_FLOOR:
            return Reading(title=beside, vacant=True, score=2.0)
    if is_sentence(text):
        return None
    whole = whole_line(text, seams, titles)
    pieces = pieces or pieces_of(text, seams, titles)
    cut = by_pieces(text, pieces) if len(pieces) > 1 else None
    options = [
        reading for reading in (whole, cut, _by_markup(text, seams, titles, whole)) if reading is not None
    ]
    if not options and pieces and pieces[-1].kind == "office" and pieces[-1].opener == ",":
        before = whole_line(text[: pieces[-1].start].rstrip(" ,"), seams, titles)
        return replace(before, complement=pieces[-1].text) if before is not None and before.is_leader else None
    return max(options, key=lambda reading: (reading.is_leader or reading.vacant, reading.score), default=None)
