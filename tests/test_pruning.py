"""Old bytes that nothing rests on can go, and the archive is as sound as before."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from monitor.cli import main
from monitor.history.timeline import history_of
from storage import Archive, ArchiveError, Pruned, upkeep
from storage.bodies import drop_bodies, keep_body, read_body
from storage.connecting import writing
from storage.schema import bodies
from tests.archive_rows import START, URL, hours, served
from tests.loopback import Site
from tests.serving_web import visiting
from tests.test_bodies import html
from tests.watching import Watch, instead, markup


def nonce(page: str, number: int) -> str:
    return page.replace("</body>", f"<!-- {number * 7919} --></body>")


@pytest.fixture
def watch(tmp_path: Path, site: Site, client: httpx.Client) -> Watch:
    """Captures 1 to 5 of one version, 6 a wall, 7 to 10 of the next: each with a nonce of its own."""
    watch = Watch(site, Archive.open(tmp_path / "watch.db"), client)
    for number in range(5):
        watch.checked(nonce(markup(), number), days=1)
    watch.serve_bare("<html><title>Access Denied</title><h1>Access Denied</h1></html>", status=403)
    watch.clock.move(days=1)
    watch.check()
    for number in range(5, 9):
        watch.checked(nonce(instead(Rivers="Director Maria Santos"), number), days=1)
    return watch


def left(watch: Watch) -> list[int]:
    """Return the captures whose bytes are there."""
    return [listed.id for listed in watch.archive.captures(watch.page_id) if not listed.is_pruned]


def test_what_nothing_rests_on_goes_and_the_ends_of_each_version_stay(watch: Watch) -> None:
    before = history_of(watch.archive, watch.archive.pages()[0])
    found = upkeep.prune(watch.archive, [watch.page_id], watch.clock.now, drop=True)
    assert left(watch) == [1, 5, 6, 7, 10]
    assert (found.captures, found.bodies) == (5, 5)
    verified = upkeep.verify(watch.archive)
    assert (verified.faults, verified.captures, verified.pruned) == ((), 10, 5)
    assert history_of(watch.archive, watch.archive.pages()[0]) == before
    with pytest.raises(Pruned, match="was pruned: only its size and its sha256 are kept"):
        watch.archive.capture(3)


def test_only_what_is_old_enough_goes(watch: Watch) -> None:
    upkeep.prune(watch.archive, [watch.page_id], watch.clock.now - timedelta(days=6, hours=1), drop=True)
    assert left(watch) == [1, 4, 5, 6, 7, 8, 9, 10]


def test_counting_drops_nothing(watch: Watch) -> None:
    counted = upkeep.prune(watch.archive, [watch.page_id], watch.clock.now, drop=False)
    assert counted.captures == 5
    assert len(left(watch)) == 10
    assert counted == upkeep.prune(watch.archive, [watch.page_id], watch.clock.now, drop=True)


def test_checks_go_on_after_it_and_bytes_that_come_back_are_kept_again(watch: Watch) -> None:
    upkeep.prune(watch.archive, [watch.page_id], watch.clock.now, drop=True)
    result = watch.checked(nonce(markup(), 2), days=1)
    assert [change.kind.value for change in result.changes] == ["leader_replaced"]
    assert watch.archive.capture(3).body == nonce(markup(), 2).encode()
    assert upkeep.verify(watch.archive).faults == ()


def test_a_body_that_others_are_compressed_against_goes_once_they_stand_without_it(archive: Archive) -> None:
    with writing(archive.engine) as connection:
        base = keep_body(connection, html(0))
        first, second = (keep_body(connection, html(number), like=base) for number in (1, 2))
        drop_bodies(connection, [base])
        assert [read_body(connection, number) for number in (first, second)] == [html(1), html(2)]
        bases = {row.id: row.base_id for row in connection.execute(select(bodies.c.id, bodies.c.base_id))}
    assert bases == {base: None, first: None, second: first}


def test_nothing_goes_where_what_must_be_stored_anew_is_damaged(archive: Archive) -> None:
    with writing(archive.engine) as connection:
        base = keep_body(connection, html(0))
        resting = keep_body(connection, html(1), like=base)
        connection.execute(bodies.update().where(bodies.c.id == resting).values(zstd=b"\0"))
    with pytest.raises(ArchiveError, match=f"body {resting} is damaged"), writing(archive.engine) as connection:
        drop_bodies(connection, [base])
    with writing(archive.engine) as connection:
        assert read_body(connection, base) == html(0)


def test_an_imported_capture_stays(archive: Archive) -> None:
    page_id = archive.page_id("agency", URL)
    with archive.transaction() as tx:
        tx.bring_in(page_id, served(b"old", START), "old.html")
    archive.keep_capture(page_id, served(b"new", hours(1)))
    assert upkeep.prune(archive, [page_id], hours(9), drop=True).captures == 0


def test_prune_says_what_went_or_would_go(watch: Watch, tmp_path: Path) -> None:
    def call(*words: str) -> Result:
        return CliRunner().invoke(main, ["prune", "--database", str(tmp_path / "watch.db"), *words])

    dry = call("--older-than", "1d", "--dry-run")
    assert dry.exit_code == 0, dry.stderr
    assert dry.stdout.startswith("5 bodies of 5 captures from before ")
    assert " would go, " in dry.stdout
    done = json.loads(call("--older-than", "1d", "--json").stdout)
    assert (done["captures"], done["bodies"], done["dry_run"]) == (5, 5, False)
    assert call("--older-than", "soon").stderr.startswith("leaderwatch: Invalid value for --older-than: 'soon'")
    assert len(left(watch)) == 5


def test_the_browser_is_told_that_the_bytes_are_gone_for_good(watch: Watch, tmp_path: Path) -> None:
    upkeep.prune(watch.archive, [watch.page_id], watch.clock.now, drop=True)
    with visiting(tmp_path / "watch.db") as visitor:
        gone = visitor.get("/pages/waterways/captures/3/bytes")
    assert gone.status_code == 410
    assert "was pruned" in gone.text
