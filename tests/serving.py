"""A service whose checks run at once, with a clock that the test moves, and what it said."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from monitor.events import Begun, Checked, Event, Missed, Posted, Recovered, Troubled
from monitor.lanes import Lanes, Rest
from monitor.results import CheckResult
from monitor.service import Service
from monitor.settings import AlertSettings, FetchSettings, PageSettings, ScheduleSettings, Settings
from tests.watching import Clock

T = TypeVar("T")


class InTurn(Lanes):
    """Lanes whose jobs are over when `put` returns: nothing runs beside the test."""

    def put(self, site: str, job: Callable[[], Rest[T]]) -> Future[T]:
        ended: Future[T] = Future()
        ended.set_result(job().result)
        return ended


@dataclass
class Heard:
    """What a service said, in order."""

    results: list[CheckResult] = field(default_factory=list)
    gone_by: list[datetime] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        match event:
            case Begun(settings):
                self.lines.append(f"begun with {len(settings.pages)}")
            case Checked(result):
                self.results.append(result)
            case Missed(_, slots):
                self.gone_by += slots
            case Posted(report):
                self.lines += [f"delivered to {each.recipient}" for each in report.delivered]
            case Troubled(reason):
                self.lines.append(reason)
            case Recovered():
                self.lines.append("recovered")


def settings_for(database: Path, *urls: str, **schedule: object) -> Settings:
    """Return settings that watch these URLs on loopback, without pauses."""
    return Settings(
        database=str(database),
        pages=tuple(PageSettings(name=f"page-{number}", url=url) for number, url in enumerate(urls)),
        fetch=FetchSettings(allow_private=("127.0.0.1",), pause=timedelta(), attempts=1),
        schedule=ScheduleSettings(**schedule),  # type: ignore[arg-type]
        alerts=AlertSettings(folder=str(database.with_suffix(".mails"))),
    )


def run_through(service: Service, clock: Clock, until: datetime) -> None:
    """Turn the service each time it asks to, its clock moved on as far, until that moment."""
    while clock.now < until:
        clock.now = min(until, clock.now + timedelta(seconds=max(1.0, service.turn())))
    service.turn()
