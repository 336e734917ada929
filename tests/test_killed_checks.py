"""A check may be killed at any point: the next one carries on, and nothing is lost or told twice."""

from __future__ import annotations

import email
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from model import Outcome
from storage import Archive, ChangeState, DeliveryState
from tests import killed_at
from tests.loopback import Site
from tests.watching import PATH, START, instead, markup

HOUR = timedelta(hours=1)


def test_killed_at_any_point_a_check_loses_no_change_and_sends_one_message(site: Site, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.db"
    site.serve(PATH, markup())
    killed_at.check(baseline, site.url(PATH), START)
    site.serve(PATH, instead(Rivers="Director Zoe Park", Lakes=""))
    kill_at_each_point(baseline, tmp_path, site.url(PATH))
    killed = sorted(tmp_path.glob("[0-9]*.db"), key=lambda file: int(file.stem))
    assert len(killed) >= 10, "there are that many points between the steps of a check"
    for database in killed:
        for hours in (2, 3):
            killed_at.check(database, site.url(PATH), START + hours * HOUR)
        everything_told_once(database)


def kill_at_each_point(baseline: Path, folder: Path, url: str) -> None:
    root = str(Path(__file__).parents[1])
    words = [sys.executable, str(Path(killed_at.__file__)), str(baseline), str(folder), url, str(START + HOUR)]
    env = os.environ | {"PYTHONPATH": root}
    subprocess.run(words, env=env, check=True, timeout=120)  # noqa: S603 - our own program


def everything_told_once(database: Path) -> None:
    with Archive.open(database) as archive:
        told = {(stored.change.kind.value, stored.state) for stored in archive.changes()}
        assert told == {
            ("leader_replaced", ChangeState.CONFIRMED),
            ("leader_departed", ChangeState.CONFIRMED),
        }, database
        assert len(archive.changes()) == 2
        assert {delivery.state for delivery in archive.deliveries()} == {DeliveryState.DELIVERED}
        outcomes = [check.outcome for check in archive.checks(1)]
        assert outcomes.count(Outcome.BASELINE) == 1
        told_in = [{stored.id for stored in delivery.changes} for delivery in archive.deliveries()]
    assert sorted(number for numbers in told_in for number in numbers) == [1, 2], database
    mails = [
        email.message_from_bytes(file.read_bytes()) for file in database.with_suffix(".mails").glob("*.eml")
    ]
    assert len(mails) == len({mail["Message-ID"] for mail in mails}) == len(told_in), database
