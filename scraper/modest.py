"""Markup within bounds: what a page may weigh before it is laid out, so that no page takes much memory."""

from __future__ import annotations

import re

from scraper.errors import NotALeadershipPage

MOST_MARKUP, MOST_TAGS = 500_000, 25_000
"""Characters, without scripts and pictures in the text, and tags: one may cost a kilobyte of memory. The largest
pages that are known, a government's ministers with their portraits, have 200,000 and 4,000."""

_PICTURE = re.compile(r"data:[\w/+.-]{1,80};base64,[\w+/=%-]*")
_UNREAD = re.compile(r"<(script|style)\b", re.I)
_UNREAD_END = {name: re.compile(rf"</{name}\b", re.I) for name in ("script", "style")}


def modest(html: str) -> str:
    """Return the markup; of one that is too long, what is left without scripts, styles and pictures in the text.

    Raises NotALeadershipPage for what is still more than any such page.
    """
    markup = html if len(html) <= MOST_MARKUP else _without_unread(_PICTURE.sub("data:,", html))
    for number, most, what in (
        (len(markup), MOST_MARKUP, "characters"),
        (markup.count("<"), MOST_TAGS, "tags"),
    ):
        if number > most:
            raise NotALeadershipPage(f"its markup runs to {number:,} {what}, more than any such page")
    return markup


def _without_unread(html: str) -> str:
    """Return markup without what stands in its scripts and styles; one that never ends is left as it is."""
    kept, place = [], 0
    while opening := _UNREAD.search(html, place):
        closing = _UNREAD_END[opening[1].lower()].search(html, opening.end())
        if closing is None:
            break
        kept += [html[place : opening.end()], ">"]
        place = closing.start()
    return "".join([*kept, html[place:]])
