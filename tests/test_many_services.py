"""Several services on one archive: each slot is checked once, every change told once, and nobody is locked out."""

from __future__ import annotations

from pathlib import Path

from tests.many_services import NEWS_EACH, run_side_by_side


def test_three_services_check_each_slot_once_and_tell_each_change_once(tmp_path: Path) -> None:
    """`python -m bench.service slots` does the same over 2,000 slots."""
    pages, slots = 3, 21
    ended = run_side_by_side(tmp_path, services=3, pages=pages, slots=slots)
    assert ended.slots == {"done": pages * slots}
    assert (ended.checks, ended.checks_twice) == (pages * slots, 0)
    news = (slots - 1) // NEWS_EACH * pages
    assert ended.changes == ended.deliveries == ended.mails == news
    assert ended.outcomes == {"baseline": pages, "changed": news, "unchanged": pages * slots - pages - news}
    assert [line for line in ended.said if line] == []
