"""Real pages of real governments with truth typed by a reader, and the changes between their versions."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from bench.accuracy.scoring import normal
from model import Change, ChangeKind, Figure, LeadershipPage
from monitor import compare
from scraper import ScraperError, parse
from scraper.decoding import mend
from scraper.figures import read_figures

PARTLY_LABELLED = "uk_govuk"
WANTED = {
    "leader": ChangeKind.LEADER_REPLACED,
    "office added": ChangeKind.OFFICE_ADDED,
    "office removed": ChangeKind.OFFICE_REMOVED,
}


@dataclass
class RealScore:
    """Right answers and totals by name, and each mistake in words."""

    right: dict[str, int] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def note(self, what: str, right: bool, mistake: str) -> None:
        self.right[what] = self.right.get(what, 0) + right
        self.total[what] = self.total.get(what, 0) + 1
        if not right:
            self.mistakes.append(f"{what}: {mistake}")

    def rows(self) -> list[tuple[str, int, int]]:
        return [(what, self.right[what], total) for what, total in self.total.items()]


def score_real(folder: Path) -> RealScore:
    """Read every page of the folder, then every pair of `changes.json`."""
    score, pages = RealScore(), {}
    for path in sorted(folder.glob("*.truth.json")):
        stem = path.name.removesuffix(".truth.json")
        truth = json.loads(path.read_text())
        try:
            pages[stem] = parse((folder / f"{stem}.html").read_bytes(), truth["url"])
        except ScraperError as refusal:
            _score_refusal(score, stem, truth, refusal)
        else:
            _score_page(score, folder, stem, truth, pages[stem])
        if not truth["offices"] and "page_figures" in truth:
            _score_figures(score, stem, truth, read_figures(section(folder / f"{stem}.html")))
    for pair in json.loads((folder / "changes.json").read_text()):
        if any(change["type"].startswith("figure") for change in pair["changes"]):
            _score_figure_pair(
                score, pair, *(_figures_alone(folder / f"{pair[side]}.html") for side in ("before", "after"))
            )
        else:
            _score_pair(score, pair, pages.get(pair["before"]), pages.get(pair["after"]))
    return score


def _score_refusal(score: RealScore, stem: str, truth: dict[str, Any], refusal: ScraperError) -> None:
    named = [office for office in truth["offices"] if office["leader"]]
    if not named:
        score.note("pages without leaders refused", True, "")
    for office in named:
        score.note(_group(stem), False, f"{stem} refused ({refusal.reason}); {office['leader']}")


def _group(stem: str) -> str:
    return "leaders, federal pages" if stem.startswith("us_") else "leaders, other pages"


def _score_page(score: RealScore, folder: Path, stem: str, truth: dict[str, Any], page: LeadershipPage) -> None:
    if not truth["offices"]:
        score.note("pages without leaders refused", False, stem)
    told = [*page.figures, *(one for office in page.offices for one in office.figures)]
    for office in truth["offices"]:
        if office["leader"]:
            score.note(
                _group(stem),
                _found(office, page),
                f"{stem}: {office['title']} {office['leader']} {_nearest(office, page)}",
            )
            score.note(
                "offices of leaders",
                _office_found(office, page),
                f"{stem}: {post(office)} {_nearest(office, page)}",
            )
        for figure in office["figures"]:
            _score_figure(score, stem, figure, told)
    if truth["offices"]:
        _score_figures(score, stem, truth, told)
    if not stem.startswith(PARTLY_LABELLED):
        _score_invented(score, folder / f"{stem}.html", truth, page)


def section(path: Path, title: str = "Federal Response Updates") -> str:
    """Return the text between the heading and the next one of its level: where a truth file is labelled."""
    document = BeautifulSoup(mend(path.read_bytes().decode()), "lxml")
    start = document.find("h2", string=re.compile(title))
    siblings = [part for part in start.find_next_siblings() if isinstance(part, Tag)] if start else []
    parts = takewhile(lambda part: part.name != "h2", siblings)
    return "\n".join(part.get_text(" ", strip=True) for part in parts)


def _score_figures(score: RealScore, stem: str, truth: dict[str, Any], told: Sequence[Figure]) -> None:
    for figure in truth.get("page_figures", ()):
        _score_figure(score, stem, figure, told)


def _score_figure(score: RealScore, stem: str, figure: dict[str, Any], told: Sequence[Figure]) -> None:
    found = any(float(one.value) == figure["value"] for one in told)
    score.note("figures", found, f"{stem}: {figure['text']}")


def _score_invented(score: RealScore, path: Path, truth: dict[str, Any], page: LeadershipPage) -> None:
    """Count a name as invented when the page does not have it in one piece, or the truth knows it for another thing.

    The typed truth leaves out some people of the staff that two pages do name.
    """
    known = {person_key(office["leader"]) for office in truth["offices"] if office["leader"]}
    words = person_key(BeautifulSoup(path.read_bytes(), "lxml").get_text(" "))
    others = person_key(" ".join([truth.get("notes", ""), *map(post, truth["offices"])]))
    for office in page.offices:
        if office.leader:
            name = person_key(office.leader.name)
            named = re.search(rf"\b{re.escape(name)}(?!\w)", words) and name not in others
            score.note(
                "leaders not invented", name in known or bool(named), f"{path.stem}: {office.leader.name}"
            )


def person_key(name: str) -> str:
    """Return the name without case, commas and the party in brackets."""
    return normal(re.sub(r"\s*\([^)]*\)$", "", name)).replace(",", "")


def title_key(title: str) -> frozenset[str]:
    """Return the single titles of a list of titles, without acting and case: their order carries nothing."""
    bare = re.sub(r"^(acting|the) ", "", normal(title))
    return frozenset(part.strip() for part in re.split(r"[,;]", bare) if part.strip())


def _found(office: dict[str, Any], page: LeadershipPage) -> bool:
    wanted = (person_key(office["leader"]), title_key(office["title"]), office["acting"])
    return any(
        wanted == (person_key(one.leader.name), title_key(one.leader.title), one.leader.capacity != "permanent")
        for one in page.offices
        if one.leader
    )


def post(office: dict[str, Any]) -> str:
    """Return the office of a row of truth: its name, or the title where the page names people by title alone."""
    return str(office["office"] or office["title"])


def _office_found(office: dict[str, Any], page: LeadershipPage) -> bool:
    wanted = (person_key(office["leader"]), title_key(post(office)))
    return any(
        wanted == (person_key(one.leader.name), title_key(one.name)) for one in page.offices if one.leader
    )


def _nearest(office: dict[str, Any], page: LeadershipPage) -> str:
    wanted = person_key(office["leader"])
    rows = [one.leader for one in page.offices if one.leader and person_key(one.leader.name) == wanted]
    return f"[read: {[(row.name, row.title, row.capacity.value) for row in rows]}]"


def _score_pair(
    score: RealScore, pair: dict[str, Any], before: LeadershipPage | None, after: LeadershipPage | None
) -> None:
    if not before or not after:
        return
    told = [change for change in compare(before, after) if change.kind is not ChangeKind.TEXT_CHANGED]
    name = f"{pair['before']} -> {pair['after']}"
    for wanted in pair["changes"]:
        score.note("real changes told", any(_is_told(wanted, change) for change in told), f"{name}: {wanted}")
    if not pair["changes"]:
        score.note("real pairs without change", not told, f"{name}: {[change.sentence for change in told]}")


def _figures_alone(path: Path) -> LeadershipPage:
    """Return the figures of a page that names no leaders, as the rows of a page without offices."""
    return LeadershipPage(path.stem, path.stem, None, tuple(read_figures(section(path))))


def _score_figure_pair(
    score: RealScore, pair: dict[str, Any], before: LeadershipPage, after: LeadershipPage
) -> None:
    """Score the figures that changed under one measure; a noun that changed too can be told either way."""
    told = [change for change in compare(before, after) if change.kind is ChangeKind.FIGURE_CHANGED]
    values = {(change.before["value"], change.after["value"]) for change in told}
    for wanted in pair["changes"]:
        if wanted["type"] == "figure" and "changed" not in wanted.get("also", ""):
            score.note("real changes told", (wanted["old"], wanted["new"]) in values, f"{before.url}: {wanted}")
        elif wanted["type"] == "figure unchanged":
            kept = all(wanted["value"] not in pair_of_values for pair_of_values in values)
            score.note("real figures left alone", kept, f"{before.url}: {wanted}")


def _is_told(wanted: dict[str, Any], change: Change) -> bool:
    if change.kind is not WANTED[wanted["type"]]:
        return False
    office = title_key(wanted["office"])
    if change.kind is ChangeKind.LEADER_REPLACED:
        names = person_key(change.before["name"]), person_key(change.after["name"])
        return title_key(change.office or "") & office != frozenset() and names == (
            person_key(wanted["old"]),
            person_key(wanted["new"]),
        )
    return title_key(str(change.after or change.before)) == office
