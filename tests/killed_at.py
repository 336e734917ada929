"""A check that kills its own process with SIGKILL, right after it has done one thing that others can see.

    python killed_at.py BASELINE.db FOLDER URL PORT MOMENT
    python killed_at.py BASELINE.db FOLDER URL PORT MOMENT TIMES SEED

Nobody lists the points: the interpreter reports every call of the functions below, which are all the ways in
which a check leaves its own memory (a commit, bytes on a connection, a file). The archive is copied for each
point, to FOLDER/1.db, FOLDER/2.db and so on, until a check gets through unharmed. With TIMES, a check is killed
that often, each time from outside and at a random moment of its length.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import httpx

from monitor.asking import open_web
from monitor.checking import check_page
from monitor.settings import AlertSettings, FetchSettings, PageSettings, Settings, SmtpSettings
from storage import Archive

FETCH = FetchSettings(allow_private=("127.0.0.1",))
VISIBLE: tuple[tuple[type | str, frozenset[str]], ...] = (
    (sqlite3.Connection, frozenset({"commit"})),
    (socket.socket, frozenset({"connect", "send", "sendall"})),
    ("posix", frozenset({"mkdir", "replace"})),
)
"""What reaches beyond the process, by the type or module that it belongs to."""


def recipients_of(database: Path) -> tuple[str, str]:
    """Return who gets the mails of one archive, so that a server tells apart which sent what."""
    return f"press@{database.stem}.example", f"desk@{database.stem}.example"


def settings_for(database: Path, url: str, port: int) -> Settings:
    return Settings(
        database=str(database),
        pages=(PageSettings(name="waterways", url=url),),
        fetch=FETCH,
        alerts=AlertSettings(recipients=recipients_of(database), folder=str(database.with_suffix(".mails"))),
        smtp=SmtpSettings(
            host="127.0.0.1", port=port, security="none", sender="lw@example.org", timeout=timedelta(seconds=20)
        ),
    )


def check(database: Path, url: str, port: int, moment: datetime) -> None:
    with open_web(FETCH) as client:
        check_with(client, database, url, port, moment)


def check_with(client: httpx.Client, database: Path, url: str, port: int, moment: datetime) -> None:
    settings = settings_for(database, url, port)
    with Archive.open(database, clock=lambda: moment) as archive:
        check_page(settings.pages[0], archive=archive, client=client, settings=settings, clock=lambda: moment)


def is_visible(called: Any) -> bool:
    """Return whether others may see what this function of the interpreter does."""
    return any(
        called.__name__ in names
        and (called.__module__ == owner if isinstance(owner, str) else isinstance(called.__self__, owner))
        for owner, names in VISIBLE
    )


def deadly_after(number: int) -> Callable[[FrameType, str, Any], None]:
    """Return a profiler that kills this process when the visible call of that number has returned."""
    seen = 0

    def profile(frame: FrameType, event: str, called: Any) -> None:
        nonlocal seen
        if event == "c_return" and is_visible(called):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    return profile


def survives(run: Callable[[], None], *, kill_in: float | None = None) -> bool:
    """Run in a child process; return whether it lived. With `kill_in` it is killed after so many seconds."""
    child = os.fork()
    if child == 0:
        run()
        os._exit(0)
    if kill_in is not None:
        time.sleep(kill_in)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def at_every_point(baseline: Path, folder: Path, url: str, port: int, moment: datetime) -> None:
    check(Path(shutil.copy(baseline, folder / "0.db")), url, port, moment)  # loads what each child then has
    number = 1
    while True:
        database = Path(shutil.copy(baseline, folder / f"{number}.db"))

        def run(database: Path = database, number: int = number) -> None:
            sys.setprofile(deadly_after(number))
            check(database, url, port, moment)

        if survives(run):
            return
        number += 1


def at_random(
    baseline: Path, folder: Path, url: str, port: int, moment: datetime, *, times: int, chance: random.Random
) -> None:
    began = time.monotonic()
    check(Path(shutil.copy(baseline, folder / "0.db")), url, port, moment)
    length = 1.5 * (time.monotonic() - began)
    for number in range(1, times + 1):
        database = Path(shutil.copy(baseline, folder / f"{number}.db"))

        def run(database: Path = database) -> None:
            check(database, url, port, moment)

        survives(run, kill_in=chance.uniform(0, length))


def main(baseline: str, folder: str, url: str, port: str, moment: str, times: str = "", seed: str = "") -> None:
    assert threading.active_count() == 1, "a process with threads must not fork"
    given = (Path(baseline), Path(folder), url, int(port), datetime.fromisoformat(moment))
    if times:
        at_random(*given, times=int(times), chance=random.Random(seed))  # noqa: S311 - for repetition
    else:
        at_every_point(*given)


if __name__ == "__main__":
    main(*sys.argv[1:])
