"""What a service tells of: each event goes to every listener, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.outbox import DeliveryReport
    from monitor.results import CheckResult
    from monitor.settings import PageSettings, Settings


@dataclass(frozen=True, slots=True)
class Begun:
    """The service runs with these settings from now on."""

    settings: Settings


@dataclass(frozen=True, slots=True)
class Checked:
    """A check was recorded."""

    result: CheckResult


@dataclass(frozen=True, slots=True)
class Missed:
    """These slots of a page went by without a check; there is at least one."""

    page: PageSettings
    slots: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """Deliveries that were due between checks were tried."""

    report: DeliveryReport


@dataclass(frozen=True, slots=True)
class Troubled:
    """Something keeps the service from its work; it is told once, and the service goes on trying."""

    reason: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """The trouble told last is over."""


@dataclass(frozen=True, slots=True)
class Read:
    """Evidence of a page was read for an import or a `reparse`; `said` is what came of it, in words."""

    page: str
    said: str


Event = Begun | Checked | Missed | Posted | Troubled | Recovered | Read
Listener = Callable[[Event], object]
