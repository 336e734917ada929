"""The service between its signals: a clean end within seconds, and settings read again."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from model import LeaderwatchError
from monitor import service as service_module
from monitor.events import Checked, Event
from monitor.kept import GRACE
from monitor.service import Service
from monitor.settings import Settings
from scheduler import STOPS, keep
from storage import Archive
from storage.archive import utc_now
from tests.loopback import Asked, Reply, Site
from tests.serving import Heard, settings_for
from tests.watching import PATH, markup

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def send(number: signal.Signals) -> None:
    """Send a signal to the thread that keeps the service."""
    signal.pthread_kill(threading.main_thread().ident or 0, number)


@dataclass
class Sending(Heard):
    """Sends a signal after so many checks."""

    signals: dict[int, signal.Signals] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        if isinstance(event, Checked) and (number := self.signals.get(len(self.results))):
            send(number)


@pytest.fixture
def settings(site: Site, tmp_path: Path) -> Settings:
    site.serve(PATH, markup())
    return settings_for(tmp_path / "archive.db", site.url(PATH), every=SECOND)


def starting(settings: Settings | Iterator[Settings], heard: Heard) -> Callable[..., Service]:
    def start(wake: Callable[[], object]) -> Service:
        known = settings if isinstance(settings, Settings) else next(settings)
        return Service(known, Archive.open(known.database), listeners=[heard], clock=utc_now, wake=wake)

    return start


@pytest.mark.parametrize("number", STOPS)
def test_a_service_checks_until_it_is_told_to_stop(settings: Settings, number: signal.Signals) -> None:
    heard = Sending(signals={2: number})
    assert keep(starting(settings, heard))
    assert len(heard.results) == 2
    assert heard.lines == ["begun with 1"]


def test_a_check_under_way_is_finished(site: Site, settings: Settings) -> None:
    def answer(_: Asked) -> Reply:
        send(signal.SIGTERM)
        return Reply(markup(), wait=0.2)

    site.serve_with(PATH, answer)
    heard = Heard()
    assert keep(starting(settings, heard))
    assert len(heard.results) == 1


def test_a_check_that_does_not_end_is_abandoned_within_the_grace(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(_: Asked) -> Reply:
        send(signal.SIGTERM)
        return Reply(markup(), wait=60)

    monkeypatch.setattr(service_module, "GRACE", timedelta(seconds=0.1))
    site.serve_with(PATH, answer)
    assert not keep(starting(settings, Heard()))
    with Archive.open(settings.database) as archive:
        assert archive.checks(1) == []


def test_the_grace_is_well_within_ten_seconds() -> None:
    assert timedelta(seconds=8) >= GRACE


def test_a_hangup_reads_the_settings_again(settings: Settings, site: Site) -> None:
    site.serve("/other", markup())
    both = replace(settings, pages=settings_for(Path("x.db"), site.url(PATH), site.url("/other")).pages)
    heard = Sending(signals={1: signal.SIGHUP, 3: signal.SIGTERM})
    assert keep(starting(iter([settings, both]), heard))
    assert heard.lines == ["begun with 1", "begun with 2"]
    assert {result.name for result in heard.results} == {"page-0", "page-1"}


def test_a_hangup_with_bad_settings_keeps_the_old_ones(settings: Settings) -> None:
    def known() -> Iterator[Settings]:
        yield settings
        raise LeaderwatchError("fetch.timeout = 'soon': that is no length of time")

    heard = Sending(signals={1: signal.SIGHUP, 2: signal.SIGTERM})
    assert keep(starting(known(), heard))
    assert heard.lines == [
        "begun with 1",
        "the settings stay as they were: fetch.timeout = 'soon': that is no length of time",
    ]
    assert len(heard.results) == 2


def test_the_signals_are_as_before_afterwards(settings: Settings) -> None:
    before = [signal.getsignal(number) for number in (*STOPS, signal.SIGHUP)]
    keep(starting(settings, Sending(signals={1: signal.SIGTERM})))
    assert [signal.getsignal(number) for number in (*STOPS, signal.SIGHUP)] == before
