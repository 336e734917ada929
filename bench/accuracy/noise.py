# ruff: noqa: E501 - texts stand as pages print them
"""What stands around the facts and changes without meaning: banners, teasers, side bars, footers, ids, dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from bench.accuracy.facts import Facts
from bench.accuracy.people import person

BANNERS = (
    "An official website of the United States government", "US flag Official website of the Department of Homeland Security",
    "This site will be down for maintenance on Sunday from 02:00 to 06:00.", "BETA This is a new service – your feedback will help us to improve it.",
    "Due to a lapse in funding, 3 of our 14 visitor centers are closed.", "Government of Canada / Gouvernement du Canada", "",
    "We use 12 cookies to make this site work. Accept all cookies Reject cookies", "Flood warning: 40 homes evacuated in the river districts. Read more", "",
    "Scam Alert Individuals nationwide have reported receiving unsolicited calls from scammers posing as our officials. Learn more about the scam.",
)  # fmt: skip
TEASERS = (
    "$43 million in counterfeit watches intercepted", "{name} named Teacher of the Year", "Agency hires 300 seasonal workers",
    "Minister {name} opens 25 new clinics", "Officers rescue 14 hikers after storm", "{name} sworn in as Ambassador to Ruritania",
    "Statement by Director {name} on the passing of {name2}", "More than 2,000 attend open day", "Budget 2024: £12 million for coastal paths",
    "Acting Commissioner {name} testifies before committee", "75 percent of travellers satisfied, survey finds", "{name}: “We need 500 more nurses”",
)  # fmt: skip
MENU = ("Home", "About", "News", "Careers", "Contact us", "Publications", "Leadership", "History", "Forms", "Freedom of Information", "Our offices",
        "Office of the Inspector General", "Director's Corner", "Office of Public Affairs", "Commissioner's Statements", "Chief Counsel", "Budget")  # fmt: skip
SIDEBARS = (
    "<h3>Related</h3><ul><li><a href='/r1'>Meet Secretary {name}</a></li><li><a href='/r2'>Former Directors</a></li></ul>",
    "<h2>Featured employee</h2><p>{name}</p><p>Senior Technician since 2011</p>",
    "<h4>Contact</h4><p>Press officer: {name}<br>Tel. 555-0{three}</p>",
    "<h3>Did you know?</h3><p>Our oldest lighthouse has {three} steps and was lit by {name}.</p>",
    "<h3>Spotlight</h3><p>Chief Engineer {name} wins medal</p>",
)  # fmt: skip
FOOTERS = (
    "1300 Pennsylvania Avenue NW, Washington, DC 20229 | 1-877-227-5511 | FOIA | Privacy | Accessibility",
    "© Crown copyright. All content is available under the Open Government Licence v3.0, except where otherwise stated",
    "Copyright 1998-2025. Site manager: {name}. 14 million visits a year. Version 4.2.1 (build {three})",
    "Head Office: P.O. Box {three}, 9 Long Street. Switchboard +27 12 555 0{three}. Toll-free 0800 60 10 11.",
    "USA.gov | The White House | Inspector General | No FEAR Act | ISO 9001:2015 certified | A+ rating",
)  # fmt: skip
MODIFIED = (
    "Last Modified: {d:%b} {d.day}, {d.year}", "Last modified: \n{d:%B} {d.day}, {d.year}", "Last updated: {d.day} {d:%B} {d.year}",
    "Page last updated {d:%B} {d.day}, {d.year}", "Date modified: <time property='dateModified'>{d:%Y-%m-%d}</time>", "Last reviewed: {d:%Y-%m-%d}",
    "Last updated on <time datetime='{d:%Y-%m-%d}T08:30:00Z'>{d.day} {d:%b} {d.year}</time>", "Page last modified: {d:%A}, {d:%B} {d.day}, {d.year}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noise:
    """One fetch's worth of everything that is not the page's facts, as HTML without layout."""

    banner: str
    menu: tuple[str, ...]
    crumbs: tuple[str, ...]
    teasers: tuple[str, ...]
    sidebar: str
    footer: str
    modified: str
    nonce: str


def around(facts: Facts, rng: Random) -> Noise:
    """Draw the surroundings of one fetch; the names in them are nobody who leads anything on the page."""
    strangers = {"name": _stranger(facts, rng), "name2": _stranger(facts, rng), "three": rng.randint(101, 989)}
    return Noise(
        banner=rng.choice(BANNERS),
        menu=tuple(rng.sample(MENU, rng.randint(4, 9))),
        crumbs=("Home", f"About {facts.acronym}", facts.title),
        teasers=tuple(line.format(**strangers) for line in rng.sample(TEASERS, rng.randint(0, 3))),
        sidebar=rng.choice((*SIDEBARS, "", "")).format(**strangers),
        footer=rng.choice(FOOTERS).format(**strangers),
        modified=modified_line(facts.last_modified, rng),
        nonce=f"{rng.getrandbits(64):016x}",
    )


def modified_line(day: date, rng: Random) -> str:
    return rng.choice(MODIFIED).format(d=day)


def _stranger(facts: Facts, rng: Random) -> str:
    holders = " ".join(post.holder or "" for post in facts.posts)
    while (name := person(rng)).split()[-1] in holders:
        pass
    return name
