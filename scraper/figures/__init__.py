"""The quantities that prose states: "328 ports of entry", "an operating budget of $7.5 billion".

>>> for figure in read_figures("It has 328 ports of entry and an operating budget of $7.5 billion."):
...     print(figure.measure, "=", figure.value, figure.unit, figure.bound, "|", figure.text)
ports of entry = 328 None None | 328 ports of entry
operating budget = 7500000000 USD None | operating budget of $7.5 billion

`numerals` reads numbers, `quantities` dresses them with units, bounds and ranges, `decoys` tells them from
dates, names and citations, `measures` says what they count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from model import Bound, Figure, Quote
from scraper.figures.decoys import is_decoy
from scraper.figures.measures import measure_of
from scraper.figures.naming import Counted, Measure
from scraper.figures.numerals import whole
from scraper.figures.quantities import Quantity, quantities
from scraper.figures.spellings import BOUNDS_AFTER
from scraper.figures.tokens import Prose

__all__ = ["read_figures"]


def read_figures(text: str, *, offset: int = 0) -> list[Figure]:
    """Return every quantity that the prose states, in order.

    The end of a line ends a phrase. A range gives two figures with the same words: its low end `over`, its
    high end `under`. Quotes are positions in `text` plus `offset`. Time is linear in the length of the text.
    """
    return [_moved(figure, offset) for figure in _read(text)]


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[Figure, ...]:
    """Read a text; kept, since the next version of a page has nearly all the texts of the one before."""
    return tuple(_figures(Prose.read(text)))


def _moved(figure: Figure, offset: int) -> Figure:
    quote = figure.quote
    if quote is None or not offset:
        return figure
    return replace(figure, quote=Quote(quote.text, quote.start + offset, quote.end + offset))


def _figures(prose: Prose) -> Iterator[Figure]:
    counted: Counted | None = None
    for quantity in quantities(prose):
        measure = None if is_decoy(prose, quantity) else measure_of(prose, quantity, counted)
        if measure is None:
            continue
        yield from _stated(prose, quantity, measure)
        if quantity.unit is None:
            counted = Counted(measure.name, measure.last)


def _stated(prose: Prose, quantity: Quantity, measure: Measure) -> Iterator[Figure]:
    bound, last = quantity.bound, measure.last
    if bound is None and prose.lows(last, last + 2) in BOUNDS_AFTER:
        bound, last = BOUNDS_AFTER[prose.lows(last, last + 2)], last + 2
    start, end = prose[measure.first].start, prose[last - 1].end
    quote = Quote(prose.text[start:end], start, end)
    words = " ".join(quote.text.split())
    if quantity.upper is None:
        yield Figure(measure.name, whole(quantity.value), quantity.unit, bound, words, quote)
        return
    for value, side in ((quantity.value, Bound.OVER), (quantity.upper, Bound.UNDER)):
        yield Figure(measure.name, whole(value), quantity.unit, side, words, quote)
