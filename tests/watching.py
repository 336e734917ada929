"""A page on loopback that a test rewrites and checks, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx

from model import Capture, LeadershipPage
from monitor.checking import check_page
from monitor.results import CheckResult
from monitor.settings import AlertSettings, FetchSettings, PageSettings, Settings
from scraper import parse_capture
from storage import Archive, StoredChange
from tests.loopback import Asked, Reply, Site

PATH = "/leadership"
START = datetime(2024, 5, 1, 6, tzinfo=UTC)

OFFICES = {
    "Office of Harbors": "Director Jane Q. Doe",
    "Office of Rivers": "Director Rafael Ortega",
    "Office of Lakes": "Acting Director Ann Lee",
    "Office of Canals": "Director Peter van Dijk",
}
TEXTS = {"Office of Rivers": "The Office of Rivers has a staff of more than 1,200 employees."}


def markup(leaders: Mapping[str, str] = OFFICES, texts: Mapping[str, str] = TEXTS, extra: str = "") -> str:
    """Return a page of these offices, each with its leader's line ("" for none) and its text."""
    parts = [
        f"<h2>{office}</h2>"
        + (f"<p><strong>{line}</strong></p>" if line else "")
        + f"<p>{texts.get(office, f'The {office} keeps them open, clean and safe for everybody.')}</p>"
        for office, line in leaders.items()
    ]
    title = "Waterways Leadership"
    main = f"<main><h1>{title}</h1>{''.join(parts)}{extra}</main>"
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{main}</body></html>"


def without(office: str) -> str:
    """Return the page without one of its offices."""
    return markup({name: line for name, line in OFFICES.items() if name != office})


def instead(**lines: str) -> str:
    """Return the page with other leader lines; `Rivers="..."` is that of the Office of Rivers."""
    return markup(OFFICES | {f"Office of {name}": line for name, line in lines.items()})


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Watch:
    """One page under watch: `serve` rewrites it, `check` checks it. `read` counts how often it is parsed."""

    site: Site
    archive: Archive
    client: httpx.Client
    clock: Clock = field(default_factory=Clock)
    confirm: timedelta = timedelta(minutes=10)
    required: tuple[str, ...] = ()
    alerts: dict[str, Any] = field(default_factory=dict)
    patience: timedelta = timedelta(seconds=20)
    url: str | None = None
    reader: Callable[[Capture], LeadershipPage] = parse_capture
    parsed: int = 0

    @property
    def page(self) -> PageSettings:
        return PageSettings(name="waterways", url=self.url or self.site.url(PATH), required=self.required)

    @property
    def page_id(self) -> int:
        return self.archive.page_id(self.page.name, self.page.url)

    @property
    def settings(self) -> Settings:
        return Settings(
            pages=(self.page,),
            fetch=FetchSettings(
                allow_private=("127.0.0.1",), attempts=2, max_bytes=200_000, timeout=self.patience
            ),
            alerts=AlertSettings(confirm_losses=self.confirm, **self.alerts),
        )

    def serve(self, body: str | bytes, **reply: Any) -> None:
        """Serve this from now on, with an ETag that answers 304 to whoever holds it."""
        raw = body.encode() if isinstance(body, str) else body
        etag = f'"{sha256(raw).hexdigest()[:12]}"'

        def answer(asked: Asked) -> Reply:
            if asked.headers.get("if-none-match") == etag:
                return Reply(status=304, headers={"ETag": etag})
            return Reply(raw, headers={"ETag": etag}, **reply)

        self.site.serve_with(PATH, answer)

    def serve_bare(self, body: str | bytes, **reply: Any) -> None:
        """Serve this from now on, without any validator."""
        self.site.serve(PATH, body, **reply)

    def check(self) -> CheckResult:
        return check_page(
            self.page,
            archive=self.archive,
            client=self.client,
            settings=self.settings,
            clock=self.clock,
            read=self._read,
        )

    def checked(self, body: str | bytes, **moved: float) -> CheckResult:
        """Move the clock, serve this and check it."""
        self.clock.move(**moved)
        self.serve(body)
        return self.check()

    def believed(self) -> LeadershipPage:
        belief = self.archive.belief(self.page_id)
        assert belief is not None
        return belief.page

    def recorded(self) -> list[StoredChange]:
        return self.archive.changes(page_id=self.page_id)

    def _read(self, capture: Capture) -> LeadershipPage:
        self.parsed += 1
        return self.reader(capture)


def sentences(result: CheckResult) -> list[str]:
    return [change.sentence for change in result.changes]


def waiting(result: CheckResult) -> list[str]:
    return [change.sentence for change in result.pending]
