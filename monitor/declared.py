"""Every setting: its type, default, what it is for and what it may be.

The reader of settings and the commented starter file are both made from these declarations, so they cannot
differ. Users of the settings import them from `monitor.settings`.
"""
# ruff: noqa: RUF009 - `_setting` returns a dataclasses.field, which ruff cannot see

from __future__ import annotations

import re
from dataclasses import Field, dataclass, field, fields, is_dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from model import ChangeKind, Json
from monitor import allowed
from monitor.allowed import Kind, duration, integer, list_of, one_of, or_unset
from monitor.durations import format_duration
from monitor.severity import Severity

CBP_NAME = "cbp-executive"
CBP_URL = "https://www.cbp.gov/about/leadership-organization/executive-assistant-commissioners-offices"
NEWS = tuple(kind for kind in ChangeKind if kind is not ChangeKind.TEXT_CHANGED)
PORTS = {"starttls": 587, "tls": 465, "none": 25}
HIDDEN = "***"
EVERYONE = "everyone"
"""The name of the rule that `[alerts] recipients`, `folder` and `kinds` make."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one setting is for and what it may be; `unset` is how a file writes that it has no value."""

    purpose: str
    kind: Kind
    unset: object = ""


def _setting(default: T, purpose: str, kind: Kind, *, unset: object = "") -> T:
    made: T = field(default=default, metadata={"setting": Declaration(purpose, kind, unset)})
    return made


@cache
def declarations(section: type) -> dict[str, tuple[Declaration, Field[Any]]]:
    """Return the settings of one section by name, in the order of the starter file."""
    declared = ((each, each.metadata.get("setting")) for each in fields(section))
    return {each.name: (setting, each) for each, setting in declared if setting}


