"""Marks around the words that values were read from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from markupsafe import Markup

from monitor.plain_words import plain
from monitor.quoting import Mark
from web.rendering import kept


def marked(text: str, marks: Sequence[Mark]) -> Markup:
    """Return a text as HTML that shows it as it is, with its marks."""
    return Markup(_around(text, marks, kept))  # noqa: S704 every piece of it is escaped


def marked_markup(markup: str, marks: Sequence[Mark]) -> str:
    """Return a page's own markup with marks in it; it is as harmful as before."""
    return _around(markup, marks, str)


def _around(text: str, marks: Sequence[Mark], shown: Callable[[str], str]) -> str:
    parts, after = [], 0
    for mark in marks:
        what, value = mark.quoted.what, escape(plain(mark.quoted.value))
        opened = f'<mark class="{what}" title="{what}: {value}">'
        parts += [shown(text[after : mark.start]), opened, shown(text[mark.start : mark.end]), "</mark>"]
        after = mark.end
    return "".join([*parts, shown(text[after:])])
