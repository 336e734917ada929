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

from scraper.figures.counts import count_measure
from scraper.figures.money import money_measure
from scraper.figures.naming import Counted, Measure
from scraper.figures.quantities import PERCENT, Quantity
from scraper.figures.shares import share_measure
from scraper.figures.tokens import Prose


def measure_of(prose: Prose, quantity: Quantity, counted: Counted | None) -> Measure | None:
    """Name what the quantity counts; None where it counts nothing that a reader could name."""
    after = _past_parentheses(prose, quantity.last)
    measure: Measure | None
    if quantity.is_money:
        measure = money_measure(prose, quantity, after)
    elif quantity.unit == PERCENT:
        measure = share_measure(prose, quantity, after)
    else:
        measure = count_measure(prose, quantity, after, counted)
    return measure if measure and measure.name else None


def _past_parentheses(prose: Prose, place: int) -> int:
    """Step over "(+15%)", "(13 of 14)": such an aside stands between a quantity and its noun."""
    if prose[place].text != "(" or not (prose[place + 1].is_number or prose[place + 1].text in {"+", "-", "−"}):
        return place
    closing = next((at for at in range(place, place + 9) if prose[at].text == ")"), None)
    return place if closing is None else closing + 1
