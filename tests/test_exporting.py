"""What is known goes out in other programs' formats, valid there, the same each time, with its doubts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from lxml import etree
from pyarrow import parquet

from monitor.cli import main
from monitor.exporting.formats import Export
from monitor.exporting.rows import harmless
from monitor.history.timeline import told_history_of
from storage import Archive
from tests.ftm_schema import problems
from tests.loopback import Site
from tests.popolo_schema import POPOLO
from tests.watching import OFFICES, Watch, instead, markup

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '=HYPERLINK("http://evil.example","Click")'


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which Rivers changed hands within a month, Lakes got an acting director for good, and more."""
    path = tmp_path_factory.mktemp("watched") / "watch.db"
    with Site() as site, Archive.open(path) as archive, loopback_client() as client:
        watch = Watch(site, archive, client)
        watch.checked(markup())
        watch.checked(instead(Rivers="Director Maria Santos"), days=20)
        watch.checked(instead(Rivers="Director Maria Santos", Lakes="Director Ann B. Lee"), days=60)
        more = {"Office of Rivers": "The Office of Rivers has a staff of more than 1,500 employees."}
        now = OFFICES | {"Office of Rivers": "Director Maria Santos", "Office of Lakes": "Director Ann B. Lee"}
        watch.checked(markup(now, more), days=300)
    return path


def loopback_client() -> httpx.Client:
    from scraper.fetching import open_client
    from tests.conftest import USER_AGENT

    return open_client(USER_AGENT, allow_private=["127.0.0.1"])


@pytest.fixture
def export(watched: Path) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(main, ["export", "--database", str(watched), "--format", *words])


def test_csv_has_a_row_a_tenure_with_its_windows(export: Callable[..., Result]) -> None:
    result = export("csv")
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    rivers = [row for row in rows if row["office"] == "Office of Rivers"]
    assert [(row["leader"], row["lasts"]) for row in rivers] == [
        ("Rafael Ortega", "false"),
        ("Maria Santos", "true"),
    ]
    ortega, santos = rivers
    assert (ortega["began_after"], ortega["ended_by"]) == ("", "2024-05-21T06:00:00Z")
    assert (santos["began_after"], santos["began_by"]) == ("2024-05-01T06:00:00Z", "2024-05-21T06:00:00Z")
    assert santos["quote"] == "Director Maria Santos"


def test_tables_say_the_same_in_csv_json_lines_and_parquet(
    export: Callable[..., Result], watched: Path
) -> None:
    for name in ("tenures", "figures", "changes"):
        as_csv = list(csv.DictReader(io.StringIO(export("csv", "--table", name).stdout)))
        as_json = [json.loads(line) for line in export("jsonl", "--table", name).stdout.splitlines()]
        as_parquet = parquet.read_table(io.BytesIO(export("parquet", "--table", name).stdout_bytes)).to_pylist()
        assert len(as_csv) == len(as_json) == len(as_parquet) > 0
        assert list(as_csv[0]) == list(as_json[0]) == list(as_parquet[0])
        for lined, packed in zip(as_json, as_parquet, strict=True):
            assert {key: plain_value(value) for key, value in packed.items()} == {
                key: json.dumps(value, sort_keys=True) if isinstance(value, dict) else value
                for key, value in lined.items()
            }


def plain_value(value: Any) -> Any:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value


def test_figures_keep_their_number_their_bound_and_their_words(export: Callable[..., Result]) -> None:
    rows = [json.loads(line) for line in export("jsonl", "--table", "figures").stdout.splitlines()]
    stated = [(row["value"], row["bound"], row["lasts"]) for row in rows]
    assert stated == [(1200, "over", False), (1500, "over", True)]
    assert "1,500 employees" in rows[1]["text"]


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_no_cell_can_be_run_by_a_spreadsheet(sign: str) -> None:
    assert harmless(f"{sign}cmd|' /C calc'!A0").startswith("'")


