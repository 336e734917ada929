"""The reference: the same pages fetched with httpx and nothing else, `python -m bench.speed.bare FILE-OF-URLS`."""

from __future__ import annotations

import sys
from pathlib import Path

import httpx


def main() -> None:
    with httpx.Client() as client:
        for url in Path(sys.argv[1]).read_text().split():
            client.get(url)


if __name__ == "__main__":
    main()
