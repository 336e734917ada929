"""What a text calls its own office: "The Office of Trade (OT) consolidates ..." names it, and abbreviates it."""

from __future__ import annotations

import re

from scraper.lexicon import CONNECTORS, GENERIC_HEADINGS, OFFICE_NOUNS, OFFICE_WORDS, PLURAL_HEADS, fold
from scraper.names import core
from scraper.phrases import is_office_like

_CAPITAL = r"[A-Z][\w'’&/.-]*"
_PHRASE = re.compile(
    rf"(?:The\s+|the\s+)?({_CAPITAL}(?:,?\s+(?:(?:of|for|and|the|on|to|in|&)\s+){{0,3}}{_CAPITAL}){{0,11}})"
    r"(\s*\(\s*(?:the\s+)?[“\"']?([A-Z][A-Za-z&/.-]{1,9})[”\"']?\s*\))?"
)
_VERB = re.compile(r"\s*,?\s+(?:is|was|are|were|has|had|have|will|can|may|[a-z]{2,}(?:s|ed))\b")
_ABBREVIATED = re.compile(r"\(\s*(?:the\s+)?[“\"']?([A-Z][A-Za-z&/.-]{1,11}|[A-Z]{2,12})[”\"']?\s*\)")
_TRAILING = re.compile(r"\s*[-–—,:]?\s*\(\s*([A-Z][A-Za-z&/.-]{1,11})\s*\)\s*$")
_DASHED = re.compile(r"\s+[-–—]\s+([A-Z]{2,8})$")
_INTRODUCED = re.compile(
    r"[\W\d]*|(?:As|At|In|With|Within|Since|Through|For|Under|Created|Established|Known)\b[^.]*,\s*(?:the\s+)?"
)
_SAYS_LITTLE = CONNECTORS | {"office", "u.s", "us"}
_OPENING = 600


def name_in_text(text: str) -> tuple[str, str | None] | None:
    """Return the office that a paragraph's opening sentence is about, with its abbreviation; None if it names none."""
    opening = text[:_OPENING]
    for match in _PHRASE.finditer(opening):
        if match.start() > 160 or not _INTRODUCED.fullmatch(opening[: match.start()]):
            break
        name = _own_words(match[1])
        if not _is_body(name):
            continue
        if match[2] and _initials_fit(name, match[3]):
            return name, match[3]
        if match.start() <= 4 and _VERB.match(opening, match.end()):
            return name, None
    return None


def split_abbreviation(name: str) -> tuple[str, str | None]:
    """Return an office's name and the abbreviation in brackets or behind a dash at its end."""
    name = name.rstrip(" :*")
    match = _TRAILING.search(name) or _DASHED.search(name)
    if match is None or not any(char.isupper() for char in match[1][1:]):
        return name.strip(" :–—-*"), None
    return name[: match.start()].strip(" :–—-*"), match[1]


def abbreviation_in_text(name: str, text: str) -> str | None:
    """Return the abbreviation that a text gives an office in brackets behind the office's own name."""
    words = _content(name)
    for match in _ABBREVIATED.finditer(text[:2000]):
        short = match[1]
        before = _content(" ".join(text[: match.start()].split()[-12:]))
        if not words or not any(char.isupper() for char in short[1:]):
            continue
        if len(words & before) >= max(1, len(words) - 1) and _initials_fit(name, short, loose=True):
            return short
    return None


def _content(name: str) -> set[str]:
    return {word for token in name.split() if (word := core(token)) and word not in _SAYS_LITTLE}


def _own_words(phrase: str) -> str:
    return re.sub(r"^(?:The|As|In|At|Within|Under)\s+(?=[A-Z])", "", phrase)


def _is_body(name: str) -> bool:
    words = [core(token) for token in name.split()]
    if len(words) < 2 or all(word in GENERIC_HEADINGS or word in CONNECTORS for word in words):
        return False
    if words[-1] in PLURAL_HEADS or not is_office_like(name):
        return False
    return any(word in OFFICE_NOUNS for word in words) or sum(word in OFFICE_WORDS for word in words) >= 2


def _initials_fit(name: str, short: str, *, loose: bool = False) -> bool:
    """Whether an abbreviation's letters come from the words of a name, in order."""
    letters = [char for char in fold(short) if char.isalpha()]
    initials = "".join(core(token)[:1] for token in re.split(r"[\s/-]+", name) if core(token))
    found = _in_order(letters, initials)
    return found or (loose and bool(letters) and letters[0] in initials) or _in_order(letters, fold(name))


def _in_order(letters: list[str], text: str) -> bool:
    place = -1
    for letter in letters:
        place = text.find(letter, place + 1)
        if place < 0:
            return False
    return True
