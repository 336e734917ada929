"""What the README shows is what the installed program does: saved pages on loopback, a real mail server."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import MISSING, dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fixtures import path
from monitor.declared import CBP_URL, NEWS, SECTIONS, TABLES, Settings, declarations
from monitor.durations import format_duration
from monitor.settings import load
from tests.loopback import Site
from tests.test_outbox import Inbox, mail_server

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = Path(sys.executable).with_name("leaderwatch")
PAGE = CBP_URL.removeprefix("https://www.cbp.gov")
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d( UTC|Z)")

needs_program = pytest.mark.skipif(not PROGRAM.exists(), reason="install the project: make test does")


@dataclass(frozen=True)
class Shown:
    """One command of the README, what it says comes out, and the page that the site serves by then."""

    command: str
    output: list[str]
    served: str | None


def commands() -> Iterator[Shown]:
    """Yield the commands of the README's console blocks, from top to bottom."""
    served = None
    for marker, block in re.findall(r"<!-- the site serves (\S+) -->|```console\n(.*?)```", README, re.DOTALL):
        served = marker or served
        for part in filter(None, re.split(r"^\$ ", block, flags=re.MULTILINE)):
            command, *output = part.splitlines()
            yield Shown(command, output, served)


def fenced(language: str) -> list[str]:
    """Return the README's blocks in a language, from top to bottom."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def as_pattern(output: list[str]) -> re.Pattern[str]:
    """Return what matches such output: a line of dots is any lines, any time stands for any other."""
    lines = [
        "(.*\n)*?"
        if line == "..."
        else TIME.sub("<time>", re.escape(line).replace(r"\ ", " ").replace(r"\-", "-").replace(r"\:", ":"))
        + " *\n"
        for line in output
    ]
    return re.compile("".join(lines).replace("<time>", TIME.pattern))


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment without settings of its own, for a terminal of 100 columns."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEADERWATCH_")}
    return kept | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"} | more


def run(words: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 the installed program
        words,
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@needs_program
def test_the_readmes_commands_print_what_it_shows(tmp_path: Path) -> None:
    inbox, shown = Inbox(), list(commands())
    assert len(shown) > 6
    server = mail_server(inbox, authenticator=inbox.check_login, auth_require_tls=False)
    with Site() as site, server as port:
        mail = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "PASSWORD": "hunter2"}
        more = {f"LEADERWATCH_SMTP_{name}": value for name, value in mail.items()}
        for each in shown:
            if each.served:
                site.serve(PAGE, path(each.served).read_bytes())
            result = run(
                [str(PROGRAM), *shlex.split(each.command)[1:]],
                tmp_path,
                LEADERWATCH_ALLOW_PRIVATE="127.0.0.1",
                **more,
            )
            printed = result.stdout.replace(site.url("").rstrip("/"), "https://www.cbp.gov")
            assert (result.returncode, result.stderr) == (1 if " diff " in each.command else 0, ""), (
                each.command
            )
            assert as_pattern(each.output).fullmatch(printed), f"$ {each.command}\n{printed}"
            if " init" in each.command:
                filled = fenced("toml")[0].replace(CBP_URL, site.url(PAGE))
                (tmp_path / "leaderwatch.toml").write_text(filled, encoding="utf-8")
    (message,) = inbox.messages()
    assert message["To"] == "newsroom@example.org"
    assert "Michael W. Banks replaces Jason Owens" in message["Subject"]


@needs_program
def test_the_crontab_line_runs(tmp_path: Path) -> None:
    minute, hour, *_, command = fenced("crontab")[0].strip().split(maxsplit=5)
    assert (minute, hour) == ("0", "*/6")
    folder, _, program = command.partition(" && ")
    assert folder.startswith("cd ")
    with Site() as site:
        site.serve(PAGE, path("cbp_2024-04-19.html").read_bytes())
        words = [str(PROGRAM), *shlex.split(program)[1:]]
        assert Path(shlex.split(program)[0]).name == "leaderwatch"
        more = {"LEADERWATCH_ALLOW_PRIVATE": "127.0.0.1", "LEADERWATCH_URL": site.url(PAGE)}
        first, again = run(words, tmp_path, **more), run(words, tmp_path, **more)
    assert (first.returncode, first.stderr) == (0, "")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


@needs_program
def test_trouble_is_exit_status_two_and_one_line(tmp_path: Path) -> None:
    with Site() as site:
        site.serve(PAGE, path("maintenance.html").read_bytes(), status=503, headers={"Retry-After": "3600"})
        more = {"LEADERWATCH_ALLOW_PRIVATE": "127.0.0.1", "LEADERWATCH_URL": site.url(PAGE)}
        result = run([str(PROGRAM), "check"], tmp_path, **more)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    for trouble in (
        ["show", "--database", "none.db"],
        ["check", "--timezone", "UTC"],
        ["diff", "a.html", "b.html"],
    ):
        assert run([str(PROGRAM), *trouble], tmp_path).returncode == 2


def test_the_readmes_python_prints_sentences(tmp_path: Path) -> None:
    result = run([sys.executable, "-c", fenced("python")[0]], ROOT)
    assert (
        "Michael W. Banks replaced Jason Owens as Chief, United States Border Patrol."
        in result.stdout.splitlines()
    )
    assert result.returncode == 0


def test_the_rule_that_is_shown_can_be_used(tmp_path: Path) -> None:
    file = tmp_path / "leaderwatch.toml"
    file.write_text("\n".join(fenced("toml")), encoding="utf-8")
    password = {"LEADERWATCH_SMTP_PASSWORD": "hunter2"}
    (rule,) = load(file, environ=password, overrides={}).alerts.rules
    assert (rule.name, str(rule.threshold), rule.digest) == ("budget-desk", "5", "0 7 * * mon")


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.+?) \| (.+) \|$", README, re.MULTILINE)
    assert [tuple(row) for row in rows if row[0] in dict(settings())] == [
        (key, *said) for key, said in settings()
    ]


def settings() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield every setting as the README's table has it: key, then default and purpose."""
    sections = {"": Settings, "[[pages]] ": TABLES["pages"]}
    for section, section_of in SECTIONS.items():
        sections[f"[{section}] "] = section_of
        sections |= {f"[[{name}]] ": table for name, table in TABLES.items() if name.startswith(f"{section}.")}
    for header, section_of in sections.items():
        for name, (declared, of) in declarations(section_of).items():
            default = declared.unset if of.default in (None, MISSING) else of.default
            written = "all but `text_changed`" if default == NEWS else f"`{as_toml(default)}`"
            yield f"{header}{name}", (written, declared.purpose)


def as_toml(default: Any) -> str:
    if isinstance(default, Decimal):
        return f'"{default}%"'
    return json.dumps(format_duration(default) if isinstance(default, timedelta) else default)


def test_every_place_on_the_map_is_there() -> None:
    places = re.findall(r"`([\w/]+(?:/|\.py|\.md))`", README.partition("## The map of the code")[2])
    assert len(places) > 10
    assert [place for place in places if not (ROOT / place).exists()] == []
    assert {f"{room}/" for room in ("scraper", "storage", "monitor", "fixtures", "tests")} <= set(places)


def test_every_make_command_that_the_docs_name_exists() -> None:
    docs = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", docs, re.MULTILINE)) <= targets
