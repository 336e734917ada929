"""What a heading is about: an office, a kind of list ("Senior Leadership"), or a part of the page aside."""

from __future__ import annotations

import re

from scraper.lexicon import CONNECTORS, GENERIC_HEADINGS, OFFICE_NOUNS, PLURAL_HEADS
from scraper.names import core
from scraper.phrases import is_office_like
from scraper.titles import is_profession

_ASIDE = re.compile(
    r"\b(?:news|newsroom|press|related|latest|highlights?|events|social media|media contact|former|previous|past|"
    r"predecessors|archive|contact us|in memoriam|careers|stay connected|quick links|announcements?|did you know|"
    r"in focus|spotlight|trending|popular|on this page|follow us|feedback|what['’]s new|subscribe|see also|"
    r"more information)\b",
    re.I,
)
_ASIDE_ALONE = re.compile(
    r"(?:(?:our|additional|more|other|recent|useful)\s+)?"
    r"(?:history|resources|updates|blog|publications|videos?|features?|featured|vacancies|jobs|links|documents|downloads|"
    r"(?:job |current )?openings|open positions|employment|work with us|awards?|awards and honou?rs|honou?rs|"
    r"(?:opening |office )?hours|languages?|meetings|calendar|fleet|vessels)",
    re.I,
)
_LEADERSHIP = re.compile(
    r"\s*[-–—|:,]?\s*\b(?:(?:senior\s+|executive\s+)?(?:leadership|leaders|(?<!of\s)staff|team|people|officials|about)"
    r"|(?:senior|executive)\s+management|management\s+team)\b",
    re.I,
)
"""Words that say "who leads it"; "management" alone is an office's subject ("Bureau of Land Management")."""
_CALL = re.compile(
    r"^(?:visit|write to|find|follow us|how|learn|what|where|who|why|when|subscribe|view|explore|questions|frequently|"
    r"need|do you|did you)\b|^contact(?: us)?$",
    re.I,
)
_SITE = re.compile(r"\b[\w-]+\.(?:gov|org|com|mil|net|int|eu|uk|ca|au|nz|ie|za|in)\b", re.I)


def is_aside(heading: str) -> bool:
    """Whether a heading opens a part of the page that is not about who leads now (news, related, former)."""
    if len(heading) >= 60 or _has_body(heading):
        return False
    return bool(_ASIDE.search(heading) or _ASIDE_ALONE.fullmatch(heading.strip(" :")))


def is_generic(heading: str) -> bool:
    """Whether a heading names a kind of list, an aside or the site rather than an office."""
    words = [
        word for token in re.split(r"[\s/&]+", heading) if (word := core(token)) and word not in CONNECTORS
    ]
    if _SITE.search(heading) or _CALL.match(heading) or is_aside(heading):
        return True
    return all(
        word in GENERIC_HEADINGS or _many(word.removesuffix("s'") + "s") or _many(word) for word in words
    )


def names_office(heading: str) -> bool:
    """Whether a heading that several people share names the office they all belong to."""
    name = subject_of(heading)
    return (
        name is not None
        and len(name.split()) > 1
        and _has_body(name)
        and not is_generic(name)
        and is_office_like(name)
    )


def subject_of(heading: str) -> str | None:
    """Return the heading without its words about leadership ("Office of Trade Leadership"); None if nothing is left."""
    led = next((m for m in _LEADERSHIP.finditer(heading) if not _has_body(heading[m.end() :])), None)
    name = (heading[: led.start()] if led else heading).strip(" ,:|–—-")
    words = [core(token) for token in name.split()]
    plural = any(_many(word) for word in words)
    if plural and not (len(words) > 2 and words[0] in OFFICE_NOUNS and words[1] == "of"):
        return None
    return name or None


def _many(word: str) -> bool:
    """Whether a folded word is the plural of a noun that a title turns on."""
    return word in PLURAL_HEADS or (word.endswith("s") and is_profession(word[:-1]))


def _has_body(heading: str) -> bool:
    return any(core(token) in OFFICE_NOUNS for token in heading.split())
