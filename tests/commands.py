"""The program as a user starts it: in a process of its own, with loopback allowed and no pauses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-c", "from monitor.cli import main; main()"]


def started(words: list[str], folder: Path, **more: str) -> subprocess.Popen[str]:
    """Start it in that folder; the environment has more, where that is said."""
    env = os.environ | {"LEADERWATCH_ALLOW_PRIVATE": "127.0.0.1", "LEADERWATCH_FETCH_PAUSE": "0"}
    env |= {"PYTHONPATH": str(ROOT)} | more
    pipe = subprocess.PIPE
    return subprocess.Popen(words, cwd=folder, env=env, stdout=pipe, stderr=pipe, text=True)  # noqa: S603 - our own program
