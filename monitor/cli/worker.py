"""`leaderwatch worker`: the tasks of a cluster, done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from monitor.cli.cluster import require_cluster
from monitor.cli.keeping import keep, metrics_option
from monitor.cli.options import archive_options, quiet_option, read_settings, utc_now

if TYPE_CHECKING:
    from monitor.cli.keeping import Wake
    from monitor.cluster.worker import Worker
    from monitor.events import Listener
    from monitor.settings import Settings
    from storage import Archive


@click.command()
@archive_options
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="How many tasks are done at the same time.",
)
@quiet_option
@metrics_option
def command(
    config: str | None, database: str | None, as_json: bool, jobs: int, quiet: bool, metrics: str | None
) -> None:
    """Do what is due on many machines, beside other workers.

    `leaderwatch schedule` puts it into the queue. Run as many workers as there are cores, on as many machines as
    there are, with the same settings everywhere. A site is asked for one page at a time, with its pause,
    whichever workers ask; what a worker was doing when it died is done by another one within a minute. Lines,
    --json and signals are those of `leaderwatch run`.

    \b
    Examples:
      leaderwatch worker --database postgresql+psycopg://leaderwatch@db.example.org/leaderwatch
      leaderwatch worker --jobs 8 --metrics 127.0.0.1:9109
    """
    require_cluster()
    from monitor.cluster.worker import Worker

    def make(settings: Settings, archive: Archive, listeners: list[Listener], _: Wake) -> Worker:
        return Worker(settings, archive, listeners=listeners, clock=utc_now, jobs=jobs)

    read = partial(read_settings, config, database=database)
    keep(make, read, doing="Working for", metrics=metrics, quiet=quiet, as_json=as_json)
