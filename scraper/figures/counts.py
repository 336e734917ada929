"""What a count counts: employees, ports of entry, offices headed by Assistant Commissioners."""

from __future__ import annotations

from dataclasses import replace

from scraper.figures.naming import Counted, Measure, is_label, is_participle, named, noun_end, past_owner
from scraper.figures.nouns import (
    Phrase,
    counted_phrase,
    is_plural,
    is_possessive,
    name_of,
    phrase_before,
    plain_phrase,
)
from scraper.figures.quantities import HYPHENS, Quantity
from scraper.figures.tokens import Prose, Token
from scraper.figures.vocabulary import (
    COMPOUND_PEOPLE,
    COMPOUND_UNITS,
    CONJUNCTIONS,
    DETERMINERS,
    EMPTY_HEADS,
    FILLERS,
    GROUP_NOUNS,
    SINGULAR_VERBS,
    TIME_NOUNS,
    WORKED_TIME,
)

_MANY = 1_000_000
_VERBS = frozenset((verb,) for verb in SINGULAR_VERBS)


def count_measure(prose: Prose, quantity: Quantity, after: int, counted: Counted | None) -> Measure | None:
    if prose[after].text in HYPHENS and prose[after].glued and prose[after + 1].glued:
        return _compound(prose, quantity, after + 1)
    if prose[after].low == "of":
        return _partitive(prose, quantity, after, counted)
    if prose[after].low in {"are", "were"}:
        return _said_of(prose, quantity, counted.name if counted else "", after)
    phrase = counted_phrase(prose, after) or _single(prose, quantity, after)
    if phrase is None or prose.lows(phrase.first, phrase.last) in _VERBS:
        return _before(prose, quantity) or named(prose, quantity, phrase)
    if _is_time(prose, quantity, phrase):
        return None
    measure = Measure(name_of(prose, phrase), quantity.first, phrase.last)
    return _with_complement(prose, phrase, measure)


def _compound(prose: Prose, quantity: Quantity, place: int) -> Measure | None:
    unit, phrase = prose[place], plain_phrase(prose, place + 1)
    measure = named(prose, quantity, phrase)
    if measure is None or unit.low in COMPOUND_PEOPLE:
        return measure
    return replace(measure, name=f"{unit.low} {measure.name}") if unit.low in COMPOUND_UNITS else None


def _single(prose: Prose, quantity: Quantity, after: int) -> Phrase | None:
    """Return the singular noun that a digit 1 counts, "1 laboratory", or that millions do: "2.4 million trout"."""
    if quantity.value >= _MANY and prose[after].text.islower():
        noun = plain_phrase(prose, after, longest=2)
        return noun if noun and prose[noun.last].text in {".", ";", ","} else None
    if quantity.value != 1 or quantity.worded or prose[after].is_name or prose[after].glued:
        return None
    return plain_phrase(prose, after, longest=4)


def _is_time(prose: Prose, quantity: Quantity, phrase: Phrase) -> bool:
    times = [at for at in range(phrase.first, phrase.last) if prose[at].low in TIME_NOUNS]
    if not times or (times[0] != phrase.last - 1 and times[0] != phrase.first):
        return False
    worked = prose[times[0]].low in WORKED_TIME
    modified = times[0] > phrase.first and prose[phrase.first].low not in FILLERS | {
        "full",
        "consecutive",
        "business",
    }
    many = quantity.value >= 1000 and prose[phrase.last].low == "of"
    return not (worked and (modified or many))


def _with_complement(prose: Prose, phrase: Phrase, measure: Measure) -> Measure:
    """Add "of entry", "of roadway", "of land borders" where the head needs it."""
    if prose[phrase.last].low != "of":
        return measure
    place = past_owner(prose, phrase.last + 1)
    head, token = prose[phrase.last - 1], prose[place]
    needed = head.low in EMPTY_HEADS
    owned = place > phrase.last + 1 or token.low in FILLERS or (token.is_name and not head.is_name)
    complement = None if owned and not needed else plain_phrase(prose, place, longest=4)
    if complement is None:
        return measure
    return Measure(f"{measure.name} of {name_of(prose, complement)}", measure.first, complement.last)


