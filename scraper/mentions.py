"""Leaders whom only the prose names: "Air and Marine Operations is led by Executive Assistant Commissioner J. Doe"."""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.capacities import is_past, split_capacity
from scraper.leaderlines import read_line
from scraper.names import CLEAR, LIKELY
from scraper.pieces import Reading

_LED_BY = re.compile(
    r"(?:\b(?:is|are)\s+|,\s+)(?:currently\s+|now\s+|today\s+)?"
    r"(?:led|headed|directed|overseen|run|managed|commanded|chaired|administered)\s+by\s+(?:the\s+|its\s+|our\s+)?",
)
_SERVES = re.compile(
    r"^(?P<name>[^,;:()]{4,60}?),?\s+(?:currently\s+)?(?:is|serves\s+as|leads\s+\S+\s+as|was\s+(?:named|appointed|sworn\s+in\s+as))"
    r"\s+(?:currently\s+)?(?:the\s+|our\s+|CBP['’]s\s+)?(?P<title>(?:[Aa]cting|[Ii]nterim)?\s*[A-Z].{3,160}?)(?:[.;]|$)"
)
_HELD_BY = re.compile(
    r"^(?:The|Our)\s+(?P<title>[^,.;:]{4,80}?)(?P<beside>,|\s+is(?:\s+currently)?)\s+(?P<name>[A-Z][^,;:]{4,50}?)"
    r"(?:,\s+[a-z]+s\b|(?<!,)\.?$)"
)
_READ = 600
_RUN = re.compile(r"(?:(?:[A-Z][\w'’.-]*|acting|interim|of|for|and|the|&|de|la|van|von|der|bin|al)[ ,]*)+")


def leader_in_text(text: str, known: str | None = None) -> tuple[Reading, str] | None:
    """Return the leader a paragraph names in a sentence made for it, and the words that do; None without one.

    A sentence that mentions only a title ("headed by an Executive Assistant Commissioner") names nobody. A name
    that is `known` from the lines above needs no more evidence.
    """
    for match in _LED_BY.finditer(text[:1500]):
        run = _RUN.match(text, match.end())
        if run is None:
            continue
        words = re.split(r"(?<=[a-z]{2})\.\s|,\s+(?:who|which|and)\b", run[0])[0].strip(" ,.")
        words = re.sub(r"(?:[ ,]+(?:and|of|for|the))+$", "", words)
        reading = read_line(words)
        if reading is not None and reading.is_leader:
            return reading, words
    sentences = _sentences(text)
    said = [_serving(sentence, known, alone=place > 0) for place, sentence in enumerate(sentences)]
    return next(filter(None, [*said, *map(_held, sentences[:1])]), None)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[a-z]{3}\.)\s+(?=[A-Z])", text[:_READ])


def _held(text: str) -> tuple[Reading, str] | None:
    """Read "The Chair is Jane Doe" and "The Chair, Jane Doe, is responsible for ..."."""
    match = _HELD_BY.match(text[:_READ])
    if match is None or is_past(match[0]):
        return None
    name, title = read_line(match["name"]), read_line(match["title"])
    if name is None or not name.is_name or title is None or not title.is_title:
        return None
    if name.score < (LIKELY if match["beside"] == "," else CLEAR):
        return None
    return replace(title, name=name.name, score=name.score), match[0]


def _serving(text: str, known: str | None, *, alone: bool) -> tuple[Reading, str] | None:
    """Read "Jane Doe serves as Director"; past the first sentence the title must stand `alone`."""
    match = _SERVES.match(text[:400])
    if match is None or is_past(match[0]):
        return None
    name = read_line(match["name"])
    bare, capacity = split_capacity(match["title"])
    title = read_line(
        re.split(r"\s+(?:at|within|where|who|and\s+(?:is|has|was)|in\s+charge\s+of\s+the)\b", bare)[0].strip(
            " ,."
        )
    )
    if alone and (title is None or re.search(r"\b(?:of|for|to|at)\b|,", title.title or "")):
        return None
    if name is not None and name.rank_only:
        name = Reading(name=match["name"].strip(), score=name.score)
    if name is None or not name.is_name or title is None or not title.is_title:
        return None
    if name.score < CLEAR and name.name != known:
        return None
    return Reading(name.name, title.title, None, capacity or name.capacity, score=name.score), match[0]
