"""Checks that are killed, the archives they leave, and what must hold of them: for the suite and `bench.alerts`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from pathlib import Path

from model import Outcome
from monitor.asking import open_web
from storage import Archive, ChangeState, DeliveryState
from tests import killed_at
from tests.loopback import Site
from tests.test_outbox import Inbox, mail_server
from tests.watching import PATH, START, instead, markup

HOUR = timedelta(hours=1)
KINDS = {"replaced": "leader_replaced", "no longer": "leader_departed"}
SEED = "2024-05-01"


def kill_after_each_step(folder: Path) -> int:
    """Kill a check after each thing that it does to the world around it; return how many there are."""
    return kill(folder) - 1


def kill_at_random(folder: Path, times: int) -> None:
    """Kill a check that often, each time at another moment."""
    killed = kill(folder, str(times), SEED) - 1
    assert killed == times


def kill(folder: Path, *at_random: str) -> int:
    """Kill checks that have news to tell, carry on with the archives they leave, and hold that all was told once."""
    inbox, baseline = Inbox(), folder / "baseline.db"
    with Site() as site, mail_server(inbox) as port:
        url = site.url(PATH)
        site.serve(PATH, markup())
        killed_at.check(baseline, url, port, START)
        site.serve(PATH, instead(Rivers="Director Zoe Park", Lakes=""))
        words = [sys.executable, killed_at.__file__, baseline, folder, url, port, START + HOUR, *at_random]
        env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
        subprocess.run([str(word) for word in words], env=env, check=True, timeout=3600)  # noqa: S603 - our own program
        killed = sorted(folder.glob("[0-9]*.db"), key=lambda file: int(file.stem))
        carry_on(killed, url, port)
    told_once(killed, inbox)
    return len(killed)


def carry_on(killed: list[Path], url: str, port: int) -> None:
    """Check the page twice more on each archive."""
    with open_web(killed_at.FETCH) as client:
        for database in killed:
            for hours in (2, 3):
                killed_at.check_with(client, database, url, port, START + hours * HOUR)


def told_once(killed: list[Path], inbox: Inbox) -> None:
    """Hold that each archive has every change once, and told each under one identity to each recipient."""
    received: dict[str, list[EmailMessage]] = defaultdict(list)
    for mail in inbox.messages():
        received[str(mail["To"])].append(mail)
    for database in killed:
        identities = recorded_once(database)
        filed = [
            message_from_bytes(file.read_bytes(), policy=MAIL_POLICY)
            for file in database.with_suffix(".mails").glob("*.eml")
        ]
        for box in (*(received[each] for each in killed_at.recipients_of(database)), filed):
            assert {str(mail["Message-ID"]) for mail in box} <= identities, database
            assert sorted(news_in(box)) == sorted(KINDS.values()), database


def recorded_once(database: Path) -> set[str]:
    """Hold that the archive has each change and the baseline once; return the identities of its deliveries."""
    with Archive.open(database) as archive:
        told = [(stored.change.kind.value, stored.state) for stored in archive.changes()]
        outcomes = [check.outcome for check in archive.checks(1)]
        deliveries = archive.deliveries()
    assert sorted(told) == [(kind, ChangeState.CONFIRMED) for kind in sorted(KINDS.values())], database
    assert outcomes.count(Outcome.BASELINE) == 1, database
    assert {delivery.state for delivery in deliveries} == {DeliveryState.DELIVERED}, database
    return {delivery.message_id for delivery in deliveries}


def news_in(box: list[EmailMessage]) -> Iterator[str]:
    """Yield what the messages tell of; one that came again counts once."""
    once = {str(mail["Message-ID"]): mail for mail in box}
    for mail in once.values():
        text = str(mail.get_body(("plain",)))
        yield from (kind for words, kind in KINDS.items() if words in text)
