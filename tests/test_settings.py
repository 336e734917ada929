"""Settings: what is given where wins, what is wrong is named, and secrets stay secret."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import ChangeKind
from monitor.crontab import cron_trigger
from monitor.declared import TABLES, declarations
from monitor.durations import format_duration, parse_duration
from monitor.layers import setting_names, variable_of
from monitor.settings import (
    CBP_URL,
    PageSettings,
    Secret,
    Settings,
    SettingsError,
    SmtpSettings,
    from_environment,
    load,
    starter_file,
)

MAIL = '[alerts]\nrecipients = ["press@example.org"]\n'
MAIL += '[smtp]\nhost = "mail.example.org"\nsender = "lw@example.org"\n'

SPOKEN = {"smtp__password": "hunter2"}
SPOKEN_TO_BROWSERS = {"web__password": "hunter2"}
Read = Callable[..., Settings]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Load settings from the text of a file, with an environment and options."""

    def reader(text: str = "", environ: dict[str, str] | None = None, **overrides: object) -> Settings:
        path = tmp_path / "leaderwatch.toml"
        path.write_text(text, encoding="utf-8")
        options = {key.replace("__", "."): value for key, value in overrides.items()}
        return load(path, environ=environ or {}, overrides=options)

    return reader


def refused(read: Read, *args: object, **options: object) -> str:
    with pytest.raises(SettingsError) as caught:
        read(*args, **options)
    return str(caught.value)


def test_without_any_setting_the_cbp_page_is_watched() -> None:
    settings = load(None, environ={}, overrides={})
    assert settings == Settings()
    assert settings.pages == (PageSettings(name="cbp-executive", url=CBP_URL),)
    assert settings.database == "leaderwatch.db"
    assert settings.smtp is None
    assert ChangeKind.TEXT_CHANGED not in settings.alerts.kinds
    assert len(settings.alerts.kinds) == len(ChangeKind) - 1


def test_option_wins_over_environment_wins_over_file_wins_over_default(read: Read) -> None:
    text, environ = '[fetch]\ntimeout = "5s"', {"LEADERWATCH_FETCH_TIMEOUT": "6s"}
    assert read("").fetch.timeout == timedelta(seconds=20)
    assert read(text).fetch.timeout == timedelta(seconds=5)
    assert read(text, environ).fetch.timeout == timedelta(seconds=6)
    assert read(text, environ, fetch__timeout="7s").fetch.timeout == timedelta(seconds=7)
    assert read(text, environ, fetch__timeout=None).fetch.timeout == timedelta(seconds=6)


def test_environment_reads_numbers_and_lists_from_text(read: Read) -> None:
    settings = read("", {"LEADERWATCH_ALLOW_PRIVATE": "127.0.0.1, ::1", "LEADERWATCH_FETCH_ATTEMPTS": "2"})
    assert settings.fetch.allow_private == ("127.0.0.1", "::1")
    assert settings.fetch.attempts == 2


def test_empty_variable_counts_as_not_set(read: Read) -> None:
    assert read('[fetch]\ntimeout = "5s"', {"LEADERWATCH_FETCH_TIMEOUT": ""}).fetch.timeout.seconds == 5


def test_several_pages_keep_their_order(read: Read) -> None:
    settings = read(
        '[[pages]]\nname = "a"\nurl = "https://a.example/"\nrequired = ["OFO"]\n'
        '[[pages]]\nname = "b"\nurl = "http://b.example/x"\n'
    )
    assert settings.pages == (
        PageSettings(name="a", url="https://a.example/", required=("OFO",)),
        PageSettings(name="b", url="http://b.example/x", required=()),
    )


def test_url_option_leaves_the_configured_page_of_that_url(read: Read) -> None:
    text = (
        '[[pages]]\nname = "a"\nurl = "https://a.example/"\n[[pages]]\nname = "b"\nurl = "https://b.example/"\n'
    )
    assert [page.name for page in read(text, url="https://b.example/").pages] == ["b"]


