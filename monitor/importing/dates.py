"""When a saved file was served, as its name says."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

STAMP = re.compile(
    r"""(?<!\d)
    (?P<year>19\d\d|20\d\d) (?P<dash>[-_.]?) (?P<month>\d\d) (?P=dash) (?P<day>\d\d)
    (?: (?:[T_ -]|(?<=\d{8}))  (?P<hour>\d\d) [-:.h]? (?P<minute>\d\d) (?: [-:.]? (?P<second>\d\d) )? Z? )?
    (?!\d)""",
    re.VERBOSE,
)
"""`2024-04-19`, `20240419`, `2024-04-19T12-30-00Z`, and the Internet Archive's `20240419123000`."""

ALL_DAY = timedelta(days=1, microseconds=-1)


def dated(name: str) -> datetime | None:
    """Return the last moment that a file's name dates it to, in UTC; None where it names none, or several.

    >>> dated("cbp_2024-04-19.html").isoformat()
    '2024-04-19T23:59:59.999999+00:00'
    >>> dated("20240419123000.html").isoformat()
    '2024-04-19T12:30:00+00:00'
    """
    found = {moment for match in STAMP.finditer(name) if (moment := _moment(match))}
    return found.pop() if len(found) == 1 else None


def _moment(match: re.Match[str]) -> datetime | None:
    try:
        day = datetime(int(match["year"]), int(match["month"]), int(match["day"]), tzinfo=UTC)
        if match["hour"] is None:
            return day + ALL_DAY
        exact = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None
    return datetime.combine(day.date(), exact, UTC)
