"""Two versions row beside row: offices paired as the comparison pairs them, words that differ marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from model import Figure, LeadershipPage, Office
from monitor.matching import pair_figures, pair_offices
from monitor.wording import CAPACITIES

LONGEST = 4000
"""Words of one text that are compared one by one; beyond that the texts are shown whole."""

Words = tuple[tuple[str, bool], ...]
"""A text in stretches, each with whether it stands on its own side alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """One fact in two versions: what it is, and its words on either side, "" where it is not there."""

    what: str
    before: Words
    after: Words

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Pair:
    """An office in two versions; `name` is what the newer one calls it, `state` is same, changed, added or removed."""

    name: str
    state: str
    rows: tuple[Row, ...]


def beside(before: LeadershipPage | None, after: LeadershipPage) -> list[Pair]:
    """Return the offices in the order of `after`; those that are gone come last."""
    old = before.offices if before else ()
    pairs = pair_offices(old, after.offices)
    found = [_pair(old[pairs[at]] if at in pairs else None, office) for at, office in enumerate(after.offices)]
    found += [_pair(office, None) for at, office in enumerate(old) if at not in pairs.values()]
    figures = tuple(_figures(before.figures if before else (), after.figures))
    return [*found, Pair("The page itself", _state(figures), figures)] if figures else found


def _pair(before: Office | None, after: Office | None) -> Pair:
    rows = (
        _row("Office", _name(before), _name(after)),
        _row("Leader", _leader(before), _leader(after)),
        *_figures(before.figures if before else (), after.figures if after else ()),
        _row("Text", before.text if before else "", after.text if after else ""),
    )
    kept = tuple(row for row in rows if row.before or row.after)
    state = "added" if before is None else "removed" if after is None else _state(kept)
    return Pair(_name(after) or _name(before), state, kept)


def _state(rows: Iterable[Row]) -> str:
    return "same" if all(row.is_same for row in rows) else "changed"


def _name(office: Office | None) -> str:
    return office.name if office else ""


def _leader(office: Office | None) -> str:
    if office is None:
        return ""
    if office.leader is None:
        return "vacant" if office.vacant else "nobody named"
    held = CAPACITIES[office.leader.capacity]
    return ", ".join(filter(None, (office.leader.name, office.leader.title, held)))


def _figures(before: Sequence[Figure], after: Sequence[Figure]) -> Iterator[Row]:
    pairs = pair_figures(before, after)
    for at, figure in enumerate(after):
        yield _row("Figure", before[pairs[at]].text if at in pairs else "", figure.text)
    for at, figure in enumerate(before):
        if at not in pairs.values():
            yield _row("Figure", figure.text, "")


def _row(what: str, before: str, after: str) -> Row:
    return Row(what, *_marked(before, after))


def _marked(before: str, after: str) -> tuple[Words, Words]:
    """Return both texts with the words that the other one has not."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    if max(len(old), len(new)) > LONGEST or not (old and new):
        differs = before != after
        return _whole(before, differs), _whole(after, differs)
    left, right = list[tuple[str, bool]](), list[tuple[str, bool]]()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += [("".join(old[a:b]), tag != "equal")] * (b > a)
        right += [("".join(new[c:d]), tag != "equal")] * (d > c)
    return tuple(left), tuple(right)


def _whole(text: str, differs: bool) -> Words:
    return ((text, differs),) if text else ()