def test_url_of_no_configured_page_is_watched_under_a_name_of_its_own(read: Read) -> None:
    first = read("", {"LEADERWATCH_URL": "http://127.0.0.1:8000/Leaders?x=1"}).pages
    second = read("", url="http://127.0.0.1:8000/Leaders?x=2").pages
    assert first[0].name.startswith("127-0-0-1-8000-leaders-x-1-")
    assert first[0].url == "http://127.0.0.1:8000/Leaders?x=1"
    assert first[0].name != second[0].name


def test_relative_paths_in_the_file_start_at_its_folder(read: Read, tmp_path: Path) -> None:
    settings = read('[alerts]\nfolder = "mails"')
    assert settings.alerts.folder == str(tmp_path / "mails")
    assert settings.database == str(tmp_path / "leaderwatch.db")


def test_paths_of_environment_and_options_start_where_the_program_does(read: Read) -> None:
    assert read("", {"LEADERWATCH_DATABASE": "x.db"}).database == "x.db"
    assert read("", database="y.db").database == "y.db"
    assert read('database = "postgresql://db/archive"').database == "postgresql://db/archive"


def test_cron_replaces_the_interval(read: Read) -> None:
    schedule = read('[schedule]\ncron = "0 6 * * 1-5"\ntimezone = "America/New_York"').schedule
    assert (schedule.cron, schedule.timezone) == ("0 6 * * 1-5", "America/New_York")


def test_cron_and_interval_in_one_place_are_refused(read: Read) -> None:
    message = refused(read, '[schedule]\ncron = "0 6 * * *"\nevery = "6h"')
    assert "schedule.cron = '0 6 * * *'" in message
    assert "schedule.every = '6h'" in message


