"""The database is read as it is, by Datasette and the like: read-only, through the documented views."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from storage import Archive
from tests.loopback import Site
from tests.watching import Watch, instead, markup


@pytest.fixture
def reader(tmp_path: Path, site: Site, client: httpx.Client) -> Iterator[sqlite3.Connection]:
    """A read-only connection to an archive in which Rivers changed hands, while its owner has it open."""
    path = tmp_path / "watch.db"
    with Archive.open(path) as archive:
        watch = Watch(site, archive, client)
        watch.checked(markup())
        watch.checked(instead(Rivers="Director Maria Santos"), days=20)
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection


def test_the_views_show_who_leads_who_led_the_figures_and_the_changes(reader: sqlite3.Connection) -> None:
    def rows(view: str) -> list[dict[str, object]]:
        return [dict(row) for row in reader.execute(f"SELECT * FROM {view}")]  # noqa: S608 ours

    now = {row["office"]: row["leader"] for row in rows("current_leaders")}
    assert now["Office of Rivers"] == "Maria Santos"
    led = [(row["leader"], row["first_seen"]) for row in rows("tenures") if row["office"] == "Office of Rivers"]
    assert led == [
        ("Rafael Ortega", "2024-05-01T06:00:00.000000Z"),
        ("Maria Santos", "2024-05-21T06:00:00.000000Z"),
    ]
    assert [(row["value"], row["bound"]) for row in rows("figure_history")] == [("1200", "over")]
    assert [row["kind"] for row in rows("change_log")] == ["leader_replaced"]


def test_every_view_has_plain_columns(reader: sqlite3.Connection) -> None:
    views = [row["name"] for row in reader.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert {"current_leaders", "tenures", "figure_history", "change_log"} <= set(views)
    for view in views:
        for row in reader.execute(f"SELECT * FROM {view}"):  # noqa: S608 ours
            assert all(value is None or isinstance(value, str | int | float) for value in tuple(row))
            assert not [
                value for value in tuple(row) if isinstance(value, str) and value.startswith(("{", "["))
            ]


def test_a_reader_of_that_kind_cannot_write(reader: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM captures")
