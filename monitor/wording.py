"""Leaders, quantities and moments in words, as headlines and mails write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from model import Bound, Capacity, require_aware
from monitor.plain_words import plain

CAPACITIES = {
    Capacity.PERMANENT: "",
    Capacity.ACTING: "acting",
    Capacity.INTERIM: "interim",
    Capacity.PERFORMING_DUTIES: "performing the duties",
}
BOUNDS = {Bound.OVER: "over", Bound.ABOUT: "about", Bound.UNDER: "under"}
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def capacity(leader: Mapping[str, Any]) -> str:
    """Return "acting" and the like, "" for a leader who holds the office outright."""
    return CAPACITIES[Capacity(leader["capacity"])]


def quantity(figure: Mapping[str, Any]) -> str:
    """Return the value of a figure: "over 32,000", "$7.5 billion", "92%"."""
    bound = f"{BOUNDS[Bound(figure['bound'])]} " if figure["bound"] else ""
    return bound + amount(Decimal(str(figure["value"])), figure["unit"])


def amount(value: Decimal, unit: str | None) -> str:
    """Return a number with its unit; money in millions and more is written so: "$7.5 billion"."""
    if unit is None:
        return _digits(value)
    if unit == "percent":
        return f"{_digits(value)}%"
    sign = "-" if value < 0 else ""
    unit = plain(unit)
    return f"{sign}{SIGNS.get(unit, unit + ' ')}{_scaled(abs(value))}"


def _scaled(value: Decimal) -> str:
    for size, name in SCALES:
        if value >= size and (value / size) == round(value / size, 3):
            return f"{_digits(value / size)} {name}"
    return _digits(value)


def _digits(value: Decimal) -> str:
    whole = f"{value:,f}"
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def by_how_much(delta: Decimal | None, percent: Decimal | None, unit: str | None) -> str:
    """Return a difference with its sign: "+1,000 (+3.2%)"; "" where none is known."""
    if delta is None:
        return ""
    if not delta:
        return "0"
    sign = "+" if delta > 0 else "-"
    size = f"{_digits(abs(delta))} points" if unit == "percent" else amount(abs(delta), unit)
    share = f" ({percent:+,.1f}%)" if percent is not None else ""
    return f"{sign}{size}{share}"


def day(when: date) -> str:
    """Return a date that every reader takes the same way: "19 April 2024"."""
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime) -> str:
    """Return a time to the minute, in UTC."""
    utc = require_aware(when)
    return f"{day(utc)}, {utc:%H:%M} UTC"
