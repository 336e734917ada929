"""The timeline's geometry: what is solid, what fades, what is only presumed, and how it stays readable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from monitor.history.spans import History
from monitor.history.subjects import Subjects
from monitor.history.timeline import history_of
from storage import Archive
from tests.loopback import Site
from tests.serving_web import NOW
from tests.watching import START, Watch, instead, markup
from web.drawing import alone, inline
from web.layout import HAIR, Drawing, draw, reach
from web.scale import MOST, Scale, percent

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def demo(demo_database: Path) -> History:
    with Archive.open(demo_database) as archive:
        return history_of(archive, archive.pages()[0])


@pytest.fixture
def watch(site: Site, archive: Archive, client: httpx.Client) -> Watch:
    return Watch(site, archive, client)


def history(watch: Watch) -> History:
    [page] = watch.archive.pages()
    return history_of(watch.archive, page)


def drawn(of: History) -> Drawing:
    scale = reach(of, NOW)
    assert scale
    return draw(of, Subjects(of), scale)


def kinds(drawing: Drawing, office: str) -> list[list[str]]:
    [lane] = (lane for lane in drawing.lanes if lane.name == office)
    return [[part.kind for part in bar.parts] for bar in lane.bars]


def test_a_tenure_is_solid_where_it_was_seen_and_fades_over_its_windows(demo: History) -> None:
    assert kinds(drawn(demo), "United States Border Patrol") == [["sure", "went"], ["came", "sure", "presumed"]]


def test_the_parts_of_a_bar_follow_each_other_and_windows_of_old_and_new_are_the_same(demo: History) -> None:
    [lane] = (lane for lane in drawn(demo).lanes if lane.name == "United States Border Patrol")
    old, new = lane.bars
    edges = [
        (float(part.x[:-1]), float(part.x[:-1]) + float(part.width[:-1])) for part in old.parts + new.parts
    ]
    assert edges[0][1] == pytest.approx(edges[1][0], abs=0.01)
    assert edges[1] == pytest.approx(edges[2], abs=0.01)
    assert edges[3][1] == pytest.approx(edges[4][0], abs=0.01)
    assert edges[4][1] == pytest.approx(100, abs=0.01)


def test_a_version_seen_late_is_dated_back_by_the_pages_own_date(watch: Watch) -> None:
    dated = "<p>Last Modified: Apr 20, 2024</p>"
    watch.checked(markup(extra=dated))
    watch.checked(markup(extra=dated), days=5)
    assert kinds(drawn(history(watch)), "Office of Harbors") == [["dated", "sure", "presumed"]]


def test_acting_leaders_are_told_apart_and_a_vacancy_is_a_bar_without_a_person(watch: Watch) -> None:
    watch.checked(markup())
    watch.checked(instead(Lakes="Director: Vacant"), days=30)
    watch.checked(instead(Lakes="Director: Vacant"), days=1)
    [lane] = (lane for lane in drawn(history(watch)).lanes if lane.name == "Office of Lakes")
    assert [(bar.acting, bar.vacant) for bar in lane.bars] == [(True, False), (False, True)]
    assert lane.bars[1].link == "offices/office-of-lakes"


def test_a_figure_that_changed_is_a_line_below_its_office(demo: History) -> None:
    [lane] = (lane for lane in drawn(demo).lanes if lane.name == "Office of Field Operations")
    assert [line.label for line in lane.lines] == [
        "employees: over 31,000 to over 32,000",
        "operating budget: $6.5 billion to $7.5 billion",
    ]
    ys = [float(point.split(",")[1]) for point in lane.lines[0].points.split()]
    assert (ys[0], ys[-1]) == (19, 1)


def test_tenures_too_narrow_to_tell_apart_are_one_bar_until_zoomed_in(watch: Watch) -> None:
    for number in range(12):
        watch.checked(instead(Rivers=f"Director {chr(65 + number)}nna {chr(75 + number)}ole"), minutes=20)
    watch.checked(instead(Rivers="Director Zoe Park"), minutes=20)
    watch.checked(instead(Rivers="Director Zoe Park"), days=700)
    of = history(watch)
    [lane] = (lane for lane in drawn(of).lanes if lane.name == "Office of Rivers")
    assert len(lane.bars) == 2
    assert lane.bars[0].label.startswith("12 tenures between")
    near = draw(of, Subjects(of), Scale(START, START + timedelta(hours=5)))
    [lane] = (lane for lane in near.lanes if lane.name == "Office of Rivers")
    assert len(lane.bars) == 13


def test_a_single_sighting_can_be_seen_and_a_window_too_short_to_see_is_not_drawn(watch: Watch) -> None:
    watch.checked(instead(Rivers="Director Ann Poole"))
    watch.checked(instead(Rivers="Director Zoe Park"), minutes=20)
    watch.checked(instead(Rivers="Director Zoe Park"), days=300)
    [lane] = (lane for lane in drawn(history(watch)).lanes if lane.name == "Office of Rivers")
    assert [[part.kind for part in bar.parts] for bar in lane.bars] == [["sure"], ["sure", "presumed"]]
    assert lane.bars[0].parts[0].width == percent(HAIR)


def test_a_page_never_read_has_no_timeline(watch: Watch) -> None:
    watch.checked("<h1>Nothing here</h1>")
    assert reach(history(watch), NOW) is None


@pytest.mark.parametrize("length", [0.1, 1, 6, 40, 200, 800, 5000, 40000, 400000])
def test_lines_across_are_few_round_and_in_order_however_long_the_time(length: float) -> None:
    start = datetime(1950, 5, 17, 8, 30, tzinfo=UTC)
    scale = Scale(start, start + min(length * DAY, datetime(9000, 1, 1, tzinfo=UTC) - start))
    ticks = scale.ticks()
    assert len(ticks) <= MOST + 1
    shares = [float(tick.at[:-1]) for tick in ticks]
    assert shares == sorted(shares)
    assert all(0 <= share < 100 for share in shares)
    assert len({tick.label for tick in ticks}) > len(ticks) / 2


def test_shares_are_written_as_svg_has_them() -> None:
    assert [percent(share) for share in (0, 0.5, 1 / 3, 0.00001)] == ["0%", "50%", "33.33%", "0%"]


def test_the_drawing_is_svg_with_the_names_escaped_in_a_page_and_alone(watch: Watch) -> None:
    watch.checked(
        markup({"Office of Rivers & <Lakes>": "Director Ann Lee", "Office of Seas": "Director Bo Li"})
    )
    drawing = drawn(history(watch))
    for text in (str(inline(drawing, "../")), alone(drawing)):
        svg = BeautifulSoup(text, "xml")
        links = {str(link["href"]).removeprefix("../").partition("/")[0] for link in svg.find_all("a")}
        assert links == {"offices", "people"}
        assert "Rivers & " in " ".join(name.get_text() for name in svg.find_all("text"))
    assert "<style>" in alone(drawing)
    assert "<style" not in inline(drawing)


def test_people_are_known_by_any_spelling_and_links_tell_namesakes_of_offices_apart(
    demo: History, watch: Watch
) -> None:
    people = Subjects(demo).people
    assert people["annmarie-highsmith"].spellings == ["AnnMarie R. Highsmith", "AnnMarie Highsmith"]
    durst = people["casey-o-durst"]
    assert [tenure.is_acting for tenure in durst.tenures] == [True, False]
    assert (durst.days(acting=True).least, durst.days(acting=False).least) == (0, 382)
    watch.checked(markup({"Office of Rivers": "Director Ann Lee", "Office of “Rivers”": "Director Bo Li"}))
    assert list(Subjects(history(watch)).offices) == ["office-of-rivers", "office-of-rivers-2"]


def test_nothing_in_the_subjects_points_astray(demo: History) -> None:
    subjects = Subjects(demo)
    for tenure in demo.tenures:
        person = subjects.person_of(tenure)
        assert person is not None
        assert tenure in person.tenures
        assert tenure in subjects.office_of(tenure.post).tenures
    for span in demo.figures:
        assert span in subjects.figure_of(span).spans
