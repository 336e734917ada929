"""Going on from the derivation before leads where going through all sightings leads."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from monitor.history.verifying import derived_faults
from storage import Archive
from tests.archive_rows import sql
from tests.checked import PAGE, SETTINGS, Checked
from tests.watching import OFFICES, Clock, instead, markup, without

ROOMS = {"Office of Lakes": "The Office of Lakes has 12 rooms and more than 300 boats."}
DATED = "<p>Last Modified: Apr 19, 2024</p>"
VERSIONS = [
    markup(),
    instead(Rivers="Director Zoe Park"),
    instead(Rivers="Acting Director Zoe Park", Lakes="Director Ann Lee"),
    instead(Harbors=""),
    instead(Harbors="", Lakes="Vacant"),
    without("Office of Lakes"),
    markup(texts=ROOMS),
    markup({name.replace("Canals", "Canals and Locks"): line for name, line in OFFICES.items()}),
    markup(dict(list(OFFICES.items())[:2])),
    markup(dict(list(OFFICES.items())[:2]) | {"Office of Harbors": "Director Zoe Park"}),
    markup(extra=DATED),
    markup(OFFICES | {"Office of Lakes": "Director Kim Poe"}, extra=DATED),
]

HISTORIES = 30
"""How many histories of chance the suite tries."""

checks = st.tuples(st.sampled_from(VERSIONS), st.sampled_from([0.1, 2, 13, 30]))
steps = st.one_of(checks, checks, checks, checks, st.sampled_from(["blind", "accept", "reject"]))
Step = tuple[str, float] | str


def take(page: Checked, step: Step) -> None:
    if isinstance(step, tuple):
        page.check(step[0], hours=step[1])
        return
    page.clock.move(minutes=7)
    if step == "blind":
        page.fail()
    else:
        page.decide(is_accepted=step == "accept")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("empty") / "empty.db"
    Archive.open(file).close()
    return file


@settings(
    max_examples=HISTORIES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(history=st.lists(steps, min_size=3, max_size=14))
def test_a_history_derived_check_by_check_is_the_one_that_all_sightings_give(
    empty: Path, history: Sequence[Step]
) -> None:
    clock = Clock()
    with Archive.open(shutil.copy(empty, empty.with_name("any.db")), clock=clock) as archive:
        page = Checked(archive, clock, archive.page_id(PAGE.name, PAGE.url))
        for step in history:
            take(page, step)
        kept = page.kept()
        assert derived_faults(archive, SETTINGS) == []
        page.go_through_all()
        assert page.kept() == kept


def test_a_check_goes_through_nothing_that_is_closed(empty: Path) -> None:
    with Archive.open(shutil.copy(empty, empty.with_name("closed.db")), clock=(clock := Clock())) as archive:
        page = Checked(archive, clock, archive.page_id(PAGE.name, PAGE.url))
        for version in (VERSIONS[0], VERSIONS[1], VERSIONS[0]):
            page.check(version, hours=13)
        sql(
            f"sqlite:///{empty.with_name('closed.db')}",
            "UPDATE tenure_spans SET title = 'King' WHERE leader = 'Zoe Park'",
        )
        page.check(VERSIONS[6], hours=13)
        assert "King" in {tenure["title"] for tenure in archive.spans("tenure_spans", page.page_id)}
        page.go_through_all()
        assert "King" not in {tenure["title"] for tenure in archive.spans("tenure_spans", page.page_id)}
