"""What a service says to people: a line for each check, and for whatever keeps it from checking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.cli.reporting import log_line, tell_post
from monitor.cli.tables import counted, moment
from monitor.cli.terminal import complain, heard_or_not, say, say_json_line
from monitor.events import Begun, Checked, Event, Missed, Posted, Read, Recovered, Troubled

if TYPE_CHECKING:
    from monitor.settings import ScheduleSettings, Settings


@dataclass(frozen=True, slots=True)
class ServiceLines:
    """The lines of `leaderwatch run` and its like: what happened on standard output, trouble on standard error.

    `doing` is the first word: what is done with the pages.
    """

    doing: str = "Checking"
    quiet: bool = False
    as_json: bool = False

    def __call__(self, event: Event) -> None:
        with heard_or_not():
            self._tell(event)

    def _tell(self, event: Event) -> None:
        match event:
            case Begun(settings) if not self.as_json:
                say(f"{self.doing} {_plan(settings)}; Ctrl-C stops.")
            case Checked(result):
                log_line(result, quiet=self.quiet, json_follows=self.as_json)
            case Missed(page, slots):
                complain(f"{page.name}: {_gone_by(slots)}: nothing ran, or the site rested")
            case Posted(report):
                tell_post("post", report)
            case Troubled(reason):
                complain(reason)
            case Read(name, said) if not self.as_json and not self.quiet:
                say(f"{name}: {said}")
            case Recovered():
                complain("the archive can be written again")


def result_lines(event: Event) -> None:
    """Print each check as one JSON object on a line of its own."""
    if isinstance(event, Checked):
        with heard_or_not():
            say_json_line({"pages": [event.result.to_json()]})


def _gone_by(slots: tuple[datetime, ...]) -> str:
    first = f"the first at {moment(slots[0])}" if len(slots) > 1 else f"at {moment(slots[0])}"
    return f"{counted(len(slots), 'check')} missed, {first}"


def _plan(settings: Settings) -> str:
    pages = counted(len(settings.pages), "page")
    own = sum(page.cron is not None or page.every is not None for page in settings.pages)
    if own == len(settings.pages):
        return f"{pages}, each on a schedule of its own"
    return f"{pages} {_in_words(settings.schedule)}" + (
        f", {own} of them on a schedule of their own" if own else ""
    )


def _in_words(schedule: ScheduleSettings) -> str:
    from monitor.durations import format_duration

    if schedule.cron:
        return f'at "{schedule.cron}", {schedule.timezone} time'
    return f"every {format_duration(schedule.every)}"
