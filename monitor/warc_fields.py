"""What a WARC record says of a capture beyond the standard's own fields, the same for writing and for reading.

Bodies are archived decoded, so the headers that speak of an encoding or a length which is no longer there are
written under other names, as crawlers do: `x-orig-content-encoding`. Which URL was asked for, and where redirects
led, stands in a named field of ours (ISO 28500, 4: other named fields may be used).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from model import Capture

ASKED_FOR = "Leaderwatch-Asked-For"
"""The URL that was asked for and those that redirects led to, as a JSON array; without it, the target is both."""

ENCODINGS = ("content-encoding", "transfer-encoding")
LENGTH = "content-length"
ORIGINAL = "x-orig-"


def asked_for(capture: Capture) -> str | None:
    """Return the field of a capture, None where its URL says it all.

    A redirect that was kept as the answer has the field too, so that nobody follows it.
    """
    asked = [capture.url, *capture.redirects]
    is_plain = asked == [capture.final_url] and not 300 <= capture.status < 400
    return None if is_plain else json.dumps(asked)


def headers_to_write(capture: Capture) -> Iterator[tuple[str, str]]:
    """Yield a capture's headers as they fit its decoded body."""
    for name, value in capture.headers.items():
        untrue = name in ENCODINGS or (name == LENGTH and value != str(len(capture.body)))
        yield f"{ORIGINAL}{name}" if untrue else name, value


def headers_as_served(written: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a record's headers under the names they were served with; those that repeat are joined."""
    served: dict[str, str] = {}
    for name, value in written:
        key = name.lower()
        bare = key.removeprefix(ORIGINAL)
        key = bare if bare in (*ENCODINGS, LENGTH) else key
        served[key] = f"{served[key]}, {value}" if key in served else value
    return served
