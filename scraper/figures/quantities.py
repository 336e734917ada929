"""Numbers with what makes them quantities: currency or percent, a bound, the other end of a range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from model import Bound
from scraper.figures.numerals import Number, number_at, whole
from scraper.figures.spellings import (
    BOUNDS,
    BOUNDS_AFTER,
    CURRENCY_CODES,
    CURRENCY_LETTERS,
    CURRENCY_NOUNS,
    CURRENCY_SIGNS,
    DOLLARS,
    NATIONAL_NOUNS,
    PERCENT_WORDS,
)
from scraper.figures.tokens import Prose
from scraper.figures.vocabulary import CHANGE_VERBS

PERCENT = "percent"
HYPHENS = frozenset("-‑–")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in its dress: tokens `first:last`, the bare number at `number:number_end`.

    `upper` is the far end of a range. `scale` and `worded` tell "7 thousand" and "seven" from "7".
    """

    value: Decimal
    unit: str | None
    bound: Bound | None
    first: int
    last: int
    number: int
    number_end: int
    scale: int = 1
    worded: bool = False
    upper: Decimal | None = None

    @property
    def is_money(self) -> bool:
        return self.unit is not None and self.unit != PERCENT

    @property
    def is_bare(self) -> bool:
        """Say whether nothing but the digits speaks for a quantity, so that it may be a year or a room."""
        return self.unit is None and self.bound is None and self.scale == 1


def quantities(prose: Prose) -> Iterator[Quantity]:
    """Yield every readable number of the text in order, decoys among them; each token is read once."""
    place = 0
    while place < len(prose):
        number = number_at(prose, place)
        if number is None:
            place += 1
            continue
        place = number.last
        if number.value is not None:
            quantity = _bounded(prose, _ranged(prose, _dressed(prose, number, number.value)))
            place = max(place, quantity.last)
            yield quantity


def _dressed(prose: Prose, number: Number, value: Decimal) -> Quantity:
    prefix, first = _currency_before(prose, number.first)
    unit, last = _unit_after(prose, number.last, number.scale > 1)
    return Quantity(
        value,
        prefix or unit,
        None,
        first,
        last,
        number.first,
        number.last,
        number.scale,
        number.worded,
    )


def _currency_before(prose: Prose, place: int) -> tuple[str | None, int]:
    sign = prose[place - 1]
    if sign.text in CURRENCY_SIGNS:
        letters = prose[place - 2]
        touching = sign.glued or letters.low in {"us", "u.s."}
        if sign.text == "$" and letters.low in DOLLARS and touching:
            return DOLLARS[letters.low], place - 2
        return CURRENCY_SIGNS[sign.text], place - 1
    if sign.text in CURRENCY_CODES:
        return sign.text, place - 1
    dotted = sign.text == "." and prose[place - 2].text == "Rs"
    letters = prose[place - 2] if dotted else sign
    if letters.text in CURRENCY_LETTERS and (dotted or letters.text == "Rs" or prose[place].glued):
        return CURRENCY_LETTERS[letters.text], place - 2 if dotted else place - 1
    return None, place


def _unit_after(prose: Prose, place: int, scaled: bool) -> tuple[str | None, int]:
    hyphen = prose[place].text in HYPHENS and prose[place].glued
    at = place + 1 if hyphen else place
    token, after = prose[at], prose[at + 1]
    if token.low in PERCENT_WORDS:
        return PERCENT, at + 1
    if (token.low, after.low) == ("per", "cent"):
        return PERCENT, at + 2
    if (token.low, after.low) in NATIONAL_NOUNS:
        return NATIONAL_NOUNS[token.low, after.low], at + 2
    if token.text in CURRENCY_CODES:
        return token.text, at + 1
    if token.low in CURRENCY_NOUNS:
        return CURRENCY_NOUNS[token.low], at + 1
    if token.low == "pounds" and scaled and after.low != "of":
        return "GBP", at + 1
    return None, place


def _ranged(prose: Prose, low: Quantity) -> Quantity:
    """Join "300 to 350", "$5-7 billion", "between 300 and 350"; what grew "from 300 to 350" is 350 now."""
    before = prose[low.first - 1].low
    joiner = prose[low.last]
    if joiner.text not in HYPHENS and joiner.low != "to" and (before, joiner.low) != ("between", "and"):
        return low
    sign = prose[low.last + 1].text in CURRENCY_SIGNS
    number = number_at(prose, low.last + 1 + sign)
    if number is None or number.value is None:
        return low
    high = _dressed(prose, number, number.value)
    start = _start_of_range(low, high)
    if start is None:
        return low
    if before == "from" and prose[low.first - 2].low in CHANGE_VERBS:
        return high
    first = low.first - (before in {"between", "from"})
    return replace(
        high, value=start, upper=high.value, unit=low.unit or high.unit, first=first, number=low.number
    )


def _start_of_range(low: Quantity, high: Quantity) -> Decimal | None:
    """Return the low end, in the scale of the high one where it has none; None where the two make no range."""
    if low.unit and high.unit and low.unit != high.unit:
        return None
    shared = whole(low.value * high.scale) if low.scale == 1 else low.value
    return next((start for start in (shared, low.value) if start < high.value), None)


def _bounded(prose: Prose, quantity: Quantity) -> Quantity:
    """Take in the words of a bound on either side; a range keeps its own two bounds."""
    for length in (2, 1):
        bound = BOUNDS_AFTER.get(prose.lows(quantity.last, quantity.last + length))
        if bound and not prose[quantity.last + length].is_number:
            quantity = replace(quantity, bound=bound, last=quantity.last + length)
            break
    for length in (4, 3, 2, 1):
        words = prose.lows(quantity.first - length, quantity.first)
        if words in BOUNDS:
            return replace(quantity, bound=BOUNDS[words], first=quantity.first - length)
    return quantity
