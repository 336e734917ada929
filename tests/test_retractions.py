"""News that was wrong is taken back: once, in its thread, to exactly those who got it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.outbox import deliver, queue_retractions
from monitor.settings import Settings
from storage import Archive, ChangeState
from tests.test_outbox import (
    DESK,
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
    states,
)

__all__ = ["archive", "blank", "clock", "inbox"]


def retract(archive: Archive, settings: Settings, *numbers: int) -> Sequence[int]:
    with archive.transaction() as tx:
        for number in numbers:
            if archive.change(number).state is ChangeState.CONFIRMED:
                tx.revise_change(number, state=ChangeState.RETRACTED)
        return queue_retractions(tx, numbers, settings)


def test_a_wrong_alert_is_retracted_once_in_its_thread(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), clock=clock)
        deliver(archive, settings, clock=clock)
        assert len(retract(archive, settings, 1)) == 1
        deliver(archive, settings, clock=clock)
        assert retract(archive, settings, 1) == []
        deliver(archive, settings, clock=clock)
    told, correction = inbox.messages()
    assert correction["Subject"] == f"Retracted: {told['Subject']}"
    assert correction["In-Reply-To"] == correction["References"] == told["Message-ID"]
    assert correction["Message-ID"] != told["Message-ID"]
    assert [mail.rcpt_tos for mail in inbox.mails] == [[PRESS], [PRESS]]
    body = correction.get_body(("plain",))
    assert body
    assert "This was told on 22 January 2025, 06:00 UTC, and it was wrong." in body.get_content()


def test_only_those_who_got_it_hear_of_the_retraction(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    inbox.refused[PRESS] = "550 no such user"
    with mail_server(inbox) as port:
        settings = settings_for(port, recipients=(PRESS, DESK))
        record(archive, settings, change(), clock=clock)
        deliver(archive, settings, clock=clock)
        retract(archive, settings, 1)
    kinds = [(each.recipient, each.message.value) for each in archive.deliveries()]
    assert kinds == [(PRESS, "alert"), (DESK, "alert"), (DESK, "failure"), (DESK, "retraction")]


def test_what_is_retracted_before_it_goes_out_is_never_told(
    archive: Archive, clock: Clock, inbox: Inbox
) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), clock=clock)
        assert retract(archive, settings, 1) == []
        deliver(archive, settings, clock=clock)
    assert inbox.mails == []
    assert states(archive) == [(PRESS, "dropped")]


def test_an_alert_goes_out_without_what_was_retracted_and_that_is_not_corrected(
    archive: Archive, clock: Clock, inbox: Inbox
) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), change("Ann Ames", "Bo Bell"), clock=clock)
        retract(archive, settings, 1)
        deliver(archive, settings, clock=clock)
        assert retract(archive, settings, 1) == []
    (mail,) = inbox.messages()
    assert mail["Subject"] == "Border Patrol: Bo Bell replaces Ann Ames"


def test_what_is_retracted_while_it_goes_out_is_corrected(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), clock=clock)

        def late() -> datetime:
            """Return the time, asked for once the mail is out: then the change turns out to be wrong."""
            if inbox.mails and archive.change(1).state is ChangeState.CONFIRMED:
                retract(archive, settings, 1)
            return clock.now

        deliver(archive, settings, clock=late)
    assert [message["Subject"].partition(":")[0] for message in inbox.messages()] == [
        "Border Patrol",
        "Retracted",
    ]


def test_what_may_have_arrived_before_it_was_retracted_comes_again_as_it_was_and_is_corrected(
    archive: Archive, clock: Clock, inbox: Inbox
) -> None:
    inbox.cut_after_data = 1
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), change("Ann Ames", "Bo Bell"), clock=clock)
        deliver(archive, settings, clock=clock)
        assert retract(archive, settings, 1, 2) == []
        clock.wait(timedelta(minutes=1))
        deliver(archive, settings, clock=clock)
    first, again, correction = inbox.messages()
    assert bytes(first) == bytes(again)
    assert correction["In-Reply-To"] == first["Message-ID"]
    assert {state for _, state in states(archive)} == {"delivered"}


def test_what_was_left_out_stays_out_when_the_mail_comes_again(
    archive: Archive, clock: Clock, inbox: Inbox
) -> None:
    inbox.cut_after_data = 1
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), change("Ann Ames", "Bo Bell"), clock=clock)
        retract(archive, settings, 1)
        for _ in range(2):
            deliver(archive, settings, clock=clock)
            clock.wait(timedelta(minutes=1))
    first, again = inbox.messages()
    assert first["Subject"] == "Border Patrol: Bo Bell replaces Ann Ames"
    assert bytes(first) == bytes(again)


def test_two_changes_of_one_mail_are_retracted_together_or_one_after_the_other(
    archive: Archive, clock: Clock, inbox: Inbox
) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), change("A B", "C D"), change("E F", "G H"), clock=clock)
        deliver(archive, settings, clock=clock)
        assert len(retract(archive, settings, 1, 2)) == 1
        assert len(retract(archive, settings, 3)) == 1
        deliver(archive, settings, clock=clock)
    assert len(set(inbox.message_ids())) == 3