def test_a_hostile_leader_is_text_in_a_spreadsheet(site: Site, archive: Archive, client: httpx.Client) -> None:
    watch = Watch(site, archive, client)
    watch.checked(markup())
    watch.checked(instead(Rivers=f"Director {HOSTILE}"), days=1)
    pages = archive.pages()
    out = io.BytesIO()
    Export(archive, pages, "changes").write("csv", out)
    cells = [cell for row in csv.reader(io.StringIO(out.getvalue().decode())) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_popolo_is_valid_and_its_references_hold(export: Callable[..., Result]) -> None:
    document = json.loads(export("popolo").stdout)
    jsonschema.validate(document, POPOLO, format_checker=jsonschema.FormatChecker())
    known = {kind: {each["id"] for each in document[kind]} for kind in document}
    assert len(document["organizations"]) == len(document["posts"]) == 4
    for membership in document["memberships"]:
        assert membership["person_id"] in known["persons"]
        assert membership["post_id"] in known["posts"]
        assert membership["organization_id"] in known["organizations"]
    assert all(len(known[kind]) == len(document[kind]) for kind in document)


def test_popolo_dates_are_as_exact_as_the_windows(export: Callable[..., Result]) -> None:
    document = json.loads(export("popolo").stdout)
    held = {(each["label"], each.get("start_date"), each.get("end_date")) for each in document["memberships"]}
    assert ("Rafael Ortega, Director, Office of Rivers", None, "2024-05") in held
    assert ("Maria Santos, Director, Office of Rivers", "2024-05", None) in held
    assert ("Ann B. Lee, Acting Director, Office of Lakes", None, "2024") in held
    assert ("Ann B. Lee, Director, Office of Lakes", "2024", None) in held
    (santos,) = (each for each in document["memberships"] if "Santos" in each["label"])
    assert "Began after 2024-05-01 06:00 UTC and by 2024-05-21 06:00 UTC." in santos["sources"][0]["note"]


def test_followthemoney_entities_are_valid_and_their_references_hold(export: Callable[..., Result]) -> None:
    entities = [json.loads(line) for line in export("ftm").stdout.splitlines()]
    by_id = {each["id"]: each["schema"] for each in entities}
    assert len(by_id) == len(entities)
    assert set(by_id.values()) == {"Person", "Organization", "Position", "Occupancy"}
    assert [problem for entity in entities for problem in problems(entity)] == []
    links = ("holder", "post", "organization")
    linked = [value for each in entities for name in links for value in each["properties"].get(name, [])]
    assert linked
    assert all(value in by_id for value in linked)


def test_followthemoney_itself_takes_every_entity_as_it_is(export: Callable[..., Result]) -> None:
    model = pytest.importorskip("followthemoney", reason="needs ICU to build: pip install followthemoney").model
    for line in export("ftm").stdout.splitlines():
        entity = json.loads(line)
        model.get(entity["schema"]).validate(entity)
        proxy = model.get_proxy(entity, cleaned=False)
        read = {name: sorted(values) for name, values in proxy.properties.items()}
        assert read == {name: sorted(values) for name, values in entity["properties"].items()}


def test_an_occupancy_that_lasts_is_current_as_of_its_last_sighting(export: Callable[..., Result]) -> None:
    entities = [json.loads(line) for line in export("ftm").stdout.splitlines()]
    occupancies = [each["properties"] for each in entities if each["schema"] == "Occupancy"]
    stated = {
        (each["status"][0], each["retrievedAt"][0], each.get("endDate", [None])[0]) for each in occupancies
    }
    assert stated == {
        ("current", "2025-05-16", None),
        ("ended", "2024-05-01", "2024-05"),
        ("ended", "2024-05-21", "2024"),
    }


def test_changes_are_an_atom_feed(export: Callable[..., Result]) -> None:
    feed = etree.fromstring(export("atom").stdout_bytes)
    entries = feed.findall(f"{ATOM}entry")
    titles, updated, numbers = (
        [each.findtext(ATOM + name) for each in entries] for name in ("title", "updated", "id")
    )
    assert "Maria Santos replaced Rafael Ortega as Director, Office of Rivers." in titles
    assert updated == sorted(map(str, updated))
    assert feed.findtext(f"{ATOM}updated") == updated[-1]
    assert len(set(numbers)) == len(entries) == 4


def test_changes_are_events_that_last_as_long_as_their_windows(export: Callable[..., Result]) -> None:
    book = Calendar.from_ical(export("ical").stdout_bytes)
    (event,) = (each for each in book.walk("VEVENT") if "Maria Santos" in str(each["summary"]))
    assert event.decoded("dtstart").isoformat() == "2024-05-01T06:00:00+00:00"
    assert event.decoded("dtend").isoformat() == "2024-05-21T06:00:00+00:00"
    assert str(event["transp"]) == "TRANSPARENT"


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "popolo", "ftm", "atom", "ical", "warc"])
def test_the_same_archive_gives_the_same_bytes(
    export: Callable[..., Result], tmp_path: Path, form: str
) -> None:
    first, again = export(form), export(form, "--out", str(tmp_path / "out"))
    assert (first.exit_code, first.stderr, again.exit_code) == (0, "", 0)
    assert first.stdout_bytes == (tmp_path / "out").read_bytes() != b""


def test_an_archive_without_changes_is_exported_too(archive: Archive, site: Site, client: httpx.Client) -> None:
    Watch(site, archive, client).checked(markup())
    for form in ("csv", "parquet", "atom", "ical", "popolo", "ftm"):
        out = io.BytesIO()
        Export(archive, archive.pages(), "changes").write(form, out)
        assert out.getvalue()
    assert told_history_of(archive, archive.pages()[0]).changes == []


def test_a_file_that_cannot_be_written_is_named(export: Callable[..., Result], tmp_path: Path) -> None:
    result = export("csv", "--out", str(tmp_path / "none" / "out.csv"))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"leaderwatch: cannot write {tmp_path / 'none' / 'out.csv'}: No such file")
