"""The settings file that `leaderwatch init` writes: every setting with its default and what is allowed."""

from __future__ import annotations

import json
import textwrap
from dataclasses import MISSING, Field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from monitor.declared import SECTIONS, TABLES, Declaration, PageSettings, Settings, declarations
from monitor.durations import format_duration

HEAD = """\
# Settings of Leaderwatch. A line that begins with "#" and a name shows a default: take the "#" away to
# change it.
# An environment variable wins over this file, and an option wins over both: [fetch] timeout is
# LEADERWATCH_FETCH_TIMEOUT, database is LEADERWATCH_DATABASE.
"""
WIDTH = 110


def starter_file() -> str:
    """Return a commented file that changes nothing until a line of it is edited."""
    parts = [HEAD, *_settings(Settings), *_pages()]
    for name, section in SECTIONS.items():
        parts += [f"[{name}]\n{_comment((section.__doc__ or '').strip())}", *_settings(section)]
        parts += [
            part for key, of in TABLES.items() if key.startswith(f"{name}.") for part in _several(key, of)
        ]
    return "\n".join(parts)


def _pages() -> list[str]:
    name, url, *others = _settings(PageSettings)
    uncommented = [part.replace("\n#name", "\nname").replace("\n#url", "\nurl") for part in (name, url)]
    return [
        _comment("The pages to watch: repeat this part for each.") + "[[pages]]",
        *uncommented,
        *others,
    ]


def _several(name: str, of: type) -> list[str]:
    """Return a table of which there may be none, as a whole that is taken out of its comment or left in it."""
    purpose = f"{(of.__doc__ or '').strip()} Repeat this part for each, with what it needs."
    return [f"{_comment(purpose)}# [[{name}]]\n", *(part.replace("\n#", "\n# ") for part in _settings(of))]


def _settings(section: type) -> list[str]:
    return [_setting(name, *declared) for name, declared in declarations(section).items()]


def _setting(name: str, declared: Declaration, of: Field[Any]) -> str:
    default = declared.unset if of.default in (None, MISSING) else of.default
    return f"{_comment(f'{declared.purpose} Allowed: {declared.kind.allowed}.')}#{name} = {_toml(default)}\n"


def _comment(text: str) -> str:
    return (
        textwrap.fill(text, WIDTH, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False) + "\n"
    )


def _toml(value: Any) -> str:
    if isinstance(value, timedelta):
        return json.dumps(format_duration(value))
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    return json.dumps(f"{value}%" if isinstance(value, Decimal) else value)
