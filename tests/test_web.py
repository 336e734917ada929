"""The archive in a browser: what each page shows, and what it says when there is nothing to show."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from fixtures import path
from monitor.cli import main
from monitor.settings import WebSettings
from storage import Archive
from tests.archive_rows import URL, whole_check
from tests.loopback import Site
from tests.serving_web import PAGE, visiting
from tests.watching import Watch, instead, markup
from web.serving import CannotListen, address


def read(client: httpx.Client, where: str, status: int = 200) -> BeautifulSoup:
    """Return a page; every page has one heading, a title and a main part."""
    response = client.get(where, follow_redirects=True)
    assert (response.status_code, response.headers["content-type"]) == (status, "text/html; charset=utf-8")
    page = BeautifulSoup(response.text, "lxml")
    assert len(page.select("main h1")) == 1
    assert page.title
    return page


def words(page: BeautifulSoup, selector: str) -> list[str]:
    """Return the texts of some elements, as a reader sees them: no space stands before a comma or a full stop."""
    texts = (" ".join(element.get_text(" ").split()) for element in page.select(selector))
    return [re.sub(r" ([,.:])", r"\1", text) for text in texts]


def test_the_front_leads_to_the_only_page(demo: httpx.Client) -> None:
    response = demo.get("/")
    assert (response.status_code, response.headers["location"]) == (307, f"{PAGE}/")


def test_now_has_a_card_for_each_office_with_its_leader_and_figures(demo: httpx.Client) -> None:
    cards = words(read(demo, "/"), ".card")
    assert len(cards) == 6
    field = next(card for card in cards if "Field Operations" in card)
    assert "Diane J. Sabatino acting Executive Assistant Commissioner" in field
    assert "328 ports of entry" in field


def test_now_says_since_when_how_surely_and_how_long_ago_it_was_seen(demo: httpx.Client) -> None:
    page = read(demo, "/")
    assert "As last seen 6 May 2025, 12:00 UTC, 26 days ago" in words(page, ".lead")[0]
    patrol = next(card for card in words(page, ".card") if "Border Patrol" in card)
    assert "presumed since between 19 April 2024 and 22 January 2025" in patrol
    field = next(card for card in words(page, ".card") if "Field Operations" in card)
    assert "more than 32,000 employees changed by 19 April 2024" in field


def test_now_warns_when_nobody_has_looked_for_too_long(demo: httpx.Client) -> None:
    for where in ("/", f"{PAGE}/health"):
        (banner,) = words(read(demo, where), ".banner.bad")
        assert banner.startswith("Blind since 6 May 2025, 12:00 UTC")


def test_the_page_as_of_a_day_lists_what_is_possible_in_a_window(demo: httpx.Client) -> None:
    page = read(demo, f"{PAGE}/as-of?on=2024-10-01")
    assert words(page, "h1") == ["As the page stood on 1 October 2024"]
    cards = words(page, ".card")
    patrol = next(card for card in cards if "Border Patrol" in card)
    assert patrol.index("Jason Owens") < patrol.index("or Michael W. Banks")
    assert patrol.count("possible") == 2
    assert "Diane Sabatino acting" in next(card for card in cards if "Field Operations" in card)
    assert page.select("#asof")[0]["value"] == "2024-10-01"


def test_the_page_as_of_a_day_before_the_first_sighting_says_what_is_covered(demo: httpx.Client) -> None:
    page = read(demo, f"{PAGE}/as-of?on=2020-01-01")
    (empty,) = words(page, ".empty")
    assert empty.startswith("Not known: first seen 2023-11-30 12:00 UTC. The archive covers")
    read(demo, f"{PAGE}/as-of?on=someday", 400)


def test_the_timeline_draws_every_tenure_and_has_the_same_as_a_table(demo: httpx.Client) -> None:
    page = read(demo, f"{PAGE}/timeline")
    bars = words(page, "a.bar title")
    assert len(bars) == len(page.select("tbody tr")) == 10
    assert "Office of Trade: Susan S. Thomas, acting: seen 2025-05-06 to 2025-05-06" in bars
    for link in {str(each["href"]) for each in page.select(".drawing a")}:
        read(demo, f"{PAGE}/{link}")


def test_the_timeline_zooms_to_any_time_and_keeps_it_in_the_drawing_alone(demo: httpx.Client) -> None:
    page = read(demo, f"{PAGE}/timeline?from=2025-05-01")
    assert len(page.select("a.bar")) == 7
    svg = demo.get(str(page.select("a[download]")[0]["href"]))
    assert svg.headers["content-type"] == "image/svg+xml"
    assert svg.text.count('class="bar') == 7
    assert "sandbox" not in svg.headers["content-security-policy"]
    for query in ("from=2025-05-01&to=2024-05-01", "from=soon", "to=2024-13-01"):
        read(demo, f"{PAGE}/timeline?{query}", 400)


def test_an_office_a_person_and_a_figure_have_pages_that_lead_to_the_words(demo: httpx.Client) -> None:
    office = read(demo, f"{PAGE}/offices/office-of-field-operations")
    assert len(office.select("ol.changes .change")) == 4
    assert "328 ports of entry" in words(office, ".list")[0]
    person = read(demo, f"{PAGE}/people/casey-o-durst")
    assert words(person, ".facts div") == [
        "Outright 382 to 523 days in post",
        "Acting at least 0 days in post",
        "In all at least 382 days in post",
    ]
    figure = read(demo, f"{PAGE}/figures/office-of-field-operations-employees")
    assert [row.split(" between")[0].split(" 30 ")[0] for row in words(figure, "tbody tr")] == [
        "over 32,000",
        "over 31,000",
    ]
    for page in (office, person, figure):
        for link in {str(each["href"]) for each in page.select("main a")}:
            read(demo, link.replace("../", f"{PAGE}/"))
    for where in ("offices/x", "people/x", "figures/x"):
        read(demo, f"{PAGE}/{where}", 404)


def test_changes_are_listed_newest_first_and_narrowed_by_office_kind_and_day(demo: httpx.Client) -> None:
    assert len(words(read(demo, f"{PAGE}/changes"), ".change")) == 9
    first = words(read(demo, f"{PAGE}/changes"), ".change .sentence")[0]
    assert first.startswith("Susan S. Thomas replaced AnnMarie Highsmith")
    for query, count in (
        ("office=OFO", 4),
        ("office=Enterprise+Services", 1),
        ("kind=figure_changed", 2),
        ("since=2025-01-01", 4),
        ("until=2024-04-19", 5),
        ("since=2024-04-19&until=2024-04-19&kind=name_changed", 2),
        ("kind=text_changed", 0),
    ):
        assert len(words(read(demo, f"{PAGE}/changes?{query}"), ".change")) == count, query
    assert "show all" in words(read(demo, f"{PAGE}/changes?kind=text_changed"), ".empty")[0]


def test_a_change_shows_both_sides_the_quoted_words_the_window_and_who_was_told(demo: httpx.Client) -> None:
    changes = read(demo, f"{PAGE}/changes?kind=leader_replaced").select(".change")
    (replaced,) = (change for change in changes if "Michael W. Banks" in change.get_text())
    page = read(demo, str(replaced.select("a")[0]["href"]))
    before, after = words(page, ".side")
    assert "Jason Owens Chief Chief Jason Owens Read from capture 2" in before
    assert "Michael W. Banks Chief Chief Michael W. Banks Read from capture 3" in after
    (facts,) = words(page, ".facts")
    assert "between 19 April 2024, 12:00 UTC (last seen as before) and 22 January 2025, 12:00 UTC" in facts
    assert "delivered" in words(page, "tbody tr")[0]


def test_two_versions_stand_side_by_side_with_the_words_that_differ_marked(demo: httpx.Client) -> None:
    page = read(demo, f"{PAGE}/compare?a=2024-05-01&b=now")
    assert "Capture 2, 19 April 2024, 12:00 UTC, beside capture 4" in words(page, ".lead")[0]
    patrol = next(pair for pair in page.select(".pair") if "Border Patrol" in pair.get_text())
    marks = [mark.get_text() for mark in patrol.select("tr.differs mark")]
    assert {"Jason", "Owens,", "Michael", "W.", "Banks,"} <= set(" ".join(marks).split())
    assert "Air and Marine Operations same" in words(page, ".pair.same summary")


def test_a_version_is_named_by_capture_day_or_moment_and_nothing_else(demo: httpx.Client) -> None:
    for asked in ("2", "2024-05-01", "2024-04-19T12:00Z"):
        assert "Capture 2," in words(read(demo, f"{PAGE}/compare?a={asked}&b=now"), ".lead")[0]
    for asked, status in (
        ("99", 404),
        ("1999-01-01", 404),
        ("/etc/passwd", 400),
        ("http://127.0.0.1/", 400),
        ("2024-13-01", 400),
        ("9" * 30, 400),
    ):
        read(demo, f"{PAGE}/compare?a={asked}", status)


def test_a_capture_marks_the_words_that_values_were_read_from_in_text_source_and_page(
    demo: httpx.Client,
) -> None:
    for view in ("text", "source"):
        marks = read(demo, f"{PAGE}/captures/3?view={view}").select("pre mark")
        banks = [mark.get_text() for mark in marks if mark["title"] == "leader: Michael W. Banks"]
        assert " ".join(banks) == "Chief Michael W. Banks"
        assert {"office", "leader", "figure"} == {kind for mark in marks for kind in mark["class"]}
    source = read(demo, f"{PAGE}/captures/3?view=source").select("pre")[0].get_text()
    assert source.strip() == path("cbp_2025-01-22.html").read_text(encoding="utf-8").strip()
    served = BeautifulSoup(demo.get(f"{PAGE}/captures/3/served").text, "lxml")
    assert {"Chief", "Michael W. Banks"} <= set(words(served, "mark.leader"))
    assert demo.get(f"{PAGE}/captures/3/bytes").content == path("cbp_2025-01-22.html").read_bytes()


def test_what_changes_while_the_archive_is_served_is_shown_at_once(
    tmp_path: Path, site: Site, client: httpx.Client
) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        watch = Watch(site, archive, client)
        watch.checked(markup())
        with visiting(tmp_path / "archive.db", now=watch.clock.now) as visitor:
            assert "Rafael Ortega" in visitor.get("/pages/waterways/").text
            watch.checked(instead(Rivers="Director Zoe Park"), hours=6)
            person = read(visitor, "/pages/waterways/people/zoe-park")
            assert "1 May 2024" in words(person, "td"), "a window within one day is told as that day"
            assert len(read(visitor, "/pages/waterways/changes").select(".change")) == 1


def test_feeds_and_tables_are_what_export_writes(demo: httpx.Client, demo_database: Path) -> None:
    for name, words_of_export, media in (
        ("tenures.csv", ["csv", "--table", "tenures"], "text/csv; charset=utf-8; header=present"),
        ("figures.csv", ["csv", "--table", "figures"], "text/csv; charset=utf-8; header=present"),
        ("changes.csv", ["csv", "--table", "changes"], "text/csv; charset=utf-8; header=present"),
        ("changes.atom", ["atom"], "application/atom+xml; charset=utf-8"),
        ("changes.ics", ["ical"], "text/calendar; charset=utf-8"),
    ):
        response = demo.get(f"{PAGE}/{name}")
        assert (response.status_code, response.headers["content-type"]) == (200, media)
        exported = CliRunner().invoke(
            main, ["export", "--database", str(demo_database), "--format", *words_of_export]
        )
        assert response.content == exported.stdout_bytes
        again = demo.get(f"{PAGE}/{name}", headers={"if-none-match": response.headers["etag"]})
        assert again.status_code == 304
    read(demo, f"{PAGE}/captures.csv", 400)


def test_every_check_is_listed_with_what_came_of_it(demo: httpx.Client) -> None:
    rows = words(read(demo, f"{PAGE}/checks"), "tbody tr")
    assert [row.split(" UTC ")[1].split()[0] for row in rows] == ["unchanged", *["changed"] * 3, "baseline"]


def test_lists_go_on_where_a_page_of_them_ends(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "many.db") as archive:
        page_id = archive.page_id("agency", URL)
        for number in range(130):
            whole_check(archive, page_id, number)
    with visiting(tmp_path / "many.db") as client:
        for where, sizes in (("checks", [100, 30]), ("changes", [50, 50, 30])):
            link, found = f"/pages/agency/{where}", []
            while link:
                page = read(client, link)
                found.append(len(page.select("tbody tr, .change")))
                older = page.select("a[rel=next]")
                link = f"/pages/agency/{where}{older[0]['href']}" if older else ""
            assert found == sizes


def test_a_version_in_quarantine_is_shown_beside_the_belief_with_the_command_that_decides(
    tmp_path: Path, site: Site, client: httpx.Client
) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        watch = Watch(site, archive, client)
        watch.checked(markup())
        watch.checked(markup({"Office of Rivers": "Director Rafael Ortega"}), hours=6)
    with visiting(tmp_path / "archive.db", now=watch.clock.now) as visitor:
        page = read(visitor, "/pages/waterways/review")
        assert re.search(r"leaderwatch review accept \d+", words(page, ".version")[0])
        assert "Office of Harbors removed" in words(page, ".pair.removed summary")
        (banner,) = words(read(visitor, "/"), ".banner.bad")
        assert banner.startswith("Quarantined since 1 May 2024, 12:00 UTC")


def test_a_page_that_was_never_read_says_what_to_do(tmp_path: Path, site: Site, client: httpx.Client) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        Watch(site, archive, client).checked("<h1>Nothing here</h1>")
    with visiting(tmp_path / "archive.db") as visitor:
        assert "never read well so far" in words(read(visitor, "/"), ".banner")[0]
        assert "leaderwatch check" in words(read(visitor, "/"), ".banner")[0]
        assert "No change so far" in words(read(visitor, "/pages/waterways/changes"), ".empty")[0]
        assert "Nothing is in quarantine" in words(read(visitor, "/pages/waterways/review"), ".empty")[0]
        view = read(visitor, "/pages/waterways/captures/1")
        assert "No leadership page was read from it" in words(view, ".empty")[0]


def test_an_empty_archive_and_one_of_several_pages_have_a_front(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        with visiting(tmp_path / "archive.db") as visitor:
            assert "holds no page yet" in words(read(visitor, "/"), ".empty")[0]
        whole_check(archive, archive.page_id("agency", URL), 1)
        whole_check(archive, archive.page_id("agency", URL + "/moved"), 2)
        whole_check(archive, archive.page_id("treasury", URL + "/other"), 3)
    with visiting(tmp_path / "archive.db") as visitor:
        links = [str(link["href"]) for link in read(visitor, "/").select(".card a")]
        assert links == ["/pages/1/", "/pages/2/", "/pages/treasury/"]
        for link in links:
            read(visitor, link)
        read(visitor, "/pages/1/changes/3", 404)
        read(visitor, "/pages/1/captures/3", 404)


def test_what_is_not_there_is_named_on_a_page_that_leads_back(demo: httpx.Client) -> None:
    for where, status, said in (
        ("/pages/nothing/", 404, "There is no page 'nothing' in this archive: it has cbp-executive."),
        (f"{PAGE}/changes/99", 404, "There is no change 99 in this archive."),
        (f"{PAGE}/changes?kind=unkind", 400, "Kind: Input should be"),
        (f"{PAGE}/changes?since=yesterday", 400, "is no date"),
        (f"{PAGE}/captures/0", 400, "Number: Input should be"),
        (f"{PAGE}/checks?before=99", 404, "There is no check 99 in this archive."),
        ("/elsewhere", 404, "There is nothing at this address."),
    ):
        page = read(demo, where, status)
        assert said in words(page, ".lead")[0], where
        assert page.select("main a.button")[0]["href"] == "/"


def test_a_port_that_is_taken_is_named(tmp_path: Path, demo: httpx.Client) -> None:
    port = demo.base_url.port or 0
    with pytest.raises(CannotListen, match=f"port {port}"), visiting(tmp_path / "other.db", port=port):
        pass


def test_the_address_that_is_told_opens_on_this_machine() -> None:
    assert address(WebSettings(host="0.0.0.0", port=80)) == "http://127.0.0.1:80/"  # noqa: S104 what a user may name
    assert address(WebSettings(host="::", port=80)) == "http://[::1]:80/"
    assert address(WebSettings(host="::1", port=80)) == "http://[::1]:80/"
