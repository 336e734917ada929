# ruff: noqa: E501 - words stand in tables
"""How a page words who holds a post: title and name in one line or in two, acting in all its spellings, vacancy."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from random import Random

from bench.accuracy.facts import Post
from bench.accuracy.people import POSTNOMINALS, SUFFIXES
from model import Capacity

VACANCIES = (
    "Vacant", "Position vacant", "VACANT", "(Vacant)", "Position Vacant", "Currently vacant", "TBD", "To be announced",
    "To Be Determined", "[Vacant]", "This position is currently vacant", "Vacancy", "vacant", "To be appointed",
)  # fmt: skip
DUTIES = (
    "Senior Official Performing the Duties of the {}", "Performing the Duties of {}", "Official Performing the Duties of the {}",
    "Senior Official Performing the Functions and Duties of the {}", "Performing the duties of the {}",
)  # fmt: skip
TITLE_FIRST = ("title_name", "title_colon_name", "title_dash_name")
NAME_FIRST = ("name_title", "name_dash_title", "name_bar_title")
JOINS = {
    "title_name": " ",
    "title_colon_name": ": ",
    "title_dash_name": " – ",
    "name_title": ", ",
    "name_dash_title": " - ",
    "name_bar_title": " | ",
}


@dataclass(frozen=True, slots=True)
class Design:
    """The choices one page keeps to: a redesign is another Design for the same facts."""

    layout: str
    chrome: str
    level: int
    line: str
    acting: str
    duties: str
    vacancy: str
    abbreviations_in_headings: bool
    capitals: str
    seed: int


class Ink:
    """Writes text as HTML with the quirks of editors: entities, hard and zero-width spaces, comments."""

    def __init__(self, rng: Random, quirks: float) -> None:
        self.rng, self.quirks = rng, quirks

    def __call__(self, text: str) -> str:
        written = html.escape(text, quote=False)
        if self.rng.random() < self.quirks:
            written = self.rng.choice((_hard_spaces, _zero_width, _entities, _comment, _padding))(
                written, self.rng
            )
        return written


def _hard_spaces(text: str, rng: Random) -> str:
    return " ".join(text.split(" ")).replace(" ", rng.choice(("&nbsp;", "\u00a0", "&#160;")), rng.randint(1, 3))


def _zero_width(text: str, rng: Random) -> str:
    return text.replace(" ", " " + rng.choice(("&#8203;", "\u200b", "\ufeff", "&zwnj;")), 1)


def _entities(text: str, rng: Random) -> str:
    del rng
    return (
        text.replace("’", "&rsquo;")
        .replace("'", "&#39;")
        .replace("é", "&eacute;")
        .replace("—", "&mdash;")
        .replace("ö", "&#246;")
    )


def _comment(text: str, rng: Random) -> str:
    return f"<!-- {rng.choice(('ko text', 'START field', 'Director: Old Name'))} -->{text}"


def _padding(text: str, rng: Random) -> str:
    spread = text.replace(" ", rng.choice(("\n   ", "  ")), 1)
    return f"\n      {spread}  "


def written_name(name: str, design: Design) -> str:
    """Return the name in the page's letter case: as it is, all capitals, or the surname in capitals."""
    if design.capitals == "all":
        return name.upper()
    if design.capitals != "surname":
        return name
    words = name.split()
    place = max(
        i for i, word in enumerate(words) if word.strip(",") not in (*SUFFIXES, *POSTNOMINALS, "MP", "TD")
    )
    return " ".join([*words[:place], words[place].upper(), *words[place + 1 :]])


def titled(post: Post, design: Design) -> str:
    """Return the title with its capacity, as a line that stands apart from the name."""
    word = post.capacity.value.capitalize()
    if post.capacity is Capacity.PERFORMING_DUTIES:
        return design.duties.format(post.title)
    if post.capacity is Capacity.PERMANENT or design.acting in ("after_name", "suffix"):
        return post.title
    return f"{post.title} ({word})" if design.acting == "after_title" else f"{word} {post.title}"


def named(post: Post, design: Design) -> str:
    """Return the name, or the page's word for a vacancy, with its capacity where the page puts it there."""
    if not post.holder:
        return design.vacancy
    name, word = written_name(post.holder, design), post.capacity.value.capitalize()
    if post.capacity not in (Capacity.ACTING, Capacity.INTERIM):
        return name
    return {"after_name": f"{name} ({word})", "suffix": f"{name}, {word}"}.get(design.acting, name)


def one_line(post: Post, design: Design, *, of_office: bool = False) -> str:
    """Return title and name in one line; `of_office` adds the office where it has no line of its own."""
    title, name = titled(post, design), named(post, design)
    if not post.holder and design.line in ("title_name", "name_title"):
        return _vacant_line(title, post, design, of_office=of_office)
    join = JOINS[_line_for(post, design)]
    if not of_office:
        return f"{title}{join}{name}" if design.line in TITLE_FIRST else f"{name}{join}{title}"
    if join == " ":
        return f"{title} {name}, {post.name}"
    return (
        f"{title}, {post.name}{join}{name}"
        if design.line in TITLE_FIRST
        else f"{name}{join}{title}, {post.name}"
    )


def _line_for(post: Post, design: Design) -> str:
    """Keep a title with a comma or brackets from running into the name."""
    unclear = re.search(r"[,)]", titled(post, design)) and design.acting != "after_title"
    return "title_colon_name" if design.line == "title_name" and unclear else design.line


def _vacant_line(title: str, post: Post, design: Design, *, of_office: bool) -> str:
    full = f"{title}, {post.name}" if of_office else title
    word = design.vacancy.strip("()[]")
    return f"{full} ({word})" if design.line == "title_name" else f"{word}, {full}"


def heading(post: Post, design: Design) -> str:
    """Return the office's heading, with its abbreviation where the page gives one there."""
    return (
        f"{post.name} ({post.abbreviation})"
        if design.abbreviations_in_headings and post.abbreviation
        else post.name
    )
