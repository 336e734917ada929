"""Bytes kept once each, by their sha256, compressed with zstd.

A body is compressed against an earlier one where that about halves it: the versions of a page differ by a line
and a nonce. The earlier one, its base, stands on its own, so that reading never takes more than two steps.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import zstandard
from sqlalchemy import Connection, Row, bindparam, func, select, update

from storage.errors import ArchiveError, Pruned
from storage.inserting import number_of
from storage.schema import bodies

LEVEL = 9
"""60 KB of HTML in 1 ms; level 19 takes thirty times as long to save 3 % more."""

AS_TEXT = "it is stored as text, not as bytes; restore it from a backup"
BY_NUMBER = select(bodies).where(bodies.c.id == bindparam("number"))
BY_DIGEST = select(bodies.c.id, bodies.c.zstd.is_(None).label("is_pruned")).where(
    bodies.c.sha256 == bindparam("digest")
)


def keep_body(connection: Connection, content: bytes, *, like: int | None = None) -> int:
    """Keep the bytes and return their number; `like` is the body that they probably resemble."""
    mark = digest(content)
    known = connection.execute(BY_DIGEST, {"digest": mark}).one_or_none()
    if known is not None and not known.is_pruned:
        return int(known.id)
    stored = _stored(connection, content, like)
    if known is not None:
        connection.execute(update(bodies).where(bodies.c.id == known.id).values(stored))
        return int(known.id)
    row = {"sha256": mark, "size": len(content), **stored}
    return number_of(connection, bodies, row, "sha256")


def _stored(connection: Connection, content: bytes, like: int | None) -> dict[str, Any]:
    """Return the columns that hold the bytes: whole, or against the body that they resemble."""
    base = _base(connection, like) if like is not None else None
    packed = _pack(content, base.content) if base else b""
    if base is None or len(packed) > base.share * len(content) / 2:
        base, packed = None, _pack(content)
    return {"base_id": base.id if base else None, "zstd": packed, "zstd_sha256": digest(packed)}


def read_body(connection: Connection, body_id: int) -> bytes:
    """Return the bytes as they were kept; ArchiveError when they are gone or no longer match their sha256."""
    row = _row(connection, body_id)
    base = _row(connection, row.base_id) if row.base_id is not None else None
    return _content(row, _content(base) if base else None)


def _row(connection: Connection, body_id: int) -> Row[Any]:
    row = connection.execute(BY_NUMBER, {"number": body_id}).one_or_none()
    if row is None:
        raise ArchiveError(f"body {body_id} is gone; restore it from a backup")
    if row.zstd is None:
        raise Pruned(f"body {body_id} was pruned: only its size and its sha256 are kept")
    if not isinstance(row.zstd, bytes):
        raise ArchiveError(f"body {body_id} is damaged: {AS_TEXT}")
    return row


def _content(row: Row[Any], base: bytes | None = None) -> bytes:
    try:
        content = _unpack(row.zstd, base, row.size)
    except zstandard.ZstdError as error:
        raise ArchiveError(f"body {row.id} is damaged ({error}); restore it from a backup") from error
    if digest(content) != row.sha256:
        raise ArchiveError(f"body {row.id} is damaged: it does not match its sha256; restore it from a backup")
    return content


def drop_bodies(connection: Connection, numbers: Collection[int]) -> None:
    """Drop the bytes of these bodies; what was compressed against one of them is stored anew first."""
    gone = set(numbers)
    for number in sorted(gone):
        resting = select(bodies.c.id).where(bodies.c.base_id == number).order_by(bodies.c.id)
        _rebase(connection, [each for each in connection.scalars(resting) if each not in gone])
    dropped = {"base_id": None, "zstd": None, "zstd_sha256": None}
    for number in gone:
        connection.execute(update(bodies).where(bodies.c.id == number).values(dropped))


def _rebase(connection: Connection, numbers: Sequence[int]) -> None:
    """Store the first of these bodies on its own, and the others against it."""
    contents = {number: read_body(connection, number) for number in numbers}
    for number, content in contents.items():
        stored = _stored(connection, content, numbers[0] if number != numbers[0] else None)
        connection.execute(update(bodies).where(bodies.c.id == number).values(stored))


def stored_size(connection: Connection, numbers: Collection[int]) -> int:
    """Return how many bytes these bodies take in the database."""
    sizes = (select(func.length(bodies.c.zstd)).where(bodies.c.id == number) for number in numbers)
    return sum(connection.scalar(size) or 0 for size in sizes)


def digest(content: bytes) -> str:
    """Return the sha256 of the bytes in hexadecimal."""
    return sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class _Base:
    """A body to compress against, and how much of its size it takes by itself: what others would take, too."""

    id: int
    content: bytes
    share: float


def _base(connection: Connection, like: int) -> _Base | None:
    """Return the body to compress against; a damaged one must not keep new evidence out."""
    try:
        row = _row(connection, like)
        row = row if row.base_id is None else _row(connection, row.base_id)
        return _Base(row.id, _content(row), len(row.zstd) / max(row.size, 1))
    except ArchiveError:
        return None


def _pack(content: bytes, base: bytes | None = None) -> bytes:
    return zstandard.ZstdCompressor(level=LEVEL, dict_data=_dictionary(base)).compress(content)


def _unpack(packed: bytes, base: bytes | None, size: int) -> bytes:
    """Return the content; a damaged frame must not claim more memory than the content takes."""
    if zstandard.get_frame_parameters(packed).content_size != size:
        raise zstandard.ZstdError(f"it does not hold the {size} bytes that were kept")
    return zstandard.ZstdDecompressor(dict_data=_dictionary(base)).decompress(packed)


def _dictionary(base: bytes | None) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if base else None
