"""A check that kills its own process with SIGKILL, at each point where it asks for the time, in turn.

    python killed_at.py BASELINE.db FOLDER URL MOMENT

Copies the archive for each point, to FOLDER/1.db, FOLDER/2.db and so on, until a check gets through unharmed.
The time is asked for before and after the fetch, when a capture is kept, at rows that are written, before the
commit and around each delivery: a point lies between any two steps.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import datetime
from pathlib import Path

from monitor.asking import open_web
from monitor.checking import check_page
from monitor.settings import AlertSettings, FetchSettings, PageSettings, Settings
from storage import Archive


def settings_for(database: Path, url: str) -> Settings:
    return Settings(
        database=str(database),
        pages=(PageSettings(name="waterways", url=url),),
        fetch=FetchSettings(allow_private=("127.0.0.1",)),
        alerts=AlertSettings(folder=str(database.with_suffix(".mails"))),
    )


class Deadly:
    """A clock that stands still, and kills whoever asks it for the time once too often."""

    def __init__(self, moment: datetime, deadly: int) -> None:
        self.moment, self.left = moment, deadly

    def __call__(self) -> datetime:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.moment


def check(database: Path, url: str, moment: datetime, deadly: int = 0) -> None:
    settings, clock = settings_for(database, url), Deadly(moment, deadly)
    with Archive.open(database, clock=clock) as archive, open_web(settings.fetch) as client:
        check_page(settings.pages[0], archive=archive, client=client, settings=settings, clock=clock)


def survives(database: Path, url: str, moment: datetime, deadly: int) -> bool:
    """Check in a child process; return whether it lived."""
    child = os.fork()
    if child == 0:
        check(database, url, moment, deadly)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def main(baseline: str, folder: str, url: str, moment: str) -> None:
    deadly = 1
    while True:
        database = Path(folder) / f"{deadly}.db"
        shutil.copy(baseline, database)
        if survives(database, url, datetime.fromisoformat(moment), deadly):
            break
        deadly += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
