"""The dated versions of the page, served in order, give exactly the mails that a careful person would send.

`python -m tests.test_golden_mails` writes them anew into tests/golden; look at what it changes.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import httpx

from fixtures import dated_versions, path
from model import Outcome
from monitor.checking import check_page
from monitor.settings import CBP_URL, AlertSettings, PageSettings, Settings
from storage import Archive, MessageKind
from tests.watching import Clock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GOLDEN = Path(__file__).parent / "golden"

BROKEN = (
    "redesign_cards.after.html",
    "redesign_table.after.html",
    "akamai_access_denied.html",
    "akamai_challenge.html",
    "maintenance.html",
    "soft_404.html",
    "blank_main.after.html",
    "halved.after.html",
    "no_names.after.html",
    "three_offices.after.html",
)
"""Ten ways in which the page may be redesigned, blocked, blank or halved."""


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


class Cbp:
    """The page at its own address, answered from a file, with everything that is told about it in a folder."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.body = b""
        self.mails = folder / "mails"
        self.settings = Settings(
            pages=(PageSettings(name="cbp-executive", url=CBP_URL),),
            alerts=AlertSettings(
                recipients=("newsroom@example.org",),
                folder=str(self.mails),
                archive_url="https://archive.example.org",
            ),
        )
        self.client = httpx.Client(transport=httpx.MockTransport(self._answer))
        self.archive = Archive.open(folder / "archive.db", clock=self.clock)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(404, stream=httpx.ByteStream(b""))
        headers = {"content-type": "text/html; charset=utf-8"}
        return httpx.Response(200, stream=httpx.ByteStream(self.body), headers=headers)

    def check(self, file: Path, at: datetime) -> Outcome:
        self.clock.now, self.body = at, file.read_bytes()
        result = check_page(
            self.settings.pages[0],
            archive=self.archive,
            client=self.client,
            settings=self.settings,
            clock=self.clock,
        )
        return result.outcome

    def told(self) -> list[MessageKind]:
        return [delivery.message for delivery in self.archive.deliveries()]

    def written(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in sorted(self.mails.glob("*.eml"))}

    def close(self) -> None:
        self.archive.close()
        self.client.close()


def play(folder: Path) -> dict[str, bytes]:
    """Serve the dated versions in order, each twice, a day apart, and return the mails."""
    site = Cbp(folder)
    try:
        for day, file in dated_versions():
            site.check(file, noon(day))
            site.check(file, noon(day) + DAY)
        return site.written()
    finally:
        site.close()


def test_the_dated_versions_give_the_golden_mails(tmp_path: Path) -> None:
    golden = {file.name: file.read_bytes() for file in sorted(GOLDEN.glob("*.eml"))}
    written = play(tmp_path)
    assert list(written) == list(golden)
    for name, content in written.items():
        assert content == golden[name], f"{name}: look at what changed"


def test_ten_broken_versions_in_between_alert_nobody_and_only_the_health_is_told(tmp_path: Path) -> None:
    site, good, start = Cbp(tmp_path), path("cbp_2024-04-19.html"), noon(date(2024, 4, 19))
    try:
        assert site.check(good, start) is Outcome.BASELINE
        troubled = [
            name for number, name in enumerate(BROKEN, 1) if gone_wrong(site, name, start + number * DAY)
        ]
        assert site.archive.changes() == []
        assert site.told() == [MessageKind.HEALTH] * 2 * len(troubled)
        assert sorted(set(BROKEN) - set(troubled)) == ["redesign_cards.after.html", "redesign_table.after.html"]
    finally:
        site.close()


def gone_wrong(site: Cbp, broken: str, at: datetime) -> bool:
    """Serve a broken version twice, then the good one; return whether the broken one was not believed."""
    outcomes = {site.check(path(broken), at + hours * HOUR) for hours in (0, 6)}
    assert site.check(path("cbp_2024-04-19.html"), at + 12 * HOUR) is Outcome.UNCHANGED, broken
    return outcomes != {Outcome.UNCHANGED}


def main() -> None:
    for old in GOLDEN.glob("*.eml"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in play(Path(folder)).items():
            (GOLDEN / name).write_bytes(content)


if __name__ == "__main__":
    main()