def test_later_interval_replaces_an_earlier_cron(read: Read) -> None:
    text = '[schedule]\ncron = "0 6 * * *"'
    schedule = read(text, {"LEADERWATCH_SCHEDULE_EVERY": "1h"}).schedule
    assert (schedule.cron, schedule.every) == (None, timedelta(hours=1))
    assert read(text, schedule__cron="5 5 * * *").schedule.cron == "5 5 * * *"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("max_pages = 3", ["max_pages", "leaderwatch.toml", "no such setting"]),
        ("databse = 'x'", ["databse", 'did you mean "database"?']),
        ("[fetch]\ntimeot = '5s'", ["fetch.timeot", 'did you mean "timeout"?']),
        ("[alert]\nfolder = 'x'", ["alert", 'did you mean "alerts"?']),
        ("[[pages]]\nname = 'a'\nurll = 'https://a.example'", ["pages, number 1: urll", 'did you mean "url"?']),
        ("[fetch]\ntimeout = 5", ["fetch.timeout = 5", "leaderwatch.toml", "needs its unit", "1s to 10m"]),
        ("[fetch]\ntimeout = '1h'", ["fetch.timeout = '1h'", "1h is not from 1s to 10m"]),
        ("[fetch]\nattempts = '4'", ["fetch.attempts = '4'", "expected int", "from 1 to 10"]),
        ("[fetch]\nattempts = true", ["fetch.attempts = True", "from 1 to 10"]),
        ("[fetch]\nattempts = 0", ["fetch.attempts = 0", "from 1 to 10"]),
        ("[fetch]\ncontact = 'ftp://x.example'", ["fetch.contact", "begin with http://"]),
        ("[fetch]\ncontact = 'https://'", ["fetch.contact", "names no host"]),
        ("[fetch]\nallow_private = '127.0.0.1'", ["fetch.allow_private", "a list of addresses"]),
        ("[fetch]\nallow_private = ['300.1.1.1']", ["fetch.allow_private", "'300.1.1.1'"]),
        ("fetch = 3", ["fetch = 3", "[fetch]"]),
        ("pages = 3", ["[[pages]]"]),
        ("[pages]\nname = 'a'", ["[[pages]]"]),
        ("[[pages]]\nurl = 'https://a.example'", ["pages, number 1", "name is missing"]),
        ("[[pages]]\nname = 'a'", ["pages, number 1", "url is missing"]),
        (
            "[[pages]]\nname = 'Ä b'\nurl = 'https://a.example'",
            ["number 1: name = 'Ä b'", "lower-case letters"],
        ),
        ("[[pages]]\nname = 'a'\nurl = 'https://a.example:99999/'", ["number 1: url", "no URL"]),
        ("[[pages]]\nname = 'a'\nurl = 'https://[::1'", ["number 1: url", "no URL"]),
        ('[[pages]]\nname = "a"\nurl = "https://a.example/\\u0001x"', ["number 1: url"]),
        ("[schedule]\ncron = '61 * * * *'", ["schedule.cron = '61 * * * *'", "61", "five fields"]),
        ("[schedule]\ncron = '0 6 * *'", ["schedule.cron", "4 fields, not 5"]),
        ("[schedule]\ncron = '0 6 31 2 *'", ["schedule.cron", "never comes"]),
        ("[schedule]\ncron = '0 6 * * 8'", ["schedule.cron", "'8' is no day of the week"]),
        ("[schedule]\ntimezone = 'America/NewYork'", ["schedule.timezone", 'did you mean "America/New_York"?']),
        ("[schedule]\ntimezone = '../etc/passwd'", ["schedule.timezone", "no zone of that name"]),
        ("[alerts]\nkinds = ['leader_replace']", ["alerts.kinds", 'did you mean "leader_replaced"?']),
        ("[alerts]\nrecipients = ['a@b\\nBcc: c@d']", ["alerts.recipients", "is no mail address"]),
        ("[alerts]\nrecipients = ['a@example.org']", ["alerts.recipients", "would get nothing", "smtp.host"]),
        ("[smtp]\nhost = 'h'\nsender = 'a@b'", ["smtp.host", "nobody to write to"]),
        ("[smtp]\nhost = 'h'", ["smtp.sender is missing"]),
        ("[smtp]\nport = 25", ["smtp.host is missing", "smtp.port"]),
        ("[smtp]\nsecurity = 'ssl'", ["smtp.security = 'ssl'", '"starttls", "tls", "none"']),
        (MAIL + "user = 'x'", ["smtp.user", "password", "LEADERWATCH_SMTP_PASSWORD"]),
        (MAIL + "password_file = '/nonexistent'", ["smtp.password_file = '/nonexistent'", "No such file"]),
        (MAIL.replace("lw@", "L\\nW <lw@") + "", ["smtp.sender", "control character"]),
    ],
)
def test_a_bad_setting_is_named_with_what_is_allowed(read: Read, text: str, parts: list[str]) -> None:
    message = refused(read, text)
    assert [part for part in parts if part not in message] == []
    assert "\n" not in message


def test_a_bad_value_names_its_variable_or_option(read: Read) -> None:
    assert "(LEADERWATCH_FETCH_TIMEOUT)" in refused(read, "", {"LEADERWATCH_FETCH_TIMEOUT": "soon"})
    assert "(--every)" in refused(read, "", schedule__every="often")
    assert "(--url)" in refused(read, "", url="file:///etc/passwd")


def test_two_pages_of_one_name_or_url_are_refused(read: Read) -> None:
    page = '[[pages]]\nname = "{}"\nurl = "https://{}.example/"\n'
    assert "number 1 has it already" in refused(read, page.format("a", "a") + page.format("a", "b"))
    assert "pages, number 2: url" in refused(read, page.format("a", "a") + page.format("b", "a"))


def test_a_slip_in_a_variable_is_refused_and_a_foreign_variable_is_let_be(read: Read) -> None:
    message = refused(read, "", {"LEADERWATCH_SMTP_PASSWRD": "hunter2"})
    assert "did you mean LEADERWATCH_SMTP_PASSWORD?" in message
    assert "hunter2" not in message
    assert read("", {"LEADERWATCH_SERVICE_HOST": "10.0.0.1", "LEADERWATCH_PORT": "tcp://10.0.0.1:80"})


