"""A digest gathers what its reader asked for, and goes out once, at its hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.outbox import deliver, queue
from monitor.rebuilding import mail_of
from monitor.settings import RuleSettings, Settings
from storage import Archive, MessageKind
from tests.test_outbox import (
    PAGE,
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

MORNING = datetime(2025, 1, 22, 7, tzinfo=UTC)


def daily(port: int) -> Settings:
    rule = RuleSettings(name="daily", mail=(PRESS,), when="daily 07:00")
    given = settings_for(port, recipients=())
    return replace(given, alerts=replace(given.alerts, rules=(rule,)))


def test_the_changes_of_a_day_are_one_mail_at_its_hour(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    with mail_server(inbox) as port:
        settings = daily(port)
        record(archive, settings, change(), clock=clock)
        clock.wait(timedelta(minutes=30))
        record(archive, settings, change("Ann Ames", "Bo Bell"), clock=clock)
        deliver(archive, settings, clock=clock)
        assert inbox.mails == []
        clock.now = MORNING
        deliver(archive, settings, clock=clock)
        clock.wait(timedelta(days=1))
        deliver(archive, settings, clock=clock)
    (mail,) = inbox.messages()
    assert mail["Subject"] == "Digest: Border Patrol: Michael W. Banks replaces Jason Owens, and 1 more"
    body = mail.get_body(("plain",))
    assert body
    assert "Bo Bell replaced Ann Ames" in body.get_content()
    assert "What changed since the digest before: 2 changes." in body.get_content()


def test_a_change_found_while_a_digest_goes_out_stands_in_the_next(
    archive: Archive, clock: Clock, inbox: Inbox
) -> None:
    with mail_server(inbox) as port:
        settings = daily(port)
        record(archive, settings, change(), clock=clock)
        begun = archive.deliveries()[0]
        assert archive.claim_delivery(begun.id, now=MORNING, until=MORNING + timedelta(minutes=15))
        record(archive, settings, change("Ann Ames", "Bo Bell"), clock=clock)
    first, second = archive.deliveries()
    assert (first.due_at, second.due_at) == (MORNING, MORNING + timedelta(days=1))
    assert [[each.id for each in digest.changes] for digest in (first, second)] == [[1], [2]]
    assert first.message_id != second.message_id


def test_queueing_a_change_again_puts_it_into_no_second_digest(archive: Archive, clock: Clock) -> None:
    settings = daily(1)
    record(archive, settings, change(), clock=clock)
    digest = archive.deliveries()[0]
    archive.claim_delivery(digest.id, now=MORNING, until=MORNING + timedelta(minutes=15))
    with archive.transaction() as tx:
        queue(tx, [1], [change()], PAGE, settings, due_at=clock())
    assert [each.message for each in archive.deliveries()] == [MessageKind.DIGEST]


def test_a_digest_of_two_pages_shows_each_under_its_name(archive: Archive, clock: Clock) -> None:
    settings = daily(1)
    record(archive, settings, change(), clock=clock)
    record(
        archive,
        settings,
        change("A B", "C D"),
        clock=clock,
        page=replace(PAGE, name="other", url="https://x.example/"),
    )
    (digest,) = archive.deliveries()
    body = mail_of(archive, settings, digest).get_body(("plain",))
    assert body
    text = body.get_content()
    assert text.index("== cbp-executive ==") < text.index("== other ==") < text.index("https://x.example/")
