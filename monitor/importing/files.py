"""Saved pages: HTML files whose names say when they were served, or for which somebody else does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from model import Capture
from monitor.importing.dates import dated
from monitor.importing.found import Found, ImportProblem, Left
from monitor.importing.warcs import captures_in_wacz, captures_in_warc

PAGES = (".html", ".htm", ".xhtml")
WARCS = (".warc", ".warc.gz")
WACZ = ".wacz"
LARGEST = 50_000_000


def captures_in(
    places: list[Path], url: str, *, at: datetime | None, now: datetime, left: Left
) -> Iterator[Found]:
    """Yield the captures of the page that these files and folders hold, in the order of their names.

    `at` dates the saved pages whatever they are called. Raises ImportProblem for what cannot be read or dated.
    """
    for place in places:
        for file in _files(place, left):
            name = file.name.lower()
            if name.endswith(WARCS):
                yield from captures_in_warc(file, url, left)
            elif name.endswith(WACZ):
                yield from captures_in_wacz(file, url, left)
            else:
                yield _saved_page(file, url, at, now)


def _files(place: Path, left: Left) -> list[Path]:
    if not place.exists():
        raise ImportProblem(f"{place}: there is no such file or folder")
    if not place.is_dir():
        return [place]
    every = sorted(file for file in place.rglob("*") if file.is_file())
    wanted = [file for file in every if file.name.lower().endswith((*PAGES, *WARCS, WACZ))]
    left["files that are neither HTML nor WARC nor WACZ"] += len(every) - len(wanted)
    return wanted


def _saved_page(file: Path, url: str, at: datetime | None, now: datetime) -> Found:
    moment = at or dated(file.name)
    if moment is None:
        raise ImportProblem(
            f"{file}: its name does not say when it was served; rename it to page_2024-04-19.html, or give --at"
        )
    if moment.date() > now.date():
        raise ImportProblem(f"{file}: {moment:%Y-%m-%d} is still to come")
    moment = min(moment, now)  # a day that is not over has its end ahead
    return Found(Capture(url, url, 200, {}, _content(file), moment), str(file))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise ImportProblem(f"{file} is larger than {LARGEST // 1_000_000} MB: no page is")
        return file.read_bytes()
    except OSError as error:
        raise ImportProblem(f"cannot read {file}: {error.strerror}") from None
