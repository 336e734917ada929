"""`leaderwatch alerts` tells the truth about what was sent, and sends again what failed."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.cli import main
from monitor.outbox import deliver
from monitor.settings import load
from storage import Archive
from tests.test_outbox import (
    PRESS,
    Clock,
    Inbox,
    archive,
    blank,
    change,
    clock,
    inbox,
    mail_server,
    record,
    settings_for,
)

__all__ = ["archive", "blank", "clock", "inbox"]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "leaderwatch.toml"


def write(config: Path, port: int, more: str = "") -> None:
    config.write_text(
        f'database = "archive.db"\n[alerts]\nrecipients = ["{PRESS}"]\n{more}'
        f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "lw@example.org"\n'
    )


def run(config: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["alerts", *words, "--config", str(config)])


def failed(archive: Archive, clock: Clock, inbox: Inbox, port: int) -> None:
    """Record an alert that its recipient's server refuses."""
    inbox.refused[PRESS] = "550 No such user"
    settings = settings_for(port)
    record(archive, settings, change("Jason \x1b[31mOwens"), clock=clock)
    deliver(archive, settings, clock=clock)


def test_what_failed_is_listed_with_its_reason_and_goes_out_when_it_is_tried_again(
    archive: Archive, clock: Clock, inbox: Inbox, config: Path
) -> None:
    with mail_server(inbox) as port:
        failed(archive, clock, inbox, port)
        write(config, port)
        listed = run(config, "list", "--state", "failed")
        assert "550 No such user" in " ".join(listed.stdout.split())
        assert run(config, "retry", "1").exit_code == 2
        inbox.refused.clear()
        assert run(config, "retry", "1").stdout == f"Delivery 1 went out to {PRESS}.\n"
        assert run(config, "list", "--state", "failed").stdout == "No alert.\n"
    assert len(inbox.mails) == 1
    again = run(config, "retry", "1")
    assert (again.exit_code, again.stderr) == (
        2,
        "leaderwatch: delivery 1 did not fail: there is nothing to try again\n",
    )


def test_a_delivery_is_shown_with_its_letter_and_without_tricks(
    archive: Archive, clock: Clock, inbox: Inbox, config: Path
) -> None:
    with mail_server(inbox) as port:
        failed(archive, clock, inbox, port)
    write(config, port)
    shown = run(config, "show", "1").stdout
    assert "state: failed" in shown
    assert "    Before: Jason [31mOwens, Chief" in shown
    assert "\x1b" not in shown
    row = json.loads(run(config, "show", "1", "--json").stdout)
    assert (row["id"], row["state"], row["changes"], row["attempts"]) == (1, "failed", [1], 1)


def test_a_preview_is_the_mail_and_goes_to_nobody(
    archive: Archive, clock: Clock, inbox: Inbox, config: Path
) -> None:
    record(archive, settings_for(1), change(), clock=clock)
    write(config, 1, 'archive_url = "https://archive.example.org/"\n')
    text = run(config, "preview", "1").stdout
    assert text.startswith("Border Patrol: Michael W. Banks replaces Jason Owens\n")
    assert "https://archive.example.org/pages/cbp-executive/changes/1" in text
    assert "Both versions: leaderwatch diff 1 2" in text
    mail = message_from_bytes(run(config, "preview", "1", "--eml").stdout_bytes, policy=SMTP)
    assert mail["To"] == "undisclosed-recipients:;"
    assert run(config, "preview", "1", "--html").stdout.startswith("<!DOCTYPE html>")
    assert run(config, "preview", "9").stderr == "leaderwatch: there is no change 9 in this archive\n"


def test_changes_are_printed_as_one_mail(archive: Archive, clock: Clock, config: Path) -> None:
    record(archive, settings_for(1), change(), change("Ann Ames", "Bo Bell"), clock=clock)
    write(config, 1)
    printed = CliRunner().invoke(main, ["changes", "--format", "mail", "--config", str(config)]).stdout
    assert printed.startswith("Border Patrol: Bo Bell replaces Ann Ames, and 1 more\n")
    assert "Michael W. Banks replaced Jason Owens" in printed


def test_the_test_tells_what_each_channel_said(inbox: Inbox, config: Path) -> None:
    with mail_server(inbox) as port:
        write(config, port)
        good = run(config, "test")
        assert (good.exit_code, good.stdout) == (0, f"smtp: handed over to {PRESS}\n")
        inbox.refused[PRESS] = "550 No such user"
        bad = run(config, "test")
    assert bad.exit_code == 2
    assert bad.stderr == f"leaderwatch: smtp: {PRESS}: the mail server answered 550 No such user\n"


def test_a_test_without_anybody_to_tell_says_so(config: Path) -> None:
    config.write_text("")
    nobody = run(config, "test")
    assert (nobody.exit_code, nobody.stderr.startswith("leaderwatch: nobody is told")) == (2, True)


def test_a_test_leaves_the_earlier_alerts_in_a_feed(archive: Archive, clock: Clock, config: Path) -> None:
    feed = config.with_name("alerts.atom")
    config.write_text('database = "archive.db"\n[[alerts.channels]]\nname = "public"\nfeed = "alerts.atom"\n')
    settings = load(config, environ={}, overrides={})
    record(archive, settings, change(), clock=clock)
    deliver(archive, settings, clock=clock)
    assert run(config, "test").exit_code == 0
    assert feed.read_text().count("<entry>") == 2
    assert "Test: Office of Examples" in feed.read_text()
