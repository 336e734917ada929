"""`leaderwatch schedule`: what is due, put into the queue of a cluster."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from monitor.cli.cluster import require_cluster
from monitor.cli.keeping import keep, metrics_option
from monitor.cli.options import config_option, database_option, read_settings, utc_now

if TYPE_CHECKING:
    from monitor.cli.keeping import Wake
    from monitor.cluster.schedule import Schedule
    from monitor.events import Listener
    from monitor.settings import Settings
    from storage import Archive


@click.command()
@config_option
@database_option
@metrics_option
def command(config: str | None, database: str | None, metrics: str | None) -> None:
    """Put what is due into the queue, for workers on many machines.

    Each page becomes one task at each of its slots, in the archive's PostgreSQL; `leaderwatch worker` does it.
    Several schedules may run side by side. Ctrl-C or SIGTERM ends it, SIGHUP reads the settings again. It takes
    the extra `cluster`, and a postgresql+psycopg:// archive.

    \b
    Examples:
      leaderwatch schedule --database postgresql+psycopg://leaderwatch@db.example.org/leaderwatch
      leaderwatch schedule --metrics 127.0.0.1:9108
    """
    require_cluster()
    from monitor.cluster.schedule import Schedule

    def make(settings: Settings, archive: Archive, listeners: list[Listener], _: Wake) -> Schedule:
        return Schedule(settings, archive, listeners=listeners, clock=utc_now)

    read = partial(read_settings, config, database=database)
    keep(make, read, doing="Scheduling", metrics=metrics, quiet=False, as_json=False)
