"""The programs that are measured, each with a careful user's settings for these pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.peers import command_of

ROOT = Path(__file__).parents[2]

Prepare = Callable[[Path, Sequence[str]], list[str]]
"""Writes a program's settings for these URLs into a folder and returns the command of one round."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a process took: CPU of all its threads, user and system, and the peak of its memory."""

    cpu_seconds: float
    peak_megabytes: float


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end and return what it took; what it says goes to `log` in the folder."""
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=_environment(folder))  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: see {folder / 'log'}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment without our settings, in which Python keeps its bytecode as for installed programs."""
    left_out = ("LEADERWATCH_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return kept | {"PYTHONPATH": str(ROOT), "HOME": str(folder), "LEADERWATCH_ALLOW_PRIVATE": "127.0.0.1"}


def size_on_disk(folder: Path) -> int:
    """Return the bytes of state that a program keeps, its settings and mails left out."""
    return sum(file.stat().st_size for file in folder.rglob("*.db*") if file.is_file())


def _bare(folder: Path, urls: Sequence[str]) -> list[str]:
    (folder / "urls").write_text("\n".join(urls))
    return [sys.executable, "-m", "bench.speed.bare", str(folder / "urls")]


def _leaderwatch(folder: Path, urls: Sequence[str]) -> list[str]:
    (folder / "mails").mkdir(exist_ok=True)
    tables = f'[fetch]\npause = "0"\n[alerts]\nfolder = "{folder / "mails"}"\n'
    pages = [f'[[pages]]\nname = "page-{number}"\nurl = "{url}"\n' for number, url in enumerate(urls)]
    (folder / "leaderwatch.toml").write_text("\n".join(["database = 'state.db'", *pages, tables]))
    return [str(Path(sys.executable).with_name("leaderwatch")), "check", "--quiet"]


FILTERS = [{"css": "main"}, "html2text"]


def _peer(peer: str, jobs_option: str, database_option: str) -> Prepare:
    def prepare(folder: Path, urls: Sequence[str]) -> list[str]:
        jobs = [json.dumps({"url": url, "filter": FILTERS}) for url in urls]  # JSON is YAML
        (folder / "jobs.yaml").write_text("\n---\n".join(jobs) + "\n")
        (folder / "settings.yaml").write_text(json.dumps(SILENT))
        (folder / "hooks.py").write_text("")
        return [
            str(command_of(peer)),
            *(jobs_option, str(folder / "jobs.yaml")),
            *("--config", str(folder / "settings.yaml")),
            *("--hooks", str(folder / "hooks.py")),
            *(database_option, str(folder / "state.db")),
        ]

    return prepare


SILENT = {"display": {"new": True, "error": True, "unchanged": False}, "report": {"stdout": {"enabled": True}}}
"""A report of what changed on standard output, and none by mail."""

PROGRAMS: dict[str, Prepare] = {
    "bare httpx fetch": _bare,
    "leaderwatch": _leaderwatch,
    "urlwatch": _peer("urlwatch", "--urls", "--cache"),
    "webchanges": _peer("webchanges", "--jobs", "--database"),
}
"""What each program is called, and how it is set up."""
