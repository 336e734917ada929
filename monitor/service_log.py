"""The log of a service for programs and journals: one structured line for each check and each trouble.

Page text is untrusted and passwords are nobody's business: control characters and secrets come out of every
value before a line is written.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TextIO

import structlog

from monitor.events import Begun, Checked, Missed, Posted, Read, Recovered, Troubled
from monitor.plain_words import plain
from monitor.settings import HIDDEN, without_password

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

    from monitor.events import Event
    from monitor.outbox import DeliveryReport
    from monitor.results import CheckResult
    from monitor.settings import Settings

LIBRARY = "leaderwatch"
"""What the loggers of the other modules are called, such as "leaderwatch.fetch"; their lines come here too."""


class ServiceLog:
    """Writes each event as one line to `stream`: JSON, or key=value for people where `style` is "console"."""

    def __init__(self, style: str, stream: TextIO, settings: Settings) -> None:
        known = (settings.smtp and settings.smtp.password, settings.web.password)
        processors = _processors(style, stream, [secret.reveal() for secret in known if secret])
        self._log = structlog.wrap_logger(structlog.WriteLogger(stream), processors=processors)
        _take_in_library_lines(self._log)

    def __call__(self, event: Event) -> None:
        match event:
            case Begun(settings):
                self._log.info("begun", pages=len(settings.pages), database=settings.database)
            case Checked(result):
                self._checked(result)
            case Missed(page, slots):
                self._log.warning(
                    "missed",
                    page=page.name,
                    slots=len(slots),
                    first=_written(slots[0]),
                    last=_written(slots[-1]),
                )
            case Posted(report):
                self._posted(report)
            case Troubled(reason):
                self._log.error("trouble", reason=reason)
            case Recovered():
                self._log.info("recovered")
            case Read(page, said):
                self._log.info("read", page=page, said=said)

    def _checked(self, result: CheckResult) -> None:
        level = "warning" if result.is_trouble else "info"
        getattr(self._log, level)(
            "check",
            page=result.name,
            url=result.url,
            outcome=result.outcome.value,
            verdict=result.verdict.value,
            reason=result.reason,
            checked_at=_written(result.checked_at),
            changes=[change.sentence for change in result.changes],
            pending=len(result.pending),
            **{f"{step}_seconds": round(seconds, 4) for step, seconds in result.seconds.items()},
        )
        if result.posted:
            self._posted(result.posted)

    def _posted(self, report: DeliveryReport) -> None:
        for delivery in report.delivered:
            self._log.info("delivered", channel=delivery.channel, recipient=delivery.recipient)
        for trouble in report.troubles:
            again = _written(trouble.next_attempt_at) if trouble.next_attempt_at else None
            self._log.warning(
                "not delivered",
                channel=trouble.channel,
                recipient=trouble.recipient,
                reason=trouble.reason,
                next_attempt_at=again,
            )


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _processors(style: str, stream: TextIO, secrets: Sequence[str]) -> list[Processor]:
    def harmless(value: Any) -> Any:
        if isinstance(value, list):
            return [harmless(each) for each in value]
        if not isinstance(value, str):
            return value
        for secret in secrets:
            value = value.replace(secret, HIDDEN)
        return plain(without_password(value))

    def make_harmless(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {key: harmless(value) for key, value in event.items()}

    as_json = style == "json"
    colours = not as_json and stream.isatty()
    return [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        make_harmless,
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=colours),
    ]


class _Lines(logging.Handler):
    """Hands what the modules log to the service's log."""

    def __init__(self, log: Any) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        level = record.levelname.lower()
        getattr(self._log, level)(record.getMessage(), logger=record.name, exc_info=record.exc_info)


def _take_in_library_lines(log: Any) -> None:
    library = logging.getLogger(LIBRARY)
    library.handlers = [_Lines(log)]
    library.setLevel(logging.INFO)
    library.propagate = False