def test_unknown_option_is_refused(read: Read) -> None:
    assert "timeout" in refused(read, "", fetch__timout="5s")


def test_bad_toml_names_file_and_line(read: Read) -> None:
    assert re.search(r"leaderwatch\.toml is not valid TOML: .*line 2", refused(read, "a = 1\nb = = 2\n"))


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"database = '\xe4'")
    for path, reason in (
        (latin, "not UTF-8"),
        (tmp_path / "none.toml", "No such file"),
        (tmp_path, "directory"),
    ):
        with pytest.raises(SettingsError, match=reason) as caught:
            load(path, environ={}, overrides={})
        assert str(path) in str(caught.value)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf[fetch]\r\nattempts = 2\r\n")
    assert load(path, environ={}, overrides={}).fetch.attempts == 2


def test_mail_settings_take_their_usual_ports(read: Read) -> None:
    for security, port in (("starttls", 587), ("tls", 465), ("none", 25)):
        smtp = read(MAIL + f'security = "{security}"').smtp
        assert smtp == SmtpSettings(
            host="mail.example.org", sender="lw@example.org", security=security, port=port
        )
    assert (read(MAIL + "port = 2525").smtp or SmtpSettings()).port == 2525


def test_password_comes_from_the_environment_or_a_file(read: Read, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from file\n")
    text = MAIL + 'user = "lw"\npassword_file = "secret"\n'
    from_file = read(text).smtp
    from_variable = read(text, {"LEADERWATCH_SMTP_PASSWORD": "from variable"}).smtp
    assert from_file
    assert from_variable
    assert from_file.password == Secret("from file")
    assert from_variable.password == Secret("from variable")


def test_the_password_of_the_web_comes_from_the_same_places(read: Read, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from file\n")
    text = '[web]\npassword_file = "secret"\n'
    assert read(text).web.password == Secret("from file")
    assert read(text, {"LEADERWATCH_WEB_PASSWORD": "from variable"}).web.password == Secret("from variable")
    assert read().web.password is None
    (tmp_path / "secret").write_text("\n")
    assert "web.password_file" in refused(read, text)


def test_a_root_path_is_one_that_a_browser_can_ask_for(read: Read) -> None:
    assert read('[web]\nroot_path = "/press/watch"').web.root_path == "/press/watch"
    assert read('[web]\nroot_path = ""').web.root_path == ""
    for path in ("watch", "/watch/", "/", "/a b", "//evil.example"):
        assert "web.root_path" in refused(read, f'[web]\nroot_path = "{path}"')


def test_password_in_the_file_or_on_the_command_line_is_refused_unshown(read: Read) -> None:
    for message in (
        refused(read, MAIL + 'user = "lw"\npassword = "hunter2"'),
        refused(read, MAIL, **SPOKEN),
        refused(read, **SPOKEN_TO_BROWSERS),
        refused(read, '[web]\npassword = "hunter2"'),
        refused(read, 'database = "postgresql://lw:hunter2@db/archive"'),
        refused(read, "[fetch]\ncontact = 'https://lw:hunter2@a.example/'"),
    ):
        assert "hunter2" not in message
        assert "password" in message


def test_secrets_are_never_printed(read: Read) -> None:
    environ = {
        "LEADERWATCH_SMTP_PASSWORD": "hunter2",
        "LEADERWATCH_DATABASE": "postgresql://lw:hunter2@db/archive",
    }
    settings = read(MAIL + 'user = "lw"', environ)
    assert settings.smtp
    shown = [repr(settings), str(settings), f"{settings.smtp}", f"{settings.smtp.password}"]
    shown.append(json.dumps(settings.to_json()))
    assert [text for text in shown if "hunter2" in text] == []
    assert settings.database == "postgresql://lw:hunter2@db/archive"
    assert settings.smtp.password
    assert settings.smtp.password.reveal() == "hunter2"


def test_password_is_not_sent_in_the_clear_to_another_machine(read: Read) -> None:
    text, environ = MAIL + 'user = "lw"\nsecurity = "none"\n', {"LEADERWATCH_SMTP_PASSWORD": "hunter2"}
    assert 'smtp.security = "none"' in refused(read, text, environ)
    assert read(text.replace("mail.example.org", "127.0.0.1"), environ).smtp


def test_file_is_the_option_then_the_variable_then_the_one_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, attempts in (("option", 1), ("variable", 2), ("leaderwatch", 3)):
        (tmp_path / f"{name}.toml").write_text(f"[fetch]\nattempts = {attempts}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEADERWATCH_CONFIG", "variable.toml")
    assert from_environment("option.toml").fetch.attempts == 1
    assert from_environment().fetch.attempts == 2
    monkeypatch.delenv("LEADERWATCH_CONFIG")
    assert from_environment().fetch.attempts == 3
    assert from_environment().database == "leaderwatch.db"
    (tmp_path / "leaderwatch.toml").unlink()
    assert from_environment(overrides={"fetch.attempts": 5}).fetch.attempts == 5


def test_starter_file_changes_nothing(read: Read, tmp_path: Path) -> None:
    assert read(starter_file(), database="leaderwatch.db") == Settings()


def test_every_line_of_the_starter_file_is_valid_and_its_default(read: Read) -> None:
    lines = starter_file().splitlines()
    commented = [number for number, line in enumerate(lines) if re.match(r"#\w", line)]
    for number in commented:
        text = "\n".join([*lines[:number], lines[number][1:], *lines[number + 1 :]])
        assert read(text, database="leaderwatch.db") == Settings(), lines[number]
    everything = "\n".join(line[1:] if re.match(r"#\w", line) else line for line in lines)
    assert read(everything, database="leaderwatch.db") == Settings()


def test_starter_file_names_every_setting_and_what_is_allowed() -> None:
    text = starter_file()
    for key in setting_names():
        assert re.search(rf"(?m)^#{key.rpartition('.')[2]} = ", text), key
    for name, table in TABLES.items():
        assert f"[[{name}]]\n" in text
        assert all(re.search(rf"(?m)^(# ?)?{key} = ", text) for key in declarations(table))
    assert text.count("Allowed:") == len(setting_names()) + sum(map(len, map(declarations, TABLES.values())))
    prose = [line for line in text.splitlines() if re.match(r"# (?!\w+ = )", line)]
    assert max(map(len, prose)) <= 110


def test_each_setting_has_one_variable() -> None:
    variables = [variable_of(key) for key in setting_names()]
    assert len(set(variables)) == len(variables)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("10m", timedelta(minutes=10)),
        ("6h", timedelta(hours=6)),
        ("1d", timedelta(days=1)),
        ("2w", timedelta(days=14)),
        ("1h30m", timedelta(minutes=90)),
        (" 1H 30M ", timedelta(minutes=90)),
        ("0", timedelta()),
    ],
)
def test_durations_as_people_write_them(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize("text", ["", "10", "m", "-1h", "1.5h", "1y", "1h30", "١h", "999999999w"])
def test_durations_that_say_nothing_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"unit|longer"):
        parse_duration(text)


