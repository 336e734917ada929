"""A page drawn from facts: a design chosen once, a body in its layout, the frame and the noise of one fetch."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bench.accuracy.chrome import FRAMES
from bench.accuracy.facts import Facts, paragraphs
from bench.accuracy.grids import LAYOUTS, suitable
from bench.accuracy.lines import DUTIES, JOINS, VACANCIES, Design, Ink
from bench.accuracy.noise import around


def design(facts: Facts, rng: Random) -> Design:
    """Choose how a page looks: only from layouts on which a careful reader finds exactly these facts."""
    return Design(
        layout=rng.choice(suitable(facts)),
        chrome=rng.choice(sorted(FRAMES)),
        level=rng.choice((2, 2, 3, 4)),
        line=rng.choice(("title_name", "title_name", "title_name", "name_title", "name_title", *sorted(JOINS))),
        acting=rng.choice(("before", "before", "before", "after_title", "after_name", "suffix")),
        duties=rng.choice(DUTIES),
        vacancy=rng.choice(VACANCIES),
        abbreviations_in_headings=rng.random() < 0.15,
        capitals=rng.choice(("", "", "", "", "", "", "", "", "", "", "surname", "all")),
        seed=rng.randrange(1000),
    )


def still_suits(chosen: Design, facts: Facts) -> bool:
    """Say whether the design can show the facts after an edit as well as before."""
    return chosen.layout in suitable(facts)


def redesign(facts: Facts, old: Design, rng: Random) -> Design:
    """Choose another layout for the same facts."""
    while (new := design(facts, rng)).layout == old.layout:
        pass
    return replace(new, chrome=rng.choice((old.chrome, new.chrome)))


def draw(facts: Facts, chosen: Design, rng: Random, *, quirks: float = 0.03) -> str:
    """Draw one fetch of the page: `quirks` is the share of texts that editors' oddities touch."""
    ink = Ink(rng, quirks)
    intro = "".join(f"<p>{ink(paragraph)}</p>\n" for paragraph in paragraphs(facts.intro))
    body = intro + LAYOUTS[chosen.layout](facts, chosen, ink)
    return FRAMES[chosen.chrome](facts, body, around(facts, rng))
