"""Edits of a page's facts, one function a kind of change, each with the changes a reader would report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from bench.accuracy.facts import Facts, Post, make_post, passing_capacity
from bench.accuracy.people import CIVIL_PREFIXES, INITIALS, MINISTER_PREFIXES, RANKS, cast, surname
from bench.accuracy.prose import Sentence, more
from bench.accuracy.quantities import Quantity, fit, lead
from bench.accuracy.vocabulary import KINDS, MINISTERIAL, OFFICE_PATTERNS, PORTFOLIOS
from model import Bound, Capacity, ChangeKind


@dataclass(frozen=True, slots=True)
class Expected:
    """One change that the edit made: the names or figures before and after, as far as the kind has them."""

    kind: ChangeKind
    office: str
    before: str | Quantity | None = None
    after: str | Quantity | None = None
    went_to: str | None = None
    came_from: str | None = None


Edited = tuple[Facts, list[Expected]]
Edit = Callable[[Facts, Random], Edited | None]


def swap_in(facts: Facts, *pairs: tuple[Post, Post]) -> Facts:
    """Return the facts with posts replaced, each old one by its new one."""
    new = {id(old): fresh for old, fresh in pairs}
    return facts.with_posts([new.get(id(post), post) for post in facts.posts])


def newcomer(facts: Facts, rng: Random) -> str:
    """Invent a person whom nobody on the page could be taken for."""
    known = {surname(post.holder) for post in facts.posts if post.holder}
    style = "ministers" if facts.by_title else KINDS[facts.kind].people
    while surname(name := cast(rng, 1, style)[0]) in known:
        pass
    return name


def _held(facts: Facts, *capacities: Capacity) -> list[Post]:
    return [post for post in facts.posts if post.holder and (not capacities or post.capacity in capacities)]


def _other_capacity(rng: Random) -> Capacity:
    return Capacity.PERMANENT if rng.random() < 0.7 else passing_capacity(rng)


def replaced(facts: Facts, rng: Random) -> Edited | None:
    if not (held := _held(facts)):
        return None
    post, name = rng.choice(held), newcomer(facts, rng)
    new = replace(post, holder=name, capacity=_other_capacity(rng))
    return swap_in(facts, (post, new)), [Expected(ChangeKind.LEADER_REPLACED, post.name, post.holder, name)]


def namesake(facts: Facts, rng: Random) -> Edited | None:
    """Replace a person by another of the same surname: two people all the same."""
    plain = [
        post
        for post in _held(facts)
        if len((post.holder or "").split()) == 2 and "," not in (post.holder or "")
    ]
    if not plain:
        return None
    post, other = (
        rng.choice(plain),
        rng.choice(("Theodora", "Augustus Q.", "Wilhelmina", "Xavier T.", "Hortense")),
    )
    name = f"{other} {(post.holder or '').split()[-1]}"
    return swap_in(facts, (post, replace(post, holder=name))), [
        Expected(ChangeKind.LEADER_REPLACED, post.name, post.holder, name)
    ]


def appointed(facts: Facts, rng: Random) -> Edited | None:
    if not (empty := [post for post in facts.posts if post.vacant]):
        return None
    post, name = rng.choice(empty), newcomer(facts, rng)
    new = replace(post, holder=name, vacant=False, capacity=_other_capacity(rng))
    return swap_in(facts, (post, new)), [Expected(ChangeKind.LEADER_APPOINTED, post.name, None, name)]


def departed(facts: Facts, rng: Random) -> Edited | None:
    """Leave a post vacant, or (one time in four, where a text keeps the office) without a line."""
    if len(held := _held(facts)) < 2:
        return None
    post = rng.choice(held)
    gone = bool(post.sentences) and not post.by_title and rng.random() < 0.25
    new = replace(post, holder=None, vacant=not gone, capacity=Capacity.PERMANENT)
    return swap_in(facts, (post, new)), [Expected(ChangeKind.LEADER_DEPARTED, post.name, post.holder, None)]


def acting_began(facts: Facts, rng: Random) -> Edited | None:
    if not (held := _held(facts, Capacity.PERMANENT)):
        return None
    post = rng.choice(held)
    new = replace(post, capacity=passing_capacity(rng))
    return swap_in(facts, (post, new)), [Expected(ChangeKind.ACTING_BEGAN, post.name, post.holder, post.holder)]


def acting_ended(facts: Facts, rng: Random) -> Edited | None:
    if not (held := _held(facts, Capacity.ACTING, Capacity.INTERIM, Capacity.PERFORMING_DUTIES)):
        return None
    post = rng.choice(held)
    new = replace(post, capacity=Capacity.PERMANENT)
    return swap_in(facts, (post, new)), [Expected(ChangeKind.ACTING_ENDED, post.name, post.holder, post.holder)]


def retitled(facts: Facts, rng: Random) -> Edited | None:
    """Give the same person in the same office another title."""
    if facts.by_title or not (held := _held(facts)):
        return None
    post = rng.choice(held)
    title = rng.choice([title for title in KINDS[facts.kind].titles if title != post.title])
    return swap_in(facts, (post, replace(post, title=title))), [
        Expected(ChangeKind.TITLE_CHANGED, post.name, post.holder, post.holder)
    ]


def renamed_person(facts: Facts, rng: Random) -> Edited | None:
    """Spell the same person another way: an initial, a mended typo, an honorific, a suffix."""
    choices = [
        (post, name)
        for post in _held(facts)
        if (name := respelled_name(post.holder or "", facts, rng)) != post.holder
    ]
    if not choices:
        return None
    post, name = rng.choice(choices)
    return swap_in(facts, (post, replace(post, holder=name))), [
        Expected(ChangeKind.NAME_CHANGED, post.name, post.holder, name)
    ]


def respelled_name(name: str, facts: Facts, rng: Random) -> str:
    """Return another spelling of one name; the same where its shape allows none of those here."""
    words, ways = name.split(), rng.random()
    initials = [
        place
        for place, word in enumerate(words)
        if len(word) == 2 and word[1] == "." and 0 < place < len(words) - 1
    ]
    if initials and ways < 0.5:
        return " ".join(word for place, word in enumerate(words) if place != initials[0])
    if len(words) == 2 and name.replace(" ", "").isalpha() and ways < 0.7:
        return f"{words[0]} {rng.choice(INITIALS)}. {words[1]}"
    if len(words) == 2 and len(words[1]) > 6 and words[1].isalpha() and ways < 0.85:
        place = rng.randint(2, len(words[1]) - 3)
        return f"{words[0]} {mistyped(words[1], place)}"
    dressed = any(name.startswith(prefix) for prefix in (*CIVIL_PREFIXES, *MINISTER_PREFIXES, *RANKS))
    if not dressed and len(words) > 1:
        return f"Dr. {name}" if rng.random() < 0.5 or "," in name else f"{name}, PhD"
    return name


def mistyped(word: str, place: int) -> str:
    """Return the word with one letter struck wrong: the next one twice, or one of two alike left out."""
    following = word[place + 1]
    return word[:place] + following * (word[place] != following) + word[place + 1 :]


def office_added(facts: Facts, rng: Random) -> Edited | None:
    name = newcomer(facts, rng)
    if not (fresh := _fresh_post(facts, name, rng)):
        return None
    posts = list(facts.posts)
    posts.insert(rng.randint(0, len(posts)), fresh)
    return facts.with_posts(posts), [Expected(ChangeKind.OFFICE_ADDED, fresh.name, None, fresh.name)]


def _fresh_post(facts: Facts, name: str, rng: Random) -> Post | None:
    """Make a post whose name no other post on the page could be taken for."""
    taken = " ".join(post.name for post in facts.posts)
    if facts.by_title:
        free = [portfolio for portfolio in PORTFOLIOS if portfolio not in taken]
        title = rng.choice(MINISTERIAL).format(rng.choice(free))
        return Post(title, title, name)
    free = [subject for subject in KINDS[facts.kind].subjects if subject not in taken]
    if not free:
        return None
    office, title = rng.choice(OFFICE_PATTERNS).format(rng.choice(free)), rng.choice(KINDS[facts.kind].titles)
    described = any(post.sentences for post in facts.posts)
    return make_post(rng, office, title, name, (facts.kind, facts.country, facts.agency), 2 if described else 0)


def office_removed(facts: Facts, rng: Random) -> Edited | None:
    if len(facts.posts) < 4:
        return None
    post = rng.choice(facts.posts)
    left = [other for other in facts.posts if other is not post]
    if not any(other.holder for other in left):
        return None
    return facts.with_posts(left), [Expected(ChangeKind.OFFICE_REMOVED, post.name, post.name, None)]


def office_renamed(facts: Facts, rng: Random) -> Edited | None:
    """Rename an office whose leader and description stay, as when "International Trade" became "Trade"."""
    held = [post for post in _held(facts) if not post.by_title and len(post.sentences) > 2]
    if not held:
        return None
    post = rng.choice(held)
    fresh = _fresh_post(facts, post.holder or "", rng)
    if not fresh:
        return None
    sentences = (fresh.sentences[0], *post.sentences[1:])
    new = replace(post, name=fresh.name, abbreviation=fresh.abbreviation, sentences=sentences)
    return swap_in(facts, (post, new)), [Expected(ChangeKind.OFFICE_RENAMED, fresh.name, post.name, fresh.name)]


def swapped(facts: Facts, rng: Random) -> Edited | None:
    """Let two people change places."""
    if len(held := _held(facts)) < 2:
        return None
    one, two = rng.sample(held, 2)
    pairs = (one, replace(one, holder=two.holder)), (two, replace(two, holder=one.holder))
    return swap_in(facts, *pairs), [
        Expected(ChangeKind.LEADER_REPLACED, one.name, one.holder, two.holder, two.name, two.name),
        Expected(ChangeKind.LEADER_REPLACED, two.name, two.holder, one.holder, one.name, one.name),
    ]


def moved(facts: Facts, rng: Random) -> Edited | None:
    """Move a person to another office; the old one gets a newcomer, or stays vacant."""
    if len(held := _held(facts)) < 3:
        return None
    one, two = rng.sample(held, 2)
    name = newcomer(facts, rng) if rng.random() < 0.6 else None
    left = replace(one, holder=name, vacant=not name, capacity=Capacity.PERMANENT)
    kind = ChangeKind.LEADER_REPLACED if name else ChangeKind.LEADER_DEPARTED
    return swap_in(facts, (one, left), (two, replace(two, holder=one.holder))), [
        Expected(kind, one.name, one.holder, name, went_to=two.name),
        Expected(ChangeKind.LEADER_REPLACED, two.name, two.holder, one.holder, came_from=one.name),
    ]


def _stated(facts: Facts) -> list[tuple[Post, Sentence, Quantity]]:
    return [
        (post, sentence, one)
        for post in facts.posts
        for sentence in post.sentences
        for one in sentence.quantities
    ]


def _requantified(facts: Facts, place: tuple[Post, Sentence, Quantity], new: Quantity) -> Facts:
    post, sentence, old = place
    quantities = tuple(new if one is old else one for one in sentence.quantities)
    sentences = tuple(
        replace(sentence, quantities=quantities) if one is sentence else one for one in post.sentences
    )
    return swap_in(facts, (post, replace(post, sentences=sentences)))


def figure_changed(facts: Facts, rng: Random) -> Edited | None:
    if not (stated := _stated(facts)):
        return None
    place = rng.choice(stated)
    old = place[2]
    new = fit(replace(old, value=_another(old, rng)), rng)
    return _requantified(facts, place, new), [Expected(ChangeKind.FIGURE_CHANGED, place[0].name, old, new)]


def _another(quantity: Quantity, rng: Random) -> Decimal:
    """Return another plausible value, a step or a leap away."""
    if quantity.unit == "percent":
        return Decimal(rng.choice([share for share in range(31, 100) if share != quantity.value]))
    value, digits = quantity.value, max(len(f"{quantity.value:f}") - 2, 0)
    step = Decimal(10**digits) * rng.choice((1, 2, 5, 13))
    return value + step if rng.random() < 0.6 or value <= 2 * step else value - step


def bound_changed(facts: Facts, rng: Random) -> Edited | None:
    if not (stated := _stated(facts)):
        return None
    place = rng.choice(stated)
    old = place[2]
    bound = rng.choice([bound for bound in (None, *Bound) if bound is not old.bound])
    new = fit(replace(old, bound=bound, lead=lead(rng, bound)), rng)
    return _requantified(facts, place, new), [Expected(ChangeKind.BOUND_CHANGED, place[0].name, old, new)]


def figure_added(facts: Facts, rng: Random) -> Edited | None:
    described = [post for post in facts.posts if post.sentences]
    if not described:
        return None
    post = rng.choice(described)
    taken = {word for one in post.sentences for quantity in one.quantities for word in quantity.measure.split()}
    sentence = more(rng, facts.kind, facts.country, taken)
    place = rng.randint(1, len(post.sentences))
    sentences = (*post.sentences[:place], sentence, *post.sentences[place:])
    return swap_in(facts, (post, replace(post, sentences=sentences))), [
        Expected(ChangeKind.FIGURE_ADDED, post.name, None, sentence.quantities[0])
    ]


def figure_removed(facts: Facts, rng: Random) -> Edited | None:
    alone = [(post, one) for post in facts.posts for one in post.sentences if one.quantities]
    if not alone:
        return None
    post, gone = rng.choice(alone)
    left = tuple(one for one in post.sentences if one is not gone)
    return swap_in(facts, (post, replace(post, sentences=left))), [
        Expected(ChangeKind.FIGURE_REMOVED, post.name, quantity, None) for quantity in gone.quantities
    ]


EDITS: dict[str, Edit] = {
    "replaced": replaced,
    "replaced by a namesake": namesake,
    "appointed": appointed,
    "departed": departed,
    "acting began": acting_began,
    "acting ended": acting_ended,
    "retitled": retitled,
    "person respelled": renamed_person,
    "office added": office_added,
    "office removed": office_removed,
    "office renamed": office_renamed,
    "two swapped": swapped,
    "moved": moved,
    "figure changed": figure_changed,
    "bound changed": bound_changed,
    "figure added": figure_added,
    "figure removed": figure_removed,
}
