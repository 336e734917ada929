"""The outbox, against real SMTP servers and folders: each alert arrives, whatever goes wrong on the way."""

import asyncio
import json
import shutil
import socket
import ssl
import stat
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from model import Capture, Change, ChangeKind, Leader, LeadershipPage, Office, Outcome, Quote, Verdict
from monitor import outbox
from monitor.outbox import DeliveryReport, Trouble, deliver
from monitor.rebuilding import mail_of
from monitor.settings import AlertSettings, ChannelSettings, PageSettings, Secret, Settings, SmtpSettings
from storage import Archive, ChangeState, DeliveryState, SnapshotState, Transaction

NOW = datetime(2025, 1, 22, 6, tzinfo=UTC)
PAGE = PageSettings(name="cbp-executive", url="https://www.cbp.gov/leaders")
PRESS, DESK = "press@example.org", "desk@example.org"


class PowerCut(BaseException):
    """The program dies here."""


class Clock:
    """A clock that goes when it is told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, length: timedelta) -> None:
        self.now += length


@dataclass
class Inbox:
    """What a mail server took in, and how it answers: `answers` are used up first, by command."""

    mails: list[Envelope] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    cut_after_data: int = 0

    async def handle_RCPT(  # noqa: N802 the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers.get("RCPT"):
            return self.answers["RCPT"].pop(0)
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers.get("DATA"):
            return self.answers["DATA"].pop(0)
        self.mails.append(envelope)
        self.encrypted.append(session.ssl is not None)
        if self.cut_after_data:
            self.cut_after_data -= 1
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 OK"

    def check_login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: Any
    ) -> AuthResult:
        assert isinstance(login, LoginPassword)
        self.logins.append((login.login, login.password))
        return AuthResult(success=login.password == b"hunter2", handled=False)

    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(content_of(mail), policy=MAIL_POLICY) for mail in self.mails]

    def message_ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages()]


def content_of(mail: Envelope) -> bytes:
    assert isinstance(mail.content, bytes)
    return mail.content


class ImplicitTls(Controller):
    """A server that speaks TLS from the first byte, whose self-test takes any certificate."""

    def _create_server(self) -> Any:
        context, self.ssl_context = self.ssl_context, None
        self._tls = context
        factory = self._factory_invoker
        return self.loop.create_server(factory, host=self.hostname, port=self.port, ssl=context)

    def _trigger_server(self) -> None:
        trusting = ssl._create_unverified_context()  # noqa: S323 the self-test of a loopback server
        plain = socket.create_connection((self.hostname, self.port), 5)
        with plain, trusting.wrap_socket(plain) as wrapped:
            wrapped.recv(1024)


@contextmanager
def mail_server(inbox: Inbox, *, kind: type[Controller] = Controller, **options: Any) -> Iterator[int]:
    """Run a mail server on loopback; yield its port."""
    controller = kind(inbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty archive to copy, which is quicker than making each anew."""
    path = tmp_path_factory.mktemp("blank") / "archive.db"
    Archive.open(path).close()
    return path


@pytest.fixture
def archive(tmp_path: Path, clock: Clock, blank: Path) -> Iterator[Archive]:
    shutil.copy(blank, tmp_path)
    with Archive.open(tmp_path / "archive.db", clock=clock) as opened:
        yield opened


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def settings_for(
    port: int | None = None, *, recipients: tuple[str, ...] = (PRESS,), folder: Path | None = None, **smtp: Any
) -> Settings:
    server: dict[str, Any] = {
        "security": "none",
        "sender": "Leaderwatch <lw@example.org>",
        "timeout": timedelta(seconds=5),
    } | smtp
    return Settings(
        alerts=AlertSettings(recipients=recipients, folder=str(folder) if folder else None),
        smtp=SmtpSettings(host="127.0.0.1", port=port, **server) if port else None,
    )


def version(chief: str) -> LeadershipPage:
    line = f"Chief {chief}"
    office = Office("Border Patrol", leader=Leader(chief, "Chief", quote=Quote(line, 14, 14 + len(line))))
    return LeadershipPage(PAGE.url, "Leaders", None, (), (office,), f"Border Patrol\n{line}\n")


