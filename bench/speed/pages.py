"""Pages of 60 KB whose paragraphs and people differ from page to page, as those of different bodies do."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SAVED = Path(__file__).parents[2] / "fixtures" / "cbp_2024-04-19.html"

_REPLACED = "Diane Sabatino"
_OTHERS = (
    "Jonathan P. Miller",
    "Jason Owens",
    "AnnMarie Highsmith",
    "Ryan J. Scudder",
    "Casey O. Durst",
)
_GIVEN = "Ann Brian Carla David Elena Frank Grace Henry Irene James Karen Louis Maria Nathan Olga Peter".split()
_ONSETS = "B D F G H K L M N P R S T V W Z Br Cl Dr Fl Gr Kr Pl Sl Tr".split()
_MIDDLES = "ar el in or an er on al is ov am et ul ag ir ob".split()
_ENDS = "ton man son field wood ley ford well er berg ski ham low ner den mark".split()
_THOUSANDS = re.compile(r"\b\d{1,2}(?=,000\b)")
_NONCE = re.compile(r'nonce="[^"]*"')
_PARAGRAPH = re.compile(r"(?<=<p>)(?=[A-Z])")


def name(number: int) -> str:
    """Return a person's name, another one for each number below 100,000."""
    surname = _ONSETS[number % 25] + _MIDDLES[number // 25 % 16] + _ENDS[number // 400 % 16]
    return f"{_GIVEN[number % 16]} {chr(ord('A') + number // 6_400)}. {surname}"


def page(number: int, *, version: int = 0, nonce: int = 0) -> bytes:
    """Return a page; another `version` has another leader in one office, another `nonce` says the same."""
    begin, main, end = _parts()
    for position, leader in enumerate(_OTHERS):
        main = main.replace(leader, name(6 * number + position))
    main = main.replace(_REPLACED, name((6 * number + 5 + 31_000 * version) % 100_000))
    main = _THOUSANDS.sub(lambda match: str(int(match[0]) + number % 70), main)
    main = _PARAGRAPH.sub(f"In the {name(number).split()[-1]} region, ", main)
    return f"{_with_nonce(begin, nonce)}{main}{_with_nonce(end, nonce)}".encode()


def _with_nonce(markup: str, nonce: int) -> str:
    return _NONCE.sub(f'nonce="{nonce:022d}"', markup) if nonce else markup


@cache
def _parts() -> tuple[str, str, str]:
    """Return the saved page before its main part, its main part, and the rest."""
    markup = SAVED.read_text(encoding="utf-8")
    start, end = markup.index("<main"), markup.index("</main>")
    return markup[:start], markup[start:end], markup[end:]
