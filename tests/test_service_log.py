"""The structured log: one line for each check and each trouble, harmless and without secrets."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from model import Change, ChangeKind, Outcome, Verdict
from monitor.events import Begun, Checked, Missed, Posted, Recovered, Troubled
from monitor.outbox import DeliveryReport, Trouble
from monitor.results import CheckResult
from monitor.service_log import LIBRARY, ServiceLog
from monitor.settings import AlertSettings, PageSettings, Secret, Settings, SmtpSettings
from tests.watching import START

SMTP = SmtpSettings(host="mail.example", sender="lw@example.org", user="watch", password=Secret("hunter2"))
SETTINGS = Settings(
    database="postgresql://watch:sesame@db/archive",
    smtp=SMTP,
    alerts=AlertSettings(recipients=("press@example.org",)),
)
CHANGE = Change(ChangeKind.LEADER_REPLACED, "Office of Rivers", None, None, None, "A\x1b[31m replaced\nB.")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    library = logging.getLogger(LIBRARY)
    before = (library.handlers, library.level, library.propagate)
    yield io.StringIO()
    library.handlers, library.level, library.propagate = before


def result(outcome: Outcome = Outcome.CHANGED, **more: Any) -> CheckResult:
    return CheckResult("agency", "https://a.example/", outcome, Verdict.OK, None, START, **more)


def lines(stream: io.StringIO) -> list[Any]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_check_is_one_line_with_its_changes_and_times(stream: io.StringIO) -> None:
    log = ServiceLog("json", stream, SETTINGS)
    log(Checked(result(changes=(CHANGE,), seconds={"fetch": 0.51234, "read": 0.02})))
    [line] = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "check",
        "level": "info",
        "page": "agency",
        "url": "https://a.example/",
        "outcome": "changed",
        "verdict": "ok",
        "reason": None,
        "checked_at": "2024-05-01T06:00:00Z",
        "changes": ["A [31m replaced B."],
        "pending": 0,
        "fetch_seconds": 0.5123,
        "read_seconds": 0.02,
    }


def test_trouble_is_a_warning_or_an_error(stream: io.StringIO) -> None:
    log = ServiceLog("json", stream, SETTINGS)
    put_off = Trouble("smtp", "press@example.org", "greylisted", START + timedelta(minutes=5))
    log(Checked(result(Outcome.BLOCKED)))
    log(Missed(PageSettings(name="agency"), (START, START + timedelta(hours=1))))
    log(Posted(DeliveryReport(troubles=(put_off,))))
    log(Troubled("the disk is full"))
    log(Recovered())
    assert [(line["event"], line["level"]) for line in lines(stream)] == [
        ("check", "warning"),
        ("missed", "warning"),
        ("not delivered", "warning"),
        ("trouble", "error"),
        ("recovered", "info"),
    ]
    assert lines(stream)[1]["slots"] == 2
    assert lines(stream)[2]["next_attempt_at"] == "2024-05-01T06:05:00Z"


@pytest.mark.parametrize("style", ["json", "console"])
def test_no_secret_is_in_any_line(stream: io.StringIO, style: str) -> None:
    log = ServiceLog(style, stream, SETTINGS)
    log(Begun(SETTINGS))
    log(
        Troubled("the mail server answered 535 'hunter2' is wrong; postgresql://watch:sesame@db/archive failed")
    )
    logging.getLogger("leaderwatch.fetch").warning("asked with %s", "hunter2")
    assert "hunter2" not in stream.getvalue()
    assert "sesame" not in stream.getvalue()
    assert stream.getvalue().count("***") == 4


def test_what_the_modules_log_comes_with_it(stream: io.StringIO) -> None:
    ServiceLog("json", stream, SETTINGS)
    logging.getLogger("leaderwatch.fetch").info("asking again in %.1f s: %s", 0.5, "503")
    [line] = lines(stream)
    assert (line["event"], line["logger"]) == ("asking again in 0.5 s: 503", "leaderwatch.fetch")


def test_a_fault_is_logged_with_where_it_happened_on_one_line(stream: io.StringIO) -> None:
    ServiceLog("json", stream, SETTINGS)
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        logging.getLogger("leaderwatch.check").info("a fault", exc_info=True)
    [line] = lines(stream)
    assert "test_service_log.py" in line["exception"]


def test_the_console_style_is_one_line_each(stream: io.StringIO) -> None:
    log = ServiceLog("console", stream, SETTINGS)
    log(Checked(result(changes=(CHANGE,))))
    assert stream.getvalue().count("\n") == 1
    assert "outcome=changed" in stream.getvalue()
    assert "\x1b" not in stream.getvalue()
