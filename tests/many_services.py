"""Several services on one archive, each a process of its own, with one clock that is run fast.

    python many_services.py CLOCK DATABASE EVERY URL...

is one of them. `run_side_by_side` starts them, moves the clock to the next slot when every page was checked at
the last one, and returns what the archive holds in the end.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from monitor.service import Service
from storage import Archive, ChangeState, DeliveryState, SlotState
from tests.loopback import Reply, Site
from tests.serving import Heard, settings_for
from tests.shared_clock import SharedClock
from tests.watching import PATH, START, instead

MINUTE = timedelta(minutes=1)
NEWS_EACH = 10
"""How many slots a page stays the same before somebody new leads the Office of Rivers."""

PATIENCE = 120.0
"""Real seconds that one slot may take before the run is given up."""

NAMES = ("Ann", "Bela", "Cora", "Dina", "Edda", "Fleur", "Greta", "Hanna", "Inge", "Jana", "Karla", "Lotte")
SURNAMES = (
    "Abbott",
    "Baker",
    "Castro",
    "Dubois",
    "Egan",
    "Farmer",
    "Gruber",
    "Haas",
    "Ibsen",
    "Jonas",
    "Keller",
)


@dataclass(frozen=True, slots=True)
class Ended:
    """What the archive holds once every slot has passed."""

    slots: Counter[str]
    checks: int
    checks_twice: int
    changes: int
    deliveries: int
    mails: int
    outcomes: Counter[str]
    said: list[str]


def leader(version: int) -> str:
    """Return another name for each version, none of them like the one before."""
    return f"{NAMES[version % len(NAMES)]} {SURNAMES[version % len(SURNAMES)]}"


def paths(count: int) -> list[str]:
    return [f"{PATH}/{number}" for number in range(count)]


def run_side_by_side(folder: Path, *, services: int, pages: int, slots: int) -> Ended:
    """Run so many services over so many slots of each page, one a minute."""
    database, clock = folder / "archive.db", SharedClock(folder / "clock")
    with Site() as site, ExitStack() as opened:
        for path in paths(pages):
            site.serve_with(path, lambda _: newsworthy(int((clock() - START) / MINUTE)))
        words = [sys.executable, __file__, str(folder / "clock"), str(database), str(MINUTE.total_seconds())]
        env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
        running = [
            opened.enter_context(
                subprocess.Popen(  # noqa: S603 our own program
                    words + [site.url(path) for path in paths(pages)],
                    env=env,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(services)
        ]
        for process in running:
            opened.callback(process.kill)
        for number in range(slots):
            clock.move(START + number * MINUTE)
            wait_for(database, pages * (number + 1))
        for process in running:
            process.send_signal(signal.SIGTERM)
        said = [line for process in running for line in process.communicate(timeout=60)[0].splitlines()]
        assert [process.returncode for process in running] == [0] * services
    clock.close()
    return ended(database, said)


def newsworthy(number: int) -> Reply:
    """Return the page as it is at the slot of this number."""
    return Reply(instead(Rivers=f"Director {leader(number // NEWS_EACH)}"))


def wait_for(database: Path, settled: int) -> None:
    """Wait until so many slots are settled; the archive is asked as any reader would ask it."""
    waited = threading.Event()
    for _ in range(int(PATIENCE / 0.01)):
        if database.exists() and settled_slots(database) >= settled:
            return
        waited.wait(0.01)
    raise AssertionError(f"{settled} slots were not settled in {PATIENCE} s")


def settled_slots(database: Path) -> int:
    with closing(sqlite3.connect(database, timeout=30)) as reader:
        try:
            row = reader.execute("SELECT count(*) FROM slots WHERE state != 'leased'").fetchone()
        except sqlite3.OperationalError:  # the tables are being made
            return 0
    return int(row[0])


def ended(database: Path, said: list[str]) -> Ended:
    with Archive.open(database) as archive:
        stored = [slot for page in archive.pages() for slot in archive.slots(page.id, 1_000_000)]
        checks = [check for page in archive.pages() for check in archive.checks(page.id, 1_000_000)]
        made = Counter(slot.check_id for slot in stored if slot.state is SlotState.DONE)
        deliveries = archive.deliveries()
        return Ended(
            slots=Counter(slot.state.value for slot in stored),
            checks=len(checks),
            checks_twice=sum(number > 1 for number in made.values()),
            changes=len(archive.changes(states=[ChangeState.CONFIRMED])),
            deliveries=sum(each.state is DeliveryState.DELIVERED for each in deliveries),
            mails=len(list(database.with_suffix(".mails").glob("*.eml"))),
            outcomes=Counter(check.outcome.value for check in checks),
            said=said,
        )


def main(clock_file: str, database: str, every: str, *urls: str) -> None:
    stop, woken = threading.Event(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    clock, heard = SharedClock(Path(clock_file)), Heard()
    settings = settings_for(Path(database), *urls, every=timedelta(seconds=float(every)))
    archive = Archive.open(database, clock=clock)
    service = Service(settings, archive, listeners=[heard], clock=clock, wake=woken.set)
    while not stop.is_set():
        service.turn()
        woken.wait(0.005)
        woken.clear()
    service.close()
    print(*(line for line in heard.lines if not line.startswith("delivered")), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