class Secret:
    """A password that no print, log or traceback shows; only `reveal` gives it away."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return HIDDEN


@dataclass(frozen=True, kw_only=True)
class PageSettings:
    """One page to watch."""

    name: str = _setting(
        CBP_NAME,
        "What this page is called in output and in mails; it may change, and its history stays.",
        allowed.PAGE_NAME,
    )
    url: str = _setting(
        CBP_URL, "Where it is. A page is its URL: another one begins with a new baseline.", allowed.WEB_ADDRESS
    )
    required: tuple[str, ...] = _setting(
        (),
        "Offices that must be on it, by name or abbreviation: a version without one of them is not believed.",
        list_of(allowed.TEXT, "names or abbreviations of offices"),
    )
    every: timedelta | None = _setting(
        None,
        "How often to check this page, where [schedule] is not meant for it.",
        or_unset(duration("1s", "366d")),
    )
    cron: str | None = _setting(
        None, "When to check this page, as a cron expression: say this or `every`.", or_unset(allowed.CRON)
    )
    timezone: str | None = _setting(
        None, "The zone that its cron expression speaks of, where it is another one.", or_unset(allowed.ZONE)
    )


@dataclass(frozen=True, kw_only=True)
class FetchSettings:
    """How pages are fetched. robots.txt is always honoured."""

    contact: str = _setting(
        "https://leaderwatch.example/contact",
        "Where a webmaster finds who is fetching (part of the User-Agent). Put an address of your own here.",
        allowed.WEB_ADDRESS,
    )
    timeout: timedelta = _setting(
        timedelta(seconds=20),
        "How long to wait for a connection, and for each next piece.",
        duration("1s", "10m"),
    )
    total_timeout: timedelta = _setting(
        timedelta(minutes=2), "How long one page may take in all, retries included.", duration("1s", "1h")
    )
    max_bytes: int = _setting(
        5_000_000, "The largest page that is read, in bytes once unpacked.", integer(1_000, 1_000_000_000)
    )
    attempts: int = _setting(
        4, "How often a page is tried when the connection or the server fails.", integer(1, 10)
    )
    pause: timedelta = _setting(
        timedelta(seconds=2),
        "How long to leave a site alone between two pages of it, whichever process asks; longer by its Crawl-delay.",
        duration("0", "1h"),
    )
    at_once: int = _setting(
        4,
        "How many sites are asked at the same time; each of them for one page after the other.",
        integer(1, 64),
    )
    allow_private: tuple[str, ...] = _setting(
        (),
        "Loopback, private and link-local addresses that may be fetched all the same.",
        list_of(allowed.NETWORK, 'addresses, networks or host names, such as ["127.0.0.1", "10.0.0.0/8"]'),
    )


@dataclass(frozen=True, kw_only=True)
class ScheduleSettings:
    """When `leaderwatch run` checks; `cron`, where it is set, is followed instead of `every`."""

    every: timedelta = _setting(timedelta(hours=6), "How often to check.", duration("1s", "366d"))
    cron: str | None = _setting(
        None, "When to check, as a cron expression: say this or `every`, not both.", or_unset(allowed.CRON)
    )
    timezone: str = _setting("UTC", "The zone that the cron expression speaks of.", allowed.ZONE)
    jitter: timedelta = _setting(
        timedelta(),
        "Over how long to spread the pages behind their slots; each has its own place in it, always the same.",
        duration("0", "1d"),
    )
    grace: timedelta = _setting(
        timedelta(days=7),
        "How late a check may still come, after a suspend or a reboot; a later one is recorded as missed.",
        duration("1s", "366d"),
    )


@dataclass(frozen=True, kw_only=True)
class LogSettings:
    """What `leaderwatch run` says while it runs."""

    format: str = _setting(
        "lines",
        'Lines for people, or a structured log on standard error: "console" is key=value, "json" for programs.',
        one_of("lines", "console", "json"),
    )


@dataclass(frozen=True, kw_only=True)
class ChannelSettings:
    """One more way to tell: a webhook, Apprise, a command or a feed. It tells all that [alerts] tells, or what the
    rules say that name it."""

    name: str = _setting("", "What this channel is called in output.", allowed.PAGE_NAME)
    webhook: str | None = _setting(
        None,
        "Post each alert there as JSON, signed by the Standard Webhooks scheme; needs secret_file. "
        "Unlike a page it may have a private address.",
        or_unset(allowed.WEB_ADDRESS),
    )
    secret_file: str | None = _setting(
        None,
        "A file that holds the secret that the webhook's alerts are signed with: whsec_ and 24 to 64 bytes as base64.",
        or_unset(allowed.PATH),
    )
    apprise_file: str | None = _setting(
        None,
        "A file that holds the Apprise URL of any other service; needs the extra `apprise`.",
        or_unset(allowed.PATH),
    )
    command: tuple[str, ...] = _setting(
        (),
        "Run this for each alert, without a shell; it gets the webhook's JSON on standard input.",
        list_of(allowed.TEXT, 'words, such as ["/usr/local/bin/tell", "--now"]'),
    )
    feed: str | None = _setting(
        None, "Keep an Atom file of the newest alerts there; needs the extra `feed`.", or_unset(allowed.PATH)
    )
    timeout: timedelta = _setting(
        timedelta(seconds=30), "How long one alert may take over a webhook or a command.", duration("1s", "10m")
    )
    secret: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class RuleSettings:
    """A rule for some people or channels: what they hear of, and when."""

    name: str = _setting(
        "", "What the rule is called in `leaderwatch alerts` and in the archive.", allowed.PAGE_NAME
    )
    mail: tuple[str, ...] = _setting(
        (),
        "Who gets its mails; needs [smtp] below.",
        list_of(allowed.MAIL_ADDRESS, 'mail addresses, such as ["press@example.org"]'),
    )
    folder: str | None = _setting(
        None, "A folder where each mail is written, as an .eml file.", or_unset(allowed.PATH)
    )
    channels: tuple[str, ...] = _setting(
        (), "Which of [[alerts.channels]] it tells.", list_of(allowed.PAGE_NAME, "names of channels")
    )
    pages: tuple[str, ...] = _setting(
        (), "Only changes of these pages.", list_of(allowed.PAGE_NAME, "names of pages")
    )
    kinds: tuple[ChangeKind, ...] = _setting(NEWS, "Only these kinds of change.", allowed.CHANGE_KINDS)
    severity: Severity = _setting(
        Severity.LOW,
        'Only changes that weigh as much: "high" is who leads and which offices there are, "low" mere wording.',
        allowed.SEVERITY,
    )
    offices: tuple[str, ...] = _setting(
        (),
        "Only changes of these offices, by name or abbreviation.",
        list_of(allowed.TEXT, "names or abbreviations of offices"),
    )
    measures: tuple[str, ...] = _setting(
        (),
        'Only figures whose measure has these words: "budget" finds "operating budget".',
        list_of(allowed.TEXT, 'measures, such as ["budget", "ports of entry"]'),
    )
    threshold: Decimal = _setting(
        Decimal(0),
        "Of figures that moved, only those that moved by this much or more, up or down.",
        allowed.PERCENTAGE,
    )
    when: str = _setting(
        "at once", "When to tell: each change at once, or all of a day or week in one digest.", allowed.WHEN
    )
    timezone: str = _setting("UTC", "The zone that the hour of its digest speaks of.", allowed.ZONE)
    health: bool = _setting(
        True,
        "Whether to tell, at once, when a page cannot be watched and when it can again.",
        allowed.YES_OR_NO,
    )

    @property
    def digest(self) -> str | None:
        """Return when its digest is due, as a cron expression; None where it tells at once."""
        if self.when == "at once":
            return None
        *day, time = self.when.split()[1:]
        hour, minute = time.split(":")
        return f"{int(minute)} {int(hour)} * * {day[0] if day else '*'}"


@dataclass(frozen=True, kw_only=True)
class AlertSettings:
    """Who is told what, and when."""

    recipients: tuple[str, ...] = _setting(
        (),
        "Who gets the mails; needs [smtp] below, or a folder.",
        list_of(allowed.MAIL_ADDRESS, 'mail addresses, such as ["press@example.org"]'),
    )
    folder: str | None = _setting(
        None, "A folder where each mail is also written, as an .eml file.", or_unset(allowed.PATH)
    )
    channels: tuple[ChannelSettings, ...] = ()
    kinds: tuple[ChangeKind, ...] = _setting(
        NEWS, "The kinds of change that are worth a mail.", allowed.CHANGE_KINDS
    )
    confirm_losses: timedelta = _setting(
        timedelta(minutes=10),
        'How long a leader, office or figure must be gone before its loss is news; "0": until the next check.',
        duration("0", "30d"),
    )
    blind_after: int = _setting(
        4,
        "How many times its interval a page may go without a good capture before it counts as blind.",
        integer(1, 1000),
    )
    archive_url: str | None = _setting(
        None,
        "Where `leaderwatch web` is reached; alerts link to it once it is set.",
        or_unset(allowed.WEB_ADDRESS),
    )
    unsubscribe: str | None = _setting(
        None,
        "Where a recipient asks to be left out; none: by a mail to the sender.",
        or_unset(allowed.UNSUBSCRIBE),
    )
    heartbeat_url: str | None = _setting(
        None,
        "An address that is asked for after each good check: a dead man's switch elsewhere can tell when none comes.",
        or_unset(allowed.WEB_ADDRESS),
    )
    heartbeat_file: str | None = _setting(
        None, "A file that is touched after each good check.", or_unset(allowed.PATH)
    )
    rules: tuple[RuleSettings, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SmtpSettings:
    """The mail server; there is none until `host` is set."""

    host: str = _setting("", "The mail server; no mail is sent until it is set.", or_unset(allowed.HOST_NAME))
    security: str = _setting(
        "starttls",
        'How the connection is encrypted; "none" only for a server on this machine, when a password is sent.',
        one_of(*PORTS),
    )
    port: int | None = _setting(
        None,
        "The port; 0 takes the usual one: "
        + ", ".join(f"{port} for {name}" for name, port in PORTS.items())
        + ".",
        integer(0, 65535),
        unset=0,
    )
    sender: str = _setting("", "Who the mails are from.", or_unset(allowed.SENDER))
    user: str | None = _setting(
        None, "The name to log in with, where the server asks for one.", or_unset(allowed.TEXT)
    )
    password_file: str | None = _setting(
        None,
        "A file that holds the password and nothing else. Or set LEADERWATCH_SMTP_PASSWORD; "
        "a password is never written in this file.",
        or_unset(allowed.PATH),
    )
    timeout: timedelta = _setting(
        timedelta(seconds=30), "How long to wait for the server.", duration("1s", "10m")
    )
    password: Secret | None = None

    def __post_init__(self) -> None:
        if not self.port:
            object.__setattr__(self, "port", PORTS[self.security])


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """The archive in a browser: `leaderwatch web`, or `run --web`."""

    host: str = _setting(
        "127.0.0.1", "The address to listen on; beyond this machine, set a password too.", allowed.HOST_NAME
    )
    port: int = _setting(8017, "The port; 0 takes a free one.", integer(0, 65535))
    hosts: tuple[str, ...] = _setting(
        (),
        "Names that browsers may ask for, besides this machine's own and `host`.",
        list_of(allowed.HOST_NAME, 'host names, such as ["archive.example.org"]'),
    )
    user: str = _setting("leaderwatch", "The name to sign in with, where there is a password.", allowed.TEXT)
    password_file: str | None = _setting(
        None,
        "A file that holds the password and nothing else. Or set LEADERWATCH_WEB_PASSWORD. "
        "Programs send it as a bearer token.",
        or_unset(allowed.PATH),
    )
    root_path: str = _setting(
        "",
        "The path that a reverse proxy serves it under, and takes off before it asks.",
        or_unset(allowed.ROOT_PATH),
    )
    proxies: tuple[str, ...] = _setting(
        (),
        "Addresses of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
        list_of(allowed.NETWORK, 'addresses or networks, such as ["127.0.0.1"]'),
    )
    password: Secret | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Settings:
    """All settings of one run, checked; printing them shows no secret."""

    database: str = _setting("leaderwatch.db", "Where the archive is kept.", allowed.DATABASE)
    pages: tuple[PageSettings, ...] = (PageSettings(),)
    fetch: FetchSettings = FetchSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    log: LogSettings = LogSettings()
    alerts: AlertSettings = AlertSettings()
    smtp: SmtpSettings | None = None
    web: WebSettings = WebSettings()

    def to_json(self) -> Json:
        """Return every setting as the file would write it; secrets are hidden."""
        shown: Json = _plain(self)
        return shown

    def __repr__(self) -> str:
        return f"Settings({self.to_json()})"


TABLES: dict[str, type] = {
    "pages": PageSettings,
    "alerts.channels": ChannelSettings,
    "alerts.rules": RuleSettings,
}
"""What a file may name several of, each in double brackets: [[pages]]."""

SECTIONS: dict[str, type] = {
    "fetch": FetchSettings,
    "schedule": ScheduleSettings,
    "log": LogSettings,
    "alerts": AlertSettings,
    "smtp": SmtpSettings,
    "web": WebSettings,
}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, timedelta):
        return format_duration(value)
    if isinstance(value, Secret):
        return HIDDEN
    if isinstance(value, Decimal):
        return f"{value}%"
    return without_password(str(value)) if isinstance(value, str) else value


def without_password(text: str) -> str:
    """Return the text with the password of any URL in it hidden.

    >>> without_password("postgresql://watch:secret@db/archive")
    'postgresql://watch:***@db/archive'
    """
    return re.sub(r"(?<=://)([^\s/:@]*):[^\s/@]+@", rf"\1:{HIDDEN}@", text)
