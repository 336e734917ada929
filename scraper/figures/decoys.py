"""Numbers that are no quantities: dates, names with a number in them, citations, telephones, fractions.

A decoy is told by what touches the number, by the word before it, by what follows it, or by its own form. A
currency sign, a percent sign, a scale or a bound speaks for a quantity and silences the rules that only doubt.
"""

from __future__ import annotations

from scraper.figures.nouns import counted_phrase, is_plural, is_possessive
from scraper.figures.quantities import HYPHENS, Quantity
from scraper.figures.tokens import Prose
from scraper.figures.vocabulary import (
    ADVERBS,
    BACK_REFERENCES,
    CHARGES,
    CITATIONS,
    CLOCK,
    CONJUNCTIONS,
    COUNTING_VERBS,
    DESIGNATORS,
    FRACTIONS,
    GROUP_NOUNS,
    MONTHS,
    STOPS,
    STREETS,
    YEAR_PREPOSITIONS,
)

_TOUCHING_BEFORE = frozenset("/.:@#=_+&'’§\\-‑−*^%")
_NUMERIC_MARKS = frozenset("+-−–/%.,~") | HYPHENS


def is_decoy(prose: Prose, quantity: Quantity) -> bool:
    """Say whether the number names, dates or ranks something instead of counting it."""
    return (
        _touches_others(prose, quantity)
        or (quantity.is_bare and (_is_named(prose, quantity) or _is_year(prose, quantity)))
        or (quantity.worded and _is_idle_word(prose, quantity))
        or _is_dated(prose, quantity)
        or _is_cited(prose, quantity)
        or _in_numeric_parentheses(prose, quantity)
        or _is_ratio(prose, quantity)
    )


def _touches_others(prose: Prose, quantity: Quantity) -> bool:
    """COVID-19, 9/11, 27th, 1.2.3, maria1@, 254-3670, 501(c): written into something larger."""
    first, token, last = quantity.number, prose[quantity.number], quantity.last
    before, after = prose[first - 1], prose[last]
    if quantity.first == first and token.glued and (before.is_word or before.text in _TOUCHING_BEFORE):
        return True
    if before.text == "+" and token.glued:
        return True
    if before.text == "–" and before.glued and prose[first - 2].is_number:
        return True
    if after.text in HYPHENS and after.glued and prose[last + 1].is_number:
        return True
    if not after.glued:
        return False
    parenthesised = after.text == "(" and len(prose[last + 1].text) == 1 and prose[last + 1].glued
    follows = prose[last + 1].glued and (prose[last + 1].is_word or prose[last + 1].is_number)
    return after.is_word or after.is_number or parenthesised or (after.text in set("/:.@_") | {"'"} and follows)


def _is_dated(prose: Prose, quantity: Quantity) -> bool:
    """September 13, 13 September, 10 am, 8:30: days and clock times."""
    before, after = prose[quantity.number - 1], prose[quantity.number_end]
    if quantity.unit is not None:
        return False
    month_before = before.low in MONTHS and (before.is_name or before.low != "may")
    month_after = after.low in MONTHS and after.is_name and quantity.scale == 1
    clock = after.low.rstrip(".") in CLOCK or after.low in CLOCK
    end = quantity.upper is not None and prose[quantity.last].low in CLOCK
    dotted = before.text == "." and prose[quantity.number - 2].low in MONTHS
    return (month_before and quantity.value <= 31) or month_after or clock or end or dotted


def _in_numeric_parentheses(prose: Prose, quantity: Quantity) -> bool:
    """(+15%), (13 of 14), (64/68), (202): beside a figure, they are part of it."""
    opening, before = quantity.first, prose.lows(quantity.first - 9, quantity.first)
    if "(" not in before:
        return False
    while quantity.first - opening < 8 and _is_numeric(prose, opening - 1):
        opening -= 1
    closing = quantity.last
    while closing - quantity.last < 8 and _is_numeric(prose, closing):
        closing += 1
    return prose[opening - 1].text == "(" and prose[closing].text == ")"


def _is_numeric(prose: Prose, place: int) -> bool:
    token = prose[place]
    return token.is_number or token.text in _NUMERIC_MARKS or token.low in {"of", "out"}


def _is_cited(prose: Prose, quantity: Quantity) -> bool:
    """19 U.S.C. 1304, 8 CFR, 1300 Pennsylvania Avenue, DC 20229."""
    after = prose[quantity.last]
    if quantity.unit is not None:
        return False
    if after.low in CITATIONS or (after.text == "U" and prose[quantity.last + 1].text == "."):
        return True
    return quantity.is_bare and _is_address(prose, quantity)


