"""What a service says to people: a line for each check, and for whatever keeps it from checking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.cli.reporting import log_line, tell_post
from monitor.cli.tables import counted, moment
from monitor.cli.terminal import complain, heard_or_not, say, say_json_line

if TYPE_CHECKING:
    from monitor.outbox import DeliveryReport
    from monitor.results import CheckResult
    from monitor.settings import PageSettings, ScheduleSettings, Settings


@dataclass(frozen=True, slots=True)
class ServiceLines:
    """The lines of `leaderwatch run`; with `as_json` standard output has nothing but one object for each check."""

    quiet: bool = False
    as_json: bool = False

    def begun(self, settings: Settings) -> None:
        if not self.as_json:
            with heard_or_not():
                say(f"Checking {_plan(settings)}; Ctrl-C stops.")

    def checked(self, result: CheckResult) -> None:
        with heard_or_not():
            log_line(result, quiet=self.quiet, json_follows=self.as_json)
            if self.as_json:
                say_json_line({"pages": [result.to_json()]})

    def missed(self, page: PageSettings, slots: tuple[datetime, ...]) -> None:
        first = f"the first at {moment(slots[0])}" if len(slots) > 1 else f"at {moment(slots[0])}"
        complain(
            f"{page.name}: {counted(len(slots), 'check')} missed, {first}: nothing ran, or the site rested"
        )

    def posted(self, report: DeliveryReport) -> None:
        tell_post("post", report)

    def troubled(self, reason: str) -> None:
        complain(reason)

    def recovered(self) -> None:
        complain("the archive can be written again")


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
