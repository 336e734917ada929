"""An archive of years: versions of a page brought in, and the unchanged checks between them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import cycle
from pathlib import Path

from model import Capture
from monitor.history.deriving import rederive
from monitor.history.importing import take_in
from monitor.importing.found import Found
from monitor.settings import PageSettings, Settings
from monitor.taking_in import rules_of
from storage import Archive
from tests.watching import OFFICES, START, markup

FIRST = "Ann Ben Cora Dan Eve Finn Gail Hal Ida Jon Kate Lou Mia Ned Ola Pat Rosa Sam Tess Uma Vic Wendy Zoe".split()
LAST = "Abbott Baker Castillo Dunn Ellis Foster Garza Hobbs Irwin Jensen Keller Lowe Mercer Nolan Ortiz Park".split()
PAGE = PageSettings(name="waterways", url="https://waterways.example/leadership")

FILL = """
WITH RECURSIVE minutes(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM minutes WHERE n < :checks - 1)
INSERT INTO checks (page_id, started_at, finished_at, outcome, verdict, reason, capture_id, snapshot_id)
SELECT page_id, strftime('%Y-%m-%dT%H:%M:%S.000000Z', first_seen, '+' || n || ' minutes'),
  strftime('%Y-%m-%dT%H:%M:%S.000000Z', first_seen, '+' || n || ' minutes'),
  iif(n = 0, 'changed', 'unchanged'), iif(n = 0, 'ok', 'not_modified'), NULL, capture_id, snapshot_id
FROM sightings, minutes WHERE replaced_at IS NULL
"""
SEEN = """
UPDATE sightings SET origin = 'check', times = :checks,
  last_seen = strftime('%Y-%m-%dT%H:%M:%S.000000Z', first_seen, '+' || (:checks - 1) || ' minutes')
WHERE replaced_at IS NULL
"""


def build(database: Path, *, checks: int, changes: int) -> None:
    """Make an archive of one page: this many changes, and unchanged checks a minute apart between them."""
    each = max(1, checks // (changes + 1))
    settings = Settings(pages=(PAGE,))
    ends = START + timedelta(minutes=(changes + 1) * each)
    with Archive.open(database, clock=lambda: ends) as archive:
        number = archive.page_id(PAGE.name, PAGE.url)
        [page] = archive.pages()
        take_in(archive, page, _versions(changes, each), settings, lambda: ends)
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute(FILL, {"checks": each})
            connection.execute(SEEN, {"checks": each})
        with archive.transaction() as tx:
            rederive(tx, number, rules_of(PAGE, settings))
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("ANALYZE")


def _versions(changes: int, minutes: int) -> Iterator[Found]:
    leaders, texts, offices = dict(OFFICES), dict[str, str](), cycle(OFFICES)
    for number in range(changes + 1):
        moment = START + timedelta(minutes=number * minutes)
        body = markup(leaders, texts).encode()
        yield Found(Capture(PAGE.url, PAGE.url, 200, {"content-type": "text/html"}, body, moment), "bench")
        office = next(offices)
        if number % 5 == 4:
            texts[office] = f"The {office} has a staff of more than {1200 + number} employees."
        else:
            leaders[office] = f"{'Acting ' * (number % 3 == 0)}Director {_name(number)}"


def _name(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {chr(65 + number % 26)}. {LAST[number // 3 % len(LAST)]}"
