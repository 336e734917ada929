"""What pages that stand in for the page say, and whether a text names anybody.

Any sentence of `_SENTENCES` condemns a short text that names nobody; `_OPENINGS` condemn a text of any length
that begins with them.
"""

from __future__ import annotations

import re

from model import Judgement
from scraper.lexicon import HEADS, NEVER_NAMES, OFFICE_WORDS, PLACES, fold
from scraper.names import CLEAR, name_score
from scraper.wordings import (
    ARCHIVE,
    BROWSER,
    CANNOT,
    CHALLENGE,
    CONSENT,
    DEFAULT,
    FAILURE,
    GONE,
    LEAVING,
    LISTING,
    LOADING,
    LOG_IN,
    MAINTENANCE,
    MOVED,
    NETWORK,
    NOT_FOUND,
    PARKED,
    QUEUE,
    REFUSED,
    SCRIPT,
    SEARCH,
    SERVER_CODE,
    TOO_MANY,
    Wording,
    evened,
    first_of,
)

_SENTENCES = (
    Wording.of(
        REFUSED, r"not available (?:in|from|outside) (?:your|this|the) (?:country|region|location|united)"
    ),
    Wording.of(
        NOT_FOUND,
        rf"\b(?:{GONE})\b",
        rf"\b{CANNOT} (?:seem to )?(?:find|locate)\b[\w ']{{0,40}}\b(?:page|file|site|url|content|document|"
        rf"looking)",
        r"(?<!\()\b404\b(?![-. ]\d{3})|\bnot found\b|page you(?:'re| are| were|'ve| requested| have)\b",
        r"may have (?:been )?(?:moved|removed|deleted)|mistyped|broken link",
        r"\bno (?:content|results|records|items|matches)\b",
        r"introuvable|nicht gefunden|no encontrada",
    ),
    Wording.of(TOO_MANY, r"too many requests|rate.?limit|quota exceeded"),
    Wording.of(
        REFUSED,
        r"access (?:is |has been |was )?denied|you (?:do not|don'?t) have (?:permission|access)|\bforbidden\b",
        r"not (?:allowed|permitted|authori[sz]ed) to|unauthori[sz]ed|(?:been|was|is) (?:blocked|rejected|"
        r"denied)",
        r"blocked (?:by|because|from)|reference (?:#|number|id)|ray id|support id|incident id",
        r"security (?:policy|service|solution|rules?) (?:has|of|to|"
        r"prevent|block)",
    ),
    Wording.of(
        CHALLENGE,
        r"verify (?:that )?you(?:'re| are) (?:a |not )|not a (?:ro)?bot|are (?:a )?human|checking your browser",
        r"unusual traffic|captcha|verifying your (?:browser|connection)|validation required|has been "
        r"flagged|complet\w+ the (?:security check|challenge|puzzle)|suspicious activity",
        r"automated (?:access|requests?|traffic|queries)|security check|press (?:and|&) hold|security "
        r"verification",
    ),
    Wording.of(
        SCRIPT,
        r"(?:enable|turn on|activate|requires?|without|needs?) (?:javascript|cookies|js)\b",
        r"(?:javascript|cookies) (?:(?:is|are|must be) )?(?:enabled|disabled|required)|(?:enable|allow) "
        r"(?:\w+ ){0,4}cookies",
    ),
    Wording.of(QUEUE, r"in (?:the )?(?:line|queue)\b|estimated wait|waiting room"),
    Wording.of(
        MAINTENANCE,
        r"(?:under(?:going)?|scheduled|planned|routine|emergency|essential|site|system|for|performing|in|"
        r"during)(?: \w+)? "
        r"maintenance\b|maintenance (?:mode|page|window|is|in progress)",
        r"be (?:right )?back\b|temporarily (?:unavailable|offline|down|closed|out)|come "
        r"back later",
        r"currently (?:unavailable|offline|down|closed|undergoing|being)|\bdown for\b|\boffline\b|under "
        r"construction",
        r"(?:page|site|website|content|section) is (?:currently )?being (?:updated|built|revised|redesigned|"
        r"moved)",
        r"(?:new look|making improvements|some improvements).{0,80}\b(?:back|return|soon)\b|apologi[sz]e "
        r"for (?:the|any) inconv",
        r"coming soon|scheduled outage|check back\b|upgrad(?:e|ing) (?:our|the)|out of "
        r"service",
    ),
    Wording.of(
        LOG_IN,
        r"(?:log|sign) ?[io]n (?:to (?:your|access|continue|view)|with|using|below)",
        r"enter your (?:user|e-?mail|password|credentials)|forgot (?:your )?password|remember me|one-time "
        r"(?:code|password)",
        r"session (?:has )?(?:expired|timed)|(?:you must|need to|please) (?:be )?(?:log|sign)|multi-?factor",
    ),
    Wording.of(
        FAILURE,
        r"internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out",
        rf"\berror (?:code |id )?[:#]?\s?{SERVER_CODE}",
        r"\b(?:an|unexpected|internal|server|database|application|fatal|runtime|system|unknown) (?:\w+ "
        r")?(?:error|exception)\b",
        r"went wrong|technical (?:difficult|problem|issue|error)|try again (?:later|in a|soon|after)|stack "
        r"?trace",
        r"(?:contact|notify) the (?:(?:site|system|server|web ?site) )?(?:administrator|webmaster|owner)",
        rf"{CANNOT} (?:process|complete|connect|load)\b|could not be (?:completed|loaded)|failed to (?:load|"
        rf"fetch|open|connect)",
        r"(?:connection|request) (?:timed? ?out|failed|refused)|upstream (?:connect|request)|no healthy "
        r"upstream",
        r"varnish|guru meditation|uncaught \w+",
    ),
    Wording.of(
        MOVED,
        r"(?:page|site|website|content|document|url|resource) (?:(?:has|was|have|permanently|been|"
        r"temporarily) ){0,4}"
        r"(?:moved|redirected|relocated)",
        r"(?:will|are|is) be(?:ing)? redirected|if you are not (?:automatically )?redirected|redirecting",
        r"(?:document|object) (?:can be found|moved)|new (?:home|address|location|website)\b|update your "
        r"bookmarks",
    ),
    Wording.of(
        DEFAULT,
        r"welcome to nginx|default (?:web |home ?)?page|web server (?:software )?is running|it works!|"
        r"virtual host",
        r"successfully installed|document ?root|replace this (?:page|file)",
    ),
    Wording.of(
        PARKED,
        r"domain (?:is|may be|name|has)\b|for sale|account (?:has been|is) suspended|\bparked\b|related "
        r"searches",
    ),
    Wording.of(LEAVING, r"\byou are (?:now )?(?:leaving|about to leave)|external (?:site|link)"),
    Wording.of(
        CONSENT,
        r"consent to monitoring|government information system",
        r"(?:accept|consent to|agree to) (?:\w+ ){0,4}(?:cookies|terms)|before you continue|years (?:of age|"
        r"or older)|we use cookies",
    ),
    Wording.of(
        BROWSER,
        r"(?:browser|internet explorer) (?:\w+ ){0,3}(?:not supported|unsupported|out of date|outdated)|"
        r"supported browser",
    ),
    Wording.of(LOADING, r"^loading\b|please wait|\bloading ?(?:…|\.\.\.)"),
    Wording.of(
        NETWORK,
        r"wi-?fi|hotspot|can'?t be reached|connection is not private|dns_probe|\berr_\w+|check your "
        r"(?:internet )?connection",
    ),
    Wording.of(ARCHIVE, r"wayback machine|has not (?:been )?archived|not in the archive"),
    Wording.of(LISTING, r"parent directory|last modified size"),
    Wording.of(SEARCH, r"\bresults (?:for|found)|your search (?:for|returned|did)"),
)

