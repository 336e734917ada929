"""Bytes to text, by the rules browsers follow, with text that was encoded twice mended."""

from __future__ import annotations

import codecs
import re

import ftfy

from model import Capture

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_TWICE = re.compile("Ã[\x80-\xbf\u0152-\u2122]|â€|Â[\xa0-\xbf ]")
_TWICE_BEGINS = ("Ã", "â€", "Â")
_PRESCAN = 4096
_NOT_DECLARED = frozenset(
    {"iso8859-1", "ascii", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
)


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a body: byte order mark, then UTF-8 if it is valid, then what is declared.

    Pages declare the wrong charset far more often than other text happens to be valid UTF-8, so validity
    comes before the declaration. Undecodable bytes become U+FFFD; nothing is raised.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return mend(body.decode(encoding, "replace"))
    try:
        return mend(body.decode("utf-8"))
    except UnicodeDecodeError:
        return mend(body.decode(_declared(body, content_type), "replace"))


def text_of(capture: Capture) -> str:
    """Return the text of a capture's body, with the charset that its headers name."""
    return decode(capture.body, capture.headers.get("content-type", ""))


def mend(text: str) -> str:
    """Undo double encoding ("EspaÃ±ol") where the text shows its marks; other text is returned as it is."""
    if not any(mark in text for mark in _TWICE_BEGINS) or not _TWICE.search(text):
        return text
    return "".join(ftfy.fix_encoding(line) for line in text.splitlines(keepends=True))


def _declared(body: bytes, content_type: str) -> str:
    found = _HEADER.search(content_type)
    label = found[1] if found else ""
    if not label and (match := _DECLARED.search(body, 0, _PRESCAN)):
        label = match[1].decode("ascii")
    return _codec(label)


def _codec(label: str) -> str:
    """Return Python's name for a declared label; Latin-1 and ASCII mean windows-1252, as in the WHATWG standard."""
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, ValueError, TypeError):
        return "cp1252"
    name = name.replace("_", "-")
    return "cp1252" if name in _NOT_DECLARED or name.startswith(("utf", "mac-")) else name
