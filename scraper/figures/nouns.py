"""Noun phrases without a grammar: where one ends, which word is its head, how it is called.

English counts in the plural, so the head of what a number counts is the first plural or collective noun after
it, unless that noun only modifies the next ("customs field offices", "operations centers").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scraper.figures.spellings import BOUND_OPENERS, SCALE_WORDS
from scraper.figures.tokens import Prose, Token
from scraper.figures.vocabulary import (
    COLLECTIVE_ENDINGS,
    COLLECTIVES,
    COMMON_NOUNS,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    MODIFIER_PLURALS,
    NOT_PLURAL,
    NOUNS_IN_ING,
    PREDICATES,
    SINGULAR_ENDINGS,
    SINGULAR_VERBS,
    STOPS,
)

_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase at tokens `first:last`; its head is its last word."""

    first: int
    last: int


def is_plural(token: Token) -> bool:
    """Say whether the word counts many: "offices", "people", "personnel"."""
    low = token.low
    acronym = token.text.isupper() and len(low) < 6
    if not token.is_word or acronym or low in NOT_PLURAL or low in STOPS:
        return False
    if low in COLLECTIVES or low.endswith(COLLECTIVE_ENDINGS):
        return True
    return len(low) > 2 and low.endswith("s") and (low.endswith("aus") or not low.endswith(SINGULAR_ENDINGS))


def is_possessive(token: Token) -> bool:
    return token.low.endswith(("'s", "’s"))


def counted_phrase(prose: Prose, first: int) -> Phrase | None:
    """Return the phrase that begins here and ends with its plural head; None where none is in sight."""
    head = None
    place = first
    while place < first + _LONGEST and _inside(prose, place, first, head):
        token = prose[place]
        if is_plural(token) and (head is None or token.low not in SINGULAR_VERBS):
            head = place
        elif head is not None and not _may_go_on(prose, head, place):
            break
        place += 1
    return None if head is None else Phrase(first, _with_conjunct(prose, head) + 1)


def _inside(prose: Prose, place: int, first: int, head: int | None) -> bool:
    token = prose[place]
    if token.low in CONJUNCTIONS:
        return head is None and place > first
    if token.text == ",":
        return (
            head is None and place > first and prose[place - 1].text.islower() and _lists_on(prose, place + 1)
        )
    if token.low in STOPS or not token.is_word:
        return False
    return head is None or head == place - 1 or not is_plural(prose[place - 1])


def _lists_on(prose: Prose, place: int) -> bool:
    """Say whether one more word of a list of modifiers follows a comma: "land, air and sea ports of entry"."""
    place += prose[place].low in CONJUNCTIONS
    word, after = prose[place], prose[place + 1]
    listed = word.is_word and word.text.islower() and word.low not in STOPS and not is_plural(word)
    return listed and (after.low in CONJUNCTIONS or after.text == "," or is_plural(after))


def _may_go_on(prose: Prose, head: int, place: int) -> bool:
    """Say whether the plural at `head` may be a modifier of a later one, past the singular at `place`."""
    token = prose[place]
    if (token.low in PREDICATES and not token.is_name) or token.low.endswith(("ed", "ing", "ly")):
        return False
    return prose[head].low in MODIFIER_PLURALS or (prose[head].is_name and token.is_name)


def _with_conjunct(prose: Prose, head: int) -> int:
    """Take in "departments and agencies", "federal agents and mission support personnel"."""
    if prose[head + 1].low not in CONJUNCTIONS:
        return head
    if prose[head + 2].low in BOUND_OPENERS:
        return head
    longest = 2 if prose[head].low in COLLECTIVES else 4
    for place in range(head + 2, head + 1 + longest):
        token = prose[place]
        if not token.is_word or token.low in STOPS or token.low in CONJUNCTIONS:
            return head
        if is_plural(token):
            return place if _closes(prose, place + 1) else head
    return head


def _closes(prose: Prose, place: int) -> bool:
    """Say whether a phrase may end here: at a mark, a conjunction, a preposition, a participle."""
    token = prose[place]
    if token.is_number or token.low in DETERMINERS:
        return False
    ends = token.low in STOPS or token.low in CONJUNCTIONS or token.low.endswith(("ed", "ing"))
    return ends or not token.is_word


def plain_phrase(prose: Prose, first: int, longest: int = 6) -> Phrase | None:
    """Return the run of words from here to where the phrase must end, plural or not: "operating budget"."""
    counted = counted_phrase(prose, first)
    if counted is not None:
        return counted
    place = first
    while (
        place < first + longest and _is_open(prose[place]) and not (place > first and _ends_run(prose, place))
    ):
        place += 1
    opens_well = not prose[first].low.endswith("ing") or prose[first].low in NOUNS_IN_ING
    alone = place == first + 1 and prose[first].low.endswith("ly")
    return Phrase(first, place) if place > first and opens_well and not alone else None


def _is_open(token: Token) -> bool:
    return token.is_word and token.low not in STOPS | SCALE_WORDS | CONJUNCTIONS


def _ends_run(prose: Prose, place: int) -> bool:
    """A participle after a noun is said of it: "roadway cleared"; after an adverb it belongs to it."""
    low = prose[place].low
    if (low in PREDICATES and low not in {"support", "work", "lead"}) or low in NOT_PLURAL:
        return True
    said = low.endswith(("ed", "ly", "ing")) and low not in NOUNS_IN_ING
    return said and not prose[place - 1].low.endswith(("ly", "ed"))


def phrase_before(prose: Prose, last: int, longest: int = 5) -> Phrase | None:
    """Return the run of words that ends here: "operating budget" in "with an operating budget of"."""
    first = last
    while last - first < longest and _belongs(prose[first - 1]):
        first -= 1
    return Phrase(first, last) if first < last else None


def _belongs(token: Token) -> bool:
    verb = token.low in NOT_PLURAL and not token.is_name
    return _is_open(token) and not is_possessive(token) and not verb


def name_of(prose: Prose, phrase: Phrase) -> str:
    """Call the phrase as a measure: without determiners, possessors and adjectives of size or praise."""
    kept = [token for token in prose.tokens[phrase.first : phrase.last] if _matters(token)]
    while kept and kept[0].low in CONJUNCTIONS | {","}:
        kept.pop(0)
    plain = all(token.low in COMMON_NOUNS | CONJUNCTIONS | {","} for token in kept)
    shouted = all(token.text.isupper() for token in kept) and any(len(token.text) > 5 for token in kept)
    name = " ".join(_spelled(prose, phrase, kept, plain or shouted))
    return name.replace(" , and ", " and ").replace(" ,", ",")


def _matters(token: Token) -> bool:
    if not token.is_word:
        return token.text == ","
    return token.low not in FILLERS and token.low not in DETERMINERS and not is_possessive(token)


def _spelled(prose: Prose, phrase: Phrase, kept: Iterable[Token], plain: bool) -> Iterable[str]:
    opens = prose[phrase.first] if prose.starts_sentence(phrase.first) else None
    for token in kept:
        acronym = (len(token.text) > 1 and token.text[1:2].isupper()) or "." in token.text
        yield token.low if plain or (token is opens and not acronym) else token.text
