"""Whether a reading is a believable version of its page, before anything is concluded from it.

A page that is broken, replaced by another or read by a parser that no longer fits shows as a large loss. A new
administration is none: every office stays and somebody else is named. Neither is a reorganisation: names change
and the people stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model import LeadershipPage, Office
from monitor.likeness import same_name
from monitor.matching import Pairs, pair_offices
from monitor.moves import Holders
from monitor.spelling import content_words, words

_LARGE_LOSSES = ((2, 1 / 2), (3, 1 / 3 + 0.001))
"""How many, and what share of what was named, make a loss large; less waits to be confirmed one by one."""


def screen(before: LeadershipPage, after: LeadershipPage, *, required: Sequence[str] = ()) -> str | None:
    """Return None when `after` can be a version of the page that `before` is one of, else the reason in words.

    `required` names offices that must be there; one that was only renamed is there. `screen(page, page)` asks
    what a first reading must satisfy.
    """
    pairs = pair_offices(before.offices, after.offices)
    return (
        _names_nobody(before, after)
        or _lacks_required(before, after, pairs, required)
        or _lost_many("offices", _offices_gone(before, after, pairs), before.offices)
        or _lost_many("leaders", _leaders_gone(before, after, pairs), _led(before))
        or _is_another_page(before, after, pairs)
    )


def _names_nobody(before: LeadershipPage, after: LeadershipPage) -> str | None:
    if not after.offices:
        return "no office was found on the page"
    if _led(before) and not _led(after):
        return f"no leader is named, where {len(_led(before))} were named before"
    return None


def _led(page: LeadershipPage) -> list[Office]:
    return [office for office in page.offices if office.leader]


def _lacks_required(
    before: LeadershipPage, after: LeadershipPage, pairs: Pairs, required: Sequence[str]
) -> str | None:
    found = [*after.offices, *(before.offices[old] for old in pairs.values())]
    missing = [name for name in required if not any(_is_named(office, name) for office in found)]
    return f"required {_listed('office', missing)} missing from the page" if missing else None


def _is_named(office: Office, name: str) -> bool:
    return office.abbreviation == name or same_name(office.name, name)


def _offices_gone(before: LeadershipPage, after: LeadershipPage, pairs: Pairs) -> list[str]:
    """Return the offices that are gone together with whoever led them: a leader who stays was reorganised."""
    kept, holders = set(pairs.values()), Holders(after.offices, range(len(after.offices)))
    gone = (office for place, office in enumerate(before.offices) if place not in kept)
    return [office.name for office in gone if office.leader is None or not holders.office_of(office.leader)]


def _leaders_gone(before: LeadershipPage, after: LeadershipPage, pairs: Pairs) -> list[str]:
    """Return the offices that no longer name their leader, nor say that they are vacant, and those gone."""
    silent = (
        before.offices[old].name
        for new, old in pairs.items()
        if before.offices[old].leader and not after.offices[new].leader and not after.offices[new].vacant
    )
    return [*silent, *_offices_gone(before, after, pairs)]


def _lost_many(what: str, gone: Sequence[str], named: Sequence[Office]) -> str | None:
    many = any(len(gone) >= count and len(gone) >= share * len(named) for count, share in _LARGE_LOSSES)
    if not many and not (gone and len(gone) >= len(named)):
        return None
    return f"{len(gone)} of {len(named)} {what} are gone at once: {', '.join(gone)}"


def _is_another_page(before: LeadershipPage, after: LeadershipPage, pairs: Pairs) -> str | None:
    """Doubt a reading that is headed otherwise and names nobody who was named before."""
    if words(before.title) == words(after.title) or content_words(before.title) & content_words(after.title):
        return None
    holders = Holders(after.offices, range(len(after.offices)))
    stayed = any(holders.office_of(office.leader) for office in _led(before) if office.leader)
    if stayed or not before.title or not after.title or len(_led(before)) < 2:
        return None
    return f"another page: headed {after.title!r} instead of {before.title!r}, and nobody named before is named"


def _listed(noun: str, names: Iterable[str]) -> str:
    found = list(names)
    return f"{noun}{'s' if len(found) > 1 else ''} {', '.join(found)} {'are' if len(found) > 1 else 'is'}"
