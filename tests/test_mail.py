"""The alert mail: it says the news, shows the evidence, and cannot be turned against its reader."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from model import (
    Bound,
    Capacity,
    Change,
    ChangeKind,
    Figure,
    Leader,
    LeadershipPage,
    Office,
    Quote,
)
from monitor.evidence import NewsItem, news_item, words_for
from monitor.headlines import headline
from monitor.identities import alert_id, thread_id
from monitor.mail import Envelope, compose
from monitor.notices import About, alert
from monitor.settings import PageSettings

THEN = datetime(2024, 4, 19, 6, tzinfo=UTC)
NOW = datetime(2025, 1, 22, 6, tzinfo=UTC)
SENDER = "Leaderwatch <lw@example.org>"
PAGE = PageSettings(name="cbp-executive", url="https://www.cbp.gov/leaders")
IDENTITY = "<alert.1@example.org>"

TEXT_MAIL = """\
Border Patrol: Michael W. Banks replaces Jason Owens, and 1 more

Michael W. Banks replaced Jason Owens as Chief, United States Border Patrol.

    Before: Jason Owens, Chief
            "Chief Jason Owens"
    Now:    Michael W. Banks, Chief
            "Chief Michael W. Banks"

The number of agents of the United States Border Patrol rose from over
19,000 to over 20,000.

    Before: over 19,000 agents
            "The U.S. Border Patrol has a workforce of over 19,000 agents
             assigned to patrol the land borders."
    Now:    over 20,000 agents
            "The U.S. Border Patrol has a workforce of over 20,000 agents
             assigned to patrol the land borders."
    Change: +1,000 (+5.3%)

When: between 19 April 2024, 06:00 UTC (last seen as before) and 22 January
      2025, 06:00 UTC (first seen as now)
The page's own date (Last Modified): 21 January 2025 (it was 19 April 2024)
The page: https://www.cbp.gov/leaders

