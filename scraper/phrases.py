"""What a few words are: a sentence, a link's wording, the name of a body, a title with an office behind it."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.lexicon import (
    CONNECTORS,
    HEADS,
    LINK_PHRASES,
    OFFICE_NOUNS,
    OFFICE_WORDS,
    OPENERS,
    PARTICLES,
    PLACES,
    SUFFIXES,
    TITLE_MODIFIERS,
    fold,
)
from scraper.names import core
from scraper.titles import head_at, title_score

_ABBREVIATED = re.compile(
    r"\b(?:Prof|Hon|Rev|Gen|Capt|Col|Maj|Sgt|Adm|Amb|Sen|Rep|Brig|Cmdr|Atty|Engr|Asst|Assoc|Dept)\."
)
_SENTENCE = re.compile(r"[a-z]{3}[.!?][\"”’)]?\s+[A-Z“\"]|(?:[a-z]{3,}|\d)[.!?][\"”’)]?$")
_OF_OFFICE = re.compile(r"\bof (?:Staff|State|Police)$")
_BODIES = frozenset(
    "office bureau department division directorate branch center centre group institute agency administration "
    "authority command unit program programme taskforce board commission secretariat service".split()
)
_OF_A_BODY = CONNECTORS | OFFICE_WORDS
_OF_A_LINE = _OF_A_BODY | PARTICLES | HEADS | TITLE_MODIFIERS
_QUOTED = re.compile(r"[“\"][^”\"]*[.!?,][”\"]")
TITLE_FLOOR = 0.4


@lru_cache(maxsize=1024)
def is_boilerplate(text: str) -> bool:
    """Whether the text is a link's or a button's wording ("Read more", "More about Jane Doe")."""
    words = fold(text).strip(" .:»›>…")
    if words.startswith("about ") and _full_stop(text.split()):
        return False
    return any(
        words == phrase or words.startswith(phrase + " ") for phrase in LINK_PHRASES if words.startswith(phrase)
    )


@lru_cache(maxsize=1024)
def is_sentence(text: str) -> bool:
    """Whether the text is prose: it has verbs and small words a title or a name would not have, or a full stop."""
    if _QUOTED.match(text):
        return True
    text = _ABBREVIATED.sub(" ", text)
    words = text.split() or [text]
    small = sum(1 for word in words if word.islower() and not _plain_small(core(word)))
    if small >= 3 or small > 0.3 * len(words):
        return True
    return (bool(_SENTENCE.search(text)) and (small > 0 or len(words) > 8)) or _full_stop(words)


def _full_stop(words: list[str]) -> bool:
    last = words[-1]
    word = core(last)
    if len(words) > 1 and last.islower() and last.endswith(".") and len(word) > 3 and "." not in word:
        return True
    return (
        len(words) >= 5
        and last.endswith((".", "!", "?", ".”", '."'))
        and ("." not in word or any(char.isdigit() for char in word))
        and len(word) > 1
        and word not in SUFFIXES
    )


def _plain_small(word: str) -> bool:
    return word in _OF_A_LINE


@lru_cache(maxsize=1024)
def is_office_like(text: str) -> bool:
    """Whether the words say what a body is about: nouns of bodies, subjects, places."""
    words = [word for token in text.split() if (word := core(token)) and word not in CONNECTORS]
    if not words or not text[:1].isupper() or any(_stray(token) for token in text.split()):
        return False
    said = sum(1 for word in words if word in OFFICE_WORDS or word in PLACES)
    known = said and said + sum(1 for word in words if word.isdigit())
    return any(word in OFFICE_NOUNS for word in words) or known >= max(1, len(words) / 2)


def _stray(token: str) -> bool:
    """Whether a word in small letters has no place in a body's name ("Also attends Cabinet")."""
    return token.isalpha() and token.islower() and core(token) not in _OF_A_BODY


def split_complement(title: str) -> tuple[str, str | None]:
    """Return a title and the office it names behind a comma, dash or colon ("Chief, U.S. Border Patrol").

    "Director of the Office of X" keeps its complement: there the whole is the title's wording.
    """
    cuts = list(re.finditer(r"\s*[,–—:|]\s+|\s+[-/]\s+", title))
    if not cuts:
        return title, None
    match = next((cut for cut in cuts if _is_body(title[cut.end() :])), cuts[0])
    head, rest = title[: match.start()], title[match.end() :]
    body = _is_body(rest)
    if any(core(token) in OPENERS for token in _OF_OFFICE.sub("", head).split()) and not body:
        return title, None
    if head_at(head.split()) is None or title_score(head.split()) < TITLE_FLOOR:
        return title, None
    if not _names_body(rest) and any(
        title_score(part.split()) >= TITLE_FLOOR for part in re.split(r"[,;]", rest)
    ):
        return title, None
    return head, re.sub(r"^(?:for|of)\s+(?:the\s+)?", "", rest)


def _is_body(text: str) -> bool:
    """Whether the words begin with the noun of a body, or are one phrase that ends in it."""
    return _names_body(text) or ("," not in text and " and " not in text and core(text.split()[-1]) in _BODIES)


def _names_body(text: str) -> bool:
    return bool(text.split()) and core(text.split()[0]) in _BODIES
