"""Leadership pages as readings: the CBP offices, and hypothesis strategies for others like them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from model import Bound, Capacity, Figure, Leader, LeadershipPage, Office

EAC = "Executive Assistant Commissioner"
FIELD_TEXT = (
    "Office of Field Operations (OFO), is the largest component in CBP, responsible for border security.\n\n"
    "OFO is headed by an Executive Assistant Commissioner who is responsible for overseeing the operations of "
    "20 major field offices, 328 ports of entry, and 70 locations in over 40 countries internationally, with a "
    "staff of more than 32,000 employees, and an operating budget of $7.5 billion."
)
PATROL_TEXT = (
    "The United States Border Patrol, headed by the Chief, U.S. Border Patrol, is the headquarters of the "
    "primary federal law enforcement organization responsible for preventing the entry of terrorists."
)
TRADE_TEXT = (
    "The Office of Trade (OT) consolidates the trade policy, program development, and compliance measurement "
    "functions of CBP into one office."
)


def figure(
    measure: str, value: int | str, unit: str | None = None, bound: Bound | None = None, text: str = ""
) -> Figure:
    return Figure(measure, Decimal(value), unit, bound, text)


FIELD = Office(
    "Office of Field Operations",
    "OFO",
    leader=Leader("Diane Sabatino", EAC, Capacity.ACTING),
    figures=(
        figure("field offices", 20),
        figure("ports of entry", 328),
        figure("locations", 70),
        figure("countries", 40, bound=Bound.OVER),
        figure("employees", 32000, bound=Bound.OVER),
        figure("operating budget", 7_500_000_000, "USD"),
    ),
    text=FIELD_TEXT,
)
PATROL = Office(
    "United States Border Patrol",
    leader=Leader("Jason Owens", "Chief"),
    figures=(figure("agents", 20000, bound=Bound.OVER),),
    text=PATROL_TEXT,
)
TRADE = Office("Office of Trade", "OT", leader=Leader("AnnMarie Highsmith", EAC), text=TRADE_TEXT)
SUPPORT = Office(
    "Operations Support", "OS", leader=Leader("Casey O. Durst", EAC), text="OS supports operations."
)


def page(*offices: Office, **rest: Any) -> LeadershipPage:
    return LeadershipPage("https://www.example.gov/leaders", "Executive Offices", offices=offices, **rest)


CBP = page(FIELD, PATROL, TRADE, SUPPORT)


def with_office(before: LeadershipPage, place: int, **changed: Any) -> LeadershipPage:
    """Return the page with one office changed."""
    offices = list(before.offices)
    offices[place] = replace(offices[place], **changed)
    return replace(before, offices=tuple(offices))


def led_by(name: str, title: str = EAC, capacity: Capacity = Capacity.PERMANENT) -> dict[str, Any]:
    return {"leader": Leader(name, title, capacity)}


GIVEN = ("Alma", "Boris", "Chandra", "Dolores", "Emeka", "Fatima", "Gunnar", "Hiroko", "Ingrid", "Jamal")
SURNAMES = (
    "Abernathy",
    "Bukowski",
    "Castellanos",
    "Drummond",
    "Eriksen",
    "Fairweather",
    "Goldstein",
    "Hathaway",
)
SUBJECTS = (
    "Trade",
    "Field Operations",
    "Border Patrol",
    "Water",
    "Statistics",
    "Forestry",
    "Veterans",
    "Tax Policy",
)
TITLES = ("Director", "Chief", EAC, "Deputy Administrator")
MEASURES = ("field offices", "employees", "ports of entry", "miles of road", "aircraft", "sworn agents")

leaders = st.builds(
    lambda given, surname, title, capacity: Leader(f"{given} {surname}", title, capacity),
    st.sampled_from(GIVEN),
    st.sampled_from(SURNAMES),
    st.sampled_from(TITLES),
    st.sampled_from(Capacity),
)
figures = st.builds(
    lambda measure, value, bound: figure(measure, value, bound=bound),
    st.sampled_from(MEASURES),
    st.integers(0, 90_000),
    st.sampled_from([None, *Bound]),
)
budgets = st.integers(1, 99).map(lambda millions: figure("operating budget", millions * 1_000_000, "USD"))


@st.composite
def offices(draw: st.DrawFn) -> Office:
    """One office; its text states its figures, as a page's would."""
    subject = draw(st.sampled_from(SUBJECTS))
    stated = draw(st.lists(figures | budgets, max_size=4, unique_by=lambda each: each.measure))
    leader = draw(st.none() | leaders)
    words = ", ".join(f"{each.value} {each.measure}" for each in stated)
    return Office(
        f"Office of {subject}",
        vacant=leader is None and draw(st.booleans()),
        leader=leader,
        figures=tuple(stated),
        text=f"The office looks after {subject.lower()} for everyone and has {words}.",
        title=draw(st.sampled_from([None, *TITLES])) if leader is None else None,
    )


def pages_of(unique_by: Callable[[Office], Hashable] | None = None) -> st.SearchStrategy[LeadershipPage]:
    """Pages of up to five offices."""
    return st.lists(offices(), max_size=5, unique_by=unique_by).map(lambda found: page(*found))


def _holder(office: Office) -> Hashable:
    return office.name, office.leader.name if office.leader else None


any_pages = pages_of()
"""Names and holders repeat, even one post with one holder."""

posts_listed_once = pages_of(_holder)
"""Names repeat, as where several people share an office."""

distinct_pages = pages_of(lambda office: office.name).filter(lambda found: found.offices)


def sentences(changes: Sequence[Any]) -> list[str]:
    return [change.sentence for change in changes]