def change(before: str = "Jason Owens", after: str = "Michael W. Banks") -> Change:
    return Change(
        ChangeKind.LEADER_REPLACED,
        "Border Patrol",
        None,
        Leader(before, "Chief").to_json(),
        Leader(after, "Chief").to_json(),
        f"{after} replaced {before} as Chief, Border Patrol.",
    )


def text_change() -> Change:
    return Change(
        ChangeKind.TEXT_CHANGED, "Border Patrol", None, "old words", "new words", "Its description changed."
    )


def record(
    archive: Archive,
    settings: Settings,
    *changes: Change,
    clock: Clock,
    queueings: int = 1,
    page: PageSettings = PAGE,
) -> None:
    """Write down one check that found these changes, and queue its alerts."""
    page_id = archive.page_id(page.name, page.url)
    versions = (version("Jason Owens"), version("Michael W. Banks"))
    captures = [
        archive.keep_capture(page_id, Capture(page.url, page.url, 200, {}, each.text.encode(), clock())).id
        for each in versions
    ]
    with archive.transaction() as tx:
        snapshots = [
            tx.save_snapshot(
                page_id, capture, each, parser_version=1, state=SnapshotState.BELIEVED, reason=None
            )
            for capture, each in zip(captures, versions, strict=True)
        ]
        numbers = _record_changes(tx, page_id, captures[1], snapshots, changes, clock)
        for _ in range(queueings):
            outbox.queue(tx, numbers, changes, page, settings, due_at=clock())


def _record_changes(
    tx: Transaction,
    page_id: int,
    capture: int,
    snapshots: Sequence[int],
    changes: Sequence[Change],
    clock: Clock,
) -> list[int]:
    check_id = tx.record_check(
        page_id,
        started_at=clock(),
        finished_at=clock(),
        outcome=Outcome.CHANGED,
        verdict=Verdict.OK,
        reason=None,
        capture_id=capture,
        snapshot_id=snapshots[1],
    )
    return [
        tx.record_change(
            page_id,
            check_id,
            each,
            state=ChangeState.CONFIRMED,
            last_seen=clock() - timedelta(hours=6),
            first_seen=clock(),
            snapshot_before=snapshots[0],
            snapshot_after=snapshots[1],
        )
        for each in changes
    ]


def states(archive: Archive) -> list[tuple[str, str]]:
    return [(each.recipient, each.state.value) for each in archive.deliveries()]


def test_one_check_is_one_mail_to_each_recipient(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port, recipients=(PRESS, DESK))
        record(archive, settings, change(), change("Ann Ames", "Bo Bell"), clock=clock)
        report = deliver(archive, settings, clock=clock)
    assert [mail.rcpt_tos for mail in inbox.mails] == [[PRESS], [DESK]]
    assert [mail.mail_from for mail in inbox.mails] == ["lw@example.org"] * 2
    assert [str(message["To"]) for message in inbox.messages()] == [PRESS, DESK]
    assert {str(message["Subject"]) for message in inbox.messages()} == {
        "Border Patrol: Michael W. Banks replaces Jason Owens, and 1 more"
    }
    assert len(set(inbox.message_ids())) == 2
    assert states(archive) == [(PRESS, "delivered"), (DESK, "delivered")]
    assert len(report.delivered) == 2
    assert report.troubles == ()


def test_the_mail_that_arrives_is_the_one_that_was_queued(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change("Jason Owens", "Zoë Müller"), clock=clock)
        queued = archive.due_deliveries(clock())[0]
        clock.wait(timedelta(hours=3))
        deliver(archive, settings, clock=clock)
    arrived = content_of(inbox.mails[0])
    assert arrived == bytes(mail_of(archive, settings, queued))
    assert inbox.message_ids() == [queued.message_id]
    assert inbox.messages()[0]["Date"] == "Wed, 22 Jan 2025 06:00:00 +0000"


def test_delivered_mail_is_not_sent_again(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), clock=clock)
        deliver(archive, settings, clock=clock)
        clock.wait(timedelta(days=1))
        assert deliver(archive, settings, clock=clock) == DeliveryReport()
    assert len(inbox.mails) == 1


