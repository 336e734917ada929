"""The kinds of message that come in a page's place, and the phrases that their patterns share.

`scraper.headlines` holds what such pages call themselves, `scraper.sentences` what they say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from model import Judgement, Verdict


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases that mean one kind of message; any of them will do."""

    judgement: Judgement
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, judgement: Judgement, *phrases: str) -> Wording:
        return cls(judgement, re.compile("|".join(phrases), re.I))


def _instead(verdict: Verdict, words: str) -> Judgement:
    return Judgement(verdict, f"{words} came instead of the page")


NOT_FOUND = _instead(Verdict.NOT_THE_PAGE, "a “page not found” message")
MOVED = _instead(Verdict.NOT_THE_PAGE, "a note that the page has moved")
LOG_IN = _instead(Verdict.NOT_THE_PAGE, "a log-in page")
DEFAULT = _instead(Verdict.NOT_THE_PAGE, "a web server's default page")
PARKED = _instead(Verdict.NOT_THE_PAGE, "the page of a parked or suspended site")
SEARCH = _instead(Verdict.NOT_THE_PAGE, "a page of search results")
LISTING = _instead(Verdict.NOT_THE_PAGE, "a listing of files")
LEAVING = _instead(Verdict.NOT_THE_PAGE, "a page between pages (“redirecting”, “you are leaving”)")
CONSENT = _instead(Verdict.NOT_THE_PAGE, "a request for consent")
BROWSER = _instead(Verdict.NOT_THE_PAGE, "a request for another browser")
LOADING = _instead(Verdict.NOT_THE_PAGE, "a page that needs JavaScript to load its text")
NETWORK = _instead(Verdict.NOT_THE_PAGE, "a local network's sign-on or error page")
ARCHIVE = _instead(Verdict.NOT_THE_PAGE, "a web archive's own message")
REFUSED = _instead(Verdict.BLOCKED, "a page that refuses access")
CHALLENGE = _instead(Verdict.BLOCKED, "a check for robots")
TOO_MANY = _instead(Verdict.BLOCKED, "a page that says “too many requests”")
SCRIPT = _instead(Verdict.BLOCKED, "a request to turn on JavaScript or cookies")
QUEUE = _instead(Verdict.BLOCKED, "a waiting room")
MAINTENANCE = _instead(Verdict.ERROR, "a maintenance notice")
FAILURE = _instead(Verdict.ERROR, "a server's error message")

DETERMINER = r"(?:(?:the|this|that|your|our|requested|required|web|html|an?) ){0,4}"
THING = (
    rf"{DETERMINER}(?:page|web ?page|file|resource|document|content|url|address|link|site|web ?site|"
    rf"directory|item|"
    r"node|article|path|route|object|profile|record)s?"
)
SITE = r"(?:(?:the|this|our|your) )?(?:\w+ )?(?:site|web ?site|page|web ?page|system|service|server|portal)"
CANNOT = r"(?:can'?t|can ?not|could ?n'?t|could not|unable to|did ?n'?t|did not|having trouble)"
NOT = (
    r"(?:not|can'?t|can ?not|could ?n'?t|could not|was ?n'?t|is ?n'?t|has ?n'?t|does ?n'?t|did ?n'?t|do ?n'?t|"
    r"no longer|never)"
)
GONE = (
    rf"{THING}(?: (?:you|that|which)[\w '-]{{0,60}}?)?(?: (?:was|is|has|have|can|could|may|might|were|does|"
    rf"do|be|been"
    r"|seems? to|appears? to)){0,4}"
    rf" (?:{NOT}(?: be)?(?: \w+)? (?:found|exists?|available|here|located|there|valid|accessible|displayed)"
    r"|(?:be )?(?:unavailable|missing|removed|deleted|gone|expired|moved|retired|archived|renamed|unpublished))"
)
SERVER_CODE = r"(?:50[0-9]|52[0-7]|530)"

_LETTERS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " "})


def evened(text: str) -> str:
    """Return text on one line with single spaces and straight apostrophes, as the phrases are written."""
    return " ".join(text.translate(_LETTERS).split())


def first_of(wordings: tuple[Wording, ...], text: str, *, whole: bool = False) -> Judgement | None:
    """Return the first kind of message with a phrase in the text, or with the `whole` text as its phrase."""
    for wording in wordings:
        if wording.pattern.fullmatch(text) if whole else wording.pattern.search(text):
            return wording.judgement
    return None
