"""Which lines belong to which person: by containers, by headings, and by the order that a page keeps."""

from __future__ import annotations

from scraper import parse
from scraper.atoms import read_atoms
from scraper.document import read_document
from scraper.meanings import Atom
from scraper.records import Record, gather

TEXT = "<p>The office looks after rivers, lakes and the sea around us all.</p>"


def records(html: str) -> list[Record]:
    return gather(read_atoms(read_document(f"<h1>Offices</h1>{html}").lines))[0]


def texts(atoms: list[Atom]) -> list[str]:
    return [atom.line.text for atom in atoms]


def titles(html: str) -> dict[str, list[str]]:
    return {record.anchor.line.text: texts(record.titles) for record in records(html) if record.anchor}


def heads(html: str) -> dict[str, str]:
    return {record.anchor.line.text: record.heads[-1].line.text for record in records(html) if record.anchor}


BOTH = {"Dana Whitcombe": ["Director"], "Lena Okafor": ["Chief"]}


def test_a_flat_page_keeps_one_order_of_name_and_title() -> None:
    assert titles("<p>Dana Whitcombe</p><p>Director</p><p>Lena Okafor</p><p>Chief</p>") == BOTH
    assert titles("<p>Director</p><p>Dana Whitcombe</p><p>Chief</p><p>Lena Okafor</p>") == BOTH


def test_text_between_does_not_turn_the_order_around() -> None:
    assert titles(f"<p>Dana Whitcombe</p><p>Director</p>{TEXT}<p>Lena Okafor</p><p>Chief</p>{TEXT}") == BOTH
    assert titles(f"<p>Director</p><p>Dana Whitcombe</p>{TEXT}<p>Chief</p><p>Lena Okafor</p>{TEXT}") == BOTH


def test_names_as_headings_have_their_titles_below() -> None:
    assert titles("<h3>Dana Whitcombe</h3><p>Director</p><h3>Lena Okafor</h3><p>Chief</p>") == BOTH


def test_titles_as_headings_stand_over_their_names() -> None:
    html = "<h3>Director</h3><p>Dana Whitcombe</p><h3>Chief</h3><p>Lena Okafor</p>"
    assert heads(html) == {"Dana Whitcombe": "Director", "Lena Okafor": "Chief"}


def test_a_card_keeps_its_lines_together_in_any_order() -> None:
    name_first = "<div><h3>Dana Whitcombe</h3><p>Director</p></div>"
    title_first = "<div><p>Chief</p><h3>Lena Okafor</h3></div>"
    assert titles(name_first + title_first) == BOTH
    assert titles(title_first + name_first) == BOTH


def test_a_line_that_cannot_be_read_gives_the_title_to_nobody() -> None:
    flat = "<p>Dana Whitcombe</p><p>Director</p><p>?? 7-44</p><p>Deputy Chief</p><p>Lena Okafor</p><p>Chief</p>"
    found = titles(flat)
    assert found["Dana Whitcombe"] == ["Director"]
    assert found["Lena Okafor"] == ["Chief"]


def test_each_leader_has_the_heading_above_and_the_text_below() -> None:
    html = (
        f"<h2>Office of Water</h2><p>Director Dana Whitcombe</p>{TEXT}"
        f"<h2>Office of Air</h2><p>Director Lena Okafor</p>{TEXT}{TEXT}"
    )
    assert heads(html) == {
        "Director Dana Whitcombe": "Office of Water",
        "Director Lena Okafor": "Office of Air",
    }
    assert [len(record.prose) for record in records(html) if record.anchor] == [1, 2]


def test_a_heading_over_several_leaders_is_shared() -> None:
    html = (
        "<h2>Department of the Sea</h2><h3>Office of Water</h3><p>Director Dana Whitcombe</p>"
        "<h3>Office of Air</h3><p>Director Lena Okafor</p>"
    )
    assert list(heads(html).values()) == ["Office of Water", "Office of Air"]
    second = records(html)[1]
    assert "Department of the Sea" in texts(second.outer)
    assert "Department of the Sea" not in texts(second.heads)


def test_people_below_one_heading_share_it() -> None:
    html = "<h2>Office of Water</h2><p>Director Dana Whitcombe</p><p>Deputy Director Lena Okafor</p>"
    assert all("Office of Water" in texts(record.outer) for record in records(html) if record.anchor)


