"""The quantities that prose states: a table of sentences with every figure that they hold."""

from __future__ import annotations

import doctest
import json
import time
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import ftfy
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

import scraper.figures
from model import Bound, Figure
from scraper.figures import numerals, read_figures

SHARED = Path(__file__).parents[2] / "shared"
CASES = SHARED / "cases"
SIGNS = {Bound.OVER: ">", Bound.ABOUT: "~", Bound.UNDER: "<", None: ""}


def said(figure: Figure) -> str:
    """Write a figure as the tables do: "employees >32000", "operating budget 7500000000 USD"."""
    unit = f" {figure.unit}" if figure.unit else ""
    return f"{figure.measure} {SIGNS[figure.bound]}{figure.value}{unit}"


def read(text: str) -> list[str]:
    return [said(figure) for figure in read_figures(text)]


COUNTS = {
    "overseeing the operations of 20 major field offices, 328 ports of entry, and 70 locations in over 40 countries"
    " internationally, with a staff of more than 32,000 employees, and an operating budget of $7.5 billion.": [
        "field offices 20",
        "ports of entry 328",
        "locations 70",
        "countries >40",
        "employees >32000",
        "operating budget 7500000000 USD",
    ],
    "a workforce of over 20,000 agents assigned to patrol the more than 6,000 miles of America's land borders": [
        "agents >20000",
        "miles of land borders >6000",
    ],
    "Eight offices grouped under one umbrella support operators. Five of these are headed by Assistant"
    " Commissioners.": [
        "offices 8",
        "offices headed by Assistant Commissioners 5",
    ],
    "OS leadership, which includes two Assistant Commissioners, is working": ["Assistant Commissioners 2"],
    "AMO has approximately 1,800 federal agents and mission support personnel, 240 aircraft, and 300 marine vessels": [
        "federal agents and mission support personnel ~1800",
        "aircraft 240",
        "marine vessels 300",
    ],
    "led over 31,000 uniformed and non-uniformed personnel within the offices": [
        "uniformed and non-uniformed personnel >31000"
    ],
    "2,488 employees assigned to five land border ports of entry at Andrade": [
        "employees 2488",
        "land border ports of entry 5",
    ],
    "AMO is organized into three primary directorates:": ["directorates 3"],
    "over 2,000 miles of mostly water border on the coast": ["miles of water border >2000"],
    "The agency employs approximately 110 employees (primarily lawyers)": ["employees ~110"],
    "employs 4,200 staff across 14 regional offices": ["staff 4200", "regional offices 14"],
    "more than 12,300 federal staff representing 36 departments and agencies and including more than 800 FEMA"
    " personnel": ["federal staff >12300", "departments and agencies 36", "FEMA personnel >800"],
    "93 United States Attorneys and 33 customs field offices support 4 programs": [
        "United States Attorneys 93",
        "customs field offices 33",
        "programs 4",
    ],
    "The department's 9 bureaus, 6 of which are led by Assistant Secretaries": [
        "bureaus 9",
        "bureaus led by Assistant Secretaries 6",
    ],
    "a team of 45 specialists supports 6,000 small businesses": ["specialists 45", "small businesses 6000"],
    "seizes 2,895 pounds of drugs and arrests 39 wanted criminals": [
        "pounds of drugs 2895",
        "wanted criminals 39",
    ],
    "The navy has 10 ships, two of which are submarines.": ["ships 10", "submarines 2"],
    "20 of the 50 states; 12 of the agency's 40 sites are located overseas": [
        "states 20",
        "states 50",
        "sites located overseas 12",
        "sites 40",
    ],
    "one of the six offices": ["offices 6"],
    "A staff of 75 works from four regional centers.": ["staff 75", "regional centers 4"],
    "It has 328 land, air, and sea ports of entry.": ["land, air and sea ports of entry 328"],
    "It stocks 2.4 million trout.": ["trout 2400000"],
    "The 45-member team oversees the work.": ["team 45"],
    "4 divisions, 12 branches and 1 laboratory": ["divisions 4", "branches 12", "laboratory 1"],
    "1,200 flight hours and 6,500 men and women": ["flight hours 1200", "men and women 6500"],
    "The Ministry has 281 overseas posts and 12,000 full-time equivalent staff": [
        "overseas posts 281",
        "full-time equivalent staff 12000",
    ],
    "Under its care are 1743 inspectors, it employs 2000 people and is made up of 1854 clerks": [
        "inspectors 1743",
        "people 2000",
        "clerks 1854",
    ],
    "1,000 attorneys; more than 200 of them work in the field": [
        "attorneys 1000",
        "attorneys work in field >200",
    ],
    "Its 300 staff, 40 are lawyers": ["staff 300", "lawyers 40"],
    "17 (+7) generators; 8 VA hospitals are open": ["generators 17", "VA hospitals 8"],
    "more than\n32,000 employees": ["employees >32000"],
}
NUMBERS = {
    "12\u00a0500 officers, 12\u202f500 agents, 12 500 guards": [
        "officers 12500",
        "agents 12500",
        "guards 12500",
    ],
    "1'200 officers and 1,20,000 villages": ["officers 1200", "villages 120000"],
    "twenty-one ports, one hundred and fifty officers, two thousand five hundred guards": [
        "ports 21",
        "officers 150",
        "guards 2500",
    ],
    "two dozen aircraft, a dozen ships, half a dozen sites, a hundred offices": [
        "aircraft 24",
        "ships 12",
        "sites 6",
        "offices 100",
    ],
    "50K employees, 330 million Americans, 1.2M acres, two and a half million visitors": [
        "employees 50000",
        "Americans 330000000",
        "acres 1200000",
        "visitors 2500000",
    ],
    "25 crore beneficiaries in 1.2 lakh villages": ["beneficiaries 250000000", "villages 120000"],
    "more than thirty-two thousand employees": ["employees >32000"],
}
BOUNDS = {
    "over 5 ships, at least 5 tugs, exceeding 5 boats, in excess of 5 carts, upwards of 5 cars, no fewer than 5 vans": [
        f"{thing} >5" for thing in ("ships", "tugs", "boats", "carts", "cars", "vans")
    ],
    "nearly 5 ships, almost 5 tugs, roughly 5 boats, around 5 carts, an estimated 5 cars, close to 5 vans, ~5 jets": [
        f"{thing} ~5" for thing in ("ships", "tugs", "boats", "carts", "cars", "vans", "jets")
    ],
    "fewer than 5 ships, less than 5 tugs, up to 5 boats, no more than 5 carts, at most 5 cars": [
        f"{thing} <5" for thing in ("ships", "tugs", "boats", "carts", "cars")
    ],
    "50,000+ employees; 300 or more agents; 67,000-plus officers; 300 guards or more; 20 or so ships": [
        "employees >50000",
        "agents >300",
        "officers >67000",
        "guards >300",
        "ships ~20",
    ],
    "between 300 and 350 employees": ["employees >300", "employees <350"],
    "300-350 employees": ["employees >300", "employees <350"],
    "300 to 350 employees": ["employees >300", "employees <350"],
    "a budget of $5-7 billion": ["budget >5000000000 USD", "budget <7000000000 USD"],
    "$1.5M–$2M in grants": ["grants >1500000 USD", "grants <2000000 USD"],
    "It grew from 300 to 350 employees": ["employees 350"],
}
MONEY = {
    "a budget of more than $18.5 billion and an annual budget of $6.5B for operations": [
        "budget >18500000000 USD",
        "annual budget 6500000000 USD",
    ],
    "more than 67,000 employees and a $19 billion budget": ["employees >67000", "budget 19000000000 USD"],
    "a $25.4 million annual operating budget": ["annual operating budget 25400000 USD"],
    "$2.5 billion in annual appropriations": ["annual appropriations 2500000000 USD"],
    "collects about $90 billion in duties, taxes, and fees each year": [
        "duties, taxes and fees ~90000000000 USD"
    ],
    "oversees a $300M portfolio": ["portfolio 300000000 USD"],
    "US$7.5 billion budget; a budget of USD 7.5 billion; a budget of 7.5 billion dollars; a $7,500 million budget": [
        "budget 7500000000 USD"
    ]
    * 4,
    "a budget of £3m, spending of €7.5 billion, a budget of A$4.2bn, grants of C$1.1 million, a fund of NZ$2m": [
        "budget 3000000 GBP",
        "spending 7500000000 EUR",
        "budget 4200000000 AUD",
        "grants 1100000 CAD",
        "fund 2000000 NZD",
    ],
    "a R4.2 billion budget; Rs 500 crore budget; fees of 12 million pounds; costs of CHF 2 million": [
        "budget 4200000000 ZAR",
        "budget 5000000000 INR",
        "fees 12000000 GBP",
        "costs 2000000 CHF",
    ],
    "a budget request of $56.7 billion supports 212,000 positions; services worth €2 million": [
        "budget request 56700000000 USD",
        "positions 212000",
        "services 2000000 EUR",
    ],
    "The fund holds half a billion dollars.": ["fund 500000000 USD"],
    "Its budget for fiscal year 2024 is $3.2 billion.": ["budget 3200000000 USD"],
    "revenue exceeding $2 billion": ["revenue >2000000000 USD"],
    "spends $4 billion annually on 600 contracts": ["spending 4000000000 USD", "contracts 600"],
    "Its budget rose from $3 billion to $4 billion": ["budget 4000000000 USD"],
}
SHARES = {
    "92 percent of employees, 15 per cent of staff, 5.4% of customers": [
        "employees 92 percent",
        "staff 15 percent",
        "customers 5.4 percent",
    ],
    "92% (13 of 14) deep-water ports are fully open, or open with restrictions": [
        "deep-water ports open 92 percent"
    ],
    "More than 65% (+15%) of grocery and big-box stores open": ["grocery and big-box stores open >65 percent"],
    "a vacancy rate of 12%": ["vacancy rate 12 percent"],
    "94% of claims decided on time": ["claims decided on time 94 percent"],
    "Some 40 per cent of the roughly 8,000 posts": ["posts ~40 percent", "posts ~8000"],
    "75% of our employees are veterans": ["employees that are veterans 75 percent"],
    "activity increased by 15%": [],
}
LABELS = {
    "a workforce of 12,500": ["workforce 12500"],
    "Staff of 85": ["staff 85"],
    "a staff in excess of 300": ["staff >300"],
    "The number of officers increased from 1,000 to 1,200.": ["officers 1200"],
    "Number of countries served: 140": ["countries served 140"],
    "personnel: 1,800": ["personnel 1800"],
    "Budget: $1.4 billion": ["budget 1400000000 USD"],
    "Employees: 60,000+ | Budget: $19.6B | Ports: 328": [
        "employees >60000",
        "budget 19600000000 USD",
        "ports 328",
    ],
    "Employees 1,800": ["employees 1800"],
    "Number of staff: 540": ["staff 540"],
    "Its workforce numbers 12,500.": ["workforce 12500"],
    "The fleet numbers 112 ships and 23 helicopters.": ["ships 112", "helicopters 23"],
    "staff (FTE): 1,540": ["staff 1540"],
    "1,800 EMPLOYEES": ["employees 1800"],
}
CHARGES = {
    "It looks after 1734 officers; it answers for 1951 agents.": ["officers 1734", "agents 1951"],
    "Its remit takes in 1874 officers. Staffed by 1763 employees, it is home to 1902 dogs.": [
        "officers 1874",
        "employees 1763",
        "dogs 1902",
    ],
}
COMPOUNDS = {
    "its 1,100-strong workforce and a 12-member commission": ["workforce 1100", "commission 12"],
    "a nearly 4,000-mile boundary": ["mile boundary ~4000"],
    "a 500-bed hospital": ["bed hospital 500"],
    "a 24-hour hotline, a five-year plan, a two-way street, a 10-point plan": [],
}
SILENT = [
    "In 2003; since 1997; from 2003 through 2014; September 13, 2017; the 2017 hurricanes; the Act of 2002 powers",
    "FY24, fiscal year 2024, October 3rd, 10/03/2017, 2017-10-03, All figures as of October 3, 2017, 10 am EDT",
    "from 8:30 a.m. to 5 p.m., 6 pm to 8 am, 24/7, after 9/11, 24 hours a day, seven days a week",
    "Section 232, Sections 201 and 232, Titles 8, 18, and 19, H.R. 1234, 19 U.S.C. 1304, 8 CFR 103, I-94",
    "Public Law 107-296, Executive Order 14110, Form 3461, Region 7 offices, Class 3, No. 5 ships",
    "1300 Pennsylvania Avenue NW, Washington, DC 20229; 5500 Veterans Drive; Room 260 offices; P.O. Box 15, Cape Town",
    "(202) 254-3670, 1-800-733-2767, Phone: 555-1234, Tel. +47 22 24 57 01 offices, Fax 202-555-0100 services",
    "the 27th Chief, third uniformed division, 1990s, COVID-19 vaccines, F-16 jets, G7 leaders, COP26, MQ-9 drones",
    "compliance measurement functions of CBP into one office, one or more offices, both offices",
    "1. Home\n2. About CBP\n3. Leadership",
    "He has over 28 years of law enforcement experience, is 54 years old and spent four years at sea",
    "two-thirds of employees, more than half of employees, 1 in 5 employees, four out of five customers",
    "hundreds of offices, millions of meals, a few dozen offices, several hundred officers, the two offices",
    "a level-two trauma center, Fortune 500 companies, Five Eyes partners, version 3.0 systems, 501(c)(3) groups",
    "maria1@prfaa.pr.gov, www.example.gov/2020/10/offices, Licence v3.0, section 2302(c) offices",
    "Employees may call 1-866-908-9570 or text SAFE to 78876.",
    "",
]
STATED = COUNTS | NUMBERS | BOUNDS | MONEY | SHARES | LABELS | CHARGES | COMPOUNDS


