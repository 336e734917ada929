"""The Atom file holds the newest alerts, whole at every moment, and comes back when it is lost."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from lxml import etree

from monitor.channels.feed import LENGTH, Feed, atom
from monitor.channels.letter import Letter
from monitor.posting import Postponed
from tests.letters import PAGE, letter

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(path: Path, *earlier: Letter) -> Feed:
    return Feed(path, name="public", earlier=lambda limit: list(earlier)[-limit:])


def entries(path: Path, what: str) -> list[str]:
    found = etree.parse(path).xpath(f"/a:feed/a:entry/{what}", namespaces=ATOM)
    assert isinstance(found, list)
    return [str(each) for each in found]


def test_an_alert_is_an_entry_with_the_news_its_time_and_the_page(tmp_path: Path) -> None:
    path = tmp_path / "public" / "alerts.atom"
    feed(path).send(letter())
    assert entries(path, "a:title/text()") == ["Border Patrol: Zoë <Müller> & Søn replaces Jason Owens"]
    assert entries(path, "a:updated/text()") == ["2025-01-23T06:00:00+00:00"]
    assert entries(path, "a:link/@href") == [PAGE.url]
    (content,) = entries(path, "a:content/text()")
    assert "Zoë &lt;Müller&gt; &amp; Søn" in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_the_newest_alert_stands_first_and_earlier_ones_stay(tmp_path: Path) -> None:
    path = tmp_path / "alerts.atom"
    feed(path, letter(2), letter(1)).send(letter(3))
    moments = entries(path, "a:updated/text()")
    assert moments == sorted(moments, reverse=True)
    assert len(set(entries(path, "a:id/text()"))) == 3


def test_an_alert_that_is_sent_again_is_the_same_entry(tmp_path: Path) -> None:
    path = tmp_path / "alerts.atom"
    feed(path).send(letter())
    once = path.read_bytes()
    feed(path, letter()).send(letter())
    assert path.read_bytes() == once


def test_a_feed_keeps_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "alerts.atom"
    feed(path, *(letter(number) for number in range(LENGTH))).send(letter(LENGTH))
    assert len(entries(path, "a:id")) == LENGTH
    assert "2025-01-22T06:00:00+00:00" not in entries(path, "a:updated/text()")


def test_two_feeds_are_told_apart() -> None:
    one, two = (etree.fromstring(atom(identity, "public", [letter()])) for identity in ("a", "b"))
    assert one.findtext("a:id", namespaces=ATOM) != two.findtext("a:id", namespaces=ATOM)


def test_a_place_that_cannot_be_written_puts_the_alert_off_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "alerts.atom"
    path.mkdir()
    with pytest.raises(Postponed, match=r"cannot write .*alerts.atom: Is a directory"):
        feed(path).send(letter())
    assert list(tmp_path.iterdir()) == [path]
