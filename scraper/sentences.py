"""What pages that stand in for the page say, and whether a text names anybody.

Any sentence of `_SENTENCES` condemns a short text that names nobody; `_OPENINGS` condemn a text of any length
that begins with them.
"""

from __future__ import annotations

import re

from model import Judgement
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
        r"\b404\b|\bnot found\b|page you(?:'re| are| were|'ve| requested| have)\b",
        r"may have (?:been )?(?:moved|removed|deleted)|mistyped|broken link|no (?:content|results) (?:found|"
        r"available)",
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
        r"unusual traffic|captcha|complet\w+ the (?:security check|challenge|puzzle)|suspicious activity",
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
        r"\bmaintenance\b|be (?:right )?back\b|temporarily (?:unavailable|offline|down|closed|out)|come "
        r"back later",
        r"currently (?:unavailable|offline|down|closed|undergoing|being)|\bdown for\b|\boffline\b|under "
        r"construction",
        r"coming soon|scheduled outage|check back (?:soon|later|shortly)|upgrad(?:e|ing) (?:our|the)|out of "
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
    Wording.of(LEAVING, r"you are (?:now )?(?:leaving|about to leave)|external (?:site|link)"),
    Wording.of(
        CONSENT,
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

_RANK = (
    r"(?:(?:under|assistant|associate|deputy|vice|acting|interim|executive|senior|principal|chief)[ -]?){0,4}"
    r"(?:commissioner|secretary|minister|director|chief|administrator|chair|chairman|chairwoman|chairperson|"
    r"president|governor|"
    r"general|ambassador|officer|counsel|counselor|commandant|superintendent|judge|mayor|treasurer|"
    r"inspector|senator|chancellor|"
    r"comptroller|registrar|marshal|adviser|advisor|manager|commander|admiral|colonel|captain|speaker|"
    r"attorney|auditor|librarian|"
    r"archivist|ombudsman|provost|dean|ministre|ministra|ministro|directora|directeur|directrice|"
    r"presidente?|statsråd|"
    r"statsminister|secr[ée]taire|secretari[oa])s?"
)
_NO_NAME = (
    r"(?!(?:the|a|an|of|for|and|page|site|web|website|office|offices|bureau|department|agency|ministry|"
    r"service|services|division|"
    r"directorate|branch|unit|team|information|access|denied|not|found|error|login|log|sign|home|contact|"
    r"please|us|u\.s|united|"
    r"states|state|national|federal|government|public|homeland|security|defense|defence|treasury|interior|"
    r"agriculture|commerce|"
    r"labor|health|human|housing|urban|development|transportation|transport|energy|education|veterans|"
    r"affairs|border|patrol|"
    r"protection|customs|trade|field|operations|air|marine|enterprise|support|policy|management|"
    r"international|foreign|finance|"
    r"justice|environment|report|about|news|search|menu|skip|main|content|privacy|terms|copyright|server|"
    r"request|reference|"
    r"apache|internet|maintenance|system|technology|general|counsel|staff|executive|assistant|deputy|acting|"
    r"commissioner|"
    r"secretary|minister|director|chief|administrator|officer|president|line|street|city|this|that|your|our|"
    r"we|you|it|is|are|"
    r"if|to|in|on|at|by|with|return|back|try|click|message|from)\b)"
)
_CAPITALISED = rf"{_NO_NAME}(?-i:[A-ZÀ-ÞĀ-Ž])[\w’'.-]{{0,25}}"
_NAME = rf"(?<![\w’'-]){_CAPITALISED}(?: (?:[a-z]{{1,3}} )?[\"“(]?{_CAPITALISED}[\"”)]?){{1,3}}"
_PERSON = re.compile(
    rf"\b{_RANK}\b[^\n.!?]{{0,60}}?[\s:,–—-]\s?{_NAME}|{_NAME}[ ,\n(–—:-]{{1,3}}(?:the )?{_RANK}\b", re.I
)
_MOST_TEXT = 20_000


def says_stand_in(text: str) -> Judgement | None:
    """Judge a short text by any sentence in it."""
    return first_of(_SENTENCES, evened(text))


def begins_as_stand_in(text: str) -> Judgement | None:
    """Judge a text of any length by how it begins."""
    return first_of(_OPENINGS, evened(text[:600]))


def names_people(text: str) -> bool:
    """Tell whether the text, a line per block, puts what looks like a person's name beside a title "
    "somewhere."""
    return _PERSON.search(text[:_MOST_TEXT]) is not None
