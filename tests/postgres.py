"""A PostgreSQL server of the test run's own: Debian's package, in a folder that goes away, on a socket in it.

with Server(folder) as server:
    url = server.new_database()     # an empty database, "postgresql+psycopg://..."
"""

from __future__ import annotations

import os
import shutil
import subprocess
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import make_url

USER = "leaderwatch"
UNPRIVILEGED = "postgres"
FASTER = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
"""What a database that no power failure can hurt does without."""


def programs() -> Path | None:
    """Return the folder of the newest server's programs, None where none is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


class Server:
    """The server; it runs from `with` to its end. It refuses to run as root, so root starts it as `postgres`."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.folder = folder
        self._bin = bin_folder
        self._numbers = count(1)
        self._as = {"user": UNPRIVILEGED, "group": UNPRIVILEGED} if os.geteuid() == 0 else {}

    def __enter__(self) -> Self:
        if self._as:
            shutil.chown(self.folder, UNPRIVILEGED, UNPRIVILEGED)
        self._run(
            "initdb", "--no-sync", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C", "data"
        )
        told = " ".join(
            f"-c {each}" for each in (*FASTER, "listen_addresses=", f"unix_socket_directories={self.folder}")
        )
        self._run("pg_ctl", "--pgdata=data", "--log=log", "--wait", f"--options={told}", "start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run("pg_ctl", "--pgdata=data", "--mode=immediate", "stop")

    def new_database(self, *, like: str | None = None) -> str:
        """Make a database, empty or a copy of the one at a URL that nobody is connected to; return its URL."""
        name = f"archive{next(self._numbers)}"
        copied = [f"--template={make_url(like).database}"] if like else []
        self._run("createdb", f"--host={self.folder}", f"--username={USER}", *copied, name)
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._bin / program), *words]
        with (self.folder / "said").open("ab") as said:
            subprocess.run(command, cwd=self.folder, stdout=said, stderr=said, check=True, **self._as)  # type: ignore[call-overload]  # noqa: S603 ours
