"""Lengths of time as people write them in settings: "90s", "10m", "6h", "1d", "2w", "1h30m", "0"."""

from __future__ import annotations

import re
from datetime import timedelta

UNITS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}

_PART = re.compile(r"([0-9]{1,9})([wdhms])")
_WHOLE = re.compile(r"(?:[0-9]{1,9}[wdhms])+")


def parse_duration(text: str) -> timedelta:
    """Return the length that `text` states; ValueError where it is anything but numbers with units, or "0".

    >>> parse_duration("1h30m")
    datetime.timedelta(seconds=5400)
    """
    plain = text.strip().lower().replace(" ", "")
    if plain == "0":
        return timedelta()
    if not _WHOLE.fullmatch(plain):
        raise ValueError("a number needs its unit: s, m, h, d or w")
    try:
        return sum((int(number) * UNITS[unit] for number, unit in _PART.findall(plain)), timedelta())
    except OverflowError:
        raise ValueError("that is longer than time itself") from None


def format_duration(length: timedelta) -> str:
    """Return the shortest spelling that `parse_duration` reads back, to the second.

    >>> format_duration(timedelta(minutes=90))
    '1h30m'
    """
    seconds = int(length.total_seconds())
    parts = []
    for unit in "dhms":
        count, seconds = divmod(seconds, int(UNITS[unit].total_seconds()))
        parts += [f"{count}{unit}"] if count else []
    return "".join(parts) or "0"
