"""What deploy/ says is what the program takes: units that systemd accepts, an image that is built with care."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from monitor.cli import main
from monitor.crontab import cron_trigger
from monitor.layers import setting_names, variable_of

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
SERVICES = (
    "leaderwatch.service",
    "leaderwatch-check.service",
    "leaderwatch-schedule.service",
    "leaderwatch-worker@.service",
)
TIMER = "leaderwatch-check.timer"
LASTING = [name for name in SERVICES if name != "leaderwatch-check.service"]
COMPOSED = {
    name: yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))
    for name in ("compose.yaml", "cluster.compose.yaml")
}
OURS = [
    (file, name)
    for file, composed in COMPOSED.items()
    for name, service in composed["services"].items()
    if "build" in service
]
PROGRAM = "/opt/leaderwatch/bin/leaderwatch"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
VARIABLES = {variable_of(name) for name in setting_names()} | {"LEADERWATCH_CONFIG"}

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Return a folder of the units, with a program that is there in place of theirs."""
    for name in (*SERVICES, TIMER):
        text = (DEPLOY / name).read_text(encoding="utf-8").replace(PROGRAM, sys.executable)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze") or ""
    return subprocess.run([program, *words], capture_output=True, text=True, check=False)  # noqa: S603 systemd


@needs_systemd
@pytest.mark.parametrize("name", [*SERVICES, TIMER])
def test_systemd_accepts_the_unit(units: Path, name: str) -> None:
    verified = analyze("verify", "--man=no", "--recursive-errors=no", str(units / name))
    assert (verified.returncode, verified.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("name", SERVICES)
def test_the_service_is_exposed_as_little_as_one_that_needs_the_network_can_be(units: Path, name: str) -> None:
    rated = analyze("security", "--offline=true", "--threshold=20", str(units / name))
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", rated.stdout)
    assert exposure is not None, rated.stdout + rated.stderr
    assert float(exposure[1]) <= 2.0


@needs_systemd
def test_the_timer_comes_every_six_hours() -> None:
    [written] = re.findall(r"^OnCalendar=(.+)$", (DEPLOY / TIMER).read_text(encoding="utf-8"), re.M)
    said = analyze("calendar", "--iterations=3", "--base-time=2026-06-01 00:00:00 UTC", written).stdout
    assert re.findall(r" (\d\d:\d\d):00 UTC$", said, re.M)[-3:] == ["06:00", "12:00", "18:00"]


def commands() -> list[list[str]]:
    """Return every command that these files run, without the program's name."""
    lines = [
        words.removeprefix(PROGRAM)
        for name in SERVICES
        for words in re.findall(r"^ExecStart=(.+)$", (DEPLOY / name).read_text(encoding="utf-8"), re.M)
    ]
    cron = crontab_lines()[0].rpartition("leaderwatch ")[2]
    image = re.search(r"^CMD \[(.+)\]$", DOCKERFILE, re.M)
    assert image is not None
    return [*(shlex.split(line) for line in [*lines, cron]), re.findall(r'"([^"]+)"', image[1])]


def crontab_lines() -> list[str]:
    text = (DEPLOY / "crontab").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#") and "=" not in line]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_takes_its_options(words: list[str]) -> None:
    command, *options = words
    result = CliRunner().invoke(main, [command, *options, "--help"])
    assert result.exit_code == 0, result.output
    assert all(option in result.output for option in options if option.startswith("--"))


def test_every_variable_is_one_that_the_settings_know() -> None:
    texts = [file.read_text(encoding="utf-8") for file in DEPLOY.iterdir()]
    named = set(re.findall(r"\bLEADERWATCH_[A-Z_]+", " ".join(texts)))
    assert named - {"LEADERWATCH_SMTP_PASSWORD"} <= VARIABLES
    assert "LEADERWATCH_DATABASE" in named


def test_the_crontab_line_is_the_readmes() -> None:
    [line] = crontab_lines()
    assert line in (ROOT / "README.md").read_text(encoding="utf-8")
    cron_trigger(" ".join(line.split()[:5]), "UTC")


# The image


def instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", " ", DOCKERFILE)
    lines = (line.partition(" ") for line in joined.splitlines() if line and not line.startswith("#"))
    return [(name, words) for name, _, words in lines]


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="there is no hadolint for this machine")
def test_hadolint_finds_nothing() -> None:
    linted = subprocess.run(  # noqa: S603 the linter of the dev group
        [shutil.which("hadolint") or "", str(DEPLOY / "Dockerfile")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (linted.returncode, linted.stdout) == (0, "")


def test_the_image_runs_as_nobody_in_particular_says_how_it_is_and_keeps_no_secret() -> None:
    said = dict(instructions())
    assert said["USER"] == "10001:10001"
    assert "/healthz" in said["HEALTHCHECK"]
    assert said["ENTRYPOINT"].startswith("[")
    assert "PASSWORD" not in DOCKERFILE
    assert not [words for name, words in instructions() if name == "ADD"]
    assert all(re.search(r":\d+\.\d+", words) for name, words in instructions() if name == "FROM")


def test_the_image_holds_every_package_of_the_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    copied = {word for name, words in instructions() if name == "COPY" for word in words.split()}
    assert set(shipped) <= copied
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert {f"!{name}" for name in shipped} <= set(let_in)


@pytest.mark.parametrize(("file", "name"), OURS)
def test_the_compose_files_lock_the_containers_down(file: str, name: str) -> None:
    composed: dict[str, Any] = COMPOSED[file]
    service = composed["services"][name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert (ROOT / "deploy" / service["build"]["context"] / service["build"]["dockerfile"]).exists()
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert set(service["secrets"]) == set(composed["secrets"])
    assert {volume.partition(":")[0] for volume in service["volumes"]} <= {
        *composed["volumes"],
        "./leaderwatch.toml",
    }


def test_the_cluster_of_the_compose_file_runs_what_the_program_takes() -> None:
    services = COMPOSED["cluster.compose.yaml"]["services"]
    for name in ("schedule", "worker"):
        command, *options = services[name]["command"]
        result = CliRunner().invoke(main, [command, *options, "--help"])
        assert (command, result.exit_code) == (name, 0)
        assert services[name]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
        assert set(services[name]["build"]["args"]["EXTRAS"].split(",")) <= {"web", "cluster"}


@pytest.mark.parametrize("name", LASTING)
def test_the_stop_leaves_the_service_its_grace(name: str) -> None:
    from monitor.kept import GRACE

    unit = (DEPLOY / name).read_text(encoding="utf-8")
    [stop] = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.M)
    assert int(stop) > GRACE.total_seconds()
