"""What a setting may be: each kind of value in the words a user reads, and the check that holds it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from email.utils import parseaddr
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from rapidfuzz import fuzz, process, utils

from model import ChangeKind
from monitor.crontab import WEEKDAYS, cron_trigger
from monitor.durations import format_duration, parse_duration
from monitor.severity import Severity

Check = Callable[[Any], Any]


def _as_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: `allowed` in words, `shape` as msgspec knows it, `check` for what a type cannot say.

    `check` returns the value that the program uses, or raises ValueError with the reason. `many` makes it a
    list of such values. An `optional` one may be "", which means that it is not set. A `path` that is relative
    starts at the folder of the file it is written in.
    """

    allowed: str
    shape: Any = str
    check: Check = _as_is
    many: bool = False
    optional: bool = False
    path: bool = False

    def read(self, raw: object, *, as_text: bool = False) -> Any:
        """Return the value of `raw`, or raise ValueError with the reason.

        `as_text` reads what an environment variable can hold: "587", "one, two".
        """
        if self.optional and raw == "":
            return None
        if not self.many:
            return self.check(_convert(raw, self.shape, as_text))
        if as_text and isinstance(raw, str):
            raw = [part.strip() for part in raw.split(",") if part.strip()]
        return tuple(
            self.check(_convert(each, self.shape, as_text)) for each in _convert(raw, list[Any], as_text)
        )


