"""The captures that the Internet Archive has of a page, asked for politely, one after the other.

EDGI's `wayback` keeps to the archive's rate limits and tries again where it stumbles. What is in our archive already
is not asked for again, so a download that was cut short goes on where it ended. Needs the extra `wayback`.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from model import Capture
from monitor.importing.found import KNOWN, Found, ImportProblem, Left

if TYPE_CHECKING:
    from wayback import CdxRecord, Memento, WaybackClient

A_SECOND = 2
"""Captures asked for in a second at most; the Internet Archive allows more, and nothing here is in a hurry."""

MISSING = "the Internet Archive needs the extra `wayback`: pip install 'leaderwatch[wayback]'"


def open_client(contact: str) -> WaybackClient:
    """Open a client that says who asks; raises ImportProblem where the extra is missing."""
    try:
        from wayback import WaybackClient, WaybackSession
    except ModuleNotFoundError as error:
        raise ImportProblem(MISSING) from error
    name = f"Leaderwatch/{version('leaderwatch')} (+{contact})"
    return WaybackClient(WaybackSession(user_agent=name, memento_calls_per_second=A_SECOND))


@dataclass
class Download:
    """One page's captures on their way from the Internet Archive; `stopped` says why there are no more of them."""

    client: WaybackClient
    left: Left
    stopped: str | None = None

    def listed(
        self, url: str, *, since: datetime | None, until: datetime | None, known: Collection[datetime]
    ) -> list[CdxRecord]:
        """Return what the archive has of the page and we do not, oldest first; raises ImportProblem."""
        from wayback.exceptions import WaybackException

        try:
            found = list(self.client.search(url, from_date=since, to_date=until))
        except WaybackException as error:
            raise ImportProblem(f"the Internet Archive does not list {url}: {error}") from error
        wanted = [record for record in found if not 300 <= (record.statuscode or 0) < 400]
        new = [record for record in wanted if record.timestamp not in known]
        self.left["redirects"] += len(found) - len(wanted)
        self.left[KNOWN] += len(wanted) - len(new)
        return sorted(new, key=lambda record: record.timestamp)

    def captures(self, records: Sequence[CdxRecord]) -> Generator[Found, None, None]:
        """Yield the captures; ends early where the archive has had enough, or the user."""
        from wayback.exceptions import MementoPlaybackError, WaybackException

        for record in records:
            try:
                with self.client.get_memento(record) as memento:
                    yield Found(_capture(memento), memento.memento_url)
            except MementoPlaybackError:
                self.left["captures that it cannot play back"] += 1
            except WaybackException as error:
                self.stopped = str(error)
                return
            except KeyboardInterrupt:
                self.stopped = "interrupted"
                return


def _capture(memento: Memento) -> Capture:
    """Return the capture as it was served; where a redirect was followed, its way is in the memento's history."""
    way = [each.url for each in (*memento.history, memento)]
    headers = {name.lower(): value for name, value in memento.headers.items()}
    return Capture(
        way[0], way[-1], memento.status_code, headers, memento.content, memento.timestamp, tuple(way[1:])
    )