@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=5000)))
def test_a_written_duration_reads_back(length: timedelta) -> None:
    whole = timedelta(seconds=int(length.total_seconds()))
    assert parse_duration(format_duration(whole)) == whole


@pytest.mark.parametrize(
    ("expression", "days"),
    [
        ("0 6 * * 0", {"Sun"}),
        ("0 6 * * 7", {"Sun"}),
        ("0 6 * * 1", {"Mon"}),
        ("0 6 * * 1-5", {"Mon", "Tue", "Wed", "Thu", "Fri"}),
        ("0 6 * * MON,fri", {"Mon", "Fri"}),
        ("0 6 * * 5-7", {"Fri", "Sat", "Sun"}),
        ("0 6 * * */3", {"Sun", "Wed", "Sat"}),
        ("0 6 * * 3/2", {"Wed", "Fri"}),
    ],
)
def test_weekdays_of_cron_count_from_sunday(expression: str, days: set[str]) -> None:
    assert {moment.strftime("%a") for moment in fire_times(expression, 21)} == days


def test_day_of_month_or_day_of_week_is_enough_for_cron() -> None:
    moments = fire_times("0 0 13 * fri", 10)
    assert all(moment.day == 13 or moment.weekday() == 4 for moment in moments)
    assert any(moment.weekday() != 4 for moment in moments)


