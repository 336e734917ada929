"""A process that writes checks into an archive, for tests with several of them: PATH WRITER COUNT."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from storage import Archive
from tests.archive_rows import URL, whole_check


def main(path: str, writer: str, count: str) -> None:
    with Archive.open(path) as archive:
        page_id = archive.page_id("agency", URL)
        print("ready", flush=True)
        for number in range(int(count)):
            whole_check(archive, page_id, number, writer=writer)
            if number == 0:
                print("writing", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
