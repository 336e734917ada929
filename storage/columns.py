"""How the words of the model are kept in columns, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Enum, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from model import require_aware
from storage.errors import ArchiveError

Key = BigInteger().with_variant(Integer, "sqlite")
"""A row's number: SQLite gives them out by itself to an INTEGER PRIMARY KEY alone."""

UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """An instant as `2024-04-20T06:00:00.000000Z`: 27 characters that sort as time does."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value).astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that every database keeps whole: U+0000 and lone surrogates raise ArchiveError.

    PostgreSQL refuses both, and SQLite's own functions stop reading at U+0000. HTML cannot carry either.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else require_plain(value)


class Exact(TypeDecorator[Decimal]):
    """A decimal number by its digits, `7500000000` or `12.50`; never a float, never an exponent."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        if value is not None and not value.is_finite():
            raise ValueError(f"{value} is not a number that a page can state")
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def one_of(words: type[StrEnum], name: str) -> Enum:
    """Return a column type for the words' values, held to them by a CHECK constraint called `name`."""

    def values(members: Any) -> list[str]:
        return [member.value for member in members]

    return Enum(words, name=name, native_enum=False, create_constraint=True, values_callable=values, length=20)


def written(moment: datetime) -> str:
    """Return the moment in the archive's own writing; a naive one raises ValueError."""
    return require_aware(moment).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def require_plain(words: str) -> str:
    """Return the words; U+0000 and lone surrogates raise ArchiveError, which shows where they stand."""
    if found := UNKEEPABLE.search(words):
        around = words[max(0, found.start() - 20) : found.end() + 20]
        raise ArchiveError(
            f"U+{ord(found[0]):04X} at {found.start()}, in {around!r}, is not text that can be kept"
        )
    return words