@pytest.mark.parametrize(
    "expression", ["0 6 * * fri-mon", "0 6 * * 1/0", "0 6 * * x", "* * * * * *", "a * * * *", "0 6 0 * *"]
)
def test_cron_expressions_that_mean_nothing_are_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        cron_trigger(expression, "UTC")


def fire_times(expression: str, count: int) -> list[datetime]:
    trigger, moment = (
        cron_trigger(expression, "Europe/Paris"),
        datetime(2024, 5, 1, tzinfo=ZoneInfo("Europe/Paris")),
    )
    found: list[datetime] = []
    while len(found) < count:
        found.append(trigger.get_next_fire_time(found[-1] if found else None, moment))
        moment = found[-1] + timedelta(seconds=1)
    return found


WHSEC = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="


def channel(*lines: str) -> str:
    return "\n".join(["[[alerts.channels]]", *lines, ""])


def test_channels_keep_their_order_and_read_their_secrets(read: Read, tmp_path: Path) -> None:
    (tmp_path / "hook.secret").write_text(WHSEC + "\n", encoding="utf-8")
    (tmp_path / "chat.url").write_text("json://token@chat.example", encoding="utf-8")
    settings = read(
        channel('name = "desk"', 'webhook = "https://desk.example/hook"', 'secret_file = "hook.secret"')
        + channel('name = "chat"', 'apprise_file = "chat.url"')
        + channel('name = "pager"', 'command = ["page", "--now"]', 'timeout = "5s"')
        + channel('name = "public"', 'feed = "public/alerts.atom"')
    )
    desk, chat, pager, public = settings.alerts.channels
    assert (desk.secret, chat.secret) == (Secret(WHSEC), Secret("json://token@chat.example"))
    assert (pager.command, pager.timeout) == (("page", "--now"), timedelta(seconds=5))
    assert public.feed == str(tmp_path / "public/alerts.atom")
    assert "token" not in repr(settings)
    assert WHSEC not in repr(settings)


HOOK = ('name = "desk"', 'webhook = "https://desk.example/hook"')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (channel('feed = "x"'), "number 1: name is missing; each [[alerts.channels]] has a name"),
        (channel('name = "smtp"', 'feed = "x"'), "number 1: name = 'smtp' "),
        (channel('name = "a"'), "number 1: none of them is set; allowed: exactly one of webhook, "),
        (channel('name = "a"', 'feed = "x"', 'command = ["y"]'), "number 1: command and feed is set"),
        (channel('name = "a"', 'feed = "x"') * 2, "number 2: name = 'a' "),
        (channel(*HOOK), "number 1: webhook is set without secret_file; allowed: both"),
        (channel('name = "a"', 'feed = "x"', 'secret_file = "s"'), "secret_file is set without webhook"),
        (channel(*HOOK, 'secret_file = "none"'), "none': cannot read it"),
        (channel(*HOOK, 'secret_file = "short"'), "short': it has 3 bytes; allowed: whsec_ and 24 to 64"),
        (channel('name = "a"', 'comand = ["x"]'), 'there is no such setting; did you mean "command"?'),
        ('[alerts.channels]\nname = "a"\n', "write [[alerts.channels]], with two brackets"),
    ],
)
def test_a_channel_that_could_tell_nobody_is_named(read: Read, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "short").write_text("whsec_QUJD", encoding="utf-8")
    message = refused(read, text)
    assert said in message
    assert "alerts.channels" in message
