"""The command line as its users meet it: output, errors, exit statuses."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import httpx
import pytest
from click.testing import CliRunner, Result

from fixtures import path
from monitor.cli import COMMANDS, main
from storage import Archive
from tests.commands import PROGRAM, ROOT, started
from tests.loopback import Asked, Reply, Site
from tests.watching import PATH, instead, markup, without

Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call the program in an empty folder, loopback allowed."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str, **env: str) -> Result:
        return CliRunner().invoke(main, words, env={"LEADERWATCH_ALLOW_PRIVATE": "127.0.0.1"} | env)

    return call


@pytest.fixture
def check(call: Call, site: Site) -> Callable[..., Result]:
    """Check a body on loopback, into watch.db."""

    def check(body: str, *words: str) -> Result:
        site.serve(PATH, body)
        return call("check", "--url", site.url(PATH), "--database", "watch.db", *words)

    return check


def rows(result: Result) -> Any:
    return json.loads(result.stdout)


# Every command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_with_an_example(call: Call, name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    assert re.search(rf"^ *Examples?:\n +leaderwatch {name}\b", result.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_ones_help_begins_with(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert (command.help or "").split("\n\n")[0].replace("\n", " ") == COMMANDS[name]


def test_version_imports_next_to_nothing() -> None:
    program = "import sys; from monitor.cli import main\ntry: main(['--version'])\nfinally: print(*sys.modules)"
    said, _ = started([sys.executable, "-c", program], ROOT).communicate(timeout=30)
    assert re.match(r"leaderwatch \d+\.\d+", said)
    heavy = {"rich", "sqlalchemy", "httpx", "lxml", "bs4", "apscheduler", "alembic", "rapidfuzz", "jinja2"}
    assert not heavy & set(said.split())


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["nonsense"], "leaderwatch: No such command 'nonsense'. Try 'leaderwatch --help'."),
        (["check", "--nonsense"], "leaderwatch: No such option '--nonsense'. Try 'leaderwatch check --help'."),
        (
            ["show"],
            "leaderwatch: no archive at leaderwatch.db: `leaderwatch check` makes one",
        ),
        (
            ["diff", "99999999999999999999", "now"],
            "leaderwatch: no capture has the number 99999999999999999999",
        ),
        (["parse", "nowhere.html"], "leaderwatch: 'nowhere.html' is no file, URL, capture number or date"),
        (["check", "--config", "nowhere.toml"], "leaderwatch: cannot read the settings file nowhere.toml"),
        (["diff", "2024-05-01T12:00", "now"], "leaderwatch: '2024-05-01T12:00' names no time zone"),
    ],
)
def test_an_error_is_one_line_and_exit_status_2(call: Call, words: list[str], line: str) -> None:
    result = call(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1
    assert not result.stdout


def test_no_command_is_the_help_and_exit_status_2(call: Call) -> None:
    result = call()
    assert result.exit_code == 2
    assert result.stdout.splitlines()[0].startswith("Usage: leaderwatch")
    assert result.stdout.count("\n") > 10


def test_parse_reads_a_pipe(call: Call, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(path("cbp_2024-04-19.html").read_bytes(),))
    writer.start()
    result = call("parse", str(pipe), "--json")
    writer.join()
    assert len(rows(result)["offices"]) == 6


def test_a_bug_is_an_apology_in_one_line(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oh dear")

    monkeypatch.setattr(main, "invoke", broken)
    result = call("show")
    assert result.exit_code == 2
    assert "ZeroDivisionError: oh dear" in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" in call("--debug", "show").stderr


# check


def test_check_shows_a_baseline_then_changes_then_nothing_new(check: Callable[..., Result]) -> None:
    result = check(markup())
    assert result.exit_code == 0
    assert "baseline, 4 offices, 4 leaders (1 acting), 1 figure" in result.stdout
    assert "Jane Q. Doe" in result.stdout
    result = check(instead(Rivers="Director Zoe Park"))
    assert result.exit_code == 0
    assert "1 change" in result.stdout
    assert "~ Zoe Park replaced Rafael Ortega as Director, Office of Rivers." in result.stdout
    result = check(instead(Rivers="Director Zoe Park"))
    assert "unchanged since" in result.stdout
    assert not result.stderr


def test_quiet_speaks_only_of_changes_and_trouble(check: Callable[..., Result], site: Site) -> None:
    for body in (markup(), markup()):
        assert check(body, "--quiet").output == ""
    assert "Zoe Park" in check(instead(Rivers="Director Zoe Park"), "--quiet").stdout
    result = check("", "--quiet")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_json_is_one_object_with_a_row_for_each_page(check: Callable[..., Result], site: Site) -> None:
    [row] = rows(check(markup(), "--json"))["pages"]
    assert row["name"].startswith("127-0-0-1")
    assert (row["outcome"], row["verdict"], row["reason"], row["changes"]) == ("baseline", "ok", None, [])
    [row] = rows(check(without("Office of Lakes"), "--json"))["pages"]
    assert (row["outcome"], row["changes"][0]["pending"]) == ("unchanged", True)


def test_trouble_has_one_line_a_reason_and_advice(check: Callable[..., Result]) -> None:
    check(markup())
    result = check("<h1>Just a moment...</h1>", "--json")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "What was known stays as it was" in result.stderr
    assert rows(result)["pages"][0]["outcome"] in ("blocked", "failed")


def test_a_site_that_cannot_be_reached_says_what_to_try(call: Call) -> None:
    result = call("check", "--url", "http://127.0.0.1:9/leaders", "--database", "watch.db")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "refused the connection" in result.stderr
    assert "leaderwatch demo" in result.stderr


def test_a_server_that_sends_elsewhere_was_reached(call: Call, site: Site) -> None:
    site.serve(PATH, "", status=302, headers={"Location": PATH})
    result = call("check", "--url", site.url(PATH), "--database", "watch.db")
    assert (result.exit_code, "leaderwatch demo" in result.stderr) == (2, False)
    assert "open the page in a browser" in result.stderr


def test_private_addresses_are_refused_unless_named(call: Call, site: Site) -> None:
    site.serve(PATH, markup())
    result = call("check", "--url", site.url(PATH), LEADERWATCH_ALLOW_PRIVATE="")
    assert result.exit_code == 2
    assert "127.0.0.1" in result.stderr
    assert not site.requests


def test_every_page_of_the_settings_is_checked_whatever_happens_to_the_others(
    call: Call, site: Site, tmp_path: Path
) -> None:
    site.serve("/good", markup())
    pages = [f'[[pages]]\nname = "{name}"\nurl = "{site.url("/" + name)}"\n' for name in ("bad", "good")]
    (tmp_path / "leaderwatch.toml").write_text("".join(pages), encoding="utf-8")
    result = call("check", "--json")
    assert result.exit_code == 2
    assert [row["outcome"] for row in rows(result)["pages"]] == ["failed", "baseline"]


def test_a_name_that_moves_to_another_url_says_where_its_history_is(
    call: Call, site: Site, tmp_path: Path
) -> None:
    told = []
    for address in ("/old", "/new", "/new"):
        site.serve(address, markup())
        page = f'[[pages]]\nname = "waterways"\nurl = "{site.url(address)}"\n'
        (tmp_path / "leaderwatch.toml").write_text(page, encoding="utf-8")
        result = call("check", "--quiet")
        told.append((result.exit_code, site.url("/old") in result.stderr, result.stderr.count("\n")))
    assert told == [(0, False, 0), (0, True, 1), (0, False, 0)]


def test_page_text_cannot_steer_the_terminal(check: Callable[..., Result]) -> None:
    evil = instead(Rivers="Director Zoe \x1b[31mPark\u202e [bold]Red[/bold]")
    result = check(evil)
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    for word in ("show", "changes"):
        assert "\x1b" not in CliRunner().invoke(main, [word, "--database", "watch.db"]).output


def test_two_first_checks_at_once_make_one_baseline(site: Site, tmp_path: Path) -> None:
    site.serve(PATH, markup())
    outcomes = [row["outcome"] for row in at_once(site, tmp_path, 3)]
    assert sorted(outcomes) == ["baseline", "unchanged", "unchanged"]


def test_checks_at_once_tell_a_change_once(site: Site, tmp_path: Path) -> None:
    site.serve(PATH, markup())
    at_once(site, tmp_path, 1)
    site.serve(PATH, instead(Rivers="Director Zoe Park"))
    assert sorted(row["outcome"] for row in at_once(site, tmp_path, 3)) == ["changed", "unchanged", "unchanged"]
    with Archive.open(tmp_path / "watch.db") as archive:
        assert len(archive.changes()) == 1
        assert len(archive.checks(1)) == 4


def at_once(site: Site, folder: Path, count: int) -> list[dict[str, Any]]:
    """Run checks in processes of their own, all started before the first ends; return their rows."""
    words = [*PROGRAM, "check", "--url", site.url(PATH), "--database", str(folder / "watch.db"), "--json"]
    running = [started(words, folder) for _ in range(count)]
    found = []
    for process in running:
        stdout, stderr = process.communicate(timeout=60)
        assert (process.returncode, stderr) == (0, "")
        found += json.loads(stdout)["pages"]
    return found


# run


def test_run_checks_at_once_and_stops_cleanly_on_sigterm(site: Site, tmp_path: Path) -> None:
    site.serve(PATH, markup())
    process = started([*PROGRAM, "run", "--every", "1h", "--url", site.url(PATH)], tmp_path)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2)]
    process.send_signal(signal.SIGTERM)
    rest, stderr = process.communicate(timeout=30)
    assert (process.returncode, rest, stderr) == (0, "", "")
    assert "every 1h" in lines[0]
    assert "baseline" in lines[1]


def test_run_with_a_cron_expression_waits_for_its_time(site: Site, tmp_path: Path) -> None:
    words = ["run", "--cron", "0 6 * * *", "--timezone", "America/New_York", "--url", site.url(PATH)]
    process = started([*PROGRAM, *words], tmp_path)
    assert process.stdout is not None
    assert '"0 6 * * *", America/New_York time' in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert not site.requests


def test_a_service_goes_on_though_nobody_reads_what_is_said(site: Site, tmp_path: Path) -> None:
    third = told_after(site, 3)
    with started([*PROGRAM, "run", "--every", "1s", "--url", site.url(PATH)], tmp_path) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        assert third.wait(30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def told_after(site: Site, count: int) -> threading.Event:
    """Serve the page, and return what is set when it was asked for so many times."""
    reached = threading.Event()

    def answer(_: Asked) -> Reply:
        if site.asked_for(PATH) >= count:
            reached.set()
        return Reply(markup())

    site.serve_with(PATH, answer)
    return reached


def test_run_reads_its_settings_again_on_sighup_and_keeps_the_old_where_they_are_bad(
    site: Site, tmp_path: Path
) -> None:
    site.serve(PATH, markup())
    file, page = tmp_path / "leaderwatch.toml", f'[[pages]]\nname = "one"\nurl = "{site.url(PATH)}"\n'
    file.write_text(page, encoding="utf-8")
    with started([*PROGRAM, "run"], tmp_path) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "Checking 1 page every 6h; Ctrl-C stops.\n"
        assert "baseline" in process.stdout.readline()
        file.write_text("[fetch]\ntimeout = 'soon'\n" + page, encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        assert "the settings stay as they were: fetch.timeout = 'soon'" in process.stderr.readline()
        file.write_text("[schedule]\nevery = '2h'\n" + page, encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        assert process.stdout.readline() == "Checking 1 page every 2h; Ctrl-C stops.\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_run_prints_one_object_a_check(site: Site, tmp_path: Path) -> None:
    site.serve(PATH, markup())
    with started([*PROGRAM, "run", "--every", "1s", "--json", "--url", site.url(PATH)], tmp_path) as process:
        assert process.stdout is not None
        checks = [json.loads(process.stdout.readline())["pages"][0] for _ in range(2)]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert [check["outcome"] for check in checks] == ["baseline", "unchanged"]


def test_run_answers_for_itself_and_logs_as_json(site: Site, tmp_path: Path) -> None:
    reached = told_after(site, 2)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    words = ["run", "--every", "1s", "--url", site.url(PATH), "--metrics", address]
    (tmp_path / "leaderwatch.toml").write_text('[log]\nformat = "json"\n', encoding="utf-8")
    with started([*PROGRAM, *words], tmp_path) as process:
        assert process.stderr is not None
        assert [json.loads(process.stderr.readline())["event"] for _ in range(2)] == ["begun", "check"]
        assert reached.wait(30)
        assert httpx.get(f"http://{address}/healthz").json()["status"] == "ok"
        assert 'leaderwatch_checks_total{outcome="baseline"' in httpx.get(f"http://{address}/metrics").text
        process.send_signal(signal.SIGTERM)
        stdout, _ = process.communicate(timeout=30)
        assert (process.returncode, stdout) == (0, "")


# web


def test_web_says_where_the_archive_is_and_stops_cleanly_on_sigterm(site: Site, tmp_path: Path) -> None:
    site.serve(PATH, markup())
    at_once(site, tmp_path, 1)
    process = started([*PROGRAM, "web", "--database", "watch.db", "--port", "0"], tmp_path)
    assert process.stdout is not None
    said = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/", said)
    assert address, said
    assert "Office of Harbors" in httpx.get(address[0], follow_redirects=True).text
    process.send_signal(signal.SIGTERM)
    rest, stderr = process.communicate(timeout=30)
    assert (process.returncode, rest, stderr) == (0, "", "")


def test_run_serves_the_archive_to_browsers_beside_the_checks(site: Site, tmp_path: Path) -> None:
    site.serve(PATH, markup())
    words = ["run", "--web", "--every", "1h", "--url", site.url(PATH)]
    process = started([*PROGRAM, *words], tmp_path, LEADERWATCH_WEB_PORT="0")
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(3)]
    address = lines[0].removeprefix("The archive is at ").strip()
    assert "baseline" in lines[2]
    assert "Office of Harbors" in httpx.get(address, follow_redirects=True).text
    process.send_signal(signal.SIGTERM)
    rest, stderr = process.communicate(timeout=30)
    assert (process.returncode, rest, stderr) == (0, "", "")


def test_web_that_cannot_begin_leaves_the_signals_as_they_were(call: Call) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert call("web", "--database", "nowhere.db").exit_code == 2
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


def test_web_without_its_extra_names_it(
    check: Callable[..., Result], call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(markup())
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "web.serving", raising=False)
    result = call("web", "--database", "watch.db")
    assert result.exit_code == 2
    assert "pip install 'leaderwatch[web]'" in result.stderr


# parse, diff


def test_parse_prints_the_published_shape(call: Call) -> None:
    row = rows(call("parse", str(path("cbp_2024-04-19.html")), "--json"))
    assert list(row) == ["url", "title", "last_modified", "figures", "offices"]
    assert len(row["offices"]) == 6
    assert row["last_modified"] == "2024-04-19"


def test_parse_reads_standard_input(call: Call) -> None:
    result = CliRunner().invoke(main, ["parse", "-", "--json"], input=markup())
    assert len(rows(result)["offices"]) == 4


def test_parse_quotes_the_words_of_every_value(call: Call, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(markup(), encoding="utf-8")
    quotes = rows(call("parse", "page.html", "--json", "--quotes"))["quotes"]
    assert {"what": "leader", "value": "Jane Q. Doe"}.items() <= quotes[1].items()
    assert "Jane Q. Doe" in quotes[1]["quote"]["text"]
    assert "Words on the page" in call("parse", "page.html", "--quotes").stdout


def test_parse_of_something_else_says_what_it_is(call: Call) -> None:
    result = call("parse", str(path("soft_404.html")))
    assert result.exit_code == 2
    assert "soft_404.html: " in result.stderr
    assert result.stderr.count("\n") == 1


def test_parse_of_a_url(call: Call, site: Site) -> None:
    site.serve(PATH, markup())
    assert rows(call("parse", site.url(PATH), "--json"))["url"] == site.url(PATH)


@pytest.mark.parametrize(
    ("b", "verdict", "status"),
    [
        ("redesign_cards.after.html", "same", 0),
        ("cbp_2025-05-06.html", "changed", 1),
        ("halved.after.html", "suspect", 2),
        ("three_offices.after.html", "suspect", 2),
    ],
)
def test_diff_ends_as_diff_does(call: Call, b: str, verdict: str, status: int) -> None:
    words = ["diff", str(path("cbp_2024-04-19.html")), str(path(b))]
    result = call(*words, "--json")
    row = rows(result)
    assert (row["verdict"], result.exit_code) == (verdict, status)
    assert list(row) == ["verdict", "reason", "changes"]
    assert bool(row["changes"]) == (verdict == "changed")
    assert bool(row["reason"]) == (verdict == "suspect")
    assert call(*words).exit_code == status


def test_diff_asks_the_archive_for_numbers_and_dates(check: Callable[..., Result], call: Call) -> None:
    for body in (markup(), instead(Rivers="Director Zoe Park")):
        check(body)
    for a, b in (("1", "2"), ("1", "now"), ("1", "2999-01-01")):
        result = call("diff", a, b, "--database", "watch.db", "--json")
        assert [change["kind"] for change in rows(result)["changes"]] == ["leader_replaced"]
    result = call("diff", "2001-01-01", "now", "--database", "watch.db")
    assert result.exit_code == 2
    assert "nothing of the page at or before 2001-01-01" in result.stderr


def test_asking_the_archive_adds_no_page_to_it(
    check: Callable[..., Result], call: Call, tmp_path: Path
) -> None:
    check(markup())
    call("diff", "1", "now", "--database", "watch.db")
    with Archive.open(tmp_path / "watch.db") as archive:
        assert len(archive.pages()) == 1


def test_asking_makes_no_archive_of_an_empty_file(call: Call, tmp_path: Path) -> None:
    (tmp_path / "watch.db").touch()
    result = call("show", "--database", "watch.db")
    assert (result.exit_code, (tmp_path / "watch.db").stat().st_size) == (2, 0)
    assert "no archive at watch.db" in result.stderr


# show, changes, review


def test_show_tells_when_it_was_seen_and_what_waits(check: Callable[..., Result], call: Call) -> None:
    for body in (markup(), without("Office of Lakes")):
        check(body)
    result = call("show", "--database", "watch.db")
    assert "As last seen 20" in result.stdout
    assert "waits to be" in result.stdout
    [page] = rows(call("show", "--database", "watch.db", "--json"))["pages"]
    assert [change["kind"] for change in page["pending"]] == ["office_removed"]
    assert len(page["page"]["offices"]) == 4
    assert page["last_seen"].endswith("Z")


def test_show_says_when_the_newest_check_failed(check: Callable[..., Result], call: Call) -> None:
    for body in (markup(), ""):
        check(body)
    assert "failed: the body is empty" in " ".join(call("show", "--database", "watch.db").stdout.split())


def test_show_of_a_page_that_is_not_there_names_those_that_are(
    check: Callable[..., Result], call: Call
) -> None:
    check(markup())
    result = call("show", "--database", "watch.db", "--page", "nobody")
    assert result.exit_code == 2
    assert "127-0-0-1" in result.stderr


def test_changes_lists_and_filters(check: Callable[..., Result], call: Call) -> None:
    for body in (markup(), instead(Rivers="Director Zoe Park", Lakes="")):
        check(body)

    def listed(*words: str) -> list[str]:
        return [
            row["kind"] for row in rows(call("changes", "--database", "watch.db", "--json", *words))["changes"]
        ]

    assert listed() == ["leader_replaced"]
    assert listed("--all") == ["leader_departed", "leader_replaced"]
    assert listed("--since", "2999-01-01") == []
    assert listed("--until", "2001-01-01") == []
    assert listed("--until", time.strftime("%Y-%m-%d", time.gmtime())) == ["leader_replaced"]
    assert listed("--office", "Office of Lakes") == []
    assert listed("--kind", "leader_replaced") == ["leader_replaced"]
    assert "Zoe Park replaced" in " ".join(call("changes", "--database", "watch.db").stdout.split())


@pytest.mark.parametrize(
    "office", ["office of rivers", "OFFICE OF RIVERS", "OR", "rivers", "riv", "Office of Rovers"]
)
def test_changes_find_an_office_by_what_people_call_it(
    check: Callable[..., Result], call: Call, office: str
) -> None:
    for body in (markup(), instead(Rivers="Director Zoe Park")):
        check(body.replace("<h2>Office of Rivers", "<h2>Office of Rivers (OR)"))
    found = rows(call("changes", "--database", "watch.db", "--json", "--office", office))["changes"]
    assert [row["office"] for row in found] == ["Office of Rivers"]


def test_changes_of_an_office_that_nobody_knows_name_those_that_are(
    check: Callable[..., Result], call: Call
) -> None:
    check(markup())
    result = call("changes", "--database", "watch.db", "--office", "Office of Bridges")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "Office of Rivers" in result.stderr


def test_changes_of_a_word_for_several_offices_list_the_choices(
    check: Callable[..., Result], call: Call
) -> None:
    check(markup())
    result = call("changes", "--database", "watch.db", "--office", "office")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "'office' may be Office of Harbors, Office of Rivers" in result.stderr


def test_review_shows_accepts_and_tells(check: Callable[..., Result], call: Call) -> None:
    check(markup())
    half = markup({"Office of Harbors": "Director Jane Q. Doe", "Office of Rivers": "Director Rafael Ortega"})
    assert check(half).exit_code == 2
    listed = call("review", "--database", "watch.db")
    assert "2 of 4 offices are gone at once" in listed.stdout
    assert "not there" in listed.stdout
    [row] = rows(call("review", "--database", "watch.db", "--json"))["quarantined"]
    assert (row["current"], len(row["believed"]["offices"]), len(row["candidate"]["offices"])) == (True, 4, 2)
    accepted = call("review", "accept", str(row["snapshot"]), "--database", "watch.db")
    assert accepted.exit_code == 0
    assert "2 changes" in accepted.stdout
    assert "Nothing is in quarantine." in call("review", "--database", "watch.db").stdout
    assert "unchanged" in check(half).stdout


def test_review_rejects_and_takes_it_back(check: Callable[..., Result], call: Call) -> None:
    few = markup({"Office of Harbors": "Director Jane Q. Doe"})
    check(markup())
    check(few)
    [row] = rows(call("review", "--database", "watch.db", "--json"))["quarantined"]
    number = str(row["snapshot"])
    rejected = call("review", "reject", number, "--database", "watch.db")
    assert (rejected.exit_code, f"`leaderwatch review accept {number}` takes this back" in rejected.stdout) == (
        0,
        True,
    )
    again = call("review", "reject", number, "--database", "watch.db")
    assert again.exit_code == 2
    assert "it is rejected" in again.stderr
    still = check(few)
    assert (still.exit_code, still.stderr.count("\n")) == (2, 1)
    assert f"`leaderwatch review accept {number}` believes them after all" in still.stderr
    assert "`leaderwatch review --rejected` shows" in call("review", "--database", "watch.db").stdout
    assert "not there" in call("review", "--rejected", "--database", "watch.db").stdout
    [row] = rows(call("review", "--rejected", "--database", "watch.db", "--json"))["rejected"]
    assert row["current"]
    assert "3 changes" in call("review", "accept", number, "--database", "watch.db").stdout
    assert "Nothing was rejected." in call("review", "--rejected", "--database", "watch.db").stdout
    assert check(few).exit_code == 0
    assert call("review", "accept", "9" * 30, "--database", "watch.db").stderr.count("\n") == 1


def test_accepting_says_when_the_alert_could_not_be_sent(check: Callable[..., Result], call: Call) -> None:
    check(markup())
    check(markup({"Office of Harbors": "Director Jane Q. Doe"}))
    result = call("review", "accept", "2", "--database", "watch.db", LEADERWATCH_ALERTS_FOLDER="/proc/no")
    assert result.exit_code == 0
    assert "was not sent" in result.stderr


def test_the_captures_that_diff_takes_are_named(check: Callable[..., Result], call: Call) -> None:
    for body in (markup(), "", instead(Rivers="Director Zoe Park")):
        check(body)
    assert "read from capture 3:" in call("show", "--database", "watch.db").stdout
    assert rows(call("show", "--database", "watch.db", "--json"))["pages"][0]["capture"] == 3
    listed = call("changes", "--database", "watch.db").stdout.splitlines()[1]
    [row] = rows(call("changes", "--database", "watch.db", "--json"))["changes"]
    before, after = listed.split()[:2]
    assert (before, after) == ("1", "3") == (str(row["capture_before"]), str(row["capture_after"]))
    assert "Zoe Park replaced" in call("diff", before, after, "--database", "watch.db").stdout


# init


def test_init_writes_a_file_that_check_can_read(call: Call, tmp_path: Path, site: Site) -> None:
    assert call("init").exit_code == 0
    site.serve(PATH, markup())
    assert call("check", "--url", site.url(PATH)).exit_code == 0
    result = call("init")
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert call("init", "--force").exit_code == 0


# pipes


def test_a_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    words = " ".join(f"'{word}'" for word in (*PROGRAM, "parse", str(path("cbp_2024-04-19.html")), "--json"))
    process = started(["bash", "-c", f"{words} | head -n 1"], tmp_path)
    assert process.communicate(timeout=30) == ("{\n", "")


@pytest.mark.parametrize("words", [["parse", str(path("cbp_2024-04-19.html"))], ["init", "--help"]])
def test_a_reader_who_left_before_the_first_word_is_told_as_shells_tell_it(
    words: list[str], tmp_path: Path
) -> None:
    assert unread([*PROGRAM, *words], tmp_path) == (141, "")


def test_every_page_is_checked_though_nobody_reads_what_is_said(site: Site, tmp_path: Path) -> None:
    for name in ("one", "two"):
        site.serve(f"/{name}", markup())
    pages = [f'[[pages]]\nname = "{name}"\nurl = "{site.url("/" + name)}"\n' for name in ("one", "two")]
    (tmp_path / "leaderwatch.toml").write_text("".join(pages), encoding="utf-8")
    assert unread([*PROGRAM, "check"], tmp_path) == (0, "")
    with Archive.open(tmp_path / "leaderwatch.db") as archive:
        assert [len(archive.checks(page.id)) for page in archive.pages()] == [1, 1]


def test_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    words = " ".join(f"'{word}'" for word in (*PROGRAM, "parse", str(path("cbp_2024-04-19.html"))))
    process = started(["bash", "-c", f"{words} > /dev/full"], tmp_path)
    _, stderr = process.communicate(timeout=30)
    assert stderr == "leaderwatch: cannot write the output: No space left on device\n"
    assert process.returncode == 2


def unread(words: list[str], folder: Path) -> tuple[int, str]:
    """Run a program whose standard output nobody reads; return its exit status and its standard error."""
    process = started(words, folder)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, stderr = process.communicate(timeout=60)
    return process.returncode, stderr
