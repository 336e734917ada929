"""`leaderwatch run`: the check on a clock."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

import click

from monitor.cli.options import archive_options, quiet_option, read_settings, url_option, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor.events import Listener
    from monitor.exposing import Board
    from monitor.service import Service
    from monitor.settings import Settings


@click.command()
@archive_options
@url_option
@click.option("--every", metavar="TIME", help="How often to check: 30m, 6h, 1d.  [default: 6h]")
@click.option("--cron", metavar="EXPRESSION", help='When to check, as in a crontab: "0 6 * * 1-5".')
@click.option("--timezone", metavar="ZONE", help="The zone of the cron expression.  [default: UTC]")
@quiet_option
@click.option("--web", is_flag=True, help="Serve the archive to browsers too, as [web] says.")
@click.option("--metrics", metavar="HOST:PORT", help="Answer /healthz and /metrics (Prometheus) there.")
def command(
    config: str | None,
    database: str | None,
    url: str | None,
    every: str | None,
    cron: str | None,
    timezone: str | None,
    as_json: bool,
    quiet: bool,
    web: bool,
    metrics: str | None,
) -> None:
    """Check on a clock, until stopped.

    With an interval the first check comes at once; a cron expression waits for its time. Several processes may
    share an archive: each slot is checked by one of them. Each check is one line, with its changes below; with
    --json it is one JSON object on a line of its own, as `check` prints it. Ctrl-C or SIGTERM ends it, SIGHUP
    reads the settings again.

    \b
    Examples:
      leaderwatch run --every 6h
      leaderwatch run --cron "0 6 * * *" --timezone America/New_York
      leaderwatch run --web --metrics 127.0.0.1:9108
    """
    import scheduler
    from monitor.service import Service
    from storage import Archive

    board = _board() if metrics else None
    schedule = {"schedule_every": every, "schedule_cron": cron, "schedule_timezone": timezone}

    def start(wake: Callable[[], object]) -> Service:
        settings = read_settings(config, url=url, database=database, **schedule)
        archive = Archive.open(settings.database, clock=utc_now)
        listeners = _listeners(settings, board, quiet=quiet, as_json=as_json)
        service = Service(settings, archive, listeners=listeners, clock=utc_now, wake=wake)
        if board:
            board.show(service)
        return service

    site = _site(read_settings(config, url=url, database=database), as_json=as_json) if web else nullcontext()
    with _exposed(metrics, board), site:
        ended = scheduler.keep(start)
    sys.stdout.flush()
    if not ended:
        os._exit(0)  # a check that does not end must not hold the process: it can be killed at any point


def _listeners(settings: Settings, board: Board | None, *, quiet: bool, as_json: bool) -> list[Listener]:
    """Return who is told: the log, as [log] says, the printer of --json, the metrics."""
    from monitor.cli.service_lines import ServiceLines, result_lines

    listeners: list[Listener] = [ServiceLines(quiet=quiet, as_json=as_json)]
    if settings.log.format != "lines":
        from monitor.service_log import ServiceLog

        listeners = [ServiceLog(settings.log.format, sys.stderr, settings)]
    if as_json:
        listeners.append(result_lines)
    if board:
        listeners.append(board.metrics)
    return listeners


@contextmanager
def _site(settings: Settings, *, as_json: bool) -> Iterator[None]:
    """Serve the archive to browsers while the block runs; it is made where there is none yet."""
    from monitor.cli.terminal import say
    from monitor.cli.web import served
    from storage import Archive

    with Archive.open(settings.database, clock=utc_now) as archive, served(archive, settings) as address:
        if not as_json:
            say(f"The archive is at {address}")
        yield


def _board() -> Board:
    from monitor.exposing import Board

    return Board(utc_now)


def _exposed(address: str | None, board: Board | None) -> AbstractContextManager[object]:
    if not address or not board:
        return nullcontext()
    from monitor.exposing import exposed

    return exposed(address, board.answer)
