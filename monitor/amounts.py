"""Figures in words for people, and the difference of two."""

from __future__ import annotations

from decimal import Decimal

from model import Figure
from monitor import wording


def amount(figure: Figure) -> str:
    """Return the value with its unit and bound.

    >>> amount(Figure("budget", Decimal("7500000000"), "USD")), amount(Figure("agents", Decimal(20000)))
    ('$7.5 billion', '20,000')
    """
    bound = f"{figure.bound.value} " if figure.bound else ""
    return bound + wording.amount(figure.value, figure.unit)


def quantity(figure: Figure) -> str:
    """Return what the figure states, as a noun phrase.

    >>> quantity(Figure("operating budget", Decimal(1400000000), "USD"))
    'operating budget of $1.4 billion'
    """
    if not figure.measure:
        return amount(figure)
    money = figure.unit not in {None, "percent"}
    return f"{figure.measure} of {amount(figure)}" if money else f"{amount(figure)} {figure.measure}"


def difference(before: Figure, after: Figure) -> tuple[Decimal, Decimal | None]:
    """Return the difference, and in percent of the old value to one decimal; None of a zero.

    >>> difference(Figure("budget", Decimal("6.5")), Figure("budget", Decimal("7.5")))
    (Decimal('1.0'), Decimal('15.4'))
    """
    delta = after.value - before.value
    return delta, round(delta / abs(before.value) * 100, 1) if before.value else None
