"""Alerts to a command of the owner's: it runs once for each, with the letter as JSON on its standard input."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import timedelta

from monitor.channels.letter import Letter
from monitor.posting import Postponed

LONGEST = 200
"""Characters of what the command said last that are kept as the reason."""


class Command:
    """A command as a list of words; no shell reads it."""

    def __init__(self, words: Sequence[str], *, timeout: timedelta) -> None:
        self._words, self._seconds = list(words), timeout.total_seconds()

    def send(self, letter: Letter) -> None:
        """Run the command; raises Postponed unless it ends with status 0 in time."""
        with tempfile.TemporaryFile() as said:
            status = self._run(letter.body.encode(), said.fileno())
            said.seek(0)
            last = said.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        if status:
            ending = f"signal {-status}" if status < 0 else f"status {status}"
            raise Postponed(f"{self._words[0]} ended with {ending}: {last[:LONGEST]}".rstrip(": "))

    def close(self) -> None:
        """Nothing stays open between two letters."""

    def _run(self, body: bytes, errors: int) -> int:
        try:
            child = subprocess.Popen(  # noqa: S603 - the owner's own command, by words
                self._words,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise Postponed(f"cannot run {self._words[0]}: {getattr(error, 'strerror', error)}") from None
        with child:
            try:
                child.communicate(body, timeout=self._seconds)
            except subprocess.TimeoutExpired:
                _end(child)
                raise Postponed(f"{self._words[0]} took longer than {self._seconds:g} seconds") from None
            except BaseException:
                _end(child)
                raise
        return child.returncode


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the command and whatever it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