@pytest.mark.parametrize(("text", "expected"), STATED.items(), ids=[text[:50] for text in STATED])
def test_prose_states_exactly_these_figures(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", SILENT, ids=[text[:50] for text in SILENT])
def test_numbers_that_count_nothing_are_no_figures(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It has 328 ports of entry.", "328 ports of entry"),
        ("with an operating budget of $7.5 billion, which", "operating budget of $7.5 billion"),
        ("a staff of more than 32,000 employees, and", "more than 32,000 employees"),
        ("the 20 major field offices", "20 major field offices"),
        ("between 300 and 350 employees", "between 300 and 350 employees"),
        ("a $19 billion budget", "$19 billion budget"),
        ("Staff of 85", "Staff of 85"),
        ("more than\n  300 sites", "more than 300 sites"),
        ("300 guards or more", "300 guards or more"),
    ],
)
def test_the_words_keep_number_and_measure_together(text: str, words: str) -> None:
    assert {figure.text for figure in read_figures(text)} == {words}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a budget of $7,500 million", "a budget of $7.5 billion"),
        ("twenty offices", "20 offices"),
        ("more than 300 agents", "over 300 agents"),
        ("a budget of US$7.5bn", "a budget of 7.5 billion dollars"),
        ("92 percent of staff", "92% of staff"),
        ("20 major field offices", "20 field offices"),
        ("two dozen ships", "24 ships"),
        ("32,000+ employees", "at least thirty-two thousand employees"),
    ],
)
def test_a_respelled_quantity_is_the_same_figure(one: str, other: str) -> None:
    assert read(one) == read(other) != []


