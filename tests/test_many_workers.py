"""A cluster of real processes: each slot is checked once, whoever dies and whoever joins."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from tests.loopback import Site
from tests.many_workers import run_cluster
from tests.postgres import Server
from tests.watching import PATH, markup

SITES, PAGES_EACH = 6, 5


def test_every_slot_is_checked_once_with_a_worker_killed_in_the_middle_and_another_joined(
    postgres: Server, empty_archive: str, tmp_path: Path
) -> None:
    """`python -m bench.cluster` does the same with 10,000 pages."""
    location = postgres.new_database(like=empty_archive)
    with ExitStack() as opened:
        urls = []
        for site in [opened.enter_context(Site()) for _ in range(SITES)]:
            for number in range(PAGES_EACH):
                site.serve(f"{PATH}/{number}", markup())
                urls.append(site.url(f"{PATH}/{number}"))
        ended = run_cluster(location, tmp_path, urls, workers=2)
    print(ended)
    assert ended.slots == {"done": len(urls)}
    assert (ended.checks, ended.checks_twice, ended.faults) == (len(urls), 0, 0)
    assert ended.outcomes == {"baseline": len(urls)}
    assert ended.tasks_left == 0
    assert ended.said == []
