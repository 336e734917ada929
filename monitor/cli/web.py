"""`leaderwatch web`: the archive in a browser."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from model import LeaderwatchError
from monitor.cli.options import config_option, database_option, open_existing, read_settings, utc_now

if TYPE_CHECKING:
    from monitor.settings import Settings
    from storage import Archive

STOPS = (signal.SIGTERM, signal.SIGINT)


@click.command()
@config_option
@database_option
@click.option("--host", metavar="ADDRESS", help="Where to listen.  [default: 127.0.0.1]")
@click.option("--port", metavar="PORT", help="The port; 0 takes a free one.  [default: 8017]")
def command(config: str | None, database: str | None, host: str | None, port: str | None) -> None:
    """Look at the archive in a browser.

    Who leads what, how it came about, and what the page said at any moment; nothing can be changed there, and
    nothing is loaded from elsewhere. Programs ask /api/v1. Beyond this machine set a password, and name the
    hosts that it is asked by: [web] in the settings. Ctrl-C or SIGTERM ends it.

    \b
    Examples:
      leaderwatch web
      leaderwatch web --database demo-out/leaderwatch.db --port 8080
    """
    from monitor.cli.terminal import say

    settings = read_settings(config, database=database, web_host=host, web_port=port)
    with _stops_waited_for(), open_existing(settings) as archive, served(archive, settings) as address:
        say(f"The archive is at {address}; Ctrl-C stops.")
        sys.stdout.flush()
        signal.sigwait(STOPS)


@contextmanager
def _stops_waited_for() -> Iterator[None]:
    """Keep the signals that stop for who waits for them: threads that begin meanwhile leave them be."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def served(archive: Archive, settings: Settings) -> Iterator[str]:
    """Serve an archive until the block ends, where the extra that it takes is installed."""
    try:
        from web.serving import serving
    except ModuleNotFoundError as error:
        raise LeaderwatchError(
            f"the archive in a browser needs the extra `web` ({error.name} is missing): "
            "pip install 'leaderwatch[web]'"
        ) from error
    with serving(archive, settings, clock=utc_now) as address:
        yield address
