# ruff: noqa: E501 - words stand in tables
"""The truth of a generated page: agency, posts, people, figures, and the model objects a perfect reader returns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bench.accuracy.people import cast
from bench.accuracy.prose import DEFINING, OPENINGS, Sentence, describe
from bench.accuracy.vocabulary import (
    COUNTRIES,
    KINDS,
    MINISTERIAL,
    OFFICE_PATTERNS,
    PORTFOLIOS,
    SOLE_POSTS,
    Country,
)
from model import Capacity, Leader, LeadershipPage, Office

PAGE_TITLES = (
    "Leadership", "Our leadership", "Senior Leadership", "Leadership and Organization", "Executive Team", "Offices and Officials",
    "Who we are", "{titles}' Offices", "Organization", "Agency Leadership", "Senior officials", "Principal Officers", "Key Personnel",
)  # fmt: skip
MINISTER_TITLES = (
    "Ministers",
    "The Cabinet",
    "Members of the Government",
    "Cabinet",
    "Our ministers",
    "The Ministry",
)


@dataclass(frozen=True, slots=True)
class Post:
    """One post: who holds it and what the page says about it.

    `holder` None with `vacant` says that the page calls it vacant; None without it, that the leader line is
    gone. A ministry's post has `name == title`: people are named by title alone.
    """

    name: str
    title: str
    holder: str | None
    abbreviation: str | None = None
    capacity: Capacity = Capacity.PERMANENT
    vacant: bool = False
    sentences: tuple[Sentence, ...] = ()

    @property
    def by_title(self) -> bool:
        return self.name == self.title

    def leader(self) -> Leader | None:
        return Leader(self.holder, self.title, self.capacity) if self.holder else None

    def paragraphs(self) -> list[str]:
        """Return the description's paragraphs."""
        return paragraphs(self.sentences)

    def office(self) -> Office:
        """Return the row that a perfect reader makes of the post."""
        figures = tuple(quantity.figure() for sentence in self.sentences for quantity in sentence.quantities)
        text = "\n".join(self.paragraphs())
        return Office(self.name, self.abbreviation, self.vacant, None, self.leader(), figures, text, self.title)

    def respelled(self, rng: Random) -> Post:
        return replace(self, sentences=tuple(sentence.respelled(rng) for sentence in self.sentences))


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a generated page states."""

    agency: str
    acronym: str
    site: str
    kind: str
    country: Country
    title: str
    posts: tuple[Post, ...]
    last_modified: date
    intro: tuple[Sentence, ...] = ()

    @property
    def by_title(self) -> bool:
        return self.posts[0].by_title

    @property
    def url(self) -> str:
        return f"https://www.{self.site}/about/leadership"

    def page(self) -> LeadershipPage:
        figures = tuple(quantity.figure() for sentence in self.intro for quantity in sentence.quantities)
        offices = tuple(post.office() for post in self.posts)
        return LeadershipPage(self.url, self.title, self.last_modified, figures, offices)

    def with_posts(self, posts: list[Post]) -> Facts:
        return replace(self, posts=tuple(posts))


def invent(rng: Random) -> Facts:
    """Invent an agency (seven in ten) or a cabinet and everything its leadership page says."""
    country = COUNTRIES[rng.choice(sorted(COUNTRIES) + ["US"] * 8)]
    agency, acronym, site = rng.choice(country.agencies)
    kind = rng.choice(sorted(KINDS))
    cabinet = rng.random() < 0.3
    posts = _cabinet(rng) if cabinet else _offices(rng, kind, country, agency)
    title = rng.choice(MINISTER_TITLES if cabinet else PAGE_TITLES).format(titles=f"{posts[0].title}s")
    modified = date(2018, 1, 1) + timedelta(days=rng.randrange(2900))
    intro = _intro(rng, kind, country, agency) if rng.random() < 0.25 else ()
    return Facts(agency, acronym, site, kind, country, title, tuple(posts), modified, intro)


def _intro(rng: Random, kind: str, country: Country, agency: str) -> tuple[Sentence, ...]:
    """Write the paragraph above the first office, with figures of the whole agency."""
    opening = Sentence(f"{agency} is led by the officials below.")
    return (opening, *describe(rng, kind, country, "Director", rng.choice((0, 1, 1, 2))))


def _offices(rng: Random, kind: str, country: Country, agency: str) -> list[Post]:
    subjects = rng.sample(KINDS[kind].subjects, rng.randint(3, 8))
    titles = _titles(rng, kind, len(subjects))
    names = cast(rng, len(subjects), KINDS[kind].people)
    richness = rng.choice((0, 1, 1, 2, 2, 3))
    posts = []
    for subject, title, name in zip(subjects, titles, names, strict=True):
        office = rng.choice(OFFICE_PATTERNS).format(subject)
        posts.append(_staffed(rng, make_post(rng, office, title, name, (kind, country, agency), richness)))
    return posts


def make_post(
    rng: Random, office: str, title: str, name: str, place: tuple[str, Country, str], richness: int
) -> Post:
    """Write the description of one office around its name, so that the text calls the office what it is called."""
    kind, country, agency = place
    short = (abbreviation(office) if rng.random() < 0.6 and richness else "") or None
    the = office if office.split()[0] in KINDS[kind].subjects else f"the {office}"
    opening = rng.choice(OPENINGS if not short else OPENINGS + DEFINING)
    calls = f"{the} ({short})" if short else the
    sentence = opening.format(
        The=calls[0].upper() + calls[1:],
        the=calls,
        mission=rng.choice(KINDS[kind].missions),
        agency=f"the {agency}",
    )
    rest = describe(rng, kind, country, title, richness)
    return Post(office, title, name, short, sentences=(Sentence(sentence), *rest) if richness else ())


def _titles(rng: Random, kind: str, size: int) -> list[str]:
    """Return one title for all, as on CBP's page, or a mixture."""
    pool = KINDS[kind].titles
    main = rng.choice(pool)
    same = rng.random() < 0.4
    return [main if same and rng.random() < 0.85 else rng.choice(pool) for _ in range(size)]


