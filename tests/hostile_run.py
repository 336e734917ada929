"""Checks of many sites in a process of its own: DATABASE WIDTH URL... ; says what came of each and what it cost.

After each line on standard input it checks again, so that the sites can turn hostile meanwhile.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import stamina

from monitor.round import check_pages
from monitor.settings import AlertSettings, FetchSettings, PageSettings, Settings


def settings_for(database: str, width: int, urls: list[str]) -> Settings:
    return Settings(
        database=database,
        pages=tuple(PageSettings(name=f"site-{number}", url=url) for number, url in enumerate(urls)),
        fetch=FetchSettings(
            allow_private=("127.0.0.0/8",),
            pause=timedelta(),
            attempts=1,
            at_once=width,
            timeout=timedelta(seconds=1),
            total_timeout=timedelta(seconds=2),
        ),
        alerts=AlertSettings(folder=str(Path(database).with_suffix(".mails"))),
    )


def main(database: str, width: str, *urls: str) -> None:
    settings = settings_for(database, int(width), list(urls))
    stamina.set_testing(True, attempts=1, cap=True)
    for round_ in range(3):
        results = check_pages(settings, clock=lambda: datetime.now(UTC))
        said = [result.to_json() | {"seconds": dict(result.seconds)} for result in results]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({"round": round_, "peak": peak, "pages": said}), flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