--\x20
Leaderwatch watches this page as "cbp-executive".
"""


def version(chief: str, agents: str, modified: date | None) -> LeadershipPage:
    text = (
        f"Leaders\nUnited States Border Patrol\nChief {chief}\nIts mission is old. "
        f"The U.S. Border Patrol has a workforce of over {agents} agents assigned to patrol the land borders. "
        "It has 20 sectors.\n"
    )

    def quote(words: str) -> Quote:
        return Quote(words, text.index(words), text.index(words) + len(words))

    staff = f"over {agents} agents"
    number = Decimal(agents.replace(",", ""))
    office = Office(
        "United States Border Patrol",
        leader=Leader(chief, "Chief", quote=quote(f"Chief {chief}")),
        figures=(Figure("agents", number, None, Bound.OVER, staff, quote(staff)),),
    )
    return LeadershipPage(PAGE.url, "Leaders", modified, (), (office,), text)


BEFORE = version("Jason Owens", "19,000", date(2024, 4, 19))
AFTER = version("Michael W. Banks", "20,000", date(2025, 1, 21))


def replaced(before: str, after: str, office: str = "United States Border Patrol") -> Change:
    return Change(
        ChangeKind.LEADER_REPLACED,
        office,
        None,
        Leader(before, "Chief").to_json(),
        Leader(after, "Chief").to_json(),
        f"{after} replaced {before} as Chief, {office}.",
    )


CHIEF = replaced("Jason Owens", "Michael W. Banks")
AGENTS = Change(
    ChangeKind.FIGURE_CHANGED,
    "United States Border Patrol",
    "agents",
    BEFORE.offices[0].figures[0].to_json(),
    AFTER.offices[0].figures[0].to_json(),
    "The number of agents of the United States Border Patrol rose from over 19,000 to over 20,000.",
    delta=Decimal(1000),
    percent=Decimal("5.2632"),
)


def news(*changes: Change) -> list[NewsItem]:
    return [
        news_item(change, last_seen=THEN, first_seen=NOW, page_before=BEFORE, page_after=AFTER)
        for change in changes
    ]


def mail(
    *changes: Change, page: PageSettings = PAGE, recipients: tuple[str, ...] = ("press@example.org",)
) -> bytes:
    return written(news(*changes), page, recipients)


def written(told: list[NewsItem], page: PageSettings = PAGE, recipients: tuple[str, ...] = ()) -> bytes:
    notice = alert(About(page.name, page.url, tuple(told)))
    return bytes(compose(notice, Envelope(SENDER, recipients, IDENTITY, NOW)))


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=SMTP)


def part(content: bytes, kind: str) -> str:
    body = read(content).get_body((kind,))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def test_headers_are_what_mail_programs_and_lists_expect() -> None:
    message = read(mail(AGENTS, CHIEF))
    assert dict(message.items()) == {
        "From": "Leaderwatch <lw@example.org>",
        "To": "press@example.org",
        "Subject": "Border Patrol: Michael W. Banks replaces Jason Owens, and 1 more",
        "Date": "Wed, 22 Jan 2025 06:00:00 +0000",
        "Message-ID": IDENTITY,
        "References": thread_id(["office", PAGE.url, "United States Border Patrol"], sender=SENDER),
        "List-Id": "<cbp-executive.leaderwatch.example.org>",
        "List-Unsubscribe": "<mailto:lw@example.org?subject=unsubscribe>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{message.get_boundary()}"',
    }
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]
    assert message.defects == []


def test_text_reads_well_on_its_own() -> None:
    assert part(mail(AGENTS, CHIEF), "plain") == TEXT_MAIL


def test_html_says_the_same_as_the_text() -> None:
    shown = BeautifulSoup(part(mail(AGENTS, CHIEF), "html"), "lxml").body
    assert shown
    words = " ".join(shown.get_text(" ").split())
    for phrase in (
        "Border Patrol: Michael W. Banks replaces Jason Owens, and 1 more",
        "Before Jason Owens Chief “Chief Jason Owens” Now Michael W. Banks Chief “Chief Michael W. Banks”",
        "Before over 19,000 agents",
        "It happened between 19 April 2024, 06:00 UTC (last seen as before) and 22 January 2025, 06:00 UTC",
        "The page’s own date (Last Modified): 21 January 2025 (it was 19 April 2024).",
    ):
        assert phrase in words
    assert [link["href"] for link in shown.find_all("a")] == [PAGE.url]
    assert shown.find_all(["img", "script", "link", "iframe"]) == []


def test_the_same_news_makes_the_same_bytes() -> None:
    assert mail(AGENTS, CHIEF) == mail(AGENTS, CHIEF)


def test_message_id_comes_from_the_changes_and_the_recipient_alone() -> None:
    def identity(*numbered: tuple[int, Change], recipient: str = "a@example.org", url: str = PAGE.url) -> str:
        return alert_id(numbered, url=url, recipient=recipient, sender=SENDER)

    first = identity((1, CHIEF), (2, AGENTS))
    assert first == identity((2, AGENTS), (1, CHIEF))
    others = {
        first,
        identity((1, CHIEF)),
        identity((3, CHIEF), (2, AGENTS)),
        identity((1, CHIEF), (2, AGENTS), recipient="b@example.org"),
        identity((1, CHIEF), (2, AGENTS), url="https://other.example/"),
    }
    assert len(others) == 5
    assert all(each.endswith("@example.org>") for each in others)


def test_mails_about_one_office_stand_in_one_thread() -> None:
    again = replaced("Michael W. Banks", "Ada Lovelace")
    other = replaced("Ann Ames", "Bo Bell", "Office of Trade")
    threads = [read(mail(change))["References"] for change in (CHIEF, again, other)]
    assert threads[0] == threads[1] != threads[2]


@pytest.mark.parametrize("length", range(1, 90, 4))
def test_a_subject_of_any_length_arrives_as_it_is(length: int) -> None:
    name = ("Ada Mary Lovelace " * 9)[:length].strip()
    content = mail(replaced("Jason Owens", name), AGENTS)
    message = read(content)
    assert message["Subject"] == headline([replaced("Jason Owens", name), AGENTS])
    assert max(map(len, content.split(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78


def test_mail_without_recipients_is_addressed_to_nobody() -> None:
    assert read(mail(CHIEF, recipients=()))["To"] == "undisclosed-recipients:;"


def test_changes_of_different_times_each_say_theirs() -> None:
    late = replace(news(AGENTS)[0], first_seen=datetime(2025, 2, 1, 12, 30, tzinfo=UTC))
    content = written([*news(CHIEF), late])
    text = " ".join(part(content, "plain").split())
    assert text.count("When: between") == 2
    assert "1 February 2025, 12:30 UTC (first seen as now)" in text
    assert part(content, "html").count("It happened between") == 2


def test_a_page_without_a_date_gets_no_line_about_it() -> None:
    undated = replace(news(CHIEF)[0], dated_before=None, dated_after=None)
    assert b"Last Modified" not in written([undated])


def test_what_is_not_there_is_said_in_words() -> None:
    gone = Change(
        ChangeKind.LEADER_DEPARTED,
        "Office of Trade",
        None,
        Leader("AnnMarie Highsmith", "Director", Capacity.ACTING).to_json(),
        None,
        "AnnMarie Highsmith is no longer named.",
    )
    text = part(mail(gone), "plain")
    assert "    Before: AnnMarie Highsmith, Director (acting)\n    Now:    Nobody is named\n" in text


@pytest.mark.parametrize(
    "name", ["Zoë Žižek-Müller", "नरेन्द्र मोदी", "عمر الحسن", "שרה לוי", "李小龍", "O’Brien 🙂"]
)
def test_names_of_any_script_arrive_as_they_are(name: str) -> None:
    content = mail(replaced("Jason Owens", name))
    message = read(content)
    assert message["Subject"] == f"Border Patrol: {name} replaces Jason Owens"
    assert f"    Now:    {name}, Chief\n" in part(content, "plain")
    assert name in part(content, "html")
    assert content.isascii()


@pytest.mark.parametrize(
    "name",
    [
        "Eve\r\nBcc: victim@example.org\r\n\r\n<b>body</b>",
        "Eve\nTo: victim@example.org",
        "Eve\rSubject: other",
        "Eve\u2028Bcc: victim@example.org",
        "Eve\x0b\x0c\x1c\x85Bcc: victim@example.org",
        "=?utf-8?q?Eve=0D=0ABcc:_victim@example.org?=",
        "Eve\x00\ud800",
    ],
)
def test_a_hostile_name_adds_no_header(name: str) -> None:
    content = mail(replaced(name, name, name))
    message = read(content)
    assert message.keys() == read(mail(CHIEF)).keys()
    assert message["To"] == "press@example.org"
    assert message["Bcc"] is None
    assert content.split(b"\r\n\r\n")[0].count(b"\r\n") == content.split(b"\r\n\r\n")[0].count(b"\n")
    assert len(list(message.iter_parts())) == 2


def test_a_pages_markup_is_shown_and_never_obeyed() -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
    shown = BeautifulSoup(part(mail(replaced(hostile, hostile, hostile)), "html"), "lxml")
    assert shown.find_all(["script", "img"]) == []
    assert hostile in shown.get_text()


def test_a_hostile_address_stays_inside_its_link() -> None:
    page = PageSettings(name="x", url='https://a.example/"onmouseover="alert(1)')
    links = BeautifulSoup(part(mail(CHIEF, page=page), "html"), "lxml").find_all("a")
    assert [sorted(link.attrs) for link in links] == [["class", "href", "style"]]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=300), st.text(st.characters(), max_size=300))
def test_any_words_make_a_mail_of_two_parts(name: str, office: str) -> None:
    content = mail(replaced(name, name, office), replaced("Jason Owens", office))
    message = read(content)
    assert len(list(message.iter_parts())) == 2
    assert message.keys() == read(mail(CHIEF)).keys()
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_words_are_quoted_within_their_sentence() -> None:
    figure = AFTER.offices[0].figures[0].to_json()
    sentence = (
        "The U.S. Border Patrol has a workforce of over 20,000 agents assigned to patrol the land borders."
    )
    assert words_for(figure, "United States Border Patrol", AFTER) == sentence


def test_words_of_another_text_are_quoted_alone() -> None:
    figure = AFTER.offices[0].figures[0].to_json()
    moved = replace(AFTER, text="Some other text.")
    assert words_for(figure, "United States Border Patrol", moved) == "over 20,000 agents"


def test_a_long_sentence_is_quoted_by_its_words_alone() -> None:
    text = "Word " * 200 + "over 5 agents " + "word " * 200
    start = text.index("over 5")
    figure = Figure(
        "agents", Decimal(5), None, Bound.OVER, "over 5 agents", Quote("over 5 agents", start, start + 13)
    )
    page = LeadershipPage(PAGE.url, "Leaders", figures=(figure,), text=text)
    assert words_for(figure.to_json(), None, page) == "over 5 agents"


def test_a_value_that_two_offices_have_is_quoted_from_the_right_one() -> None:
    text = "A has 5 agents.\nB has 5 agents.\n"

    def office(name: str, start: int) -> Office:
        quote = Quote("5 agents", start, start + 8)
        return Office(name, figures=(Figure("agents", Decimal(5), None, None, "5 agents", quote),))

    page = LeadershipPage(PAGE.url, "Leaders", offices=(office("A", 6), office("B", 22)), text=text)
    value = page.offices[0].figures[0].to_json()
    assert words_for(value, "A", page) == "A has 5 agents."
    assert words_for(value, "B", page) == "B has 5 agents."
    assert words_for(None, "B", page) is None