def test_an_office_without_a_leaders_line_keeps_its_own_text() -> None:
    html = f"<h2>Office of Water</h2>{TEXT}<h2>Office of Air</h2><p>Director Lena Okafor</p>{TEXT}"
    bare, led = records(html)
    assert (bare.anchor, texts(bare.heads)[-1]) == (None, "Office of Water")
    assert texts(led.heads)[-1] == "Office of Air"
    assert len(bare.prose) == len(led.prose) == 1


def test_nobody_below_an_aside_is_a_record_until_the_next_heading() -> None:
    html = (
        "<h2>Former Directors</h2><p>Director Gustav Ghost</p><h3>More</h3><p>Director Gerda Ghost</p>"
        "<h2>Office of Air</h2><p>Director Lena Okafor</p>"
    )
    assert list(titles(html)) == ["Director Lena Okafor"]


def test_a_starred_line_is_a_note_on_the_leader_before_it() -> None:
    html = "<h2>Office of Water</h2><p>Chief Dana Whitcombe</p><p>*The Chief has the rank of Commissioner</p>"
    assert [len(record.notes) for record in records(html) if record.anchor] == [1]


def test_a_second_list_in_another_order_gives_nobody_the_next_ones_title() -> None:
    people = (
        ("Dana Whitcombe", "Fire Marshal"),
        ("Lena Okafor", "Chief Engineer"),
        ("Bo Ferncastle", "Treasurer"),
    )
    lines = (
        "".join(f"<h3>{title} {name}</h3>" for name, title in people) + "<h3>Registrar (Currently vacant)</h3>"
    )
    pairs = "".join(f"<p>{title}</p><p><b>{name}</b></p>" for name, title in people)
    read = parse(f"<main><h1>Cabinet</h1>{lines}{pairs}<p>Registrar</p><p><b>Currently vacant</b></p></main>")
    held = {(office.leader.name, office.leader.title) for office in read.offices if office.leader}
    assert held == set(people)


def test_a_heading_whose_text_is_about_it_is_not_shared_with_the_next_leader() -> None:
    html = (
        "<h3>Whistleblower</h3><p>Dana Whitcombe, Director</p><p>Whistleblower hears what people report to it.</p>"
        f"<p>Lena Okafor, Chief</p>{TEXT}"
    )
    assert [texts(record.heads) for record in records(html)] == [["Whistleblower"], []]


def test_a_name_whose_last_word_is_a_title_too_is_kept_in_its_order() -> None:
    html = "<p>Lynn Lynn Bishop</p><p>Secretary for Mines</p><p>Dana Whitcombe</p><p>Secretary for Seas</p>"
    first, _ = parse(f"<main><h1>Cabinet</h1>{html}</main>").offices
    assert first.leader is not None
    assert first.leader.name == "Lynn Lynn Bishop"


def test_a_heading_stays_with_the_text_that_names_it_anywhere_in_its_opening() -> None:
    text = "Day and night, the Office of Cargo Security (CS) keeps lawful travel moving."
    other = "The Institute for Revenue (IR) examines containers and mail."
    html = f"<h2>Office of Cargo Security</h2><p>Director Dana Whitcombe</p><p>{text}</p>"
    page = parse(f"<main><h1>Organization</h1>{html}<p>Director Lena Okafor</p><p>{other}</p></main>")
    assert [office.name for office in page.offices] == ["Office of Cargo Security", "Institute for Revenue"]


def test_a_person_alone_on_a_page_has_the_title_below_the_top_heading() -> None:
    [office] = parse("<main><h1>Dana Whitcombe</h1><p>Commissioner of Revenue</p></main>").offices
    assert office.leader is not None
    assert office.leader.title == "Commissioner of Revenue"


def test_a_heading_over_all_offices_is_nobodys_title() -> None:
    entries = "<b>Office of Locks</b><br>Dana Whitcombe, Chief<br><br><b>Office of Mud</b><br>Vacant"
    first, second = parse(f"<main><p>Office Heads</p><p>{entries}</p></main>").offices
    assert first.leader is not None
    assert (first.leader.name, first.leader.title) == ("Dana Whitcombe", "Chief")
    assert second.vacant
