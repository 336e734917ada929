"""The house's own rules: who may import whom, where the outside is touched, what the tree never names."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from monitor.cli import COMMANDS, RESERVED

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHIPPED = [
    name.removesuffix(".py") for name in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
]
OURS = {"model", "scheduler", "scraper", "storage", "monitor", "web", "fixtures"}
ROOMS = ("monitor.cli", "monitor.cluster", "monitor.demo", "monitor.settings", *OURS)
"""Where a module may live, the narrower first."""

BELOW = {
    "model": set[str](),
    "fixtures": set[str](),
    "scraper": {"model"},
    "storage": {"model"},
    "monitor": {"model", "scraper", "storage", "monitor.settings"},
    "monitor.settings": {"model", "monitor"},
    "monitor.cluster": {"model", "scraper", "storage", "monitor", "monitor.settings"},
    "scheduler": {"model", "scraper", "storage", "monitor", "monitor.settings"},
    "monitor.demo": {"model", "scraper", "storage", "monitor", "monitor.settings", "fixtures"},
    "web": {"model", "scraper", "storage", "monitor", "monitor.settings"},
    "monitor.cli": {
        "model",
        "scraper",
        "storage",
        "monitor",
        "monitor.settings",
        "monitor.cluster",
        "monitor.demo",
        "scheduler",
        "web",
    },
}
"""What each room may import besides itself; what is not here is not allowed."""

KEPT_IN = {
    "alembic": {"storage"},
    "apscheduler": {"scheduler", "monitor"},
    "bs4": {"scraper"},
    "click": {"monitor.cli"},
    "fastapi": {"web"},
    "feedgen": {"monitor"},
    "icalendar": {"monitor"},
    "jinja2": {"monitor", "web", "fixtures"},
    "lxml": {"scraper"},
    "nh3": {"web"},
    "procrastinate": {"monitor.cluster"},
    "prometheus_client": {"monitor"},
    "protego": {"scraper"},
    "pyarrow": {"monitor"},
    "rich": {"monitor.cli"},
    "smtplib": {"monitor"},
    "sqlalchemy": {"storage"},
    "stamina": {"scraper"},
    "starlette": {"web"},
    "structlog": {"monitor"},
    "uvicorn": {"web"},
    "warcio": {"monitor"},
    "wayback": {"monitor"},
    "zstandard": {"storage"},
}
"""Parts made for the field, each behind one door."""

NETWORK = {
    "httpx",
    "httpcore",
    "socket",
    "ssl",
    "http.client",
    "urllib.request",
    "scraper.fetching",
    "scraper.robots",
}
ENVIRONMENT = {"environ", "environb", "getenv", "putenv"}


def modules() -> dict[str, ast.Module]:
    """Return every module that ships, parsed, by its dotted name."""
    files = [
        file
        for name in SHIPPED
        for file in ([ROOT / f"{name}.py"] if (ROOT / f"{name}.py").exists() else (ROOT / name).rglob("*.py"))
    ]
    return {dotted(file): ast.parse(file.read_text(encoding="utf-8"), str(file)) for file in files}


def dotted(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = modules()


def imported(name: str) -> Iterator[str]:
    """Yield what a module imports, wherever in it the import stands: `a.b` for `from a import b` too."""
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno}: relative imports hide the direction"
            whole = node.module or ""
            yield from (
                inner if (inner := f"{whole}.{alias.name}") in MODULES or whole == "urllib" else whole
                for alias in node.names
            )


def room(name: str) -> str:
    return next((room for room in ROOMS if name == room or name.startswith(f"{room}.")), "")


def test_the_top_level_names_are_the_houses() -> None:
    assert set(SHIPPED) <= OURS
    folders = {file.parent.name for file in ROOT.glob("*/*.py")}
    assert folders <= set(SHIPPED) | {"tests", "bench"}
    assert {file.stem for file in ROOT.glob("*.py")} <= {"model", "scheduler"}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_point_one_way(name: str) -> None:
    here = room(name)
    elsewhere = {there for other in imported(name) if (there := room(other)) not in ("", here)}
    assert elsewhere <= BELOW[here], f"{name} may not import {sorted(elsewhere - BELOW[here])}"


def test_no_two_modules_import_each_other() -> None:
    graph = {name: {other for other in imported(name) if other in MODULES} - {name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("name", sorted(MODULES))
def test_each_part_made_for_the_field_stays_behind_its_door(name: str) -> None:
    parts = {other.split(".")[0] for other in imported(name)}
    strays = {
        part
        for part in parts & KEPT_IN.keys()
        if room(name).split(".")[0] not in KEPT_IN[part] and room(name) not in KEPT_IN[part]
    }
    assert not strays, f"{name} imports {sorted(strays)}"


def test_parsing_never_fetches() -> None:
    seen, waiting = set[str](), ["scraper.parsing"]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        reached = set(imported(name))
        assert not reached & NETWORK, f"{name} reaches {sorted(reached & NETWORK)}"
        waiting += [other for other in reached if other in MODULES and other not in seen]


def named(name: str, wanted: set[str]) -> list[int]:
    """Return the lines on which a module names `os.<wanted>`, or imports it from os."""
    nodes = list(ast.walk(MODULES[name]))
    reads = [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Attribute)
        and node.attr in wanted
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    ]
    return reads + [
        node.lineno
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        and node.module == "os"
        and wanted & {alias.name for alias in node.names}
    ]


@pytest.mark.parametrize(
    "name", sorted(name for name in MODULES if room(name) not in ("monitor.settings", "monitor.cli"))
)
def test_the_environment_is_read_where_settings_are(name: str) -> None:
    assert not named(name, ENVIRONMENT)


@pytest.mark.parametrize("name", sorted(name for name in MODULES if room(name) != "monitor.cli"))
def test_only_the_command_line_speaks_to_the_terminal(name: str) -> None:
    calls = [node for node in ast.walk(MODULES[name]) if isinstance(node, ast.Call)]
    spoken = [
        call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("print", "input")
    ]
    assert not spoken


def named_by_tests() -> set[str]:
    """Return the modules that have a test file of their name, or whose dotted name a test spells."""
    tests = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py")}
    words = set(re.findall(r"[\w.]+", " ".join(tests.values())))
    singles = {
        f"{parent}.{leaf}"
        for text in tests.values()
        for parent, leaves in re.findall(r"^from ([\w.]+) import ([\w, ]+)$", text, re.MULTILINE)
        for leaf in re.split(r", ?", leaves)
    }
    return {name for name in MODULES if name in words | singles or f"test_{name.split('.')[-1]}" in tests}


def test_every_module_is_named_by_a_test_or_serves_one_that_is() -> None:
    """The commands count as named: they are imported by name, and `tests/test_cli.py` runs each."""
    tested, before = (
        named_by_tests() | {f"monitor.cli.{RESERVED.get(name, name)}" for name in COMMANDS},
        set[str](),
    )
    while tested != before:
        before = set(tested)
        tested |= {
            other
            for name in before
            for other in imported(name)
            if other in MODULES and other.split(".")[0] == name.split(".")[0]
        }
    untested = {name for name in MODULES if name not in tested and ".migrations." not in name}
    assert not untested


def test_the_changelog_speaks_of_the_version_that_ships() -> None:
    newest = re.search(
        r"^## \[?(\d[^\s\]]*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert newest is not None
    assert newest[1] == PROJECT["project"]["version"]


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S603 - git itself
    return [file for name in listed.stdout.split("\0") if name and (file := ROOT / name).is_file()]


def test_no_file_names_a_machine_or_a_package_index() -> None:
    hosts = [rf"py{'pi'}\.org", rf"python{'hosted'}", rf"npm{'js'}\.(org|com)", rf"deb\.{'debian'}\.org"]
    places = [rf"/{place}/" for place in ("work", "root", "farm", "tmp/lw")]
    never = re.compile("|".join(hosts + [rf"(?<![\w.\-/]){place}" for place in places]))
    found = []
    for file in tracked():
        text = file.read_bytes().decode("utf-8", errors="replace")
        found += [f"{file.relative_to(ROOT)}: {hit[0]}" for hit in never.finditer(text)]
    assert not found


def test_the_lock_pins_every_requirement_by_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {re.sub(r"[-_.]+", "-", name.lower()) for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    assert {re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", line)[0].lower()) for line in wanted} <= pinned
    entries = re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock


def test_the_oldest_python_is_the_one_that_types_are_checked_for() -> None:
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert PROJECT["tool"]["mypy"]["python_version"] == oldest
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"
    assert sys.version_info >= tuple(map(int, oldest.split(".")))
