"""One page checked at its slot, when its site may be asked: for `leaderwatch run` and the workers of a cluster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.asking import open_web, robots_for
from monitor.checking import Deliver, check_page, deliver
from monitor.courtesy import NOW, Courtesy
from monitor.due import Plan, Turn, take_turn
from monitor.events import Checked, Event, Missed
from storage.errors import SlotGone

if TYPE_CHECKING:
    from monitor.running import Clock
    from monitor.settings import PageSettings, Settings
    from storage import Archive


@dataclass(frozen=True, slots=True)
class Attended:
    """What came of a page that may be due: whose turn it was, and how long its site is to be left alone now.

    `turn` is None where the site is to be left alone before its page can be looked at.
    """

    turn: Turn | None
    rest: timedelta


class Attendant:
    """Checks the slots of pages one by one and tells of it; `deliver` sees to the deliveries after each check."""

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        *,
        clock: Clock,
        tell: Callable[[Event], object],
        deliver: Deliver = deliver,
    ) -> None:
        self._settings, self._archive, self._clock, self._tell = settings, archive, clock, tell
        self._deliver = deliver
        self._client = open_web(settings.fetch)
        self._robots = robots_for(self._client)
        self._courtesy = Courtesy(archive, settings.fetch, self._robots.crawl_delay, clock)
        self._courtesy.share(page.url for page in settings.pages)

    def attend(self, page: PageSettings, plan: Plan) -> Attended:
        """Check a page if it is this process's turn; raises ArchiveError."""
        self._archive.require_current()
        if wait := self._courtesy.take(page.url):
            return Attended(None, wait)
        turn = take_turn(self._archive, plan, self._clock())
        if turn.missed:
            self._tell(Missed(page, turn.missed))
        if turn.slot_id is None:
            return Attended(turn, self._courtesy.leave(page.url, NOW))
        return Attended(turn, self._check(page, turn.slot_id))

    def leave_all(self) -> None:
        """End the turns at sites of checks that were given up."""
        self._courtesy.leave_all()

    def close(self) -> None:
        """Close the connections to all sites."""
        self._client.close()

    def _check(self, page: PageSettings, slot_id: int) -> timedelta:
        """Check a page and return how long its site is to be left alone."""
        try:
            result = check_page(
                page,
                archive=self._archive,
                client=self._client,
                settings=self._settings,
                clock=self._clock,
                robots=self._robots,
                slot_id=slot_id,
                deliver=self._deliver,
            )
        except SlotGone:  # this process slept so long that another one took over
            return self._courtesy.leave(page.url, self._courtesy.pause(page.url))
        self._tell(Checked(result))
        return self._courtesy.leave_after(result)
