# ruff: noqa: S311 - chance that can be repeated is the point
"""The accuracy bench itself: its truth holds, its pages state it, its scorer can tell good from bad."""

from dataclasses import replace
from random import Random

import pytest
from bs4 import BeautifulSoup

from bench.accuracy.edits import EDITS, Expected
from bench.accuracy.facts import Facts, invent
from bench.accuracy.grids import LAYOUTS, suitable
from bench.accuracy.lines import Design, written_name
from bench.accuracy.notpages import SORTS, not_pages
from bench.accuracy.pages import design, draw
from bench.accuracy.pairs import SAME, pairs
from bench.accuracy.quantities import Quantity
from bench.accuracy.scoring import Tally, normal, score_changes, score_page
from model import Change, ChangeKind

SAMPLE = list(pairs(7, 3 * len(EDITS), 3 * len(SAME)))


def side(value: str | Quantity | None, kind: ChangeKind) -> object:
    if isinstance(value, Quantity):
        return value.figure().to_json()
    if value is None or kind.value.startswith("office"):
        return value
    return {"name": value, "title": "Director", "capacity": "permanent"}


def told(one: Expected) -> Change:
    before, after = side(one.before, one.kind), side(one.after, one.kind)
    return Change(one.kind, one.office, None, before, after, "", one.went_to, one.came_from)


def visible(html: str) -> str:
    return normal(BeautifulSoup(html, "lxml").get_text(" ")).replace(" ,", ",")


def test_one_seed_makes_one_set_of_pairs() -> None:
    again = list(pairs(7, 3 * len(EDITS), 3 * len(SAME)))
    assert [(pair.before_html, pair.after_html) for pair in again] == [
        (pair.before_html, pair.after_html) for pair in SAMPLE
    ]
    assert next(pairs(8, 1, 0)).before_html != SAMPLE[0].before_html


def test_every_edit_and_every_way_to_stay_the_same_is_drawn() -> None:
    labels = {pair.label.removesuffix(", redesigned") for pair in SAMPLE}
    assert labels == {*EDITS, *SAME}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout_shows_every_person_and_every_figure(layout: str) -> None:
    facts, chosen = drawn(layout)
    text = visible(draw(facts, chosen, Random(1), quirks=0))
    for post in facts.posts:
        if post.holder:
            assert normal(written_name(post.holder, chosen)) in text
        assert normal(post.title) in text
        for figure in post.office().figures:
            assert normal(figure.text) in text


def drawn(layout: str) -> tuple[Facts, Design]:
    rng = Random(layout)
    while layout not in suitable(facts := invent(rng)):
        pass
    return facts, replace(design(facts, rng), layout=layout)


def test_truth_agrees_with_itself() -> None:
    for pair in SAMPLE:
        for office in pair.before.page().offices:
            assert not (office.vacant and office.leader)
            words = [set(figure.measure.split()) for figure in office.figures]
            assert all(
                figure.text in office.text or figure.text.capitalize() in office.text
                for figure in office.figures
            ), office
            assert len({frozenset(word) for word in words}) == len(words)
        names = [post.name for post in pair.before.posts]
        assert len(set(names)) == len(names)


def test_edits_change_the_facts_and_quiet_pairs_do_not() -> None:
    for pair in SAMPLE:
        assert bool(pair.expected) == (not pair.same_facts)
        if pair.expected:
            assert pair.before.page().offices != pair.after.page().offices


def test_perfect_answers_score_one() -> None:
    changes, fields = Tally(), Tally()
    for pair in SAMPLE:
        assert score_changes(changes, pair.expected, [told(one) for one in pair.expected]) == []
        assert score_page(fields, pair.before.page(), pair.before.page()) == []
    assert changes.precision(changes.kinds()) == changes.recall(changes.kinds()) == 1
    assert fields.precision(fields.kinds()) == fields.recall(fields.kinds()) == 1


def test_a_spoiled_answer_scores_less_and_is_named() -> None:
    pair = next(pair for pair in SAMPLE if pair.label == "replaced")
    for answers in ([], [told(one) for one in pair.expected] * 2):
        tally = Tally()
        assert score_changes(tally, pair.expected, answers)
        assert min(tally.precision(tally.kinds()), tally.recall(tally.kinds())) < 1


def test_a_spoiled_reading_scores_less_and_is_named() -> None:
    page = SAMPLE[0].before.page()
    for spoiled in (
        replace(page, offices=page.offices[1:]),
        replace(page, offices=(*page.offices, page.offices[0])),
    ):
        tally = Tally()
        assert score_page(tally, page, spoiled)
        assert min(tally.precision(("offices",)), tally.recall(("offices",))) < 1


def test_every_sort_of_page_that_is_not_the_page_is_drawn() -> None:
    cases = not_pages(1, len(SORTS))
    assert {case.label for case in cases} == set(SORTS)
    assert all(case.html != case.before_html for case in cases)
