# ruff: noqa: S311 - chance that can be repeated is the point
"""Before/after pairs with their truth: edits, several at once or under a redesign, and no change at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from bench.accuracy.edits import EDITS, Edited, Expected
from bench.accuracy.facts import Facts, invent
from bench.accuracy.pages import design, draw, redesign, still_suits


@dataclass(frozen=True, slots=True)
class Pair:
    """Two fetches of one page; `same_facts` says that a reader sees no news between them."""

    number: int
    label: str
    before: Facts
    after: Facts
    before_html: str
    after_html: str
    expected: tuple[Expected, ...]

    @property
    def same_facts(self) -> bool:
        return not self.expected


def pairs(seed: int, edited: int, same: int) -> Iterator[Pair]:
    """Yield the pairs of one seed; each depends on the seed and its number alone."""
    for number in range(edited):
        yield edited_pair(Random(f"{seed} edited {number}"), number)
    for number in range(edited, edited + same):
        yield same_pair(Random(f"{seed} same {number}"), number)


def edited_pair(rng: Random, number: int) -> Pair:
    """Make a pair that differs by one to three edits, one time in six under a redesign as well."""
    names = sorted(EDITS)
    first = names[number % len(names)]
    while True:
        facts = invent(rng)
        chosen = design(facts, rng)
        edited = _edit(facts, first, rng)
        if edited and still_suits(chosen, edited[0]):
            break
    after, expected = edited
    new = redesign(after, chosen, rng) if rng.random() < 1 / 6 else chosen
    label = first if new is chosen else f"{first}, redesigned"
    after = replace(after, last_modified=after.last_modified + timedelta(days=rng.randrange(90)))
    return Pair(number, label, facts, after, draw(facts, chosen, rng), draw(after, new, rng), tuple(expected))


def _edit(facts: Facts, first: str, rng: Random) -> Edited | None:
    """Apply the named edit and sometimes more, as long as no two touch one office or one person."""
    edited = EDITS[first](facts, rng)
    if not edited or rng.random() < 0.7:
        return edited
    after, expected = edited
    for name in rng.sample(sorted(EDITS), 2):
        further = EDITS[name](after, rng)
        if further and _apart(expected, further[1]):
            after, expected = further[0], [*expected, *further[1]]
    return after, expected


def _apart(done: list[Expected], more: list[Expected]) -> bool:
    """Say whether two lists of changes concern different offices, so that a reader reports their sum."""
    return not _offices(done) & _offices(more)


def _offices(changes: list[Expected]) -> set[str]:
    return {name for one in changes for name in (one.office, one.before, one.after) if isinstance(name, str)}


def same_pair(rng: Random, number: int) -> Pair:
    """Make a pair on which nothing happened: the facts are the same, everything else may differ."""
    facts = invent(rng)
    chosen = design(facts, rng)
    ways = sorted(SAME)
    label = ways[number % len(ways)]
    after, new = SAME[label](facts, rng), chosen
    if label in ("redesign", "everything at once"):
        new = redesign(after, chosen, rng)
    return Pair(number, label, facts, after, draw(facts, chosen, rng), draw(after, new, rng), ())


def _reordered(facts: Facts, rng: Random) -> Facts:
    return facts.with_posts(rng.sample(facts.posts, len(facts.posts)))


def _respelled(facts: Facts, rng: Random) -> Facts:
    intro = tuple(sentence.respelled(rng) for sentence in facts.intro)
    return replace(facts, intro=intro, posts=tuple(post.respelled(rng) for post in facts.posts))


def _another_day(facts: Facts, rng: Random) -> Facts:
    return replace(facts, last_modified=facts.last_modified + timedelta(days=rng.randint(1, 400)))


def _unchanged(facts: Facts, rng: Random) -> Facts:
    del rng
    return facts


def _punctuated(facts: Facts, rng: Random) -> Facts:
    """Trade straight quotes and dashes for typographic ones, or back, in every text and name."""
    table = str.maketrans({"’": "'", "“": '"', "”": '"', "—": "-"} if rng.random() < 0.5 else {"'": "’"})

    def mend(text: str) -> str:
        return text.translate(table)

    posts = []
    for post in facts.posts:
        sentences = tuple(replace(one, template=mend(one.template)) for one in post.sentences)
        holder = mend(post.holder) if post.holder else None
        posts.append(
            replace(post, name=mend(post.name), title=mend(post.title), holder=holder, sentences=sentences)
        )
    return facts.with_posts(posts)


def _everything(facts: Facts, rng: Random) -> Facts:
    return _another_day(_respelled(_punctuated(_reordered(facts, rng), rng), rng), rng)


SAME: dict[str, Callable[[Facts, Random], Facts]] = {
    "fetched again": _unchanged,
    "redesign": _unchanged,
    "reordered": _reordered,
    "respelled quantities": _respelled,
    "other day": _another_day,
    "quotes and dashes": _punctuated,
    "everything at once": _everything,
}