_OPENINGS = (
    Wording.of(
        NOT_FOUND,
        r"(?:page|file|resource|document|content|url|link|site|address) (?:that )?you(?:'re|'ve| are| were| "
        r"have)? ?(?:just )?"
        r"(?:request(?:ed|ing)|looking for|trying|tried|searching for|followed|wanted|entered|typed|seeking|"
        r"attempting)"
        r"[^.!?]{0,120}?\b(?:not|can'?t|cannot|\w+n't|no longer|removed|moved|unavailable|missing|gone|"
        r"deleted|expired)\b",
    ),
    Wording.of(
        FAILURE,
        r"\bfatal error\b.{0,300}\bon line\b|uncaught (?:\w+\\){0,6}\w*(?:error|exception)|server error in '/",
        r"traceback \(most recent call last\)|website encountered an unexpected error",
        r"there has been a critical error on this website",
    ),
)

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’.-](?=[^\W\d_]))*")
_JOINING = re.compile(r"[ .,]{0,3}[ ][\"“'‘(]?(?:[a-z]{1,3} )?|[\"”'’)] [\"“'‘(]?")
_SENTENCE_END = re.compile(r"[^\W\d_]{4}[.!?]\s")
_RANKS = HEADS - {
    "agent",
    "fellow",
    "general",
    "head",
    "lead",
    "leader",
    "member",
    "receiver",
    "register",
    "seal",
}
_PLAIN_WORDS = frozenset(
    """
    a about access an and apache as at back by click cloudflare contact content copyright denied error
    for found from home if in internet is it line log login main menu message news not on or our page
    please privacy reference report request return search server site skip staff street system
    technology terms that the this to try us we website welcome with you your
    """.split()
)
_NO_NAMES = OFFICE_WORDS | PLACES | NEVER_NAMES | HEADS | _PLAIN_WORDS
_MOST_TEXT = 20_000
_SEVERAL = 3
_NEAR = 80
"""Characters between a title and a name that belong together."""


def says_stand_in(text: str) -> Judgement | None:
    """Judge a short text by any sentence in it."""
    return first_of(_SENTENCES, evened(text))


def begins_as_stand_in(text: str) -> Judgement | None:
    """Judge a text of any length by how it begins."""
    return first_of(_OPENINGS, evened(text[:600]))


def names_people(text: str) -> bool:
    """Tell whether the text puts what looks like a person's name beside a title somewhere, or lists people."""
    text = text[:_MOST_TEXT]
    if _lists_people(text):
        return True
    title_end = name_end = -_MOST_TEXT
    run_start, run_end, run_length = 0, -1, 0
    for word in _WORD.finditer(text):
        folded = fold(word[0])
        if folded in _RANKS:
            if _belong_together(text, name_end, word.start()):
                return True
            title_end = word.end()
        may_be_name = word[0][0].isupper() and folded not in _NO_NAMES
        goes_on = may_be_name and run_length > 0 and _JOINING.fullmatch(text, run_end, word.start()) is not None
        run_start, run_length = (run_start, run_length + 1) if goes_on else (word.start(), int(may_be_name))
        run_end = word.end()
        if run_length >= 2:
            if _belong_together(text, title_end, run_start):
                return True
            name_end = word.end()
    return False


def _lists_people(text: str) -> bool:
    """Tell whether several lines of the text are clearly names and nothing else."""
    lines = (line.split() for line in text.split("\n") if len(line) < _NEAR)
    return sum(1 for tokens in lines if len(tokens) > 1 and name_score(tokens) >= CLEAR) >= _SEVERAL


def _belong_together(text: str, end: int, start: int) -> bool:
    return 0 <= start - end <= _NEAR and not _SENTENCE_END.search(text, max(0, end - 4), start)