def test_both_ends_of_a_range_carry_the_same_words() -> None:
    low, high = read_figures("between 300 and 350 employees")
    assert low.text == high.text
    assert low.quote == high.quote


def test_quotes_are_places_in_the_page_when_the_text_starts_further_down() -> None:
    (figure,) = read_figures("It has 328 ports of entry.", offset=100)
    assert figure.quote is not None
    assert (figure.quote.start, figure.quote.end) == (107, 125)


def test_values_are_exact_decimals_in_whole_units() -> None:
    (figure,) = read_figures("a budget of $1.1 million")
    assert figure.value == Decimal(1_100_000)
    assert str(figure.value) == "1100000"


@pytest.mark.parametrize("module", [scraper.figures, numerals])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


_WORDS = st.sampled_from(
    "5 1,200 $ £ % million billion offices of these the and to between more than - – . , ( ) + two dozen half a "
    "hundred \n is are budget employees which 2017 per cent in U.S. US '".split(" ")
)
_PROSE = st.one_of(
    st.text(), st.lists(_WORDS, max_size=30).map(" ".join), st.lists(_WORDS, max_size=30).map("".join)
)


@given(_PROSE, st.integers(0, 10_000))
def test_any_text_is_read_without_trouble_and_every_quote_is_at_its_place(text: str, offset: int) -> None:
    for figure in read_figures(text, offset=offset):
        assert figure.quote is not None
        assert text[figure.quote.start - offset : figure.quote.end - offset] == figure.quote.text
        assert figure.measure
        assert figure.value.is_finite()


