"""What a service says of itself over HTTP: /healthz and /metrics."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.events import Missed, Troubled
from monitor.exposing import STALE, Board, CannotListen, exposed, parse_address
from monitor.service import Service
from storage import Archive
from tests.loopback import Site
from tests.serving import InTurn, settings_for
from tests.watching import PATH, Clock, instead, markup


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def board(clock: Clock) -> Board:
    return Board(clock)


@pytest.fixture
def service(board: Board, site: Site, clock: Clock, tmp_path: Path) -> Iterator[Service]:
    site.serve(PATH, markup())
    settings = settings_for(tmp_path / "archive.db", site.url(PATH), every=timedelta(hours=1))
    archive = Archive.open(settings.database, clock=clock, patience=0.02)
    service = Service(settings, archive, listeners=[board.metrics], clock=clock, lanes=InTurn)
    board.show(service)
    yield service
    service.close()


@pytest.fixture
def asked(board: Board) -> Iterator[httpx.Client]:
    with (
        exposed("127.0.0.1:0", board.answer) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as asking,
    ):
        yield asking


def samples(asked: httpx.Client) -> dict[tuple[str, ...], float]:
    """Return every sample, as a Prometheus server reads it: its name and the values of its labels by their names."""
    answer = asked.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_a_service_that_turns_is_well(asked: httpx.Client, service: Service) -> None:
    service.turn()
    answer = asked.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "reason": None})


def test_a_service_whose_archive_fails_is_not_well(asked: httpx.Client, service: Service) -> None:
    service.trouble = "archive.db cannot grow: the disk is full"
    answer = asked.get("/healthz")
    assert (answer.status_code, answer.json()["reason"]) == (503, "archive.db cannot grow: the disk is full")


def test_a_service_that_hangs_is_not_well(asked: httpx.Client, service: Service) -> None:
    service.turned_at = time.monotonic() - STALE - 1
    assert "it has not turned for" in asked.get("/healthz").json()["reason"]
    assert asked.get("/healthz").status_code == 503


def test_a_service_that_has_not_begun_is_not_well(asked: httpx.Client) -> None:
    assert asked.get("/healthz").status_code == 503
    assert asked.get("/metrics").status_code == 200


def test_a_page_that_fails_is_no_reason_to_restart_the_service(
    asked: httpx.Client, service: Service, site: Site
) -> None:
    site.serve(PATH, status=500)
    service.turn()
    assert asked.get("/healthz").status_code == 200


def test_metrics_count_checks_and_tell_ages_times_and_deliveries(
    asked: httpx.Client, service: Service, site: Site, clock: Clock
) -> None:
    service.turn()
    clock.move(hours=1)
    site.serve(PATH, instead(Rivers="Director Zoe Park"))
    service.turn()
    clock.move(minutes=5)
    found = samples(asked)
    assert found["leaderwatch_checks_total", "baseline", "page-0"] == 1
    assert found["leaderwatch_checks_total", "changed", "page-0"] == 1
    assert found["leaderwatch_checks_total", "failed", "page-0"] == 0
    assert found["leaderwatch_last_good_age_seconds", "page-0"] == 300
    assert found[("leaderwatch_fetch_seconds_count",)] == found[("leaderwatch_read_seconds_count",)] == 2
    assert 0 < found[("leaderwatch_fetch_seconds_sum",)] < 10
    assert found["leaderwatch_deliveries", "delivered"] == 1
    assert found["leaderwatch_deliveries", "queued"] == 0


def test_metrics_count_missed_slots_and_troubles(asked: httpx.Client, service: Service, clock: Clock) -> None:
    service.turn()
    clock.move(hours=4)
    service.turn()
    service.tell(Troubled("the disk is full"))
    found = samples(asked)
    assert found["leaderwatch_missed_slots_total", "page-0"] == 3
    assert found[("leaderwatch_troubles_total",)] == 1
    service.tell(Missed(service.settings.pages[0], (clock.now,)))
    assert samples(asked)["leaderwatch_missed_slots_total", "page-0"] == 4


def test_the_counts_stay_when_the_settings_are_read_again(
    asked: httpx.Client, service: Service, board: Board
) -> None:
    service.turn()
    board.show(service)
    assert samples(asked)["leaderwatch_checks_total", "baseline", "page-0"] == 1


def test_another_path_is_not_found(asked: httpx.Client) -> None:
    assert asked.get("/etc/passwd").status_code == 404
    assert asked.post("/metrics").status_code == 501


@pytest.mark.parametrize(
    ("address", "place"),
    [("127.0.0.1:9108", ("127.0.0.1", 9108)), (":9108", ("127.0.0.1", 9108)), ("[::1]:0", ("::1", 0))],
)
def test_an_address_is_a_host_and_a_port(address: str, place: tuple[str, int]) -> None:
    assert parse_address(address) == place


@pytest.mark.parametrize(
    "address", ["9108", "localhost:", "localhost:http", "localhost:99999", "nowhere.invalid:1"]
)
def test_an_address_that_cannot_be_used_is_named(address: str, board: Board) -> None:
    with pytest.raises(CannotListen, match=address), exposed(address, board.answer):
        pass


def test_a_port_that_is_taken_is_named(board: Board) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(CannotListen, match="in use"), exposed(address, board.answer):
            pass
