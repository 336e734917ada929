"""A sample goes to everybody whom the rules name, and what became of it is told as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from monitor.sample import Tried, try_all
from monitor.settings import ChannelSettings, RuleSettings
from tests.test_outbox import DESK, PRESS, Clock, Inbox, clock, inbox, mail_server, settings_for

__all__ = ["clock", "inbox"]


def test_each_addressee_is_tried_once_and_each_trouble_is_told(
    clock: Clock, inbox: Inbox, tmp_path: Path
) -> None:
    inbox.refused[DESK] = "550 No such user"
    with mail_server(inbox) as port:
        given = settings_for(port, recipients=(PRESS, DESK), folder=tmp_path / "mails")
        pager = ChannelSettings(name="pager", command=("/no/such/program",))
        weekly = RuleSettings(name="weekly", mail=(PRESS,), when="weekly mon 07:00")
        alerts = replace(given.alerts, channels=(pager,), rules=(weekly,))
        tried = try_all(replace(given, alerts=alerts), clock=clock, earlier=lambda name, limit: [])
    assert tried == [
        Tried("folder", "everyone", None),
        Tried("pager", "pager", "cannot run /no/such/program: No such file or directory"),
        Tried("smtp", DESK, "the mail server answered 550 No such user"),
        Tried("smtp", PRESS, None),
    ]
    (mail,) = inbox.messages()
    assert mail["Subject"] == "Test: Office of Examples: John Q. Sample replaces Jane Doe"
    assert len(list((tmp_path / "mails").glob("*.eml"))) == 1


def test_two_samples_are_two_messages(clock: Clock, inbox: Inbox) -> None:
    with mail_server(inbox) as port:
        for _ in range(2):
            try_all(settings_for(port), clock=clock, earlier=lambda name, limit: [])
            clock.wait(timedelta(minutes=1))
    assert len(set(inbox.message_ids())) == 2
