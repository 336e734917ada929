"""Offices of which a page shows no more than their text: no heading and no leader stand above it any more."""

from __future__ import annotations

from scraper.lexicon import OFFICE_NOUNS, fold
from scraper.meanings import Atom
from scraper.names import core
from scraper.records import Record
from scraper.selfnames import name_in_text


def with_unled(records: list[Record]) -> list[Record]:
    """Return the records, and behind each the office whose text it had besides its own.

    Only where most texts open with the name of their own office does a paragraph that opens with another one's name
    and abbreviation ("The Office of Trade (OT) consolidates ...") stand for that office; a center among offices is
    a part of the one above.
    """
    told = [record for record in records if record.prose]
    openings = [said[0] for record in told if (said := name_in_text(record.prose[0].line.text))]
    if len(openings) < 2 or 2 * len(openings) < len(told):
        return records
    heads = (atom.line.text for record in records for atom in (*record.outer, *record.heads, *record.offices))
    known = {fold(name) for name in (*openings, *heads)}
    return [part for record in records for part in _parted(record, known)]


def _parted(record: Record, known: set[str]) -> list[Record]:
    """Return a record cut before the paragraph with which another office's text begins."""
    if not (record.heads or record.offices):
        return [record]
    for place, atom in enumerate(record.prose[1:], 1):
        said = name_in_text(atom.line.text)
        if said is not None and said[1] is not None and _is_another(said[0], known):
            named = Atom(atom.line, "prose", None, said[0], told=True)
            unled = Record(None, offices=[named], prose=record.prose[place:], outer=record.outer)
            record.prose = record.prose[:place]
            return [record, unled]
    return [record]


def _is_another(name: str, known: set[str]) -> bool:
    """Whether a name is none of those known, and of a kind with them: an office among offices."""
    kinds = {core(word).removesuffix("s") for other in known for word in other.split()} & OFFICE_NOUNS
    return fold(name) not in known and not kinds.isdisjoint(fold(name).split())
