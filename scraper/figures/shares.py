"""What a percentage is a share of."""

from __future__ import annotations

from scraper.figures.naming import Measure, is_label, is_participle, named, noun_end, past_owner
from scraper.figures.nouns import counted_phrase, name_of, phrase_before, plain_phrase
from scraper.figures.quantities import Quantity
from scraper.figures.tokens import Prose, Token
from scraper.figures.vocabulary import AUXILIARIES, CONJUNCTIONS, PRONOUNS, STATES


def share_measure(prose: Prose, quantity: Quantity, after: int) -> Measure | None:
    if prose[after].low == "of":
        after = past_owner(prose, after + 1)
    measure = named(prose, quantity, plain_phrase(prose, after))
    return _with_predicate(prose, measure) if measure else _rate(prose, quantity)


def _with_predicate(prose: Prose, measure: Measure) -> Measure:
    """Tell shares of one noun apart by what is said of it: "stores open", "claims decided on time"."""
    copula = prose[measure.last].low in {"are", "is"}
    first = measure.last + copula
    if not copula and not (prose[first].low in STATES or prose[first].low.endswith(("ed", "able", "ible"))):
        return measure
    nouns = counted_phrase(prose, first) if copula else None
    if nouns is not None and not is_participle(prose, first):
        return Measure(f"{measure.name} that are {name_of(prose, nouns)}", measure.first, nouns.last)
    last = first
    while last < first + 5 and _says_more(prose[last]):
        last += 1
    words = [token.low for token in prose.tokens[first:last] if token.low != "fully"]
    return Measure(" ".join([measure.name, *words]), measure.first, last) if words else measure


def _says_more(token: Token) -> bool:
    return token.is_word and token.low not in CONJUNCTIONS | PRONOUNS | AUXILIARIES


def _rate(prose: Prose, quantity: Quantity) -> Measure | None:
    end = noun_end(prose, quantity)
    phrase = phrase_before(prose, end)
    if phrase is None or (end == quantity.first and not is_label(prose, quantity, phrase)):
        return None
    return Measure(name_of(prose, phrase), phrase.first, quantity.last)
