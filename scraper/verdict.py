"""What a capture is, decided before it is parsed: from its status, headers, final URL and content.

The danger lies on both sides: a block page that is believed is a mass resignation, a genuine page that is
refused is a missed one. So status and marks that nothing else carries decide alone, and words decide only where
they are what the page has to say: its title, its heading, or a short text that names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from model import Capture, Judgement, Verdict
from scraper.arrival import CUT, HOME_PATH, content_type, judge_arrival, path_of, status_words, wall_announced
from scraper.decoding import decode, text_of
from scraper.glance import Glance, glance
from scraper.headlines import hints_at_stand_in, is_stand_in, title_parts
from scraper.kinds import not_a_page, not_html
from scraper.sentences import begins_as_stand_in, names_people, says_stand_in
from scraper.walls import wall_in
from scraper.wordings import LOG_IN

OK = Judgement(Verdict.OK)
SHORT_TEXT = 1_500
"""Characters of main text up to which its sentences may condemn a page that names nobody."""

BARE_TEXT = 250
"""Characters up to which a page says next to nothing."""

_BLOCKED_STATUSES = frozenset({401, 403, 407, 429, 451})
_ABSENT_STATUSES = frozenset({404, 410})
_HOME_TITLE = re.compile(r"(?:home|home ?page|welcome)\s*(?:[|–—:·»>•/-]|$)", re.I)
_HOME_HEADING = re.compile(r"(?:home|home ?page|welcome)\b", re.I)
_CLOSING = re.compile(r"</(?:html|body)\s*>", re.I)
_OPENING = re.compile(r"<html[\s>]", re.I)
_TAG_START = re.compile(r"<(?:/?[A-Za-z!]|/?\Z)")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_BOILERPLATE = re.compile(
    r"^(?:last (?:modified|updated|reviewed).*|updated:?.*|share(?: this)?(?: page)?|print|email|tweet|"
    r"facebook|twitter|linkedin|x|"
    r"skip to .*|back to top|home|menu|search|return to top|[\d\s/.:,-]*)$",
    re.I | re.M,
)
_PLACEHOLDERS = re.compile(r"\{\{[^{}\n]{1,80}\}\}|\$\{[^{}\n]{1,80}\}|\{%[^%\n]{1,80}%\}|<%=")


def judge(capture: Capture) -> Judgement:
    """Say what a capture is; `ok` means that its body is worth parsing."""
    if capture.status == HTTPStatus.NOT_MODIFIED:
        return Judgement(Verdict.NOT_MODIFIED)
    if not 200 <= capture.status < 300:
        return _judge_status(capture)
    announced = wall_announced(capture.headers, refused=False)
    if announced:
        return Judgement(Verdict.BLOCKED, f"{announced} came instead of the page")
    return _judge_success(capture)


def judge_markup(html: bytes | str, *, url: str = "") -> Judgement:
    """Say what content is, by itself; `url` matters only to a page that is its site's home page.

    Never raises, whatever the bytes are, and takes time in proportion to their number.
    """
    if isinstance(html, bytes):
        return not_html(html) or _judge_text(decode(html), url)
    return not_html(html[:4096].encode(errors="replace")) or _judge_text(html, url)


def _judge_success(capture: Capture) -> Judgement:
    content = not_html(capture.body) or _judge_text(text_of(capture), capture.url)
    if content.verdict is Verdict.BLOCKED:
        return content
    if capture.truncated:
        return Judgement(Verdict.TRUNCATED, CUT)
    if content.verdict is not Verdict.OK:
        return content
    return judge_arrival(capture) or OK


def _judge_status(capture: Capture) -> Judgement:
    """Judge an answer that is no success; the body only tells whose wall it is."""
    status = status_words(capture.status)
    markup = decode(capture.body[:200_000], content_type(capture))
    wall = wall_announced(capture.headers, refused=True) or wall_in(
        markup, hints=capture.status in _BLOCKED_STATUSES
    )
    if wall and capture.status not in _ABSENT_STATUSES:
        return Judgement(Verdict.BLOCKED, f"{wall} came instead of the page ({status})")
    if capture.status in _BLOCKED_STATUSES:
        return Judgement(Verdict.BLOCKED, f"the server refused the page: {status}")
    if capture.status in _ABSENT_STATUSES:
        return Judgement(Verdict.NOT_THE_PAGE, f"the server says that there is no such page: {status}")
    if 300 <= capture.status < 400:
        return Judgement(Verdict.ERROR, f"the server redirected without saying where to: {status}")
    if capture.status == HTTPStatus.SERVICE_UNAVAILABLE and "maintenance" in markup.lower():
        return Judgement(Verdict.ERROR, f"the site is under maintenance: {status}")
    return Judgement(Verdict.ERROR, f"the server answered with an error: {status}")


def _judge_text(markup: str, url: str) -> Judgement:
    other = not_a_page(markup)
    if other:
        return other
    seen = glance(markup)
    people = names_people(seen.text)
    return (
        _wall(markup, seen, people)
        or _cut_off(markup)
        or _stand_in(seen, people)
        or _home_page(seen, people, url)
        or _blank(seen)
        or OK
    )


def _wall(markup: str, seen: Glance, people: bool) -> Judgement | None:
    if people or len(seen.text) > 2 * SHORT_TEXT:
        return None
    is_bare = seen.visible <= BARE_TEXT
    wall = wall_in(markup, hints=is_bare and _first_judged(is_stand_in, _headlines(seen)) is None)
    return Judgement(Verdict.BLOCKED, f"{wall} came instead of the page") if wall else None


def _cut_off(markup: str) -> Judgement | None:
    """Judge a page that ends too soon; a fragment that never began a document may end where it likes."""
    if _ends_in_tag(markup):
        return Judgement(Verdict.TRUNCATED, "the page ends in the middle of a tag: only a part of it came")
    if _OPENING.search(markup[:20_000]) and not _CLOSING.search(markup):
        return Judgement(Verdict.TRUNCATED, "the page has no end: only a part of it came")
    return None


def _ends_in_tag(markup: str) -> bool:
    start = markup.rfind("<")
    if start < 0:
        return False
    if markup.startswith("<!--", start):
        return markup.find("-->", start) < 0
    return markup.find(">", start) < 0 and _TAG_START.match(markup, start) is not None


def _stand_in(seen: Glance, people: bool) -> Judgement | None:
    """Judge a page whose words are those of a message in the page's place."""
    named = _first_judged(is_stand_in, title_parts(seen.title) if people else _headlines(seen))
    if named or people:
        return named
    opening = begins_as_stand_in(seen.text)
    if opening or len(seen.text) > SHORT_TEXT:
        return opening
    if seen.asks_password:
        return LOG_IN
    return _first_judged(hints_at_stand_in, _headlines(seen)) or says_stand_in(seen.text) or _sent_on(seen)


