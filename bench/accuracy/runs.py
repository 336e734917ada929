"""Runs the program over the pairs and the pages that are none, and keeps score and failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bench.accuracy.facts import Facts
from bench.accuracy.notpages import NotPage
from bench.accuracy.pairs import Pair
from bench.accuracy.scoring import Tally, score_changes, score_page
from model import ChangeKind, LeadershipPage
from monitor import compare
from monitor.screening import screen
from scraper import ScraperError, parse


@dataclass(frozen=True, slots=True)
class Failure:
    """One case that went wrong, with everything needed to look at it."""

    name: str
    label: str
    mistakes: tuple[str, ...]
    before_html: str
    after_html: str = ""


@dataclass
class Score:
    """The sums of one run: changes by kind, fields of pages, quiet pairs, pages that are none."""

    changes: Tally = field(default_factory=Tally)
    perfect_changes: Tally = field(default_factory=Tally)
    fields: Tally = field(default_factory=Tally)
    quiet: Counter[str] = field(default_factory=Counter)
    not_pages: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)


def run(score: Score, pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Score each pair and yield it, so that a caller can show how far the run is."""
    for pair in pairs:
        before = _read(score, pair, pair.before, pair.before_html, "before")
        after = _read(score, pair, pair.after, pair.after_html, "after")
        if pair.same_facts:
            _score_quiet(score, pair, before, after)
        else:
            _score_edit(score, pair, before, after)
        yield pair


def _read(score: Score, pair: Pair, facts: Facts, html: str, side: str) -> LeadershipPage | None:
    try:
        page = parse(html.encode(), facts.url)
    except ScraperError as refusal:
        score.fields.note("pages", missed=1)
        score.failures.append(
            Failure(f"{pair.number}-{side}", f"parse, {pair.label}", (f"refused: {refusal.reason}",), html)
        )
        return None
    score.fields.note("pages", hits=1)
    if mistakes := score_page(score.fields, facts.page(), page):
        score.failures.append(Failure(f"{pair.number}-{side}", f"parse, {pair.label}", tuple(mistakes), html))
    return page


def _score_edit(score: Score, pair: Pair, before: LeadershipPage | None, after: LeadershipPage | None) -> None:
    """Score the whole program on the pair, and the comparison alone on rows that were read perfectly."""
    changes = compare(before, after) if before and after else []
    if mistakes := score_changes(score.changes, pair.expected, changes):
        score.failures.append(
            Failure(
                str(pair.number), f"changes, {pair.label}", tuple(mistakes), pair.before_html, pair.after_html
            )
        )
    alone = compare(pair.before.page(), pair.after.page())
    if mistakes := score_changes(score.perfect_changes, pair.expected, alone):
        score.failures.append(
            Failure(str(pair.number), f"comparison alone, {pair.label}", tuple(mistakes), "", "")
        )


def _score_quiet(score: Score, pair: Pair, before: LeadershipPage | None, after: LeadershipPage | None) -> None:
    changes = compare(before, after) if before and after else []
    material = [change for change in changes if change.kind is not ChangeKind.TEXT_CHANGED]
    score.quiet["pairs"] += 1
    score.quiet["unread"] += before is None or after is None
    score.quiet["false material changes"] += len(material)
    score.quiet["false changes of text"] += len(changes) - len(material)
    score.quiet["pairs with a false change"] += bool(changes)
    mistakes = [
        f"false {change.kind.value} {change.office!r}: {change.before} -> {change.after}" for change in changes
    ]
    alone = list(compare(pair.before.page(), pair.after.page()))
    score.quiet["false changes, comparison alone"] += len(alone)
    mistakes += [
        f"comparison alone: false {change.kind.value} {change.office!r}: {change.before} -> {change.after}"
        for change in alone
    ]
    if mistakes:
        score.failures.append(
            Failure(
                str(pair.number), f"no change, {pair.label}", tuple(mistakes), pair.before_html, pair.after_html
            )
        )


def run_not_pages(score: Score, cases: Iterable[NotPage]) -> None:
    """Count the pages that parsing and screening together would have believed."""
    for case in cases:
        score.not_pages["pages"] += 1
        taken = believed(case)
        score.not_pages["believed"] += taken
        if taken:
            score.failures.append(
                Failure(
                    f"not-{case.number}",
                    f"not the page, {case.label}",
                    ("believed",),
                    case.before_html,
                    case.html,
                )
            )


def believed(case: NotPage) -> bool:
    """Say whether the program takes the case for a version of the page."""
    try:
        page = parse(case.html.encode(), case.facts.url)
    except ScraperError:
        return False
    return screen(case.facts.page(), page) is None
