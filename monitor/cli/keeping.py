"""What the commands that keep running share: who is told, what is served over HTTP, and how they end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, TypeVar

import click

from monitor.cli.options import utc_now

if TYPE_CHECKING:
    from monitor.events import Listener
    from monitor.exposing import Board
    from monitor.kept import Kept
    from monitor.settings import Settings
    from storage import Archive

Command = TypeVar("Command", bound=Callable[..., object])
Wake = Callable[[], object]

metrics_option = click.option(
    "--metrics", metavar="HOST:PORT", help="Answer /healthz and /metrics (Prometheus) there."
)


def keep(
    make: Callable[[Settings, Archive, list[Listener], Wake], Kept],
    read: Callable[[], Settings],
    *,
    doing: str,
    metrics: str | None,
    quiet: bool,
    as_json: bool,
    beside: AbstractContextManager[object] | None = None,
) -> None:
    """Keep what `make` makes of the settings that `read` reads until a signal ends it, `beside` something else.

    `doing` begins the line that says what it does.
    """
    import scheduler
    from storage import Archive

    board = _board() if metrics else None

    def start(wake: Wake) -> Kept:
        settings = read()
        archive = Archive.open(settings.database, clock=utc_now)
        listeners = _listeners(settings, board, doing=doing, quiet=quiet, as_json=as_json)
        kept = make(settings, archive, listeners, wake)
        if board:
            board.show(kept)
        return kept

    with _exposed(metrics, board), beside or nullcontext():
        ended = scheduler.keep(start)
    sys.stdout.flush()
    if not ended:
        os._exit(0)  # a check that does not end must not hold the process: it can be killed at any point


def _listeners(
    settings: Settings, board: Board | None, *, doing: str, quiet: bool, as_json: bool
) -> list[Listener]:
    """Return who is told: the log, as [log] says, the printer of --json, the metrics."""
    from monitor.cli.service_lines import ServiceLines, result_lines

    listeners: list[Listener] = [ServiceLines(doing, quiet=quiet, as_json=as_json)]
    if settings.log.format != "lines":
        from monitor.service_log import ServiceLog

        listeners = [ServiceLog(settings.log.format, sys.stderr, settings)]
    if as_json:
        listeners.append(result_lines)
    if board:
        listeners.append(board.metrics)
    return listeners


def _board() -> Board:
    from monitor.exposing import Board

    return Board(utc_now)


def _exposed(address: str | None, board: Board | None) -> AbstractContextManager[object]:
    if not address or not board:
        return nullcontext()
    from monitor.exposing import exposed

    return exposed(address, board.answer)