def test_queueing_the_same_changes_again_adds_nothing(archive: Archive, clock: Clock) -> None:
    record(archive, settings_for(1, recipients=(PRESS, PRESS)), change(), clock=clock, queueings=2)
    assert len(archive.due_deliveries(clock())) == 1


def test_alerts_are_undone_with_the_check_they_belong_to(archive: Archive, clock: Clock) -> None:
    def check_that_dies() -> None:
        with archive.transaction() as tx:
            outbox.queue(tx, [1], [change("A", "B")], PAGE, settings_for(1), due_at=clock())
            raise PowerCut

    record(archive, settings_for(1), change(), clock=clock)
    with pytest.raises(PowerCut):
        check_that_dies()
    assert len(archive.deliveries()) == 1


def test_rewritten_text_alerts_nobody_unless_it_is_asked_for(archive: Archive, clock: Clock) -> None:
    settings = settings_for(1)
    record(archive, settings, text_change(), clock=clock)
    assert archive.deliveries() == []
    asked = replace(settings, alerts=replace(settings.alerts, kinds=tuple(ChangeKind)))
    record(archive, asked, text_change(), clock=clock)
    assert len(archive.deliveries()) == 1


def test_changes_that_are_not_asked_for_stay_out_of_the_mail(archive: Archive, clock: Clock) -> None:
    record(archive, settings_for(1), text_change(), change(), clock=clock)
    kinds = [stored.change.kind for stored in archive.deliveries()[0].changes]
    assert kinds == [ChangeKind.LEADER_REPLACED]


def test_without_a_channel_nothing_is_queued(archive: Archive, clock: Clock) -> None:
    record(archive, settings_for(None, recipients=()), change(), clock=clock)
    assert archive.deliveries() == []


def test_greylisted_mail_goes_out_later_under_the_same_id(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    inbox.answers["RCPT"] = ["451 4.7.1 Greylisted, come back"] * 2
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), clock=clock)
        queued = archive.deliveries()[0]
        first = deliver(archive, settings, clock=clock)
        assert deliver(archive, settings, clock=clock) == DeliveryReport()
        clock.wait(timedelta(minutes=1))
        second = deliver(archive, settings, clock=clock)
        clock.wait(timedelta(minutes=5))
        third = deliver(archive, settings, clock=clock)
    reason = "the mail server answered 451 4.7.1 Greylisted, come back"
    assert first.postponed == (Trouble("smtp", PRESS, reason, NOW + timedelta(minutes=1)),)
    assert second.postponed == (Trouble("smtp", PRESS, reason, NOW + timedelta(minutes=6)),)
    assert len(third.delivered) == 1
    assert inbox.message_ids() == [queued.message_id]
    assert archive.deliveries()[0].attempts == 3


def test_refused_recipient_fails_for_good_and_keeps_no_mail_from_others(
    archive: Archive, clock: Clock, inbox: Inbox
) -> None:
    inbox.refused[PRESS] = "550 5.1.1 No such user"
    with mail_server(inbox) as port:
        settings = settings_for(port, recipients=(PRESS, DESK))
        record(archive, settings, change(), clock=clock)
        report = deliver(archive, settings, clock=clock)
        clock.wait(timedelta(days=1))
        assert deliver(archive, settings, clock=clock) == DeliveryReport()
    assert report.failed == (Trouble("smtp", PRESS, "the mail server answered 550 5.1.1 No such user", None),)
    assert states(archive) == [(PRESS, "failed"), (DESK, "delivered"), (DESK, "delivered")]
    assert [mail.rcpt_tos for mail in inbox.mails] == [[DESK], [DESK]]
    assert inbox.messages()[1]["Subject"] == f"Not delivered to {PRESS} over smtp"
    assert archive.deliveries()[0].last_error == "the mail server answered 550 5.1.1 No such user"


def test_a_server_that_takes_its_leave_is_connected_to_again(
    archive: Archive, clock: Clock, inbox: Inbox
) -> None:
    inbox.answers["DATA"] = ["421 4.3.2 Going down"]
    with mail_server(inbox) as port:
        settings = settings_for(port, recipients=(PRESS, DESK))
        record(archive, settings, change(), clock=clock)
        deliver(archive, settings, clock=clock)
    assert states(archive) == [(PRESS, "queued"), (DESK, "delivered")]


