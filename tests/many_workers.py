"""A cluster of real processes on one archive in PostgreSQL: a schedule, and workers that are killed and joined.

    python many_workers.py schedule|worker DATABASE FOLDER DEAD_AFTER URL...

is one process of it. `run_cluster` starts them, kills a worker with SIGKILL when a part of the slots is done, lets
another one join, and returns what the archive holds once every slot is settled.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import scheduler
from monitor.cluster.schedule import Schedule
from monitor.cluster.worker import Pulse, Worker
from monitor.kept import Kept
from monitor.settings import Settings
from storage import Archive, SlotState, upkeep
from tests.archive_rows import sql
from tests.serving import Heard, settings_for

EVERY = timedelta(days=300)
"""Longer than any run: each page has one slot."""

PATIENCE = 5_400.0
"""Real seconds after which a run is given up."""

SETTLED = "SELECT count(*) FROM slots WHERE state <> 'leased'"


@dataclass(frozen=True, slots=True)
class Ended:
    """What the archive holds once every slot is settled, and what the processes complained of.

    `seconds` passed from the first task in the queue to the last slot that was settled.
    """

    slots: Counter[str]
    checks: int
    checks_twice: int
    outcomes: Counter[str]
    faults: int
    tasks_left: int
    said: list[str]
    seconds: float


def cluster_settings(location: str, folder: Path, *urls: str) -> Settings:
    return replace(settings_for(folder / "cluster", *urls, every=EVERY), database=location)


def run_cluster(
    location: str,
    folder: Path,
    urls: Sequence[str],
    *,
    workers: int,
    kill: bool = True,
    dead_after: float = 1.5,
) -> Ended:
    """Check every page once with so many workers; with `kill` one dies in the middle, and another one joins."""
    with ExitStack() as opened:

        def begin(kind: str) -> subprocess.Popen[str]:
            process = opened.enter_context(_process(kind, location, folder, dead_after, urls))
            opened.callback(process.kill)
            return process

        running = [begin("worker") for _ in range(workers)]
        for process in running:
            _told(process)  # that it takes tasks
        running.append(begin("schedule"))
        _told(running[-1])
        begun = time.monotonic()
        if kill:
            wait_for(location, len(urls) // 3)
            running.pop(0).kill()
            running.append(begin("worker"))
            _told(running[-1])
        wait_for(location, len(urls))
        seconds = time.monotonic() - begun
        for process in running:
            process.terminate()
        said = [line for process in running for line in process.communicate(timeout=60)[0].splitlines() if line]
        assert [process.returncode for process in running] == [0] * len(running)
    return ended(location, said, seconds)


def _process(
    kind: str, location: str, folder: Path, dead_after: float, urls: Sequence[str]
) -> subprocess.Popen[str]:
    listed = folder / "urls"
    listed.write_text("\n".join(urls), encoding="utf-8")
    words = [sys.executable, __file__, kind, location, str(folder), str(dead_after), str(listed)]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True)  # noqa: S603 our own program


def _told(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"


def wait_for(location: str, settled: int, *, patience: float = PATIENCE) -> None:
    """Wait until so many slots are settled."""
    waited = threading.Event()
    for _ in range(int(patience / 0.1)):
        if sql(location, SETTLED)[0][0] >= settled:
            return
        waited.wait(0.1)
    raise AssertionError(f"{settled} slots were not settled in {patience} s")


def ended(location: str, said: list[str], seconds: float) -> Ended:
    with Archive.open(location) as archive:
        stored = [slot for page in archive.pages() for slot in archive.slots(page.id, 100)]
        checks = [check for page in archive.pages() for check in archive.checks(page.id, 100)]
        made = Counter(slot.check_id for slot in stored if slot.state is SlotState.DONE)
        left = archive.task_counts()
        return Ended(
            slots=Counter(slot.state.value for slot in stored),
            checks=len(checks),
            checks_twice=sum(number > 1 for number in made.values()),
            outcomes=Counter(check.outcome.value for check in checks),
            faults=len(upkeep.verify(archive).faults),
            tasks_left=left.waiting + left.running + left.failed if left else 0,
            said=said,
            seconds=seconds,
        )


def main(kind: str, location: str, folder: str, dead_after: str, listed: str) -> None:
    urls = Path(listed).read_text(encoding="utf-8").split()
    settings, heard = cluster_settings(location, Path(folder), *urls), Heard()

    def start(_: Callable[[], object]) -> Kept:
        archive = Archive.open(location, clock=_now)
        if kind == "schedule":
            kept: Kept = Schedule(settings, archive, listeners=[heard], clock=_now)
        else:
            pulse = Pulse(float(dead_after) / 3, float(dead_after))
            kept = Worker(settings, archive, listeners=[heard], clock=_now, jobs=2, pulse=pulse)
        print("begun", flush=True)
        return kept

    scheduler.keep(start)
    print(*(line for line in heard.lines if not line.startswith(("begun", "delivered"))), sep="\n")


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main(*sys.argv[1:])
