"""Numbers as written: digits with their separators, number words, scales.

>>> from scraper.figures.tokens import Prose
>>> def value(text):
...     return number_at(Prose.read(text), 0).value
>>> [value(text) for text in ("7,500", "12 500", "7.5 billion", "1'200")]
[Decimal('7500'), Decimal('12500'), Decimal('7500000000'), Decimal('1200')]
>>> [value(text) for text in ("twenty-one", "two dozen", "half a billion", "a thousand")]
[Decimal('21'), Decimal('24'), Decimal('500000000'), Decimal('1000')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import text2num  # type: ignore[import-untyped]  # it ships no types

from scraper.figures.spellings import GLUED_SCALES, SCALE_WORDS, SCALES
from scraper.figures.tokens import Kind, Prose
from scraper.figures.vocabulary import NUMBER_WORDS

LONGEST = 15
"""Digits beyond which a number is a serial number or noise, never a quantity that prose states."""

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?:,[0-9]{3})+(?:\.[0-9]+)?|(?:['’][0-9]{3})+|(?:\.[0-9]{3}){2,})")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")
_DECIMAL_COMMA = re.compile(r"[0-9]{1,3},[0-9]{1,2}")
_WORDS_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its tokens `first:last`, already multiplied by `scale`; no value where they make none."""

    value: Decimal | None
    first: int
    last: int
    scale: int = 1
    worded: bool = False


def number_at(prose: Prose, place: int) -> Number | None:
    """Read the number that begins at this token; None where none begins."""
    token = prose[place]
    if token.is_number:
        return _scaled(prose, _digits(prose, place))
    if token.low in NUMBER_WORDS:
        return _scaled(prose, _number_words(prose, place))
    if token.low in {"a", "an", "half"}:
        return _article_number(prose, place)
    return None


def whole(value: Decimal) -> Decimal:
    """Drop an empty fraction and an exponent, so that equal values are written alike."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _digits(prose: Prose, place: int) -> Number:
    last = place + 1
    while _continues(prose, place, last):
        last += 1
    written = "".join(token.text for token in prose.tokens[place:last])
    return Number(_value(written), place, last)


def _continues(prose: Prose, place: int, last: int) -> bool:
    """Say whether the token at `last` is one more group of three digits after a single space."""
    head, before, token = prose[place], prose[last - 1], prose[last]
    return (
        token.is_number
        and len(token.text) == 3
        and token.text.isdigit()
        and head.text.isdigit()
        and len(head.text) <= 3
        and head.text[0] != "0"
        and token.start == before.end + 1
        and prose.text[before.end] != "\n"
    )


def _value(written: str) -> Decimal | None:
    digits = re.sub(r"[^0-9]", "", written)
    if len(digits) > LONGEST or (len(written) > 1 and written[0] == "0" and not written.startswith("0.")):
        return None
    if _PLAIN.fullmatch(written):
        return Decimal(written)
    if _GROUPED.fullmatch(written) or _INDIAN.fullmatch(written):
        european = written.count(".") > 1
        return Decimal(re.sub(r"[.,'’]" if european else r"[,'’]", "", written))
    return Decimal(written.replace(",", ".")) if _DECIMAL_COMMA.fullmatch(written) else None


def _number_words(prose: Prose, place: int) -> Number:
    last = _end_of_number_words(prose, place)
    words = [token.low for token in prose.tokens[place:last] if token.is_word]
    return Number(_worded_value(words), place, last, worded=True)


def _end_of_number_words(prose: Prose, place: int) -> int:
    last = place + 1
    while True:
        joined = prose[last].low == "and" and prose[last - 1].low in SCALE_WORDS
        hyphen = prose[last].text in {"-", "‑"} and prose[last].glued
        after = last + 1 if joined or hyphen else last
        words = NUMBER_WORDS if joined else NUMBER_WORDS | {"hundred", "thousand"}
        if prose[after].low not in words or (hyphen and not prose[after].glued):
            return last
        last = after + 1


def _worded_value(words: list[str]) -> Decimal | None:
    if len(words) > _WORDS_AT_MOST:
        return None
    try:
        return Decimal(str(text2num(" ".join(words), "en")))
    except ValueError:
        return None


def _scaled(prose: Prose, number: Number) -> Number:
    """Multiply by the scales that follow: "7.5 billion", "$300M", "two and a half million", "2 dozen"."""
    value, last = number.value, number.last
    if prose.lows(last, last + 3) == ("and", "a", "half") and prose[last + 3].low in SCALE_WORDS:
        value, last = value + Decimal("0.5") if value is not None else None, last + 3
    factor, end = _scale_at(prose, last)
    if value is None or factor == 1:
        return number
    return Number(whole(value * factor), number.first, end, factor, number.worded)


def _scale_at(prose: Prose, place: int) -> tuple[int, int]:
    factor = 1
    for _ in range(3):
        after = place + 1 if prose[place].text in {"-", "‑"} and prose[place].glued else place
        token = prose[after]
        if not (token.low in SCALE_WORDS or (token.low in GLUED_SCALES and token.glued and after == place)):
            break
        factor, place = factor * SCALES[token.low], after + 1
    return factor, place


def _article_number(prose: Prose, place: int) -> Number | None:
    """Read "a dozen", "half a million", "a half billion"; a bare article is no number."""
    ahead = prose.lows(place, place + 3)
    half = "half" in ahead[:2]
    at = place + 2 if half and ahead[0] != ahead[1] and {"a", "an"} & set(ahead[:2]) else place + 1
    factor, end = _scale_at(prose, at)
    if factor == 1 or prose[at].kind is not Kind.WORD:
        return None
    value = Decimal(factor) / 2 if half else Decimal(factor)
    return Number(whole(value), place, end, factor, worded=True)
