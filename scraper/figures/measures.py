"""What a quantity counts: the noun after it, the noun it is "of", or the noun before it.

Rules, in the order they are tried:

* A count belongs to the noun phrase after it up to its plural head: "20 major field offices" are "field
  offices". An "of" stays where the head alone says little ("miles of roadway") or its complement is a bare
  common noun ("ports of entry"); an owner never stays ("miles of America's land borders" are "miles of land
  borders").
* "Five of these are headed by X" counts "offices headed by X", "offices" being what was counted last; "40 are
  lawyers" counts "lawyers".
* In a hyphenated adjective people are counted as the noun ("1,100-strong workforce"), lengths, areas and
  fittings with it ("4,000-mile boundary" measures "mile boundary"); time and the rest are no figures
  ("five-year plan", "24-hour hotline", "two-way street").
* Bare time is no figure ("28 years of experience"); time worked is ("95,000 flight hours").
* Money belongs to the noun that it modifies ("$19 billion budget"), else to the one before ("budget of $7.5
  billion"), else to the one after "in", "of" or "for" ("$90 billion in duties"), else to the last word for
  money in the sentence, else to the verb ("spends $4 billion annually" measures "spending").
* A share belongs to the noun it is a share of, with what is said of that noun ("65% of grocery stores are
  open" measures "grocery stores open"), else to the one before ("vacancy rate of 12%").
* A count or a share that belongs to no noun is no figure; money without a noun is an "amount".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scraper.figures.nouns import (
    Phrase,
    counted_phrase,
    is_plural,
    is_possessive,
    name_of,
    phrase_before,
    plain_phrase,
)
from scraper.figures.quantities import HYPHENS, PERCENT, Quantity
from scraper.figures.tokens import Kind, Prose, Token
from scraper.figures.vocabulary import (
    AUXILIARIES,
    COMPOUND_PEOPLE,
    COMPOUND_UNITS,
    CONJUNCTIONS,
    CONNECTORS,
    CURRENCY_SIGNS,
    DETERMINERS,
    EMPTY_HEADS,
    FILLERS,
    GROUP_NOUNS,
    MONEY_NOUNS,
    MONEY_VERBS,
    PERIODS,
    PRONOUNS,
    STATES,
    STOPS,
    SUM_NOUNS,
    TIME_NOUNS,
    WORKED_TIME,
)


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


def measure_of(prose: Prose, quantity: Quantity, counted: Counted | None) -> Measure | None:
    """Name what the quantity counts; None where it counts nothing that a reader could name."""
    after = _past_parentheses(prose, quantity.last)
    measure: Measure | None
    if quantity.is_money:
        measure = _money(prose, quantity, after)
    elif quantity.unit == PERCENT:
        measure = _share(prose, quantity, after)
    else:
        measure = _count(prose, quantity, after, counted)
    return measure if measure and measure.name else None


def _past_parentheses(prose: Prose, place: int) -> int:
    """Step over "(+15%)", "(13 of 14)": such an aside stands between a quantity and its noun."""
    if prose[place].text != "(" or not (prose[place + 1].is_number or prose[place + 1].text in {"+", "-", "−"}):
        return place
    closing = next((at for at in range(place, place + 9) if prose[at].text == ")"), None)
    return place if closing is None else closing + 1


def _named(prose: Prose, quantity: Quantity, phrase: Phrase | None) -> Measure | None:
    return Measure(name_of(prose, phrase), quantity.first, phrase.last) if phrase else None


# counts


def _count(prose: Prose, quantity: Quantity, after: int, counted: Counted | None) -> Measure | None:
    if prose[after].text in HYPHENS and prose[after].glued and prose[after + 1].glued:
        return _compound(prose, quantity, after + 1)
    if prose[after].low == "of":
        return _partitive(prose, quantity, after, counted)
    if prose[after].low in {"are", "were"}:
        return _said_of(prose, quantity, counted.name if counted else "", after)
    phrase = counted_phrase(prose, after) or _single(prose, quantity, after)
    if phrase is None:
        return _before(prose, quantity)
    if _is_time(prose, quantity, phrase):
        return None
    measure = Measure(name_of(prose, phrase), quantity.first, phrase.last)
    return _with_complement(prose, phrase, measure)


def _compound(prose: Prose, quantity: Quantity, place: int) -> Measure | None:
    unit, phrase = prose[place], plain_phrase(prose, place + 1)
    measure = _named(prose, quantity, phrase)
    if measure is None or unit.low in COMPOUND_PEOPLE:
        return measure
    return replace(measure, name=f"{unit.low} {measure.name}") if unit.low in COMPOUND_UNITS else None


def _single(prose: Prose, quantity: Quantity, after: int) -> Phrase | None:
    """Return the singular noun that a digit 1 counts: "1 laboratory"."""
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
    place = _past_owner(prose, phrase.last + 1)
    head, token = prose[phrase.last - 1], prose[place]
    needed = head.low in EMPTY_HEADS
    owned = place > phrase.last + 1 or token.low in FILLERS or (token.is_name and not head.is_name)
    complement = None if owned and not needed else plain_phrase(prose, place, longest=4)
    if complement is None:
        return measure
    return Measure(f"{measure.name} of {name_of(prose, complement)}", measure.first, complement.last)


def _past_owner(prose: Prose, place: int) -> int:
    """Step over "the", "its", "America's", "all 50": what tells whose, not what."""
    for _ in range(4):
        token = prose[place]
        if token.low not in DETERMINERS and not is_possessive(token) and not token.is_number:
            return place
        place += 1
    return place


def _partitive(prose: Prose, quantity: Quantity, of: int, counted: Counted | None) -> Measure | None:
    """Read "five of these", "12 of the agency's 40 sites", "six of whom"."""
    place = _past_owner(prose, of + 1)
    if prose[of + 1].low in {"which", "whom"}:
        return _said_of(prose, quantity, _antecedent(prose, quantity, counted, 1), of + 2)
    phrase = _partitive_phrase(prose, place)
    if phrase is not None:
        return _said_of(prose, quantity, name_of(prose, phrase), phrase.last)
    if prose[of + 1].low in {"these", "those", "them"}:
        return _said_of(prose, quantity, _antecedent(prose, quantity, counted, 2), of + 2)
    return None


def _partitive_phrase(prose: Prose, place: int) -> Phrase | None:
    """Return the owned plural, past the owner's own name: "the Department of State's 12 bureaus"."""
    for start in range(place, place + 5):
        if is_possessive(prose[start]):
            return counted_phrase(prose, _past_owner(prose, start))
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


