"""What the whole suite shares: a stand-in site, a fresh archive, a client that reaches loopback, no waiting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import httpx
import pytest
import stamina

from scraper.fetching import open_client
from tests.loopback import Site

if TYPE_CHECKING:
    from storage import Archive
    from tests.postgres import Server

USER_AGENT = "leaderwatch/0 (+https://example.org/contact)"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", default="sqlite", choices=["sqlite", "postgresql"], help="what keeps `archive`"
    )


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    """Let retries happen as often as in earnest, without the pauses between them."""
    with stamina.set_testing(True, attempts=100, cap=True):
        yield


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on loopback that answers as it is told."""
    with Site() as site:
        yield site


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that the demo leaves behind, for tests that only look at it."""
    from tests.serving_web import demo_archive

    return demo_archive(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def demo(demo_database: Path) -> Iterator[httpx.Client]:
    """The demo's archive in a browser's reach."""
    from tests.serving_web import visiting

    with visiting(demo_database) as client:
        yield client


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """A client that may reach loopback, and nothing else that is private."""
    with open_client(USER_AGENT, allow_private=["127.0.0.1"]) as client:
        yield client


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this test run's own."""
    from tests.postgres import Server, programs

    pytest.importorskip("psycopg", reason="the extra `postgresql` is not installed")
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed: on Debian and Ubuntu, apt-get install postgresql")
    memory = Path("/dev/shm")  # noqa: S108 a folder of its own in there
    kept_in = memory if memory.is_dir() else None
    with TemporaryDirectory(dir=kept_in) as folder, Server(Path(folder), found) as server:
        yield server


@pytest.fixture(scope="session")
def empty_archive(postgres: Server) -> str:
    """The URL of an archive that nothing was written into, for copies of it."""
    from storage import Archive

    url = postgres.new_database()
    Archive.open(url).close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def new_location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an archive may be kept that does not exist yet: a file, then a database of a server."""
    if request.param == "sqlite":
        return str(tmp_path / "leaderwatch.db")
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty archive may be opened: a file, then a database of a server."""
    if request.param == "sqlite":
        return str(tmp_path / "leaderwatch.db")
    server: Server = request.getfixturevalue("postgres")
    return server.new_database(like=request.getfixturevalue("empty_archive"))


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The database that keeps `archive`; a module whose tests hold for both parametrises it (`BOTH_ENGINES`)."""
    return str(request.config.getoption("--engine"))


@pytest.fixture
def archive(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive: a SQLite file of its own, or a database of a server."""
    from storage import Archive

    location = str(tmp_path / "archive.db")
    if engine == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        location = server.new_database(like=request.getfixturevalue("empty_archive"))
    with Archive.open(location) as archive:
        yield archive
