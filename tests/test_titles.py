"""The grammar of titles: the noun that one turns on, whole titles, and where a name begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.phrases import TITLE_FLOOR, is_boilerplate, is_office_like, is_sentence, split_complement
from scraper.titles import head_at, split_title_name, title_score

HEADS = {
    "Director": "Director",
    "Executive Assistant Commissioner": "Commissioner",
    "Chief Financial Officer": "Officer",
    "Deputy Assistant Secretary": "Secretary",
    "Secretary of Defense": "Secretary",
    "Under Secretary": "Secretary",
    "Director-General": "Director-General",
    "State Hydrologist": "Hydrologist",
    "CEO": "CEO",
}


@pytest.mark.parametrize(("title", "head"), HEADS.items())
def test_a_title_turns_on_its_last_noun_before_the_complement(title: str, head: str) -> None:
    tokens = title.split()
    place = head_at(tokens)
    assert place is not None
    assert tokens[place] == head


@pytest.mark.parametrize(
    "words", ["Office of the Director", "Under the Director", "Dana Whitcombe", "ceo", "Directors'"]
)
def test_nouns_that_belong_to_something_else_make_no_title(words: str) -> None:
    assert head_at(words.split()) is None


@pytest.mark.parametrize(
    "title",
    [
        "Director",
        "Chief of Staff",
        "Secretary of Housing and Urban Development",
        "Deputy Director for Operations and Policy",
        "Assistant Administrator for Water",
        "Director, Office of Water",
        "Commander, Support Group 12",
        "Regional Administrator, Region IV",
        "Special Agent in Charge",
    ],
)
def test_whole_titles_are_believed(title: str) -> None:
    assert title_score(title.split()) >= TITLE_FLOOR


@pytest.mark.parametrize(
    "words",
    [
        "Dana Whitcombe",
        "Office of Trade",
        "Director Dana Whitcombe",
        "Assistant",
        "General",
        "Director of",
        "Director reports quarterly",
        "Criminal Justice",
        "",
    ],
)
def test_other_words_are_no_whole_title(words: str) -> None:
    assert title_score(words.split()) < TITLE_FLOOR


SPLITS = {
    "Director Dana Whitcombe": ("Director", "Dana Whitcombe"),
    "Secretary of Homeland Security Elaine Duke": ("Secretary of Homeland Security", "Elaine Duke"),
    "Secretary of State for Health Lena Okafor": ("Secretary of State for Health", "Lena Okafor"),
    "Mayor of San Diego Dana Whitcombe": ("Mayor of San Diego", "Dana Whitcombe"),
    "Director of Trade Policy Grace Law": ("Director of Trade Policy", "Grace Law"),
    "Attorney General Mark Major": ("Attorney General", "Mark Major"),
    "Director Rear Admiral Lena Okafor": ("Director", "Rear Admiral Lena Okafor"),
    "Director of Water LENA OKAFOR": ("Director of Water", "LENA OKAFOR"),
    "Director: Lena Okafor": ("Director:", "Lena Okafor"),
    "Lena Okafor Director": ("Director", "Lena Okafor"),
    "Lena Okafor Director of Water": ("Director of Water", "Lena Okafor"),
    "Director Suharto": ("Director", "Suharto"),
}


@pytest.mark.parametrize(("line", "parts"), SPLITS.items())
def test_a_run_of_words_is_cut_where_the_name_begins(line: str, parts: tuple[str, str]) -> None:
    tokens = line.split()
    split = split_title_name(tokens)
    assert split is not None
    assert tuple(" ".join(tokens[slice(*part)]) for part in (split.title, split.name)) == parts


@pytest.mark.parametrize(
    "line",
    [
        "Attorney General",
        "Director",
        "Dana Whitcombe",
        "Office of Trade",
        "Chief of Staff",
        "Secretary of State",
    ],
)
def test_what_is_a_title_or_a_name_alone_is_not_cut(line: str) -> None:
    assert split_title_name(line.split()) is None


COMPLEMENTS = {
    "Chief, U.S. Border Patrol": ("Chief", "U.S. Border Patrol"),
    "Director, Office of Water": ("Director", "Office of Water"),
    "Director – Water": ("Director", "Water"),
    "Director: Office of Water": ("Director", "Office of Water"),
    "Director, Water Policy and Planning": ("Director", "Water Policy and Planning"),
    "Director of the Office of Water": ("Director of the Office of Water", None),
    "Director and Chief Economist": ("Director and Chief Economist", None),
    "President, Chief Executive Officer": ("President, Chief Executive Officer", None),
    "Secretary of Health, Education and Welfare": ("Secretary of Health, Education and Welfare", None),
    "Director for Trade, Finance, and Energy": ("Director for Trade, Finance, and Energy", None),
    "Director": ("Director", None),
}


@pytest.mark.parametrize(("title", "parts"), COMPLEMENTS.items())
def test_the_office_behind_a_comma_is_told_from_the_title(title: str, parts: tuple[str, str | None]) -> None:
    assert split_complement(title) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The Director reports to the Secretary.",
        "It is headed by an Executive Assistant Commissioner.",
        "We protect the Nation.",
        "It has an annual budget of under $16.1M.",
    ],
)
def test_sentences_are_told_from_titles_and_names(text: str) -> None:
    assert is_sentence(text)


@pytest.mark.parametrize(
    "text",
    ["Secretary of the Interior", "Lena Okafor Jr.", "Prof. Lena Okafor", "Office of Trade", "Director, U.S."],
)
def test_titles_and_names_are_no_sentences(text: str) -> None:
    assert not is_sentence(text)


@pytest.mark.parametrize(
    "text", ["Office of Trade", "Border Patrol", "Air and Marine Operations", "Bureau of Qux"]
)
def test_bodies_are_office_like(text: str) -> None:
    assert is_office_like(text)


@pytest.mark.parametrize("text", ["Dana Whitcombe", "office of trade", "Qux Quux", "June 4", ""])
def test_other_words_are_not_office_like(text: str) -> None:
    assert not is_office_like(text)


@pytest.mark.parametrize(
    "text", ["Read more", "Read more about Dana Whitcombe", "Learn more »", "View profile"]
)
def test_the_wording_of_links_is_boilerplate(text: str) -> None:
    assert is_boilerplate(text)


def test_a_sentence_about_a_quantity_is_no_link() -> None:
    assert not is_boilerplate("About 23 sections are listed in its register.")


words = st.one_of(
    st.text(min_size=1, max_size=8),
    st.sampled_from(
        "Director of the General Chief Dana Whitcombe Dr. , and Office - : Under in-charge".split()
    ),
)


@given(st.lists(words, max_size=16))
def test_any_words_can_be_cut_or_left(tokens: list[str]) -> None:
    split = split_title_name(tokens)
    if split is not None:
        assert sorted((*split.title, *split.name))[::3] == [0, len(tokens)]
        assert max(split.title[0], split.name[0]) == min(split.title[1], split.name[1])
    assert title_score(tokens) < 20
