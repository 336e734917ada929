"""One line, and what it says: a table of lines with name, title, capacity, vacancy and the office named inside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.leaderlines import read_line
from scraper.pieces import Reading

MARKS = {"acting": "~", "interim": "^", "performing_duties": "@"}


def said(reading: Reading | None) -> str:
    """Write a reading as the tables do: "Dana Whitcombe = Director", "~" acting, "^" interim, "@" performing duties."""
    if reading is None:
        return ""
    mark = MARKS.get(reading.capacity or "", "")
    who = "vacant" if reading.vacant else reading.name or ""
    body = f"{who} = {mark}{reading.title or ''}".strip(" =") if reading.title else f"{mark}{who}"
    return f"{body} [{reading.complement}]" if reading.complement else body


def read(line: str) -> str:
    return said(read_line(line))


SHAPES = [
    "Director Dana Whitcombe",
    "Director: Dana Whitcombe",
    "Director, Dana Whitcombe",
    "Director - Dana Whitcombe",
    "Director – Dana Whitcombe",
    "Director • Dana Whitcombe",
    "Dana Whitcombe, Director",
    "Dana Whitcombe: Director",
    "Dana Whitcombe - Director",
    "Dana Whitcombe – Director",
    "Dana Whitcombe — Director",
    "Dana Whitcombe | Director",
    "Dana Whitcombe / Director",
    "Dana Whitcombe (Director)",
    "• Director Dana Whitcombe",
    "1. Director Dana Whitcombe",
    "DirectorDana Whitcombe",
    "*Director Dana Whitcombe",
]


@pytest.mark.parametrize("line", SHAPES)
def test_title_and_name_are_told_apart_in_either_order_and_behind_any_separator(line: str) -> None:
    assert read(line) == "Dana Whitcombe = Director"


CAPACITIES = {
    "Acting Director Dana Whitcombe": "~",
    "Acting Director: Dana Whitcombe": "~",
    "Director (Acting) Dana Whitcombe": "~",
    "Director (Acting): Dana Whitcombe": "~",
    "Director, Acting: Dana Whitcombe": "~",
    "Director [Acting] Dana Whitcombe": "~",
    "Director (A) Dana Whitcombe": "~",
    "(Acting) Director Dana Whitcombe": "~",
    "Dana Whitcombe, Acting Director": "~",
    "Dana Whitcombe, Director (Acting)": "~",
    "Dana Whitcombe (Acting Director)": "~",
    "Director, Dana Whitcombe (Acting)": "~",
    "Interim Director Dana Whitcombe": "^",
    "Director (Interim) Dana Whitcombe": "^",
    "Dana Whitcombe, Interim Director": "^",
    "Director ad interim Dana Whitcombe": "^",
    "Senior Official Performing the Duties of the Director Dana Whitcombe": "@",
    "Official Performing the Duties of Director Dana Whitcombe": "@",
    "Senior Official Performing the Functions and Duties of the Director Dana Whitcombe": "@",
    "Career Official Performing the Duties of the Director, Dana Whitcombe": "@",
    "Performing the Duties of the Director: Dana Whitcombe": "@",
    "Dana Whitcombe, Senior Official Performing the Duties of the Director": "@",
    "Dana Whitcombe, exercising the functions of the Director": "@",
    "Director, Dana Whitcombe (Senior Official Performing the Duties of the Director)": "@",
}


@pytest.mark.parametrize(("line", "mark"), CAPACITIES.items())
def test_capacity_is_no_part_of_name_or_title(line: str, mark: str) -> None:
    assert read(line) == f"Dana Whitcombe = {mark}Director"


@pytest.mark.parametrize(
    "title",
    [
        "Deputy Director",
        "Assistant Commissioner",
        "Associate Director",
        "Executive Assistant Commissioner",
        "Deputy Assistant Secretary",
        "Principal Deputy Assistant Secretary",
        "Vice Chair",
        "Under Secretary",
        "Deputy Chief",
    ],
)
def test_deputies_assistants_and_associates_are_not_acting(title: str) -> None:
    assert read(f"{title} Dana Whitcombe") == f"Dana Whitcombe = {title}"
    assert read(f"Dana Whitcombe, {title}") == f"Dana Whitcombe = {title}"
    assert read(f"Acting {title} Dana Whitcombe") == f"Dana Whitcombe = ~{title}"


NAMES = [
    "Rear Admiral Lena Okafor",
    "Vice Adm. Lena Okafor",
    "Lieutenant General Lena Okafor",
    "Col. Lena Okafor",
    "Dr. Lena Okafor",
    "Prof. Lena Okafor",
    "Mr. Lionel Okafor",
    "Ms Lena Okafor",
    "The Honorable Lena Okafor",
    "Hon. Lena Okafor",
    "The Rt Hon Lena Okafor MP",
    "Senator the Hon Lena Okafor",
    "Sir Lionel Okafor KCB",
    "Baroness Okafor of Marsh",
    "J. Lena Okafor",
    "Lena B. Okafor",
    "L. B. Okafor",
    "Lena Okafor Jr.",
    "Lena Okafor, Jr.",
    "Lena Okafor III",
    "Dr. Lena Okafor, Ph.D.",
    "Lena Okafor, MBA, PMP",
    'Lena "Lee" Okafor',
    "Lena “Lee” Okafor",
    "Lena (Lee) Okafor",
    "Mary-Jane Okafor-Smythe",
    "Niamh O'Dowd",
    "Niamh O’Dowd",
    "D'Angelo Okafor",
    "José Ñúñez",
    "Zoë Brückner",
    "Thảo Nguyễn",
    "Søren Østergård",
    "Ludwig van der Meer",
    "Maria de la Cruz",
    "Jean-Luc de Montfort",
    "Fatima bint Rashid",
    "Ahmed ibn Khalid al-Rashid",
    "Al-Hassan Ibrahim",
    "Grace Law",
    "Mark Major",
    "Robert Field",
    "Suharto",
    "LENA OKAFOR",
    "Hon. Lena Okafor, E.G.H.",
    "Command Sgt. Maj. Lena Okafor",
    "Chief Warrant Officer 5 Lena Okafor",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_shape_are_kept_as_written(name: str) -> None:
    assert read(f"{name}, Director") == f"{name} = Director"
    assert read(f"Acting Director {name}") == f"{name} = ~Director"


TITLES = [
    "Chief",
    "Chief, U.S. Border Patrol",
    "Chief Financial Officer",
    "Chief of Staff",
    "Chief Judge",
    "CEO",
    "President and CEO",
    "President and Chief Executive Officer",
    "Secretary of Defense",
    "Secretary of Homeland Security",
    "Secretary of the Interior",
    "Secretary-General",
    "Attorney General",
    "Surgeon General",
    "Inspector General",
    "Director-General",
    "Director General",
    "Director and Chief Economist",
    "Director, Office of Water",
    "Director of the Office of Water",
    "Director, Region IV",
    "Regional Administrator, Region 4",
    "Deputy Assistant Commissioner, Office of Trade",
    "Commissioner, U.S. Customs and Border Protection",
    "Under Secretary for Science and Technology",
    "Minister for Health",
    "Minister without Portfolio",
    "Comptroller General of the United States",
    "Librarian of Congress",
    "Sergeant at Arms",
    "Special Agent in Charge",
    "Superintendent of Schools",
    "Senior Bureau Official",
    "DIRECTOR",
]


@pytest.mark.parametrize("title", TITLES)
def test_titles_keep_their_whole_wording(title: str) -> None:
    assert read(f"{title} Dana Whitcombe") == f"Dana Whitcombe = {title}"
    assert read(f"Dana Whitcombe, {title}") == f"Dana Whitcombe = {title}"


OTHERS = {
    "Office of Water: Dana Whitcombe, Director": "Dana Whitcombe = Director [Office of Water]",
    "Dana Whitcombe, Director (Acting), Office of Water": "Dana Whitcombe = ~Director, Office of Water",
    "Director Rear Admiral Lena Okafor": "Rear Admiral Lena Okafor = Director",
    "Director Dr. Lena Okafor": "Dr. Lena Okafor = Director",
    "Minister for Health The Rt Hon Lena Okafor MP": "The Rt Hon Lena Okafor MP = Minister for Health",
    "Commander, Fleet Forces: Admiral Lena Okafor": "Admiral Lena Okafor = Commander, Fleet Forces",
    "Captain Dana Whitcombe, USN, Commander": "Captain Dana Whitcombe, USN = Commander",
    "Ambassador Dana Whitcombe, Special Envoy for Climate": "Ambassador Dana Whitcombe = Special Envoy for Climate",
    "Governor Dana Whitcombe (R)": "Dana Whitcombe = Governor",
    "Dana Whitcombe": "Dana Whitcombe",
    "Dana Whitcombe (Acting)": "~Dana Whitcombe",
    "Dana Whitcombe, Acting": "~Dana Whitcombe",
    "Dana Whitcombe (Interim)": "^Dana Whitcombe",
    "The Rt Hon Lena Okafor MP": "The Rt Hon Lena Okafor MP",
    "Acting": "~",
    "Executive Assistant Commissioner": "Executive Assistant Commissioner",
    "Acting Secretary of State": "~Secretary of State",
    "Deputy Director for Operations and Policy": "Deputy Director for Operations and Policy",
    "Judge Advocate General Dana “Chip” Okafor, Acquisition Division": (
        "Dana “Chip” Okafor = Judge Advocate General [Acquisition Division]"
    ),
    "Director, Strategic Programs Dana Whitcombe, J.D., Trade Branch": (
        "Dana Whitcombe, J.D. = Director, Strategic Programs [Trade Branch]"
    ),
    "Lynn Dana BISHOP": "Lynn Dana BISHOP",
    "Kaihautū / Chief Executive": "Kaihautū / Chief Executive",
    "Tumu Whakarae / Deputy Chief Executive, Delivery": "Tumu Whakarae / Deputy Chief Executive, Delivery",
    "Dana Whitcombe (she/her)": "Dana Whitcombe",
    "Dana Whitcombe, Director, 202-555-0171": "Dana Whitcombe = Director",
    "Director Dana Whitcombe dana@example.gov": "Dana Whitcombe = Director",
    "Directorate A - Policy Coordination: Dana Whitcombe": "Dana Whitcombe [Directorate A - Policy Coordination]",
    "Dana Whitcombe, Sr. Warden": "Dana Whitcombe, Sr. = Warden",
    "Dana Whitcombe, Jr. Director of Mud": "Dana Whitcombe, Jr. = Director of Mud",
    "Dana Whitcombe, Sr. Advisor": "Dana Whitcombe = Sr. Advisor",
    "Consul -- Dana Whitcombe": "Dana Whitcombe = Consul",
    "Chief Statistician Rajesh NAIR, AM": "Rajesh NAIR, AM = Chief Statistician",
    "Undersheriff Dana Whitcombe": "Dana Whitcombe = Undersheriff",
    "Mr. Dana Rice, Project Executive": "Mr. Dana Rice = Project Executive",
    "Non-executive board member": "Non-executive board member",
    "Dana Whitcombe, County Assessor-Recorder": "Dana Whitcombe = County Assessor-Recorder",
    "Directrice générale: Dana Whitcombe": "Dana Whitcombe = Directrice générale",
    "Staff Attorney - Anchorage": "Staff Attorney - Anchorage",
    "Office of Structures (Director: Dana Whitcombe)": "Dana Whitcombe = Director [Office of Structures]",
    "Dana Whitcombe, Mayor Pro Tem": "Dana Whitcombe = Mayor Pro Tem",
    "Professor Dana Bishop, Chief Methodologist": "Professor Dana Bishop = Chief Methodologist",
    "H.D. Justice, Acting": "~H.D. Justice",
    "Dana Okafor s/o Whitcombe": "Dana Okafor s/o Whitcombe",
    "Senator Dana B. Okafor MP Minister for Home Affairs": "Senator Dana B. Okafor MP = Minister for Home Affairs",
    "DANA WHITCOMBE Y SOTO, Regional Forester": "DANA WHITCOMBE Y SOTO = Regional Forester",
}


@pytest.mark.parametrize(("line", "reading"), OTHERS.items())
def test_lines_say_what_stands_in_them_and_no_more(line: str, reading: str) -> None:
    assert read(line) == reading


VACANCIES = {
    "Vacant": "vacant",
    "(Vacant)": "vacant",
    "VACANT": "vacant",
    "Position Vacant": "vacant",
    "This position is currently vacant": "vacant",
    "Vacant since May 2024": "vacant",
    "To be announced": "vacant",
    "TBD": "vacant",
    "No incumbent": "vacant",
    "Director: Vacant": "vacant = Director",
    "Director - Vacant": "vacant = Director",
    "Director (Vacant)": "vacant = Director",
    "Director, Vacant": "vacant = Director",
    "Director Vacant": "vacant = Director",
    "Vacant, Director": "vacant = Director",
    "TBD, Director": "vacant = Director",
    "Director: To be announced": "vacant = Director",
    "Director – position currently vacant": "vacant = Director",
    "Vacant, Director of Operations": "vacant = Director of Operations",
    "Director, Office of Trade: Vacant": "vacant = Director, Office of Trade",
    "Chief Information Officer — TBD": "vacant = Chief Information Officer",
    "Office of Water – Vacant": "vacant [Office of Water]",
    "Directorate B - Investment: vacant": "vacant [Directorate B - Investment]",
    "Office of Water (Vacant)": "vacant [Office of Water]",
    "Vacancy Associate Minister of Trade": "vacant = Associate Minister of Trade",
    "Position Vacant Chief Executive": "vacant = Chief Executive",
}


@pytest.mark.parametrize(("line", "reading"), VACANCIES.items())
def test_a_vacancy_is_told_with_the_title_or_office_that_it_is_of(line: str, reading: str) -> None:
    assert read(line) == reading


NOBODY = [
    "headed by an Executive Assistant Commissioner",
    "OFO is headed by an Executive Assistant Commissioner who is responsible for overseeing the operations.",
    "The United States Border Patrol, headed by the Chief, U.S. Border Patrol, is the headquarters.",
    "Five of these are headed by Assistant Commissioners.",
    "*Chief of U.S. Border Patrol has rank of Executive Assistant Commissioner",
    "The Director reports to the Secretary.",
    "Each region is led by a Regional Director.",
    "The deputy is appointed by the Commissioner",
    "Under the Executive Assistant Commissioner, the office has grown.",
    "Commissioner announces new trade policy",
    "Executive Assistant Commissioners' Offices",
    "Assistant Commissioners' Offices",
    "Office of the Director",
    "Director's Office",
    "Message from the Director",
    "Meet the Director",
    "About the Director",
    "Contact the Director",
    "Assistant Secretary for Health Policy",
    "Chief Operating Officer",
]


@pytest.mark.parametrize("line", NOBODY)
def test_text_that_only_mentions_a_title_names_nobody(line: str) -> None:
    reading = read_line(line)
    assert reading is None or reading.name is None
    assert reading is None or not reading.vacant


@pytest.mark.parametrize(
    "line",
    [
        "Former Director Dana Whitcombe",
        "Previous Director: Dana Whitcombe",
        "Dana Whitcombe, former Director",
        "Retired Director Dana Whitcombe",
        "Nominee for Director: Dana Whitcombe",
    ],
)
def test_who_held_an_office_or_may_hold_it_does_not_hold_it(line: str) -> None:
    assert read(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Office of Trade",
        "Ports of Entry",
        "San Diego Sector",
        "National Weather Service",
        "Federal Emergency Management Agency",
        "Press Releases",
        "New York",
        "Washington, DC",
        "Our Leadership",
        "Read more about Dana Whitcombe",
        "Supervisor Basics: June 4",
        "Records Officer Training: July 9",
        "“Water is life.” — Chief Seattle",
        "Registers 120,000 charities.",
        "Promotes competition.",
        "Dana Whitcombe joined the Office of Water in 2010.",
        "Director Whitcombe testified before Congress on Tuesday",
        "",
        " ",
        "—",
    ],
)
def test_bodies_places_links_and_sentences_say_nothing_about_who_leads(line: str) -> None:
    assert read(line) == ""


def test_a_title_seen_on_other_lines_decides_where_a_name_begins() -> None:
    line = "Keeper of the Rolls Bexley Tarn"
    reading = read_line(line, titles=frozenset({"keeper of the rolls"}))
    assert said(reading) == "Bexley Tarn = Keeper of the Rolls"


def test_a_change_of_markup_decides_where_a_name_begins() -> None:
    line = "Commissioner of Sylvan Glades Harrow"
    assert (
        said(read_line(line, frozenset({len("Commissioner of Sylvan")})))
        == "Glades Harrow = Commissioner of Sylvan"
    )


def test_changes_of_markup_part_name_title_and_office() -> None:
    person, body = "Wilhelmina Drost Chief Archivist", "Bureau of Elections Jocelyn Whitfield, Bureau Chief"
    line = f"{person} Records Center"
    assert said(read_line(line, frozenset({16, 17, len(person)}))) == (
        "Wilhelmina Drost = Chief Archivist [Records Center]"
    )
    assert said(read_line(body, frozenset({19, 20}))) == (
        "Jocelyn Whitfield = Bureau Chief [Bureau of Elections]"
    )


def test_a_line_longer_than_any_leader_line_is_not_read() -> None:
    assert read_line("Director Dana Whitcombe " + "of Water " * 40) is None


words = st.sampled_from(
    "Director Acting Chief of the Dana Whitcombe Okafor , - ( ) Vacant Dr. Jr. Office Water TBD : | * J. 5 MP".split()
)


@given(st.one_of(st.text(max_size=80), st.lists(words, max_size=14).map(" ".join)))
def test_whatever_the_line_a_name_and_a_title_come_from_its_words(line: str) -> None:
    reading = read_line(line)
    if reading is None:
        return
    letters = "".join(filter(str.isalnum, line))
    for part in (reading.name, reading.title):
        if part is not None:
            assert all("".join(filter(str.isalnum, word)) in letters for word in part.split())
    assert not (reading.vacant and reading.name)