def _said_of(prose: Prose, quantity: Quantity, name: str, verb: int) -> Measure | None:
    """Tell the part from the whole by what is said of it: "offices headed by Assistant Commissioners".

    Where a noun is said of it, that noun is counted: "40 are lawyers" counts "lawyers".
    """
    if prose[verb].low not in {"are", "were", "is"}:
        return Measure(name, quantity.first, verb)
    phrase = counted_phrase(prose, verb + 1) if not _is_participle(prose, verb + 1) else None
    if phrase is not None:
        return _named(prose, quantity, phrase)
    last = verb + 1
    while (
        last < verb + 9
        and prose[last].is_word
        and prose[last].low not in CONJUNCTIONS | {"which", "who", "that"}
    ):
        last += 1
    words = [token.text for token in prose.tokens[verb + 1 : last] if token.low not in DETERMINERS]
    return Measure(" ".join([name, *words]), quantity.first, last) if name and words else None


def _is_participle(prose: Prose, place: int) -> bool:
    low = prose[place].low
    return low.endswith("ed") or low in {"led", "run", "held", "made", "kept", "built"}


# nouns before the quantity


def _before(prose: Prose, quantity: Quantity) -> Measure | None:
    """Read "a workforce of 12,500", "personnel: 1,800", "its employees number 300", "Employees 1,800"."""
    end = _noun_end(prose, quantity)
    phrase = phrase_before(prose, end)
    if phrase is None or not (is_plural(prose[end - 1]) or prose[end - 1].low in GROUP_NOUNS):
        return None
    if prose[end - 1].low in TIME_NOUNS or (end == quantity.first and not _is_label(prose, quantity, phrase)):
        return None
    counting = prose.lows(phrase.first - 2, phrase.first) == ("number", "of")
    return Measure(name_of(prose, phrase), phrase.first - 2 * counting, quantity.last)


def _noun_end(prose: Prose, quantity: Quantity) -> int:
    """Return where the noun before the quantity ends, past what connects them."""
    place = quantity.first
    while quantity.first - place < 8:
        token = prose[place - 1]
        period = token.low in PERIODS or (token.is_number and prose[place - 2].low in PERIODS)
        if token.low not in CONNECTORS and not period:
            break
        place -= 1
    return place


def _is_label(prose: Prose, quantity: Quantity, phrase: Phrase) -> bool:
    """Say whether noun and quantity stand side by side as label and value, or a verb of size joins them."""
    if prose[quantity.first].low.startswith(("exceed", "surpass", "topping")):
        return True
    return prose.starts_sentence(phrase.first) and (
        prose[quantity.last].kind is Kind.LINE
        or prose[quantity.last].is_name
        or prose[quantity.last].text == "|"
    )


