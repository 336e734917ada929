"""An archive of years: hundreds of changes found by real checks, and the unchanged checks between them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count, cycle
from pathlib import Path

from scraper.fetching import open_client
from storage import Archive
from tests.loopback import Site
from tests.watching import OFFICES, Watch, markup

FIRST = "Ann Ben Cora Dan Eve Finn Gail Hal Ida Jon Kate Lou Mia Ned Ola Pat Rosa Sam Tess Uma Vic Wendy Zoe".split()
LAST = "Abbott Baker Castillo Dunn Ellis Foster Garza Hobbs Irwin Jensen Keller Lowe Mercer Nolan Ortiz Park".split()

FILL = """
WITH RECURSIVE minutes(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM minutes WHERE n < ?)
INSERT INTO checks (page_id, started_at, finished_at, outcome, verdict, reason, capture_id, snapshot_id)
SELECT page_id, strftime('%Y-%m-%dT%H:%M:%S.000000Z', started_at, '+' || n || ' minutes'),
  strftime('%Y-%m-%dT%H:%M:%S.000000Z', started_at, '+' || n || ' minutes'), 'unchanged', 'not_modified', NULL,
  capture_id, snapshot_id
FROM checks, minutes WHERE checks.id IN (SELECT id FROM checks WHERE outcome IN ('changed', 'baseline'))
"""


def build(database: Path, *, checks: int, changes: int) -> None:
    """Make an archive of one page: this many changes, and unchanged checks a minute apart between them."""
    between = max(1, checks // (changes + 1) - 2)
    leaders, texts = dict(OFFICES), dict[str, str]()
    numbers, offices = count(), cycle(OFFICES)
    with (
        Site() as site,
        open_client("bench", allow_private=["127.0.0.1"]) as client,
        Archive.open(database) as archive,
    ):
        watch = Watch(site, archive, client)
        watch.checked(markup(leaders, texts))
        for _ in range(changes):
            number, office = next(numbers), next(offices)
            if number % 5 == 4:
                texts[office] = f"The {office} has a staff of more than {1200 + number} employees."
            else:
                leaders[office] = f"{'Acting ' * (number % 3 == 0)}Director {_name(number)}"
            watch.clock.move(minutes=between)
            watch.check()
            watch.checked(markup(leaders, texts), minutes=1)
        watch.clock.move(minutes=between)
        watch.check()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(FILL, [between - 1])
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("ANALYZE")


def _name(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {chr(65 + number % 26)}. {LAST[number // 3 % len(LAST)]}"
