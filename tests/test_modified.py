"""The page's own date: labels, ways to write it, and dates of other things."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.modified import is_modified_line, last_modified

DAY = date(2024, 4, 19)
LINES = [
    "Last Modified: Apr 19, 2024",
    "Last Modified: Apr. 19, 2024",
    "Last modified on April 19, 2024",
    "Last Modified: April 19th, 2024",
    "Last Modified: Friday, April 19, 2024 - 10:30",
    "Last Updated 19 April 2024",
    "Last updated on 19 Apr 2024",
    "Page Last Updated: Friday, 19-Apr-2024 10:00:00 EDT",
    "Page last reviewed: 2024-04-19",
    "Last Modified: 2024-04-19T12:00:00Z",
    "Date modified: 2024-04-19",
    "Last updated: 04/19/2024",
    "Last updated: 19/04/2024",
    "Last updated: 19.04.2024",
    "Content current as of: April 19, 2024",
    "Updated April 19, 2024",
]


@pytest.mark.parametrize("line", LINES)
def test_the_date_behind_its_label_is_read(line: str) -> None:
    assert last_modified(["Leadership", line]) == DAY
    assert is_modified_line(line)


def test_label_and_date_may_stand_on_two_lines() -> None:
    assert last_modified(["Date modified:", "2024-04-19"]) == DAY
    assert is_modified_line("Date modified:")


def test_the_last_date_of_its_kind_is_the_pages() -> None:
    assert last_modified(["Last modified: Jan 1, 2020", "text", "Last Modified: Apr 19, 2024"]) == DAY


def test_a_numeric_date_is_month_first_unless_it_cannot_be() -> None:
    assert last_modified(["Last updated: 04/05/2024"]) == date(2024, 4, 5)
    assert last_modified(["Last updated: 4.5.2024"]) == date(2024, 5, 4)


@pytest.mark.parametrize(
    "line",
    [
        "Founded on April 19, 2024",
        "Last Modified: soon",
        "Last Modified: 2024-13-45",
        "Updated April 31, 2024",
        "Updated: 99/99/9999",
        "Modified: 19 avril 2024",
        "April 19, 2024",
        "",
    ],
)
def test_other_lines_date_nothing(line: str) -> None:
    assert last_modified([line]) is None
    assert not is_modified_line(line)


def test_a_date_in_a_long_text_is_not_the_pages() -> None:
    assert (
        last_modified(["The rules, " + "as everyone knows, " * 20 + "were last modified on May 5, 2021."])
        is None
    )


@given(st.lists(st.text(max_size=40) | st.sampled_from(LINES), max_size=5), st.text(max_size=30))
def test_no_line_raises(lines: list[str], tail: str) -> None:
    last_modified([*lines, f"Last Modified: {tail}", tail])
    is_modified_line(f"Last Modified: {tail}")
