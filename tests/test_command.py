"""A command of the owner's gets each alert on its standard input, and its status decides."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.channels.command import Command
from monitor.posting import Postponed
from tests.letters import letter


def command(script: str, *words: str, seconds: float = 20) -> Command:
    return Command([sys.executable, "-c", script, *words], timeout=timedelta(seconds=seconds))


def test_the_command_reads_the_webhooks_json(tmp_path: Path) -> None:
    told = tmp_path / "it; has $(odd) words"
    command(
        "import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())", str(told)
    ).send(letter())
    assert json.loads(told.read_bytes()) == json.loads(letter().body)


def test_a_command_that_reads_nothing_is_content_with_that() -> None:
    command("").send(letter(after="X" * 100_000))


def test_a_command_that_fails_puts_the_alert_off_and_its_last_words_are_the_reason() -> None:
    with pytest.raises(Postponed) as caught:
        command("import sys; print('starting', file=sys.stderr); sys.exit('the pager is down')").send(letter())
    assert str(caught.value) == f"{sys.executable} ended with status 1: the pager is down"


def test_a_command_that_is_killed_says_by_what() -> None:
    with pytest.raises(Postponed, match=r"ended with signal 9$"):
        command("import os; os.kill(os.getpid(), 9)").send(letter())


def test_a_command_that_is_not_there_puts_the_alert_off() -> None:
    with pytest.raises(Postponed, match="cannot run /no/such/program: No such file or directory"):
        Command(["/no/such/program"], timeout=timedelta(seconds=5)).send(letter())


def test_a_command_that_does_not_end_is_killed_with_what_it_started(tmp_path: Path) -> None:
    held = tmp_path / "held"
    os.mkfifo(held)
    reader = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    sleeper = Command(["sh", "-c", f"exec 3> '{held}'; sleep 3600 & wait"], timeout=timedelta(seconds=0.3))
    with pytest.raises(Postponed, match=r"sh took longer than 0.3 seconds"):
        sleeper.send(letter())
    os.set_blocking(reader, True)
    assert os.read(reader, 1) == b"", "the end of the file comes when the last process that holds it has gone"
    os.close(reader)
