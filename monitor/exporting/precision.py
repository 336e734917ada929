"""A window as one date of as many parts as both of its ends share."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.history.certainty import Window


def shared_date(earliest: datetime | None, latest: datetime | None) -> str | None:
    """Return the day, the month or the year, in UTC, that both ends lie in; None where it is not even the year.

    >>> utc = UTC
    >>> shared_date(datetime(2024, 4, 19, tzinfo=utc), datetime(2024, 4, 30, tzinfo=utc))
    '2024-04'
    >>> shared_date(datetime(2024, 12, 31, tzinfo=utc), datetime(2025, 1, 1, tzinfo=utc)) is None
    True
    """
    if earliest is None or latest is None:
        return None
    one, other = (moment.astimezone(UTC).date().isoformat() for moment in (earliest, latest))
    return next((one[:length] for length in (10, 7, 4) if one[:length] == other[:length]), None)


def window_date(window: Window | None) -> str | None:
    """Return when something turned, as exactly as the sightings around it and the page's own date allow."""
    return shared_date(window.last_seen, window.ends) if window else None