def test_a_host_name_that_cannot_be_one_puts_mail_off(archive: Archive, clock: Clock) -> None:
    settings = settings_for(25)
    assert settings.smtp
    odd = replace(settings, smtp=replace(settings.smtp, host="mail..example"))
    record(archive, odd, change(), clock=clock)
    report = deliver(archive, odd, clock=clock)
    assert "cannot use the mail server mail..example:25" in report.postponed[0].reason


@pytest.mark.parametrize(("answer", "state"), [("452 4.3.1 Full", "queued"), ("554 5.7.1 Spam", "failed")])
def test_what_the_server_says_of_the_message_decides(
    archive: Archive, clock: Clock, inbox: Inbox, answer: str, state: str
) -> None:
    inbox.answers["DATA"] = [answer]
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), clock=clock)
        deliver(archive, settings, clock=clock)
    assert states(archive) == [(PRESS, state)]


def test_connection_cut_after_data_repeats_the_same_message(
    archive: Archive, clock: Clock, inbox: Inbox
) -> None:
    inbox.cut_after_data = 1
    with mail_server(inbox) as port:
        settings = settings_for(port, recipients=(PRESS, DESK))
        record(archive, settings, change(), clock=clock)
        report = deliver(archive, settings, clock=clock)
        clock.wait(timedelta(minutes=1))
        deliver(archive, settings, clock=clock)
    assert [trouble.recipient for trouble in report.postponed] == [PRESS]
    assert "broke" in report.postponed[0].reason
    sent = [
        (mail.rcpt_tos[0], identity) for mail, identity in zip(inbox.mails, inbox.message_ids(), strict=True)
    ]
    assert [recipient for recipient, _ in sent] == [PRESS, DESK, PRESS]
    assert len(set(sent)) == 2
    assert inbox.mails[0].content == inbox.mails[2].content


