"""Options that several commands share, and what they open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from model import LeaderwatchError

if TYPE_CHECKING:
    from model import Capture
    from monitor.settings import Settings
    from monitor.sources import Reader
    from storage import Archive
    from storage.rows import StoredPage

Command = TypeVar("Command", bound=Callable[..., Any])

config_option = click.option(
    "--config", metavar="FILE", help="Settings file.  [default: leaderwatch.toml, where there is one]"
)
url_option = click.option("--url", metavar="URL", help="Watch this page, instead of those in the settings.")
database_option = click.option("--database", metavar="DB", help="Archive: a file or a database URL.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
quiet_option = click.option("--quiet", is_flag=True, help="Print nothing about pages that did not change.")
page_option = click.option("--page", "page_name", metavar="NAME", help="Only this page.")


class NothingKept(LeaderwatchError):
    """There is no archive yet, or nothing in it about that page."""


def archive_options(command: Command) -> Command:
    """Add --config, --database and --json: what a command needs that reads the archive."""
    return config_option(database_option(json_option(command)))


def utc_now() -> datetime:
    """Return the time now, the clock of every command."""
    return datetime.now(UTC)


def read_settings(config: str | None, **overrides: object) -> Settings:
    """Return the settings of this process, options included (`schedule.every` is given as `schedule_every`)."""
    from monitor.settings import from_environment

    sections = ("schedule", "alerts", "fetch", "web")
    dotted = {
        name.replace("_", ".", 1) if name.partition("_")[0] in sections else name: value
        for name, value in overrides.items()
    }
    return from_environment(config, dotted)


@contextmanager
def open_existing(settings: Settings) -> Iterator[Archive]:
    """Open the archive for reading; one that is not there yet is an error, not an empty answer."""
    from pathlib import Path

    from storage import Archive

    file = Path(settings.database)
    if "://" not in settings.database and not (file.exists() and (file.stat().st_size or not file.is_file())):
        raise NothingKept(
            f"no archive at {settings.database}: `leaderwatch check` makes one, --database names another"
        )
    with Archive.open(settings.database) as archive:
        yield archive


def pages_named(archive: Archive, name: str | None) -> list[StoredPage]:
    """Return the archive's pages, or those of that name; raises NothingKept where there is none."""
    pages = [page for page in archive.pages() if name in (None, page.name)]
    if name and not pages:
        raise NothingKept(f"no page {name!r} in this archive: it has {_names(archive.pages())}")
    if not pages:
        raise NothingKept("this archive holds no page yet: `leaderwatch check` is the way to begin")
    return pages


def _names(pages: list[StoredPage]) -> str:
    return ", ".join(page.name for page in pages) or "none"


def choose_page(settings: Settings, archive: Archive, name: str | None) -> StoredPage:
    """Return the archive's page of that name, or the only one; of several, the one that the settings watch.

    Raises NothingKept where that leaves none, or leaves the choice open.
    """
    pages = pages_named(archive, name)
    watched = {page.url for page in settings.pages}
    left = [page for page in pages if page.url in watched] or pages
    if len(left) > 1:
        raise NothingKept(f"say which page with --page: this archive has {_names(left)}")
    return left[0]


@contextmanager
def reader(config: str | None, database: str | None, page_name: str | None) -> Iterator[Reader]:
    """Give what reads sources; the client and the archive are opened when a source needs them."""
    import sys

    from monitor.asking import get, open_web
    from monitor.sources import Reader

    settings = read_settings(config, database=database)
    with ExitStack() as opened:

        def fetch(url: str) -> Capture:
            client = opened.enter_context(open_web(settings.fetch))
            return get(client, url, settings.fetch, clock=utc_now)

        def archive() -> Archive:
            return opened.enter_context(open_existing(settings))

        def page(existing: Archive) -> int:
            return choose_page(settings, existing, page_name).id

        yield Reader(fetch, archive, page, utc_now, sys.stdin.buffer)