def _convert(raw: object, shape: Any, as_text: bool) -> Any:
    try:
        return msgspec.convert(raw, shape, strict=not as_text)
    except msgspec.ValidationError as error:
        raise ValueError(str(error).replace("`", "").replace("Expected", "expected")) from None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` is most likely a slip of, or None when none is near."""
    found = process.extractOne(
        word, list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=65
    )
    return found[0] if found else None


def or_unset(kind: Kind) -> Kind:
    """Return the kind that may also be "", for a setting that does nothing unless it is set."""
    return replace(kind, allowed=f'{kind.allowed}; "" for none', optional=True)


def list_of(kind: Kind, plural: str) -> Kind:
    return replace(kind, allowed=f"a list of {plural}", many=True)


def integer(low: int, high: int) -> Kind:
    return Kind(f"a whole number from {low} to {high}", Annotated[int, msgspec.Meta(ge=low, le=high)])


def duration(low: str, high: str) -> Kind:
    """Return the kind of a length of time between two others, both included."""

    def check(value: str | int) -> timedelta:
        length = parse_duration(str(value))
        if not parse_duration(low) <= length <= parse_duration(high):
            raise ValueError(f"{format_duration(length)} is not from {low} to {high}")
        return length

    return Kind(f'a length of time from {low} to {high}, such as "90s", "10m", "6h", "1d"', str | int, check)


def words(allowed: str, pattern: str) -> Kind:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError("it does not look like that")
        return value

    return Kind(allowed, check=check)


def one_of(*choices: str) -> Kind:
    def check(value: str) -> str:
        if value not in choices:
            raise ValueError(_or_meant("no such choice", nearest(value, choices)))
        return value

    return Kind("one of " + ", ".join(f'"{choice}"' for choice in choices), check=check)


def _or_meant(reason: str, meant: str | None) -> str:
    return f'{reason}: did you mean "{meant}"?' if meant else reason


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname
        _ = parts.port  # out of range raises
    except ValueError as error:
        raise ValueError(f"it is no URL: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise ValueError("it does not begin with http:// or https://")
    if not host:
        raise ValueError("it names no host")
    if parts.username is not None:
        raise ValueError("a user name or password does not belong in an address")
    if re.search(r"[\s\x00-\x1f\x7f]", value):
        raise ValueError("it holds a space or a control character")
    return value


def _network(value: str) -> str:
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        if not re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", value):
            raise ValueError(f"{value!r} is neither an address nor a host name") from None
    return value


def _mail_address(value: str) -> str:
    if not re.fullmatch(
        r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?", value
    ):
        raise ValueError(f"{value!r} is no mail address")
    return value


def _sender(value: str) -> str:
    if any(ord(character) < 32 or ord(character) == 127 for character in value):
        raise ValueError("it holds a control character")
    _mail_address(parseaddr(value)[1])
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, OSError, ValueError):
        raise ValueError(
            _or_meant("no zone of that name is known here", nearest(value, _zone_names()))
        ) from None
    return value


@cache
def _zone_names() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


def _cron(value: str) -> str:
    cron_trigger(value, "UTC")
    return value


def _change_kind(value: str) -> ChangeKind:
    try:
        return ChangeKind(value)
    except ValueError:
        raise ValueError(
            _or_meant(f"{value!r} is no kind of change", nearest(value, list(ChangeKind)))
        ) from None


def _path(value: str) -> str:
    if not value.strip() or "\0" in value:
        raise ValueError("it is empty")
    return value


def _percentage(value: str) -> Decimal:
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})? ?%", value):
        raise ValueError("it does not look like that")
    return Decimal(value.rstrip("% "))


def _severity(value: str) -> Severity:
    return Severity(one_of(*Severity).check(value))


def _unsubscribe(value: str) -> str:
    scheme, _, address = value.partition(":")
    if scheme != "mailto":
        return _web_address(value)
    _mail_address(address.partition("?")[0])
    if re.search(r"[\s\x00-\x1f\x7f<>]", value):
        raise ValueError("it holds a space, a bracket or a control character")
    return value


def _when(value: str) -> str:
    spoken = rf"at once|daily {_TIME}|weekly ({'|'.join(WEEKDAYS)}) {_TIME}"
    if not re.fullmatch(spoken, value):
        raise ValueError("it does not look like that")
    return value


_TIME = r"([01]\d|2[0-3]):[0-5]\d"

TEXT = Kind("text", Annotated[str, msgspec.Meta(min_length=1)])
PATH = Kind("a path; a relative one starts at the folder of this file", check=_path, path=True)
DATABASE = Kind(
    "a path (a relative one starts at the folder of this file) or an SQLAlchemy URL", check=_path, path=True
)
WEB_ADDRESS = Kind("an http:// or https:// address", check=_web_address)
NETWORK = Kind(
    'an address, a network or a host name, such as "127.0.0.1", "10.0.0.0/8", "localhost"', check=_network
)
MAIL_ADDRESS = Kind('a mail address, such as "press@example.org"', check=_mail_address)
SENDER = Kind('a mail address, with a name or without: "Leaderwatch <watch@example.org>"', check=_sender)
PAGE_NAME = words(
    "lower-case letters, digits, '-', '_' and '.', at most 64 of them, beginning with a letter or a digit",
    r"[a-z0-9][a-z0-9._-]{0,63}",
)
HOST_NAME = words("a host name or an address", r"[A-Za-z0-9:]([A-Za-z0-9.:-]*[A-Za-z0-9])?")
ROOT_PATH = words('a path such as "/leaderwatch"', r"(/[A-Za-z0-9._~-]+)+")
ZONE = Kind('a time zone of the IANA list, such as "UTC", "America/New_York", "Europe/Paris"', check=_zone)
CRON = Kind('five fields as in crontab(5), such as "0 6 * * mon-fri"', check=_cron)
CHANGE_KIND = Kind("one of " + ", ".join(ChangeKind), check=_change_kind)
SEVERITY = replace(one_of(*Severity), check=_severity)
UNSUBSCRIBE = Kind("a mailto:, http:// or https:// address", check=_unsubscribe)
YES_OR_NO = Kind("true or false", bool)
PERCENTAGE = Kind('a percentage, such as "5%"', check=_percentage)
WHEN = Kind('"at once", "daily HH:MM" or "weekly DAY HH:MM", such as "weekly mon 07:00"', check=_when)
CHANGE_KINDS = replace(CHANGE_KIND, allowed="a list of " + ", ".join(ChangeKind), many=True)
