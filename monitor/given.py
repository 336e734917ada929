"""Values out of the layers of settings: each read as its declaration says, or refused with its key and origin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from monitor.allowed import Kind
from monitor.declared import Secret, declarations
from monitor.layers import Given, Layer, SettingsError, refusal


def values(of: type, given: Layer, prefix: str) -> dict[str, Any]:
    """Return the values of one section that are given, by name."""
    return {
        name: value(f"{prefix}{name}", given[f"{prefix}{name}"], declared.kind)
        for name, (declared, _) in declarations(of).items()
        if f"{prefix}{name}" in given
    }


def value(key: str, given: Given, kind: Kind) -> Any:
    """Return one value; raises SettingsError where it is not allowed."""
    try:
        found = kind.read(given.value, as_text=given.as_text)
    except ValueError as error:
        raise refusal(key, given, str(error), kind.allowed) from None
    return _rooted(found, given.folder) if kind.path and found else found


def table(of: type, layer: Layer, place: str) -> dict[str, Any]:
    """Return the values of one of several tables; `place` says which, in errors."""
    return {
        name: value(f"{place}: {name}", layer[name], declared.kind)
        for name, (declared, _) in declarations(of).items()
        if name in layer
    }


def refuse_twins(plural: str, key: str, found: list[str], layers: list[Layer]) -> None:
    """Raise SettingsError where two of several tables have the same value of a key."""
    seen: dict[str, int] = {}
    for index, each in enumerate(found):
        if (first := seen.setdefault(each, index)) != index:
            reason = f"number {first + 1} has it already"
            raise refusal(
                f"{plural}, number {index + 1}: {key}", layers[index][key], reason, f"a {key} of its own"
            )


def secret_in(key: str, file: str) -> Secret:
    """Return what a file holds, without the end of its line; raises SettingsError where that is nothing."""
    try:
        secret = Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{key} = {file!r}: cannot read it: {error}") from None
    if not secret:
        raise SettingsError(f"{key} = {file!r}: it is empty")
    return Secret(secret)


def _rooted(path: str, folder: Path) -> str:
    if "://" in path or path == ":memory:":
        return path
    return str(folder / Path(path).expanduser())
