"""Where settings are given: the file, the environment, the options. A value keeps its origin for messages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from model import Json, LeaderwatchError
from monitor.allowed import nearest
from monitor.declared import SECTIONS, TABLES, Settings, declarations, without_password

PREFIX = "LEADERWATCH_"
URL = "url"
PASSWORDS = ("smtp.password", "web.password")
"""Settings that no file and no option may hold: the environment, or a file of its own."""


class SettingsError(LeaderwatchError):
    """A setting that cannot be used: the message names its key, value and origin, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it was given, and where: a file's name, a variable's name or an option.

    `folder` is where a relative path in it starts.
    """

    value: Any
    origin: str
    as_text: bool = False
    folder: Path = Path()


Layer = dict[str, Given]


def setting_names() -> list[str]:
    """Return every key, dotted: `database`, `fetch.timeout`, ..., without those of pages."""
    inside = [f"{section}.{name}" for section, of in SECTIONS.items() for name in declarations(of)]
    return [*declarations(Settings), *inside]


def variable_of(key: str) -> str:
    """Return the environment variable that sets `key`: LEADERWATCH_FETCH_TIMEOUT for `fetch.timeout`."""
    return PREFIX + ("ALLOW_PRIVATE" if key == "fetch.allow_private" else key.replace(".", "_").upper())


def option_of(key: str) -> str:
    """Return the option that sets `key` on the command line: --every for `schedule.every`."""
    return "--" + key.rpartition(".")[2].replace("_", "-")


def read_toml(path: Path) -> Json:
    """Return the file's content, or raise SettingsError with the file and the line that is no TOML."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        raise SettingsError(f"cannot read the settings file {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from None


def from_file(path: Path) -> tuple[Layer, dict[str, list[Layer]]]:
    """Return the file's settings, and those of each of its pages and channels.

    The archive is beside the file that says nothing else of it, so that a run from any folder finds it.
    """
    content, origin = read_toml(path), str(path)
    _refuse_unknown(content, [*declarations(Settings), *SECTIONS, "pages"], "", origin)
    table = {"database": Settings.database} | {
        key: content[key] for key in declarations(Settings) if key in content
    }
    if without_password(str(table["database"])) != str(table["database"]):
        advice = "set LEADERWATCH_DATABASE, or leave the password out of the URL and in ~/.pgpass"
        raise SettingsError(f"database ({origin}): a password is never written in this file: {advice}")
    for section, of in SECTIONS.items():
        inside = _table(content.get(section, {}), section, f"[{section}]", origin)
        if "password" in inside and (key := f"{section}.password") in PASSWORDS:
            raise _spoken(key, origin)
        several = [name.rpartition(".")[2] for name in TABLES if name.startswith(f"{section}.")]
        _refuse_unknown(inside, [*declarations(of), *several], f"{section}.", origin)
        table |= {f"{section}.{key}": value for key, value in inside.items() if key not in several}
    layer = {key: Given(value, origin, folder=path.parent) for key, value in table.items()}
    return layer, {name: _several(name, content, path) for name in TABLES}


def from_environ(environ: Mapping[str, str]) -> Layer:
    """Return what the environment sets; a variable that is empty counts as not set.

    A variable that is one or two letters off a known one is refused, since a slip would go unnoticed; others
    are let be, for a container platform makes up LEADERWATCH_* names of its own.
    """
    known = {variable_of(key): key for key in (*setting_names(), URL, *PASSWORDS)} | {
        f"{PREFIX}CONFIG": "config"
    }
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            _refuse_slip(name, known)
    given = {key: Given(environ[name], name, as_text=True) for name, key in known.items() if environ.get(name)}
    return {key: value for key, value in given.items() if key != "config"}


def from_options(overrides: Mapping[str, object]) -> Layer:
    """Return what the command line sets, by dotted key; None counts as not given."""
    for key in PASSWORDS:
        if overrides.get(key) is not None:
            raise _spoken(key, option_of(key))
    _refuse_unknown(overrides, [*setting_names(), URL, *PASSWORDS], "", "options")
    return {
        key: Given(list(value) if isinstance(value, tuple) else value, option_of(key), as_text=True)
        for key, value in overrides.items()
        if value is not None
    }


def refusal(key: str, given: Given, reason: str, allowed: str) -> SettingsError:
    """Return the error for a value that is not allowed; passwords inside it are not shown."""
    shown = without_password(repr(given.value))
    shown = shown if len(shown) <= 120 else shown[:117] + "..."
    return SettingsError(f"{key} = {shown} ({given.origin}): {reason}; allowed: {allowed}")


def _spoken(key: str, origin: str) -> SettingsError:
    return SettingsError(
        f"{key} ({origin}): a password is never written where others may read it: set {variable_of(key)}, or "
        f"keep it in a file of its own and name that file as {key}_file"
    )


def _several(name: str, content: Json, path: Path) -> list[Layer]:
    """Return the settings of each table that is written as [[name]]."""
    section, _, key = name.rpartition(".")
    tables, origin = (content.get(section, {}) if section else content).get(key, []), str(path)
    if not isinstance(tables, list):
        noun = key.removesuffix("s")
        raise SettingsError(f"{name} ({origin}): write [[{name}]], with two brackets, once for each {noun}")
    layers = []
    for number, given in enumerate(tables, start=1):
        table = _table(given, f"{name}, number {number}", f"[[{name}]]", origin)
        _refuse_unknown(table, declarations(TABLES[name]), f"{name}, number {number}: ", origin)
        layers.append({key: Given(value, origin, folder=path.parent) for key, value in table.items()})
    return layers


def _table(content: Any, key: str, header: str, origin: str) -> Json:
    if not isinstance(content, dict):
        raise SettingsError(
            f"{key} = {content!r} ({origin}): expected a table; allowed: {header} and its settings below"
        )
    return content


def _refuse_unknown(given: Iterable[str], known: Iterable[str], prefix: str, origin: str) -> None:
    known = list(known)
    for key in given:
        if key not in known:
            meant = nearest(key, known)
            advice = f'did you mean "{meant}"?' if meant else f"allowed: {', '.join(known)}"
            raise SettingsError(f"{prefix}{key} ({origin}): there is no such setting; {advice}")


def _refuse_slip(name: str, known: Iterable[str]) -> None:
    for meant in known:
        if Levenshtein.distance(name, meant, score_cutoff=2) <= 2:
            raise SettingsError(f"{name} (environment): there is no such variable; did you mean {meant}?")