def _headlines(seen: Glance) -> list[str]:
    return [*title_parts(seen.title), *seen.h1[:1]]


def _first_judged(judging: Callable[[str], Judgement | None], lines: list[str]) -> Judgement | None:
    return next(filter(None, map(judging, lines)), None)


def _sent_on(seen: Glance) -> Judgement | None:
    if seen.is_frameset:
        return Judgement(
            Verdict.NOT_THE_PAGE, "a frame set without content of its own came instead of the page"
        )
    if seen.refresh and "url" in seen.refresh.lower():
        return Judgement(Verdict.NOT_THE_PAGE, "a page that sends its reader on came instead of the page")
    if len(_PLACEHOLDERS.findall(seen.text)) >= 2:
        return Judgement(Verdict.NOT_THE_PAGE, "a template that was never filled in came instead of the page")
    return None


def _home_page(seen: Glance, people: bool, url: str) -> Judgement | None:
    if url and HOME_PATH.fullmatch(path_of(url)):
        return None
    is_home = _is_root(seen.canonical) or "path-frontpage" in seen.body_classes or _is_called_home(seen, people)
    return Judgement(Verdict.NOT_THE_PAGE, "the site's home page came instead of the page") if is_home else None


def _is_called_home(seen: Glance, people: bool) -> bool:
    """Tell whether the title calls the page home; where people are named, its heading must do so, too."""
    if not _HOME_TITLE.match(seen.title):
        return not people and _is_root(seen.own_address)
    return not people or any(map(_HOME_HEADING.match, seen.h1[:1]))


def _is_root(address: str | None) -> bool:
    """Tell whether an address, relative or absolute, is a site's root: no path but "/", and no query."""
    if not address:
        return False
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query and bool(parts.netloc or parts.path)


def _blank(seen: Glance) -> Judgement | None:
    """Judge a document with a frame and nothing in it; its own heading and date are no content."""
    if not seen.is_whole_document or _LETTERS.search(_BOILERPLATE.sub("", seen.prose)):
        return None
    return Judgement(Verdict.NOT_THE_PAGE, "the main part of the page is blank")