# shares


def _share(prose: Prose, quantity: Quantity, after: int) -> Measure | None:
    if prose[after].low == "of":
        after = _past_owner(prose, after + 1)
    measure = _named(prose, quantity, plain_phrase(prose, after))
    return _with_predicate(prose, measure) if measure else _rate(prose, quantity)


def _with_predicate(prose: Prose, measure: Measure) -> Measure:
    """Tell shares of one noun apart by what is said of it: "stores open", "claims decided on time"."""
    copula = prose[measure.last].low in {"are", "is"}
    first = measure.last + copula
    if not copula and not (prose[first].low in STATES or prose[first].low.endswith(("ed", "able", "ible"))):
        return measure
    nouns = counted_phrase(prose, first) if copula else None
    if nouns is not None and not _is_participle(prose, first):
        return Measure(f"{measure.name} that are {name_of(prose, nouns)}", measure.first, nouns.last)
    last = first
    while last < first + 5 and _says_more(prose[last]):
        last += 1
    words = [token.low for token in prose.tokens[first:last] if token.low != "fully"]
    return Measure(" ".join([measure.name, *words]), measure.first, last) if words else measure


def _says_more(token: Token) -> bool:
    return token.is_word and token.low not in CONJUNCTIONS | PRONOUNS | AUXILIARIES


def _rate(prose: Prose, quantity: Quantity) -> Measure | None:
    end = _noun_end(prose, quantity)
    phrase = phrase_before(prose, end)
    if phrase is None or (end == quantity.first and not _is_label(prose, quantity, phrase)):
        return None
    return Measure(name_of(prose, phrase), phrase.first, quantity.last)


# money


def _money(prose: Prose, quantity: Quantity, after: int) -> Measure:
    return (
        _attribute(prose, quantity, after)
        or _sum_before(prose, quantity)
        or _sum_after(prose, quantity, after, {"in", "of", "from"})
        or _money_noun_before(prose, quantity)
        or _sum_after(prose, quantity, after, {"for", "toward", "towards"})
        or Measure(_named_by_verb(prose, quantity), quantity.first, quantity.last)
    )


def _attribute(prose: Prose, quantity: Quantity, after: int) -> Measure | None:
    """Read "$19 billion budget", "$2 trillion worth of goods"."""
    if prose.lows(after, after + 2) == ("worth", "of"):
        after = _past_owner(prose, after + 2)
    elif prose[after].text in HYPHENS and prose[after].glued:
        after += 1
    return _named(prose, quantity, plain_phrase(prose, after))


def _sum_before(prose: Prose, quantity: Quantity) -> Measure | None:
    """Read "operating budget of $7.5 billion", "Budget: $1.4 billion", "revenue exceeds $2 billion"."""
    end = _noun_end(prose, quantity)
    phrase = phrase_before(prose, end)
    if phrase is None or prose[end - 1].low in SUM_NOUNS | STOPS:
        return None
    known = prose[end - 1].low in MONEY_NOUNS
    if not known and (end == quantity.first or prose[quantity.first - 1].low not in {"of", ":", "is", "was"}):
        return None
    return Measure(name_of(prose, phrase), phrase.first, quantity.last)


def _sum_after(prose: Prose, quantity: Quantity, after: int, prepositions: set[str]) -> Measure | None:
    if prose[after].low in {"per", "a", "each", "every", "annually", "yearly", "daily"}:
        after += 1 if prose[after].low.endswith("ly") else 2
    if prose[after].low not in prepositions:
        return None
    place = _past_owner(prose, after + 1)
    phrase = plain_phrase(prose, place)
    if phrase is None or prose[phrase.last - 1].low in TIME_NOUNS:
        return None
    if (
        prose[place].is_name
        and not is_plural(prose[phrase.last - 1])
        and prose[phrase.last - 1].low not in MONEY_NOUNS
    ):
        return None
    return _named(prose, quantity, _with_list(prose, phrase))


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
    changed = prose[quantity.first - 1].low == "to"
    for place in range(quantity.first - 1, quantity.first - 13, -1):
        token = prose[place]
        other = token.text in CURRENCY_SIGNS and not changed
        if other or token.kind is Kind.LINE or token.text in {".", ";"}:
            return None
        if token.low in MONEY_NOUNS:
            phrase = phrase_before(prose, place + 1)
            return Measure(name_of(prose, phrase), phrase.first, quantity.last) if phrase else None
    return None


def _named_by_verb(prose: Prose, quantity: Quantity) -> str:
    verbs = (MONEY_VERBS.get(low) for low in reversed(prose.lows(quantity.first - 5, quantity.first)))
    return next((name for name in verbs if name), "amount")
