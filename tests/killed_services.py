"""Services that are killed at random moments, one after the other, on one archive that is verified each time.

    python killed_services.py DATABASE URL KILLS SEED

Each service runs its clock as fast as it can, a check a minute; the one after it begins where time has got to, so
that the slot it was killed over is taken over or missed. The last one is left alone for a while.
`kill_at_random` starts all that, and the site that they check.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.service import Service
from monitor.settings import Settings
from storage import Archive, SlotState, upkeep
from tests.loopback import Site
from tests.many_services import newsworthy
from tests.serving import Heard, InTurn, settings_for
from tests.watching import PATH, START

MINUTE = timedelta(minutes=1)
LEASE_OVER = 10 * MINUTE
WARM_UP, AFTERWARDS = 2, 30
"""Checks that the first and the last service make unharmed."""


def kill_at_random(folder: Path, kills: int, seed: int = 1) -> dict[str, Any]:
    """Kill so many services that check a page which changes again and again; return what is kept in the end."""
    with Site() as site:
        site.serve_with(PATH, lambda _: newsworthy(site.asked_for(PATH)))
        words = [
            sys.executable,
            __file__,
            str(folder / "archive.db"),
            site.url(PATH),
        ]
        done = subprocess.run(  # noqa: S603 our own program
            [*words, str(kills), str(seed)],
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            text=True,
            check=True,
        )
    return dict(json.loads(done.stdout))


class FastClock:
    """A clock that runs on by itself: a second each time somebody looks at it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def run_on(
    settings: Settings,
    begin: datetime,
    checks: int | None = None,
    begun: Callable[[], object] = lambda: None,
) -> None:
    """Check a page each minute of a fast clock, so many times or until killed."""
    heard, clock = Heard(), FastClock(begin)
    archive = Archive.open(settings.database, clock=clock)
    service = Service(settings, archive, listeners=[heard], clock=clock, lanes=InTurn)
    begun()
    while checks is None or len(heard.results) < checks:
        clock.now += timedelta(seconds=service.turn())
    service.close()


def kill_one(settings: Settings, begin: datetime, after: float) -> None:
    """Start a service in a child process and kill it so many seconds after it began to check."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        run_on(settings, begin, begun=lambda: os.write(writing, b"."))
        os._exit(0)
    os.read(reading, 1)
    os.close(reading)
    os.close(writing)
    threading.Event().wait(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def newest_moment(database: str) -> datetime:
    with Archive.open(database) as archive:
        slots = [slot.due_at for page in archive.pages() for slot in archive.slots(page.id, 1)]
    return max(slots, default=START) + LEASE_OVER


def main(database: str, url: str, kills: str, seed: str) -> None:
    settings = settings_for(Path(database), url, every=MINUTE)
    chance, faults = random.Random(int(seed)), 0  # noqa: S311 no secret
    run_on(settings, START, WARM_UP)  # what a check loads is loaded here, not in each child anew
    for _ in range(int(kills)):
        kill_one(settings, newest_moment(database), chance.uniform(0.01, 0.5))
        with Archive.open(database) as archive:
            faults += len(upkeep.verify(archive).faults)
    run_on(settings, newest_moment(database), AFTERWARDS)
    print(json.dumps({"faults": faults} | what_is_kept(database)))


def what_is_kept(database: str) -> dict[str, object]:
    with Archive.open(database) as archive:
        [page] = archive.pages()
        slots = archive.slots(page.id, 1_000_000)
        told = Counter(change.id for each in archive.deliveries() for change in each.changes)
        return {
            "verified": not upkeep.verify(archive).faults,
            "leased": sum(slot.state is SlotState.LEASED for slot in slots),
            "done": sum(slot.state is SlotState.DONE for slot in slots),
            "missed": sum(slot.state is SlotState.MISSED for slot in slots),
            "checks": len(archive.checks(page.id, 1_000_000)),
            "changes": len(archive.changes()),
            "told": len(told),
            "told_twice": sum(number > 1 for number in told.values()),
            "undelivered": sum(each.state.value != "delivered" for each in archive.deliveries()),
            "mails": len(list(Path(database).with_suffix(".mails").glob("*.eml"))),
            "deliveries": len(archive.deliveries()),
        }


if __name__ == "__main__":
    main(*sys.argv[1:])
