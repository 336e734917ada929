"""What a service counts about itself, as Prometheus reads it (text format 0.0.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from model import Outcome
from monitor.events import Checked, Missed, Troubled

if TYPE_CHECKING:
    from monitor.events import Event
    from monitor.results import CheckResult
    from monitor.settings import PageSettings
    from storage import Archive
    from storage.rows import TaskCounts

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
"""Bounds of the histograms: a reading takes milliseconds, a fetch may take two minutes."""


class Metrics:
    """Counts the events of a service; `text` gives them, with what its archive says of its pages."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._registry = CollectorRegistry()
        self._checks = Counter(
            "leaderwatch_checks", "Checks by how they ended.", ["page", "outcome"], registry=self._registry
        )
        self._missed = Counter(
            "leaderwatch_missed_slots", "Slots without a check.", ["page"], registry=self._registry
        )
        self._troubles = Counter(
            "leaderwatch_troubles", "Troubles that kept the service from its work.", registry=self._registry
        )
        self._seconds = {
            "fetch": Histogram(
                "leaderwatch_fetch_seconds", "Time to fetch a page.", registry=self._registry, buckets=SECONDS
            ),
            "read": Histogram(
                "leaderwatch_read_seconds", "Time to read a page.", registry=self._registry, buckets=SECONDS
            ),
        }
        self._archive = _FromArchive(clock)
        self._registry.register(self._archive)

    def follow(self, pages: Sequence[PageSettings], archive: Archive) -> None:
        """Speak of these pages and this archive from now on."""
        self._archive.pages, self._archive.archive = pages, archive
        for page in pages:
            for outcome in Outcome:
                self._checks.labels(page.name, outcome.value)
            self._missed.labels(page.name)

    def __call__(self, event: Event) -> None:
        match event:
            case Checked(result):
                self._count(result)
            case Missed(page, slots):
                self._missed.labels(page.name).inc(len(slots))
            case Troubled():
                self._troubles.inc()

    def text(self) -> bytes:
        """Return everything in the text format; raises ArchiveError where the archive cannot be asked."""
        return generate_latest(self._registry)

    def _count(self, result: CheckResult) -> None:
        self._checks.labels(result.name, result.outcome.value).inc()
        for step, seconds in result.seconds.items():
            self._seconds[step].observe(seconds)


class _FromArchive(Collector):
    """What the archive knows at the moment of asking."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.pages: Sequence[PageSettings] = ()
        self.archive: Archive | None = None

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Say nothing beforehand: the archive is asked when the metrics are."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        if self.archive is None:
            return
        age = GaugeMetricFamily(
            "leaderwatch_last_good_age_seconds",
            "Time since the page was last seen and believed.",
            labels=["page"],
        )
        seen = self.archive.last_seen()
        for page in self.pages:
            if page.url in seen:
                age.add_metric([page.name], (self._clock() - seen[page.url]).total_seconds())
        told = GaugeMetricFamily("leaderwatch_deliveries", "Alerts by what became of them.", labels=["state"])
        for state, number in self.archive.count_deliveries().items():
            told.add_metric([state.value], number)
        yield from (age, told)
        if tasks := self.archive.task_counts():
            yield from _of_cluster(tasks, self._clock())


def _of_cluster(tasks: TaskCounts, now: datetime) -> Iterator[GaugeMetricFamily]:
    """Yield what stands in the queue that all schedules and workers share: each of them says the same."""
    states = GaugeMetricFamily("leaderwatch_tasks", "Tasks of the cluster by their state.", labels=["state"])
    for state, number in {"waiting": tasks.waiting, "running": tasks.running, "failed": tasks.failed}.items():
        states.add_metric([state], number)
    yield states
    yield GaugeMetricFamily(
        "leaderwatch_workers", "Workers of the cluster that are alive.", value=tasks.workers
    )
    waited = (now - tasks.oldest_slot).total_seconds() if tasks.oldest_slot else 0.0
    yield GaugeMetricFamily(
        "leaderwatch_oldest_slot_age_seconds", "Time since the oldest slot was due that waits.", value=waited
    )
