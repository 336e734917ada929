"""The news in one line: short, true, and safe whatever the page says."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Bound, Capacity, Change, ChangeKind, Figure, Json, Leader
from monitor.headlines import WEIGHT, headline, short_office
from monitor.plain_words import clip, plain, slug
from monitor.wording import amount, by_how_much, quantity

EAC = "Executive Assistant Commissioner"


def leader(name: str, title: str = EAC, capacity: str = "permanent") -> Json:
    return Leader(name, title, Capacity(capacity)).to_json()


def figure(measure: str, value: str, unit: str | None = None, bound: str | None = None) -> Json:
    return Figure(measure, Decimal(value), unit, Bound(bound) if bound else None).to_json()


def change(kind: str, office: str | None, before: Any, after: Any, **more: Any) -> Change:
    measure = (before or after)["measure"] if kind.startswith(("figure", "bound")) else None
    return Change(ChangeKind(kind), office, measure, before, after, "A sentence.", **more)


REPLACED = change(
    "leader_replaced",
    "United States Border Patrol",
    leader("Jason Owens", "Chief"),
    leader("Michael W. Banks", "Chief"),
)
BUDGET = change(
    "figure_changed",
    "Office of Field Operations",
    figure("operating budget", "6500000000", "USD"),
    figure("operating budget", "7500000000", "USD"),
    percent=Decimal("15.4"),
)
STAFF = change(
    "figure_changed",
    "Office of Field Operations",
    figure("employees", "31000", None, "over"),
    figure("employees", "32000", None, "over"),
    percent=Decimal("3.2"),
)


@pytest.mark.parametrize(
    ("news", "line"),
    [
        (REPLACED, "Border Patrol: Michael W. Banks replaces Jason Owens"),
        (
            change(
                "leader_replaced", "Office of Trade", leader("A. Highsmith"), leader("S. Thomas", EAC, "acting")
            ),
            "Office of Trade: S. Thomas (acting) replaces A. Highsmith",
        ),
        (
            change("leader_appointed", "Office of Trade", None, leader("S. Thomas")),
            "Office of Trade: S. Thomas now listed",
        ),
        (
            change("leader_departed", "Office of Trade", leader("A. Highsmith"), None),
            "Office of Trade: A. Highsmith no longer listed",
        ),
        (
            change(
                "leader_departed",
                "Office of Trade",
                leader("A. Highsmith"),
                None,
                went_to="Enterprise Services",
            ),
            "Office of Trade: A. Highsmith moves to Enterprise Services",
        ),
        (
            change("acting_ended", "Operations Support", leader("C. Durst", EAC, "acting"), leader("C. Durst")),
            "Operations Support: C. Durst no longer acting",
        ),
        (
            change(
                "acting_began", "Operations Support", leader("C. Durst"), leader("C. Durst", EAC, "interim")
            ),
            "Operations Support: C. Durst now interim",
        ),
        (
            change("title_changed", "Operations Support", leader("C. Durst"), leader("C. Durst", "Director")),
            "Operations Support: C. Durst now Director",
        ),
        (
            change(
                "title_changed",
                "Director of Trade",
                leader("C. Durst"),
                leader("C. Durst", "Director of Trade"),
            ),
            "C. Durst now Director of Trade",
        ),
        (
            change("name_changed", "Operations Support", leader("C. Durst"), leader("C. O. Durst")),
            "Operations Support: C. Durst now written C. O. Durst",
        ),
        (change("office_added", "Office of Trade", None, "Office of Trade"), "New office: Office of Trade"),
        (
            change("office_removed", "Office of Trade", "Office of Trade", None),
            "Office of Trade no longer listed",
        ),
        (change("office_renamed", "Trade", "Office of Trade", "Trade"), "Office of Trade is now Trade"),
        (BUDGET, "Office of Field Operations: operating budget from $6.5 billion to $7.5 billion"),
        (STAFF, "Office of Field Operations: employees from over 31,000 to over 32,000"),
        (
            change("bound_changed", None, figure("agents", "20", None, "over"), figure("agents", "20")),
            "Agents from over 20 to 20",
        ),
        (change("figure_added", "AMO", None, figure("aircraft", "240")), "AMO: aircraft now stated: 240"),
        (change("figure_removed", "AMO", figure("aircraft", "240"), None), "AMO: aircraft no longer stated"),
        (change("text_changed", "AMO", "old", "new"), "AMO: description rewritten"),
    ],
)
def test_each_kind_of_change_has_its_headline(news: Change, line: str) -> None:
    assert headline([news]) == line


def test_the_weightiest_change_leads_and_the_rest_are_counted() -> None:
    assert (
        headline([STAFF, BUDGET, REPLACED])
        == "Border Patrol: Michael W. Banks replaces Jason Owens, and 2 more"
    )


def test_of_two_figures_the_larger_share_leads() -> None:
    assert headline([STAFF, BUDGET]).startswith("Office of Field Operations: operating budget")


def test_every_kind_has_a_weight() -> None:
    assert sorted(WEIGHT) == sorted(ChangeKind)


def test_no_change_is_no_headline() -> None:
    with pytest.raises(ValueError, match="no change"):
        headline([])


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("U.S. Border Patrol", "Border Patrol"),
        ("The United States Border Patrol", "Border Patrol"),
        ("US Border Patrol", "Border Patrol"),
        ("Usual Office", "Usual Office"),
        ("United States of America", "United States of America"),
        ("Office of Trade", "Office of Trade"),
    ],
)
def test_the_country_goes_without_saying(name: str, short: str) -> None:
    assert short_office(name) == short


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("Eve\r\nBcc: all@example.org", "Eve Bcc: all@example.org"),
        ("Tab\there\x00\x1b[31m\x7f", "Tab here [31m"),
        ("Line\u2028Paragraph\u2029Next\x85End", "Line Paragraph Next End"),
        ("evil\u202egnp.exe\u2066\u200f", "evilgnp.exe"),
        ("Zoe\u0308 Müller", "Zoë Müller"),
        ("مریم می\u200cرود", "مریم می\u200cرود"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("soft\u00adhyphen\ufeff", "softhyphen"),
    ],
)
def test_a_pages_words_become_one_plain_line(words: str, line: str) -> None:
    assert plain(words) == line


@given(st.text(st.characters(), max_size=200))
def test_any_name_makes_a_headline_that_fits_one_header(name: str) -> None:
    news = change("leader_replaced", name or "x", leader(name), leader(name))
    line = headline([news, news])
    assert len(line) <= 160
    assert line == plain(line)
    line.encode()


def test_a_long_name_is_cut_between_words() -> None:
    assert clip("one two three four", 12) == "one two…"
    assert clip("unbreakablelongword", 8) == "unbreak…"
    assert clip("short", 8) == "short"


def test_file_names_are_made_of_plain_letters() -> None:
    assert (
        slug("Office: Zoë Müller replaces ../../etc, and 2 more") == "office-zoe-muller-replaces-etc-and-2-more"
    )
    assert slug("عمر") == ""


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("7500000000", "USD", "$7.5 billion"),
        ("1400000", "EUR", "€1.4 million"),
        ("1234567", "USD", "$1,234,567"),
        ("250000000", "CAD", "CAD 250 million"),
        ("19000000000000", "GBP", "£19 trillion"),
        ("92.50", "percent", "92.5%"),
        ("32000", None, "32,000"),
        ("0.75", None, "0.75"),
        ("100", None, "100"),
    ],
)
def test_quantities_read_as_people_write_them(value: str, unit: str | None, words: str) -> None:
    assert amount(Decimal(value), unit) == words


def test_a_bound_is_part_of_the_quantity() -> None:
    assert quantity(figure("employees", "32000", None, "over")) == "over 32,000"


def test_a_difference_has_its_sign() -> None:
    assert by_how_much(Decimal(1000), Decimal("3.226"), None) == "+1,000 (+3.2%)"
    assert by_how_much(Decimal(-10), Decimal(-50), None) == "-10 (-50.0%)"
    assert by_how_much(Decimal(10**9), None, "USD") == "+$1 billion"
    assert by_how_much(Decimal(8), Decimal("8.7"), "percent") == "+8 points (+8.7%)"
    assert by_how_much(Decimal(0), Decimal(0), None) == "0"
    assert by_how_much(None, None, None) == ""