def test_a_server_that_is_down_for_a_day_loses_nothing(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    settings = settings_for(free_port(), recipients=(PRESS, DESK))
    record(archive, settings, change(), clock=clock)
    while clock() < NOW + timedelta(days=1):
        report = deliver(archive, settings, clock=clock)
        assert all("cannot use the mail server 127.0.0.1" in trouble.reason for trouble in report.postponed)
        clock.wait(timedelta(hours=1))
    clock.wait(timedelta(hours=6))
    with mail_server(inbox) as port:
        deliver(archive, settings_for(port, recipients=(PRESS, DESK)), clock=clock)
    assert sorted(mail.rcpt_tos[0] for mail in inbox.mails) == [DESK, PRESS]
    assert sorted(inbox.message_ids()) == sorted(each.message_id for each in archive.deliveries())


def test_an_alert_is_given_up_after_five_days(archive: Archive, clock: Clock) -> None:
    settings = settings_for(free_port())
    record(archive, settings, change(), clock=clock)
    clock.wait(timedelta(days=5))
    report = deliver(archive, settings, clock=clock)
    assert report.failed[0].reason.endswith("given up after 5 days")
    assert states(archive) == [(PRESS, "failed")]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_context(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def trust(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


LOGIN: dict[str, Any] = {"user": "lw", "password": Secret("hunter2")}


def test_starttls_is_verified_and_the_password_goes_inside(
    archive: Archive, clock: Clock, inbox: Inbox, authority: trustme.CA
) -> None:
    options: dict[str, Any] = {
        "tls_context": server_context(authority),
        "require_starttls": True,
        "auth_required": True,
        "authenticator": inbox.check_login,
    }
    with mail_server(inbox, **options) as port:
        settings = settings_for(port, security="starttls", **LOGIN)
        record(archive, settings, change(), clock=clock)
        report = deliver(archive, settings, clock=clock, tls=trust(authority))
    assert report.troubles == ()
    assert inbox.logins == [(b"lw", b"hunter2")]
    assert inbox.encrypted == [True]
    assert states(archive) == [(PRESS, "delivered")]


def test_tls_from_the_first_byte(archive: Archive, clock: Clock, inbox: Inbox, authority: trustme.CA) -> None:
    options: dict[str, Any] = {
        "auth_require_tls": False,
        "authenticator": inbox.check_login,
        "ssl_context": server_context(authority),
    }
    with mail_server(inbox, kind=ImplicitTls, **options) as port:
        settings = settings_for(port, security="tls", **LOGIN)
        record(archive, settings, change(), clock=clock)
        report = deliver(archive, settings, clock=clock, tls=trust(authority))
    assert report.troubles == ()
    assert inbox.logins == [(b"lw", b"hunter2")]
    assert states(archive) == [(PRESS, "delivered")]


@pytest.mark.parametrize("name", ["127.0.0.1", "mail.example.org"])
def test_a_certificate_that_is_not_trusted_gets_no_mail_and_no_password(
    archive: Archive, clock: Clock, inbox: Inbox, authority: trustme.CA, name: str
) -> None:
    trusted = None if name == "127.0.0.1" else trust(authority)
    options: dict[str, Any] = {
        "tls_context": server_context(authority, name),
        "authenticator": inbox.check_login,
    }
    with mail_server(inbox, **options) as port:
        settings = settings_for(port, security="starttls", **LOGIN)
        record(archive, settings, change(), clock=clock)
        report = deliver(archive, settings, clock=clock, tls=trusted)
    assert "certificate is not trusted" in report.postponed[0].reason
    assert (inbox.mails, inbox.logins) == ([], [])


def test_a_server_without_starttls_gets_no_mail(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port, security="starttls")
        record(archive, settings, change(), clock=clock)
        report = deliver(archive, settings, clock=clock)
    assert "STARTTLS" in report.postponed[0].reason
    assert inbox.mails == []


def test_a_wrong_password_puts_mail_off_and_is_not_shown(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    with mail_server(inbox, auth_require_tls=False, authenticator=inbox.check_login) as port:
        settings = settings_for(port, user="lw", password=Secret("wrong-one"))
        record(archive, settings, change(), clock=clock)
        report = deliver(archive, settings, clock=clock)
    assert "535" in report.postponed[0].reason
    assert "wrong-one" not in repr(report)


def test_the_folder_gets_one_private_file_for_each_alert(
    archive: Archive, clock: Clock, tmp_path: Path
) -> None:
    settings = settings_for(None, recipients=(PRESS, DESK), folder=tmp_path / "mails")
    record(archive, settings, change(), clock=clock)
    report = deliver(archive, settings, clock=clock)
    files = list((tmp_path / "mails").iterdir())
    assert [path.name.rpartition("-")[0] for path in files] == [
        "20250122T060000Z-border-patrol-michael-w-banks-replaces-jason-owens"
    ]
    message = message_from_bytes(files[0].read_bytes(), policy=MAIL_POLICY)
    assert message["To"] == f"{PRESS}, {DESK}"
    assert message["From"] == "Leaderwatch <leaderwatch@leaderwatch.invalid>"
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert [delivery.channel for delivery in report.delivered] == ["folder"]


def test_mail_and_folder_each_get_theirs(archive: Archive, clock: Clock, inbox: Inbox, tmp_path: Path) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port, folder=tmp_path / "mails")
        record(archive, settings, change(), clock=clock)
        deliver(archive, settings, clock=clock)
    assert len(inbox.mails) == len(list((tmp_path / "mails").iterdir())) == 1


def test_a_folder_that_cannot_be_written_puts_the_alert_off(
    archive: Archive, clock: Clock, tmp_path: Path
) -> None:
    blocked = tmp_path / "mails"
    blocked.write_text("a file is in the way")
    settings = settings_for(None, recipients=(), folder=blocked)
    record(archive, settings, change(), clock=clock)
    report = deliver(archive, settings, clock=clock)
    assert report.postponed[0].reason == f"cannot write to {blocked}: File exists"
    blocked.unlink()
    clock.wait(timedelta(minutes=1))
    assert len(deliver(archive, settings, clock=clock).delivered) == 1


@pytest.fixture
def dying(archive: Archive) -> Callable[[], None]:
    """Let the archive's next transaction, the note of a delivery, be the moment the program dies."""

    def cut(*_: object, **__: object) -> None:
        raise PowerCut

    def arm() -> None:
        archive.transaction = cut  # type: ignore[method-assign, assignment]

    return arm


def test_a_crash_after_sending_repeats_the_same_message(
    archive: Archive, clock: Clock, inbox: Inbox, tmp_path: Path, dying: Callable[[], None]
) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port)
        record(archive, settings, change(), clock=clock)
        dying()
        with pytest.raises(PowerCut):
            deliver(archive, settings, clock=clock)
        with Archive.open(tmp_path / "archive.db", clock=clock) as again:
            assert deliver(again, settings, clock=clock) == DeliveryReport()
            clock.wait(outbox.LEASE)
            deliver(again, settings, clock=clock)
            assert states(again) == [(PRESS, "delivered")]
    assert len(inbox.mails) == 2
    assert inbox.mails[0].content == inbox.mails[1].content


def test_a_crash_after_writing_leaves_one_file(
    archive: Archive, clock: Clock, tmp_path: Path, dying: Callable[[], None]
) -> None:
    settings = settings_for(None, recipients=(), folder=tmp_path / "mails")
    record(archive, settings, change(), clock=clock)
    dying()
    with pytest.raises(PowerCut):
        deliver(archive, settings, clock=clock)
    clock.wait(outbox.LEASE)
    with Archive.open(tmp_path / "archive.db", clock=clock) as again:
        deliver(again, settings, clock=clock)
    assert len(list((tmp_path / "mails").iterdir())) == 1


def test_of_several_processes_at_once_one_sends(
    archive: Archive, clock: Clock, inbox: Inbox, tmp_path: Path
) -> None:
    with mail_server(inbox) as port:
        settings = settings_for(port, recipients=tuple(f"r{number}@example.org" for number in range(5)))
        record(archive, settings, change(), clock=clock)
        start = threading.Barrier(4)

        def run() -> None:
            with Archive.open(tmp_path / "archive.db", clock=clock) as own:
                start.wait()
                deliver(own, settings, clock=clock)

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(mail.rcpt_tos[0] for mail in inbox.mails) == sorted(settings.alerts.recipients)
    assert {state for _, state in states(archive)} == {DeliveryState.DELIVERED.value}


def test_a_channel_that_the_settings_lost_waits_for_it(archive: Archive, clock: Clock, inbox: Inbox) -> None:
    record(archive, settings_for(1), change(), clock=clock)
    report = deliver(archive, settings_for(None, recipients=()), clock=clock)
    assert report.postponed[0].reason == "the settings have no channel 'smtp' any more"
    clock.wait(timedelta(minutes=1))
    with mail_server(inbox) as port:
        deliver(archive, settings_for(port), clock=clock)
    assert len(inbox.mails) == 1


def test_each_named_channel_gets_every_alert_once(archive: Archive, clock: Clock, tmp_path: Path) -> None:
    told, feed = tmp_path / "told", tmp_path / "alerts.atom"
    words = (
        sys.executable,
        "-c",
        "import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + '\\n')",
        str(told),
    )
    channels = (ChannelSettings(name="pager", command=words), ChannelSettings(name="public", feed=str(feed)))
    settings = Settings(alerts=AlertSettings(channels=channels))
    for chief in ("Michael W. Banks", "Zoë Müller"):
        clock.wait(timedelta(hours=1))
        record(archive, settings, change(after=chief), clock=clock)
        assert deliver(archive, settings, clock=clock).troubles == ()
    news = [json.loads(line)["data"] for line in told.read_text().splitlines()]
    assert [each["changes"][0]["after"]["name"] for each in news] == ["Michael W. Banks", "Zoë Müller"]
    assert len({each["id"] for each in news}) == 2
    assert feed.read_text().count("<entry>") == 2
    assert sorted(states(archive)) == sorted([("pager", "delivered"), ("public", "delivered")] * 2)


def test_a_channel_that_fails_keeps_no_alert_from_the_others(
    archive: Archive, clock: Clock, tmp_path: Path
) -> None:
    channels = (
        ChannelSettings(name="pager", command=("/no/such/program",)),
        ChannelSettings(name="public", feed=str(tmp_path / "alerts.atom")),
    )
    settings = Settings(alerts=AlertSettings(channels=channels))
    record(archive, settings, change(), clock=clock)
    report = deliver(archive, settings, clock=clock)
    assert [trouble.channel for trouble in report.postponed] == ["pager"]
    assert states(archive) == [("pager", "queued"), ("public", "delivered")]
