r"""Normal forms: spellings that a reader takes for the same become one.

>>> same_spelling("Clare O\u2019Neil", "CLARE  O'NEIL")
True
>>> same_spelling("Jason Owens", "Jason D. Owens")
False
>>> name_key("Chief, U.S. Border Patrol") == name_key("Chief, United States Border Patrol")
True
>>> name_key("Treasurer, Minister for Women") == name_key("Minister for Women, Treasurer")
True
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

Key = tuple[tuple[str, ...], ...]

_STYLE = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼʹ＇", "'")
    | dict.fromkeys("“”„‟″«»＂", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)
_DOTTED = re.compile(r"\b(?:[a-z]\.\s?){2,}")
_US = re.compile(r"\b(?:u\.\s?s\.(?:\s?a\.)?|u\.?s\.?a?)(?![\w'])", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"\s*[;,:|]\s*|\s+-\s+")
_INITIALS_AFTER = re.compile(r"\s*\([A-Z][A-Za-z&.]{1,9}\)\s*$")
_SMALL = frozenset({"the", "and", "of", "for", "in", "on", "at", "to", "a", "an"})
_GENERIC = frozenset({"office", "offices", "department", "united", "states"}) | _SMALL


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return the text with one style of quotes, dashes and spaces; letters and their case stay."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_STYLE)).split())


def folded(text: str) -> str:
    """Return the text without case and accents, for comparison only."""
    letters = unicodedata.normalize("NFKD", plain(text).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_LETTERS)


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name or title: "&" is "and", "U.S." is "united states"."""
    spelled = _US.sub(" united states ", plain(text))
    spelled = folded(spelled).replace("&", " and ").replace("'", "")
    spelled = _DOTTED.sub(lambda match: re.sub(r"[.\s]", "", match[0]) + " ", spelled)
    return tuple(_WORD.findall(spelled))


@lru_cache(maxsize=8192)
def same_spelling(left: str, right: str) -> bool:
    """Say whether two names differ at most in capitals, quotes, dashes, spaces, full stops and commas.

    An accent, a hyphen for a space or one more letter is another spelling.
    """
    return left == right or _letters(left) == _letters(right)


def _letters(text: str) -> str:
    return " ".join(plain(text).casefold().replace(".", " ").replace(",", " ").split())


@lru_cache(maxsize=8192)
def name_key(text: str) -> Key:
    """Return what identifies an office's name or a title: its comma-separated parts in any order."""
    parts = (_words_that_count(part) for part in _PARTS.split(_INITIALS_AFTER.sub("", plain(text))))
    return tuple(sorted(part for part in parts if part)) or ((plain(text),),)


def _words_that_count(part: str) -> tuple[str, ...]:
    found = tuple(word for word in words(part) if word != "the")
    return found[1:] if found[:1] == ("and",) else found


def content_words(text: str) -> frozenset[str]:
    """Return the words that tell one office or title from another: not "Office of", "U.S." or small words."""
    found = words(text)
    return frozenset(word for word in found if word not in _GENERIC) or frozenset(found)


def lenient_key(text: str) -> tuple[str, ...]:
    """Return the telling words of an office's name in order: "Trade" for "The Office of Trade"."""
    found = words(_INITIALS_AFTER.sub("", plain(text)))
    return tuple(word for word in found if word not in _GENERIC) or found


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the share (0 to 1) of the larger set's words that both sets have."""
    return len(left & right) / max(len(left), len(right), 1)
