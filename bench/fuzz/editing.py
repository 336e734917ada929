"""Pages edited at random: cut, doubled, swapped at their tags, with words of leadership pages put in."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

LONGEST = 70_000
MOST_COPIES = 30
_TAG = re.compile(rb"<[^<>]*>")
_WORDS = [
    *(
        b"Director ",
        b"Acting ",
        b"Vacant",
        b"Dr. ",
        b"Dana Whitcombe",
        b"Name: ",
        b"Office of ",
        b"Last Modified: ",
    ),
    *(b"<br>", b"<td>", b"</td>", b"<h2>", b"</h2>", b"<b>", b"<main>", b"<dl><dt>", b"<div hidden>", b"<!--"),
    *(b"<table><tr><th>Name", b"&nbsp;", b"\xe2\x80\x8b", b"\xc3\x83\xc2\xa9", b"\x00", b"charset=", b"*"),
    *(b", ", b"(", b")", b" - ", b": ", b"|", b"over ", b"$7.5 billion", b"1,240 employees"),
]


def edited(page: bytes, seed: int) -> bytes:
    """Return the page after one to four edits; one seed makes the same edits again."""
    rng = Random(seed)  # noqa: S311 - chance that can be repeated is the point
    for _ in range(rng.randint(1, 4)):
        page = rng.choice(_EDITS)(page, rng)[:LONGEST]
    return page


def _tags(page: bytes, rng: Random) -> tuple[int, int, int, int]:
    """Return where two tags of the page begin and end, the first one first."""
    tags = [tag.span() for tag in _TAG.finditer(page)] or [(0, len(page))]
    first, second = sorted((rng.choice(tags), rng.choice(tags)))
    return (*first, *second)


def _without_one_tag(page: bytes, rng: Random) -> bytes:
    start, end, _, _ = _tags(page, rng)
    return page[:start] + page[end:]


def _without_a_part(page: bytes, rng: Random) -> bytes:
    start, _, _, end = _tags(page, rng)
    return page[:start] + page[end:]


def _two_tags_swapped(page: bytes, rng: Random) -> bytes:
    a, b, c, d = _tags(page, rng)
    return page[:a] + page[c:d] + page[b:c] + page[a:b] + page[d:] if b <= c else page


def _a_part_again(page: bytes, rng: Random) -> bytes:
    start, _, end, _ = _tags(page, rng)
    return page[:start] + page[start:end] * rng.randint(2, MOST_COPIES) + page[end:]


def _cut_off(page: bytes, rng: Random) -> bytes:
    return page[: rng.randrange(len(page) + 1)]


def _a_word_put_in(page: bytes, rng: Random) -> bytes:
    place = rng.randrange(len(page) + 1)
    return page[:place] + rng.choice(_WORDS) + page[place:]


def _bytes_put_in(page: bytes, rng: Random) -> bytes:
    place = rng.randrange(len(page) + 1)
    return page[:place] + rng.randbytes(rng.randint(1, 6)) + page[place:]


_EDITS: list[Callable[[bytes, Random], bytes]] = [
    _without_one_tag,
    _without_a_part,
    _two_tags_swapped,
    _a_part_again,
    _cut_off,
    _a_word_put_in,
    _bytes_put_in,
]
