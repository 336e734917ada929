"""A service that has little memory left while one of its pages grows: DATABASE URL...

Says what came of each page, in JSON, and goes on after each line on standard input: at first with all the memory
there is, then with `MORE` than it has taken by then, then with all of it again. `went_short` starts it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor.service import Service
from monitor.status import status_of
from storage import Archive
from tests.hostile_cases import GOOD, MOST_BYTES, TAGS, going_on
from tests.loopback import Site
from tests.serving import Heard, InTurn, settings_for
from tests.watching import Clock

ROOT = Path(__file__).parents[1]
MORE = 2 * 1024 * 1024
"""Bytes of address space that the second round may take beside what was taken, and freed, before."""

HOUR = timedelta(hours=1)
LONG = going_on(b"<br>", len(GOOD) + 4 * TAGS // 3)
LONGER = going_on(b"<script>x = 1;</script>", MOST_BYTES)


def went_short(folder: Path) -> list[dict[str, Any]]:
    """Return what came of a page that grows and of one that stays, before, while and after memory is short."""
    with Site() as site:
        site.serve("/good", GOOD)
        words = [sys.executable, __file__, str(folder / "archive.db"), site.url("/grows"), site.url("/good")]
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        pipe = subprocess.PIPE
        with subprocess.Popen(words, env=env, stdin=pipe, stdout=pipe, text=True) as child:  # noqa: S603 ours
            assert child.stdin is not None
            assert child.stdout is not None
            rounds = []
            for grows in (LONG, LONGER, LONG):
                site.serve_each("/grows", grows)
                child.stdin.write("go on\n")
                child.stdin.flush()
                rounds.append(json.loads(child.stdout.readline()))
    assert child.returncode == 0
    return rounds


def main(database: str, *urls: str) -> None:
    settings = settings_for(Path(database), *urls, every=HOUR)
    clock, heard = Clock(), Heard()
    archive = Archive.open(database, clock=clock)
    service = Service(settings, archive, listeners=[heard], clock=clock, lanes=InTurn)
    for number in range(3):
        sys.stdin.readline()
        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        most = taken + MORE if number == 1 else resource.RLIM_INFINITY
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
        service.turn()
        clock.now += HOUR
        pages = [result.to_json() for result in heard.results]
        status = status_of(archive, settings, now=clock())
        said = [page.last_check.reason if page.last_check else None for page in status.pages]
        print(json.dumps({"pages": pages, "status": said, "log": heard.lines}), flush=True)
        heard.results.clear()
    service.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
