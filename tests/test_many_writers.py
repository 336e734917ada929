"""Several processes on one archive, and processes that die: nothing fails, doubles or tears."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from threading import Timer

from storage import Archive, upkeep
from tests.archive_rows import URL, sql

WRITER = Path(__file__).with_name("archive_writer.py")
KEPT_TOGETHER = ("captures", "snapshots", "checks", "changes", "deliveries", "delivery_changes")


def start(location: str, writer: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), location, writer, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603 ours


def counts(location: str) -> dict[str, int]:
    if "://" not in location:
        assert sql(location, "PRAGMA integrity_check") == [("ok",)]
        assert sql(location, "PRAGMA foreign_key_check") == []
    return {name: sql(location, f"SELECT count(*) FROM {name}")[0][0] for name in KEPT_TOGETHER}  # noqa: S608 names of ours


def test_four_processes_create_one_archive_and_write_it_without_a_lock_error_or_a_double(
    new_location: str,
) -> None:
    location = new_location
    writers = [start(location, f"{writer}-", 50) for writer in "abcd"]
    ends = [(*writer.communicate(timeout=60), writer.returncode) for writer in writers]
    assert ends == [("ready\nwriting\n", "", 0)] * 4
    assert counts(location) == dict.fromkeys(KEPT_TOGETHER, 200)
    with Archive.open(location) as archive:
        assert upkeep.verify(archive).faults == (), "each link of the chain follows the one before"
        assert [page.url for page in archive.pages()] == [URL]
        sent = Counter(delivery.message_id for delivery in archive.deliveries())
    assert set(sent.values()) == {1}


def test_the_same_checks_in_two_processes_are_kept_once(location: str) -> None:
    writers = [start(location, "same-", 10) for _ in range(2)]
    assert [(writer.communicate(timeout=60)[1], writer.returncode) for writer in writers] == [("", 0)] * 2
    kept = counts(location)
    assert (kept["captures"], kept["deliveries"]) == (10, 10)


def test_a_process_killed_at_any_moment_leaves_whole_checks_alone(location: str) -> None:
    moments = Random(20240420)  # noqa: S311 no secret
    for number in range(4):
        writer = start(location, f"{number}-", 1_000_000)
        assert writer.stdout is not None
        assert [writer.stdout.readline() for _ in range(2)] == ["ready\n", "writing\n"]
        Timer(moments.uniform(0.01, 0.25), writer.kill).start()
        writer.communicate(timeout=60)
        assert writer.returncode == -signal.SIGKILL
        kept = counts(location)
        evidence = kept.pop("captures")
        assert len(set(kept.values())) == 1
        assert number < kept["checks"] <= evidence
        assert evidence - kept["checks"] <= number + 1  # the capture kept before the check it died in
