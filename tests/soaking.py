"""A service that checks one page very often in one process, and what that costs.

    python soaking.py DATABASE URL CHECKS

checks with a clock run fast, once a minute, and prints what it measured as JSON. `soak` starts it and the site.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor.events import Checked, Event
from monitor.service import Service
from storage import Archive
from tests.killed_services import FastClock
from tests.loopback import Asked, Reply, Site
from tests.many_services import leader
from tests.serving import InTurn, settings_for
from tests.watching import PATH, START, instead

MINUTE = timedelta(minutes=1)
NEWS_EACH = 300
"""Checks between two changes; the others get a 304."""

WARM_UP = 2 * NEWS_EACH + 1
"""Checks before the first mark, after which everything has been used: two changes, told by mail."""

EMPTY, PROMISED = 500_000, 400
"""Bytes that an archive takes, and what each check adds at most: a slot, its indexes and, now and then, news."""

QUARTERS = 4
"""Memory and descriptors are measured after the warm-up and at each quarter of the way from there."""


def soak(folder: Path, checks: int) -> dict[str, Any]:
    """Check so many times and return what it cost.

    `memory` (KiB) and `descriptors` have the start, then each quarter up to the end; `bytes` is the archive's size.
    """
    with Site() as site:
        site.serve_with(PATH, Newsworthy())
        words = [sys.executable, __file__, str(folder / "archive.db"), site.url(PATH), str(checks)]
        env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)  # noqa: S603 ours
    return dict(json.loads(done.stdout))


class Newsworthy:
    """A page that says something new each `NEWS_EACH` requests, and has a 304 for who knows it."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, asked: Asked) -> Reply:
        self.asked += 1
        version = self.asked // NEWS_EACH
        etag = f'"{version}"'
        if asked.headers.get("if-none-match") == etag:
            return Reply(status=304, headers={"ETag": etag})
        return Reply(instead(Rivers=f"Director {leader(version)}"), headers={"ETag": etag})


class Measured:
    """Counts the checks, and measures this process when it has warmed up and at each quarter."""

    def __init__(self, checks: int) -> None:
        self.checks, self.made = checks, 0
        self.marks = {WARM_UP + (checks - WARM_UP) * quarter // QUARTERS for quarter in range(QUARTERS + 1)}
        self.memory: list[int] = []
        self.descriptors: list[int] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, Checked):
            self.made += 1
            if self.made in self.marks:
                self.memory.append(resident())
                self.descriptors.append(len(list(Path("/proc/self/fd").iterdir())))


def resident() -> int:
    """Return the memory that this process holds now, in KiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def main(database: str, url: str, checks: str) -> None:
    settings = settings_for(Path(database), url, every=MINUTE)
    clock, measured = FastClock(START), Measured(int(checks))
    archive = Archive.open(database, clock=clock)
    service = Service(settings, archive, listeners=[measured], clock=clock, lanes=InTurn)
    while measured.made < measured.checks:
        clock.now += timedelta(seconds=service.turn())
    service.close()
    size = Path(database).stat().st_size
    print(
        json.dumps(
            {
                "checks": measured.made,
                "memory": measured.memory,
                "descriptors": measured.descriptors,
                "bytes": size,
                "bytes_each": round(size / measured.made, 1),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
