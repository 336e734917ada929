"""What the measures of counts, shares and money have in common: a name, its words, the noun before a quantity."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.figures.nouns import Phrase, is_possessive, name_of
from scraper.figures.quantities import Quantity
from scraper.figures.spellings import BOUND_WORDS, SCALE_WORDS
from scraper.figures.tokens import Kind, Prose
from scraper.figures.vocabulary import CHANGE_VERBS, CONNECTORS, DETERMINERS, PERIODS


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's name and the tokens `first:last` that quantity and measure take together."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted last, and where: "Five of these" looks back to it."""

    name: str
    place: int


def named(prose: Prose, quantity: Quantity, phrase: Phrase | None) -> Measure | None:
    return Measure(name_of(prose, phrase), quantity.first, phrase.last) if phrase else None


def past_owner(prose: Prose, place: int) -> int:
    """Step over "the", "its", "America's", "all 50", "the roughly 8,000": what tells whose and how many, not what."""
    for _ in range(8):
        token = prose[place]
        bound = token.low in BOUND_WORDS and any(prose[at].is_number for at in (place + 1, place + 2))
        counting = token.is_number or token.low in SCALE_WORDS or bound
        if token.low not in DETERMINERS and not counting and not is_possessive(token):
            return place
        place += 1
    return place


def noun_end(prose: Prose, quantity: Quantity) -> int:
    """Return where the noun before the quantity ends, past what connects them: "is", "of", "rose from 300 to"."""
    place = _before_change(prose, quantity.first)
    while quantity.first - place < 12:
        token = prose[place - 1]
        period = token.low in PERIODS or (token.is_number and prose[place - 2].low in PERIODS)
        if token.low not in CONNECTORS and not period:
            break
        place -= 1
    return place


def _before_change(prose: Prose, place: int) -> int:
    """Step back from "grew from 300 to" to what grew."""
    if prose[place - 1].low != "to":
        return place
    verbs = (at for at in range(place - 2, place - 9, -1) if prose[at].low in CHANGE_VERBS)
    return next(verbs, place)


def is_label(prose: Prose, quantity: Quantity, phrase: Phrase) -> bool:
    """Say whether noun and quantity stand side by side as label and value, or a verb of size joins them."""
    opener = prose[quantity.first].low
    if opener.startswith(("exceed", "surpass", "topping")) or prose.lows(
        quantity.first, quantity.first + 2
    ) == ("in", "excess"):
        return True
    return prose.starts_sentence(phrase.first) and (
        prose[quantity.last].kind is Kind.LINE
        or prose[quantity.last].is_name
        or prose[quantity.last].text == "|"
    )


def is_participle(prose: Prose, place: int) -> bool:
    low = prose[place].low
    return low.endswith("ed") or low in {"led", "run", "held", "made", "kept", "built"}
