"""Bodies read within bounds: as sent, and once unpacked.

Only gzip and deflate are asked for and unpacked, a piece at a time, so that a small body which unpacks to
gigabytes (a compression bomb) ends at the limit and never stands in memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from scraper.errors import BodyRefused

ACCEPT_ENCODING = "gzip, deflate"
PIECE = 8 * 1024
"""The most bytes that one step unpacks, and so the most that a damaged end costs."""

MAX_CODINGS = 2
MAX_MEMBERS = 1_000
"""Gzip members in one body; more, each a few bytes, would only cost time."""

_GZIP_MAGIC = b"\x1f\x8b"


class CutOff(Exception):
    """A body ended, or went bad, before its end."""


def unpacked(chunks: Iterable[bytes], content_encoding: str, max_bytes: int) -> Iterator[bytes]:
    """Undo a Content-Encoding (RFC 9110, 8.4), holding every stage to `max_bytes`.

    Raises BodyRefused over the limit or for an encoding that was not asked for, CutOff when it ends early.
    """
    codings = [coding.strip().lower() for coding in content_encoding.split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if len(codings) > MAX_CODINGS or not set(codings) <= {"gzip", "x-gzip", "deflate"}:
        raise BodyRefused(f"the body came packed as {', '.join(codings)[:80]!r}, which was not asked for")
    pieces = _held_to(chunks, max_bytes, "the body is over the limit of {} bytes")
    for coding in reversed(codings):
        unpack = _inflate if coding == "deflate" else _gunzip
        pieces = _held_to(
            unpack(pieces), max_bytes, "the body unpacks to more than {} bytes (compression bomb?)"
        )
    return pieces


def _held_to(chunks: Iterable[bytes], max_bytes: int, complaint: str) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > max_bytes:
            raise BodyRefused(complaint.format(f"{max_bytes:,}"))
        yield chunk


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack deflate: zlib's format as the standard says, or the bare one that some servers send."""
    stream, start = _with_start(chunks)
    has_header = len(start) == 2 and start[0] & 0x0F == 8 and int.from_bytes(start, "big") % 31 == 0
    unpacker = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
    for chunk in stream:
        yield from _pieces(unpacker, chunk)
        if unpacker.eof:
            return
    if start:
        raise CutOff


def _gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack gzip, also of several members; a body that says so but is not packed at all passes as it is."""
    stream, start = _with_start(chunks)
    if start and not _GZIP_MAGIC.startswith(start):
        yield from stream
        return
    members, unpacker = 1, zlib.decompressobj(zlib.MAX_WBITS | 16)
    for chunk in stream:
        while chunk:
            if unpacker.eof:
                members, unpacker = members + 1, zlib.decompressobj(zlib.MAX_WBITS | 16)
            if members > MAX_MEMBERS:
                raise CutOff
            yield from _pieces(unpacker, chunk)
            chunk = unpacker.unused_data
    if start and not unpacker.eof:
        raise CutOff


def _with_start(chunks: Iterable[bytes]) -> tuple[Iterator[bytes], bytes]:
    """Return the chunks again, and their first two bytes."""
    source = iter(chunks)
    head = b""
    for chunk in source:
        head += chunk
        if len(head) >= 2:
            break
    return _rejoined(head, source), head[:2]


def _rejoined(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _pieces(unpacker: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    try:
        while chunk and not unpacker.eof:
            yield unpacker.decompress(chunk, PIECE)
            chunk = unpacker.unconsumed_tail
    except zlib.error as error:
        raise CutOff from error