def _partitive(prose: Prose, quantity: Quantity, of: int, counted: Counted | None) -> Measure | None:
    """Read "five of these", "12 of the agency's 40 sites", "six of whom"."""
    place = past_owner(prose, of + 1)
    if prose[of + 1].low in {"which", "whom"}:
        return _said_of(prose, quantity, _antecedent(prose, quantity, counted, 1), of + 2, all_verbs=True)
    phrase = _partitive_phrase(prose, place)
    if phrase is not None:
        return _said_of(prose, quantity, name_of(prose, phrase), phrase.last)
    if prose[of + 1].low in {"these", "those", "them"}:
        return _said_of(prose, quantity, _antecedent(prose, quantity, counted, 2), of + 2, all_verbs=True)
    return None


def _partitive_phrase(prose: Prose, place: int) -> Phrase | None:
    """Return the owned plural, past the owner's own name: "the Department of State's 12 bureaus"."""
    for start in range(place, place + 5):
        if is_possessive(prose[start]):
            return counted_phrase(prose, past_owner(prose, start))
        if not prose[start].is_word:
            break
    return counted_phrase(prose, place)


def _antecedent(prose: Prose, quantity: Quantity, counted: Counted | None, reach: int) -> str:
    """Name what "these" or "which" stands for: what was counted last, else the first plural within reach.

    "Which" reaches back to the start of its sentence, "these" to the start of the sentence before.
    """
    start = quantity.first
    for _ in range(reach):
        start = _sentence_start(prose, start - 1)
    if counted and counted.place > start:
        return counted.name
    return next((prose[place].low for place in range(start, quantity.first) if is_plural(prose[place])), "")


def _sentence_start(prose: Prose, place: int) -> int:
    lowest = max(place - 80, 0)
    while place > lowest and not (prose[place - 1].text == "." and prose[place].is_name):
        place -= 1
    return max(place, 0)


def _said_of(
    prose: Prose, quantity: Quantity, name: str, verb: int, *, all_verbs: bool = False
) -> Measure | None:
    """Tell the part from the whole by what is said of it: "offices headed by Assistant Commissioners".

    Where a noun is said of it, that noun is counted: "40 are lawyers" counts "lawyers". Other verbs than "are" are
    read only where a pronoun alone would be left: "200 of them work abroad" counts "attorneys work abroad".
    """
    copula = prose[verb].low in {"are", "were", "is"}
    if not copula and not (all_verbs and name and _says_more(prose[verb])):
        return Measure(name, quantity.first, verb)
    phrase = counted_phrase(prose, verb + 1) if copula and not is_participle(prose, verb + 1) else None
    if phrase is not None:
        return named(prose, quantity, phrase)
    last = first = verb + copula
    while last < first + 8 and _says_more(prose[last]):
        last += 1
    words = [token.text for token in prose.tokens[first:last] if token.low not in DETERMINERS]
    return Measure(" ".join([name, *words]), quantity.first, last) if name and words else None


def _says_more(token: Token) -> bool:
    return token.is_word and token.low not in CONJUNCTIONS and token.low not in {"which", "who", "that"}


def _before(prose: Prose, quantity: Quantity) -> Measure | None:
    """Read "a workforce of 12,500", "personnel: 1,800", "its employees number 300", "Employees 1,800"."""
    end = noun_end(prose, quantity)
    phrase = phrase_before(prose, end)
    head = end - 2 if is_participle(prose, end - 1) else end - 1
    if phrase is None or not (is_plural(prose[head]) or prose[head].low in GROUP_NOUNS):
        return None
    if prose[head].low in TIME_NOUNS or (end == quantity.first and not is_label(prose, quantity, phrase)):
        return None
    counting = prose.lows(phrase.first - 2, phrase.first) == ("number", "of")
    return Measure(name_of(prose, phrase), phrase.first - 2 * counting, quantity.last)
