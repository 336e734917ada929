"""Words of a hostile page, made fit for a mail: one line, no control characters, no tricks with direction."""

from __future__ import annotations

import re
import unicodedata

JOINERS = "\u200c\u200d"
"""Invisible, but part of how Persian and many Indian languages are written."""


def plain(text: str) -> str:
    """Return the text as one line: white space is one space, control and direction characters are gone.

    Direction overrides (Unicode TR36) can make a name read as another; letters written right to left stay.
    """
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        composed = "".join(_kept(character) for character in composed)
    return " ".join(composed.split())


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category in ("Cc", "Zl", "Zp"):
        return " "
    if category == "Cf":
        return character if character in JOINERS else ""
    return "\N{REPLACEMENT CHARACTER}" if category == "Cs" else character


def clip(text: str, longest: int) -> str:
    """Return at most `longest` characters, cut between words where it must be cut."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    at_word = head.rpartition(" ")[0]
    return (at_word if len(at_word) > longest // 2 else head).rstrip(" ,;:–-") + "…"


def slug(text: str, longest: int = 60) -> str:
    """Return the text as a piece of a file name: a-z, 0-9 and single hyphens, or "" where nothing is left."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only)[:longest].strip("-")