def _is_address(prose: Prose, quantity: Quantity) -> bool:
    token, state = prose[quantity.number], prose[quantity.number - 1]
    if len(token.text) == 5 and token.text.isdigit() and len(state.text) == 2 and state.text.isupper():
        return True
    place = quantity.last
    while place - quantity.last < 5 and prose[place].is_name:
        place += 1
        if prose[place].is_name and prose[place].low in STREETS:
            return True
    return False


def _is_idle_word(prose: Prose, quantity: Quantity) -> bool:
    """Tell words that state no count: "into one office", "the two", "these five", "Five Eyes", "two-thirds"."""
    token, before, after = prose[quantity.number], prose[quantity.first - 1], prose[quantity.last]
    if (
        quantity.value in {0, 1}
        or after.low in FRACTIONS
        or (prose[quantity.last + 1].low in FRACTIONS and after.glued)
    ):
        return True
    if before.low in BACK_REFERENCES or (before.low == "the" and token.low == "two" and quantity.bound is None):
        return True
    if quantity.value <= 3 and prose.lows(quantity.last - 2, quantity.last) == ("or", "more"):
        return True
    return (
        token.is_name and not prose.starts_sentence(quantity.first) and not before.is_name and quantity.is_bare
    )


def _is_named(prose: Prose, quantity: Quantity) -> bool:
    """Section 232, Sections 201 and 232, Fortune 500, (202) 254, 22 24 41: the number is a name's part."""
    before, after = prose[quantity.first - 1], prose[quantity.last]
    if after.is_number and not after.glued and prose.text[prose[quantity.last - 1].end] != "\n":
        return True
    if before.is_number:
        return not _looks_like_year(before.text)
    if before.text == ")" and prose[quantity.first - 2].is_number:
        return True
    if before.text == "." and prose[quantity.first - 2].low in {
        "no",
        "sec",
        "vol",
        "art",
        "fig",
        "ext",
        "tel",
        "box",
    }:
        return True
    return _is_designated(prose, quantity.first) or _ends_a_name(prose, quantity.first)


def _is_designated(prose: Prose, place: int) -> bool:
    """Look back over "Sections 201, 232 and 301" to the word that makes names of numbers."""
    for _ in range(12):
        before = prose[place - 1]
        if before.low in DESIGNATORS and before.low not in {"number", "numbers"}:
            return not (before.low in {"since", "call", "age"} and is_plural(prose[place - 2]))
        if before.low in {"number", "numbers"}:
            return not is_plural(prose[place - 2]) and prose[place - 2].low not in GROUP_NOUNS
        joined = before.low in {",", "and", "or", "through", "to", "&"} or before.text in HYPHENS
        if joined and prose[place - 2].is_number:
            place -= 2
        elif joined and prose[place - 2].text == "," and prose[place - 3].is_number:
            place -= 3
        else:
            return False
    return False


def _ends_a_name(prose: Prose, place: int) -> bool:
    """Tell "by Boeing 737 aircraft", "USS Wasp 12": a capitalised word in a sentence, then a small number."""
    before, number = prose[place - 1], prose[place]
    if not before.is_name or prose.starts_sentence(place - 1) or "," in number.text or not number.is_number:
        return False
    known = STOPS | COUNTING_VERBS | CONJUNCTIONS | ADVERBS
    return before.low not in known and not before.low.endswith(("'s", "’s")) and not is_plural(before)


def _looks_like_year(written: str) -> bool:
    return len(written) == 4 and written.isdigit() and 1700 <= int(written) <= 2100


def _is_year(prose: Prose, quantity: Quantity) -> bool:
    """Take four plain digits for a year unless a verb of counting stands before them or a plural after."""
    before = prose[quantity.first - 1]
    if not _looks_like_year(prose[quantity.number].text):
        return False
    named = before.low == "of" and prose[quantity.first - 2].is_name
    charged = before.low in {"after", "by", "for", "in", "to"} and prose[quantity.first - 2].low in CHARGES
    dated = before.low in YEAR_PREPOSITIONS and not charged
    if quantity.upper is not None or named or dated or is_possessive(before):
        return True
    phrase = counted_phrase(prose, quantity.last)
    month = any(low in MONTHS for low in prose.lows(quantity.first - 4, quantity.first))
    counts = phrase is not None and not prose[phrase.last - 1].is_name and not month
    return not (counts or before.low in COUNTING_VERBS)


def _is_ratio(prose: Prose, quantity: Quantity) -> bool:
    """1 in 5, four out of five, 24/7."""
    before = prose.lows(quantity.first - 3, quantity.first)
    in_number = before[2] == "in" and _counts_few(before[1])
    out_of = before[1:] == ("out", "of")
    after = prose.lows(quantity.last, quantity.last + 2)
    return quantity.value <= 100 and (in_number or out_of or after == ("out", "of"))


def _counts_few(low: str) -> bool:
    return low in {"one", "two", "three", "four", "five", "nine"} or (low.isdigit() and len(low) == 1)
