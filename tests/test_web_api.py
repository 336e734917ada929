"""The JSON API: the command line's shapes, pages of them, and nothing outside its own OpenAPI description."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from monitor.cli import main
from storage import Archive
from tests.archive_rows import URL, whole_check
from tests.loopback import Site
from tests.serving_web import PAGE, visiting
from tests.watching import Watch, markup
from web.api import shapes

API = "/api/v1"
EXAMPLES = 15
"""Requests to each question; `make bench` asks more."""


@pytest.fixture(scope="module")
def described(demo: httpx.Client) -> Any:
    """The API as its own description has it."""
    return schemathesis.openapi.from_url(f"{demo.base_url}api/v1/openapi.json", timeout=60)


def test_no_answer_is_outside_the_description_whatever_is_asked(described: Any) -> None:
    checks = [content_type_conformance, response_schema_conformance, status_code_conformance]
    for found in described.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy(), there=st.booleans(), number=st.integers(1, 9))
        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
        def ask(case: Any, there: bool, number: int) -> None:
            """Ask about anything at all, or about what is there."""
            known = {"page": PAGE.rpartition("/")[2], "number": number} if there else {}
            case.path_parameters |= {name: known[name] for name in known.keys() & case.path_parameters.keys()}
            response = case.call()
            assert response.status_code < 500
            case.validate_response(response, checks=checks)

        ask()


def asked(client: httpx.Client, path: str, status: int = 200) -> Any:
    response = client.get(API + path)
    assert response.status_code == status, response.text
    return response.json()


def spoken(database: Path, *words: str) -> Any:
    """Return what the command line prints as JSON."""
    result = CliRunner().invoke(main, [*words, "--json", "--database", str(database)])
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/pages", shapes.Pages),
        (f"{PAGE}", shapes.Known),
        (f"{PAGE}/as-of?on=2024-10-01", shapes.AsOf),
        (f"{PAGE}/as-of?on=1999-01-01", shapes.AsOf),
        (f"{PAGE}/tenures", shapes.Tenures),
        (f"{PAGE}/figures", shapes.Figures),
        (f"{PAGE}/changes", shapes.Changes),
        (f"{PAGE}/changes/1", shapes.RecordedChange),
        (f"{PAGE}/checks", shapes.Checks),
        (f"{PAGE}/captures/2", shapes.Capture),
        (f"{PAGE}/diff?a=1&b=2", shapes.Difference),
        (f"{PAGE}/diff?a=1&b=now", shapes.Difference),
        (f"{PAGE}/health", shapes.Health),
        (f"{PAGE}/review", shapes.Review),
    ],
)
def test_every_answer_has_the_fields_of_its_shape_and_no_others(
    demo: httpx.Client, path: str, shape: type[BaseModel]
) -> None:
    shape.model_validate(asked(demo, path))


def test_answers_have_the_shapes_of_the_command_line(demo: httpx.Client, demo_database: Path) -> None:
    assert asked(demo, "/pages") == spoken(demo_database, "show")
    assert asked(demo, f"{PAGE}/changes")["changes"][::-1] == spoken(demo_database, "changes")["changes"]
    for a, b in (("1", "2"), ("2024-05-01", "2025-02-01"), ("1", "2024-10-01")):
        assert asked(demo, f"{PAGE}/diff?a={a}&b={b}") == spoken(demo_database, "diff", a, b)


def test_a_version_in_doubt_has_the_shape_of_the_command_line(
    tmp_path: Path, site: Site, client: httpx.Client
) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        watch = Watch(site, archive, client)
        watch.checked(markup())
        watch.checked(markup({"Office of Rivers": "Director Rafael Ortega"}), hours=6)
    with visiting(tmp_path / "archive.db") as visitor:
        found = asked(visitor, "/pages/waterways/review")
    shapes.Review.model_validate(found)
    assert {"quarantined": found["quarantined"]} == spoken(tmp_path / "archive.db", "review")


def test_the_answer_about_a_moment_can_be_asked_as_it_was_known_then(demo: httpx.Client) -> None:
    on = f"{PAGE}/as-of?on=2024-10-01"
    assert asked(demo, on)["certainty"] == "possible"
    assert asked(demo, f"{on}&known_at=2024-12-01")["certainty"] == "presumed"


def test_lists_can_be_asked_as_they_were_known_then(demo: httpx.Client, demo_database: Path) -> None:
    known = "2024-12-01"
    told = spoken(demo_database, "changes", "--known-at", known)["changes"]
    assert asked(demo, f"{PAGE}/changes?known_at={known}")["changes"][::-1] == told
    for name, then, now in (("tenures", 7, 10), ("figures", 15, 15), ("changes", len(told), len(told) + 4)):
        first = asked(demo, f"{PAGE}/{name}?known_at={known}&limit=1")
        assert (first["total"], asked(demo, f"{PAGE}/{name}")["total"]) == (then, now)
        assert f"known_at={known}" in first["next"]
        assert asked(demo, f"{PAGE}/{name}?known_at=2001-01-01")["total"] == 0


def test_a_list_goes_on_at_next_until_it_has_been_told_whole(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "many.db") as archive:
        page_id = archive.page_id("agency", URL)
        for number in range(25):
            whole_check(archive, page_id, number)
    with visiting(tmp_path / "many.db", root_path="/watch") as client:
        for name in ("changes", "checks"):
            found, following = list[int](), f"/watch{API}/pages/agency/{name}?limit=10"
            while following:
                assert following.startswith("/watch/")
                part = client.get(following.removeprefix("/watch")).json()
                found += [row["id"] for row in part[name]]
                following = part["next"]
            assert sorted(found, reverse=True) == found
            assert len(set(found)) == 25


def test_an_unchanged_answer_costs_a_304(demo: httpx.Client) -> None:
    for path in ("/pages", f"{PAGE}/tenures", f"{PAGE}/changes?office=OFO", "/openapi.json"):
        first = demo.get(API + path)
        assert first.headers["cache-control"] == "no-cache"
        again = demo.get(API + path, headers={"if-none-match": first.headers.get("etag", "")})
        assert (
            (again.status_code, again.content) == (304, b"")
            if path != "/openapi.json"
            else (200, again.content)
        )


def test_a_problem_is_told_as_programs_read_it(demo: httpx.Client) -> None:
    for path, status, said in (
        ("/pages/none", 404, "there is no page 'none' in this archive"),
        (f"{PAGE}/changes/99", 404, "there is no change 99"),
        (f"{PAGE}/as-of", 400, "on: Field required"),
        (f"{PAGE}/as-of?on=someday", 400, "'someday' is no date"),
        (f"{PAGE}/checks?limit=0", 400, "limit: Input should be greater"),
        ("/nothing", 404, "there is nothing at this address"),
    ):
        response = demo.get(API + path)
        assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
        shapes.Problem.model_validate(response.json())
        assert said in response.json()["detail"], path


def test_every_question_is_told_to_those_who_write_programs(demo: httpx.Client) -> None:
    text = demo.get("/api/").text
    paths = asked(demo, "/openapi.json")["paths"]
    assert len(paths) == 12
    assert [path for path in paths if f"<code>{path}</code>" not in text] == []
    for path, methods in paths.items():
        assert list(methods) == ["get"], path
        for parameter in methods["get"].get("parameters", []):
            assert parameter["description"], (path, parameter["name"])