def _staffed(rng: Random, post: Post) -> Post:
    """Make one in six posts acting or the like, and one in sixteen vacant."""
    if rng.random() < 1 / 16:
        return replace(post, holder=None, vacant=True)
    return replace(post, capacity=passing_capacity(rng)) if rng.random() < 1 / 6 else post


def passing_capacity(rng: Random) -> Capacity:
    return rng.choice(
        (Capacity.ACTING, Capacity.ACTING, Capacity.ACTING, Capacity.INTERIM, Capacity.PERFORMING_DUTIES)
    )


def _cabinet(rng: Random) -> list[Post]:
    size = rng.randint(5, 16)
    portfolios = rng.sample(PORTFOLIOS, size)
    pattern = rng.choice(MINISTERIAL)
    posts = [
        rng.choice((pattern, pattern, rng.choice(MINISTERIAL))).format(portfolio) for portfolio in portfolios
    ]
    for place, sole in zip(rng.sample(range(size), 2), rng.sample(SOLE_POSTS, 2), strict=True):
        posts[place] = sole
    people = zip(posts, cast(rng, size, "ministers"), strict=True)
    return [_staffed(rng, Post(title, title, name)) for title, name in people]


def paragraphs(sentences: tuple[Sentence, ...]) -> list[str]:
    """Join sentences to the paragraphs they stand in."""
    joined: list[str] = []
    for sentence in sentences:
        if sentence.starts_paragraph or not joined:
            joined.append(sentence.text())
        else:
            joined[-1] += " " + sentence.text()
    return joined


def abbreviation(office: str) -> str:
    """Return the initials of the words that count, the way agencies shorten themselves; nothing for a single letter."""
    initials = "".join(word[0] for word in office.replace("-", " ").split() if word[0].isupper())
    return initials if len(initials) > 1 else ""