@pytest.mark.parametrize("piece", ["7", ",", "word ", "1,", "five-", "555 ", "\n", "U.", "a'", "$5 of these "])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(characters: int) -> float:
        text = piece * (characters // len(piece))
        start = time.process_time()
        read_figures(text)
        return time.process_time() - start

    assert seconds(200_000) < 8 * seconds(50_000) + 0.5


@pytest.mark.parametrize("piece", ["7", ",", "word "])
def test_a_megabyte_is_read_in_seconds(piece: str) -> None:
    start = time.process_time()
    assert read_figures(piece * (1_000_000 // len(piece))) == []
    assert time.process_time() - start < 20


@pytest.mark.skipif(not SHARED.exists(), reason="the shared pages are not here")
def test_the_archived_page_states_thirteen_figures() -> None:
    text = (SHARED / "seed-page.txt").read_text(encoding="utf-8")
    assert read(text) == [
        "field offices 20",
        "ports of entry 328",
        "locations 70",
        "countries >40",
        "employees >32000",
        "operating budget 7500000000 USD",
        "agents >20000",
        "miles of land borders >6000",
        "operating budget 1400000000 USD",
        "sector offices 20",
        "offices 8",
        "offices headed by Assistant Commissioners 5",
        "Assistant Commissioners 2",
    ]


def response_updates(stem: str) -> list[str]:
    """Return the lines of the section "Federal Response Updates" of a saved FEMA page."""
    markup = ftfy.fix_text((CASES / f"{stem}.html").read_text(encoding="utf-8"))
    soup = BeautifulSoup(markup, "lxml")
    heading = next(h for h in soup.find_all("h2") if "Federal Response Updates" in h.get_text())
    lines: list[str] = []
    for part in heading.find_next_siblings():
        if part.name == "h2":
            break
        lines += _lines(part)
    return lines


def _lines(part: Tag) -> list[str]:
    for block in part.find_all(["p", "li", "ul", "div", "blockquote", "strong"]):
        if block.name != "strong":
            block.insert_before("\n")
            block.append("\n")
    return [" ".join(line.split()) for line in part.get_text().split("\n") if line.strip()]


@pytest.mark.skipif(not CASES.exists(), reason="the shared pages are not here")
@pytest.mark.parametrize("stem", ["us_fema_maria_f2d5d701", "us_fema_maria_fc74d750"])
def test_a_situation_report_gives_every_figure_in_order_and_no_other(stem: str) -> None:
    truth = json.loads((CASES / f"{stem}.truth.json").read_text(encoding="utf-8"))["page_figures"]
    told = [figure for line in response_updates(stem) for figure in read_figures(line)]
    assert [float(figure.value) for figure in told] == [row["value"] for row in truth]
    for row, figure in zip(truth, told, strict=True):
        assert (figure.unit == "percent") == row["kind"].startswith("percent")
        assert set(figure.measure.lower().split()) & set(f"{row['kind']} {row['text']}".lower().split())
