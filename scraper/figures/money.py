"""What an amount of money is: a budget, duties, spending."""

from __future__ import annotations

from scraper.figures.naming import Measure, named, noun_end, past_owner
from scraper.figures.nouns import Phrase, is_plural, name_of, phrase_before, plain_phrase
from scraper.figures.quantities import HYPHENS, Quantity
from scraper.figures.spellings import BOUND_OPENERS, CURRENCY_SIGNS
from scraper.figures.tokens import Kind, Prose
from scraper.figures.vocabulary import (
    CONJUNCTIONS,
    DETERMINERS,
    MONEY_NOUNS,
    MONEY_VERBS,
    NUMBER_WORDS,
    STOPS,
    SUM_NOUNS,
    TIME_NOUNS,
)

_JOINING = frozenset({"of", ":", "is", "was", "worth", "at"})


def money_measure(prose: Prose, quantity: Quantity, after: int) -> Measure:
    return (
        _attribute(prose, quantity, after)
        or _sum_before(prose, quantity)
        or _sum_after(prose, quantity, after, {"in", "of", "from"})
        or _money_noun_before(prose, quantity)
        or _sum_after(prose, quantity, after, {"for", "toward", "towards"})
        or Measure(_named_by_verb(prose, quantity), quantity.first, quantity.last)
    )


def _attribute(prose: Prose, quantity: Quantity, after: int) -> Measure | None:
    """Read "$19 billion budget", "$2 trillion worth of goods"; not "$5 billion supports 20 programs"."""
    if prose.lows(after, after + 2) == ("worth", "of"):
        after = past_owner(prose, after + 2)
    elif prose[after].text in HYPHENS and prose[after].glued:
        after += 1
    phrase = plain_phrase(prose, after)
    if phrase and phrase.last == after + 1 and is_plural(prose[after]) and _takes_object(prose, phrase.last):
        return None
    return named(prose, quantity, phrase)


def _takes_object(prose: Prose, place: int) -> bool:
    return prose[place].is_number or prose[place].low in DETERMINERS | BOUND_OPENERS | NUMBER_WORDS


def _sum_before(prose: Prose, quantity: Quantity) -> Measure | None:
    """Read "operating budget of $7.5 billion", "Budget: $1.4 billion", "revenue exceeds $2 billion"."""
    end = noun_end(prose, quantity)
    phrase = phrase_before(prose, end)
    if phrase is None or prose[end - 1].low in SUM_NOUNS | STOPS:
        return None
    known = prose[end - 1].low in MONEY_NOUNS
    if not known and (end == quantity.first or prose[quantity.first - 1].low not in _JOINING):
        return None
    return Measure(name_of(prose, phrase), phrase.first, quantity.last)


def _sum_after(prose: Prose, quantity: Quantity, after: int, prepositions: set[str]) -> Measure | None:
    if prose[after].low in {"per", "a", "each", "every", "annually", "yearly", "daily"}:
        after += 1 if prose[after].low.endswith("ly") else 2
    if prose[after].low not in prepositions:
        return None
    place = past_owner(prose, after + 1)
    phrase = plain_phrase(prose, place)
    if phrase is None or prose[phrase.last - 1].low in TIME_NOUNS:
        return None
    if (
        prose[place].is_name
        and not is_plural(prose[phrase.last - 1])
        and prose[phrase.last - 1].low not in MONEY_NOUNS
    ):
        return None
    return named(prose, quantity, _with_list(prose, phrase))


def _with_list(prose: Prose, phrase: Phrase) -> Phrase:
    """Take in the rest of "duties, taxes, and fees"; a list without its "and" is left alone."""
    place = phrase.last
    for _ in range(6):
        comma = prose[place].text == ","
        joined = prose[place + comma].low in CONJUNCTIONS
        word = place + comma + joined
        if not (comma or joined) or not (is_plural(prose[word]) or prose[word].low in MONEY_NOUNS):
            return phrase
        if joined:
            return Phrase(phrase.first, word + 1)
        place = word + 1
    return phrase


def _money_noun_before(prose: Prose, quantity: Quantity) -> Measure | None:
    for place in range(quantity.first - 1, quantity.first - 13, -1):
        token = prose[place]
        if token.kind is Kind.LINE or token.text in {".", ";"} or token.text in CURRENCY_SIGNS:
            return None
        if token.low in MONEY_NOUNS:
            phrase = phrase_before(prose, place + 1)
            return Measure(name_of(prose, phrase), phrase.first, quantity.last) if phrase else None
    return None


def _named_by_verb(prose: Prose, quantity: Quantity) -> str:
    verbs = (MONEY_VERBS.get(low) for low in reversed(prose.lows(quantity.first - 5, quantity.first)))
    return next((name for name in verbs if name), "amount")
