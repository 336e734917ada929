"""What pages that stand in for the page call themselves, in their title or first heading.

`_WHOLE` phrases must be all that a part of the title or the heading says: nobody calls a leadership page
"404 Not Found". `_HINTS` may stand anywhere in it, and count only on a short page that names nobody, since
there is an Office of Site Maintenance somewhere.
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
    SITE,
    TOO_MANY,
    Wording,
    evened,
    first_of,
)

_APOLOGY = re.compile(
    r"(?:(?:oops|sorry|we(?:'re| are) sorry|whoops|uh[- ]?oh|oh no|apologies|http|status|code|error|error "
    r"code|page error"
    r"|server error|client error|notice|attention|alert)\b[\s:,!.…#–—-]*(?:but )?)+(?=[\w(])",
    re.I,
)

_WHOLE = (
    Wording.of(
        NOT_FOUND,
        r"\(?4(?:04|10)\)?(?:[ :!.,;–—…-]+(?:(?:page|file|error|not|the|oops|sorry|we|this|http|that|gone|"
        r"resource|"
        r"requested|object|nothing|can)\b.*)?)?",
        rf"(?:{GONE}).*",
        r"(?:\w+ ){0,2}not[- ]found(?: error)?(?: \(?404\)?)?",
        r"gone|missing page|dead (?:end|link)|broken link|lost\??|are you lost\??",
        rf"(?:we|you)(?:'re|'ve)?[\w ,']{{0,40}}?{CANNOT} (?:seem to )?(?:find|locate|finding|locating)\b.*",
        r"(?:nothing|no (?:page|content|results?|records?|matches|data|such page|such file))"
        r" (?:(?:was|were|has been) )?(?:found|here|to see here|available).*",
        r"page (?:introuvable|non trouv[ée]e)",
        r"p[áa]gina (?:no|n[ãa]o) encontrada",
        r"seite (?:wurde )?nicht gefunden",
        r"pagina (?:non trovata|niet gevonden|nu a fost g[ăa]sit[ăa])",
        r"sidan (?:kunde inte hittas|hittades inte|finns inte)",
        r"siden (?:ble ikke funnet|finnes ikke|blev ikke fundet|findes ikke)",
        r"sivua ei l.*",
        r"strona nie (?:istnieje|zosta.*)",
        r"str[áa]nka (?:nenalezena|nebyla nalezena)",
        r"az oldal nem tal.*",
        r"sayfa bulunamad[ıi]",
        r"страница не найдена|сторінку не знайдено",
        r"الصفحة غير موجودة",
        r".*見つかりません.*",
        r".*(?:页面|網頁|頁面|网页)(?:不存在|未找到|没有找到|找不到).*|找不到.*",
        r".*찾을 수 없.*",
    ),
    Wording.of(
        MOVED,
        rf"{SITE} (?:has |have )?(?:permanently |temporarily )?moved\b.*",
        r"30[12378](?: .*)?",
        r"(?:object|document|permanently) moved.*|moved(?: permanently| temporarily)?|found|we(?:'ve| have) "
        r"moved.*",
    ),
    Wording.of(
        LOG_IN,
        r"(?:(?:please|user|member|staff|employee|account|secure|admin|administrator|customer|web ?mail|"
        r"sso) ){0,3}"
        r"(?:sign|log)[ -]?(?:in|on)(?: (?:to|with|required|page|form|here|using|into|screen|portal)\b.*)?",
        r"(?:please )?authenticat(?:e|ion)(?: (?:is )?required)?",
        r"(?:your )?session (?:has )?(?:expired|timed? ?out|ended).*",
        r"single sign[- ]?on|login\.gov|password required|restricted area|enter (?:your )?password.*",
        r"(?:you must|you need to|please) (?:be )?(?:log|sign)(?:ged|ed)?[ -]?(?:in|on).*",
        r"connexion|anmelden|iniciar sesi[óo]n|inloggen|logg inn|logga in",
    ),
    Wording.of(
        TOO_MANY,
        r"429(?:[ :!.,–—-]+.*)?",
        r"too many requests.*|rate limit(?:ed| exceeded).*",
    ),
    Wording.of(
        REFUSED,
        r"access (?:is |has been |was )?(?:denied|forbidden|blocked|restricted|not allowed)",
        rf"access to {SITE}[\w ]{{0,30}}(?:denied|blocked|forbidden|restricted)",
        r"40[1-3567](?:[ :!.,–—-]+.*)?|451(?:[ :!.,–—-]+.*)?",
        r"(?:\w+ )?forbidden(?: \(?403\)?)?|unauthori[sz]ed(?: access)?|permission denied|not authori[sz]ed|"
        r"not acceptable",
        r"(?:(?:your|the|this) )?(?:request|connection|ip|ip address|page|site|web ?site|web ?page|url|visit)s?"
        r" (?:(?:was|is|has been|have been) )?(?:blocked|rejected|denied|refused)",
        r"(?:you|you've) (?:have been|been|are|do not have|don'?t have|are not) (?:blocked|banned|permission|"
        r"authori[sz]ed|access|allowed)\b.*",
        r"blocked|denied|attention required|unavailable for legal reasons",
        rf"{SITE} (?:is )?(?:not available|unavailable|blocked) in your (?:country|region|location|area)",
    ),
    Wording.of(
        CHALLENGE,
        r"just a (?:moment|second|minute).*|one (?:more )?(?:step|moment)(?: please)?|please wait.*",
        r"checking (?:your|the|if|you)\b.*",
        r"(?:please )?(?:verify|prove|confirm)(?:ing)? (?:that )?(?:you|your|the browser|connection|human)\b.*",
        r"(?:are you|i'?m|you're|you are) (?:not )?(?:an? )?(?:human|robot|bot)\b.*",
        r"(?:human|bot|robot|browser|security|captcha|challenge) (?:verification|detection|check|checkpoint|"
        r"challenge|"
        r"protection|validation)(?: required)?",
        r"captcha(?: required)?|client challenge|robot or human\??|ddos protection.*",
        r"pardon our interruption.*|unusual (?:traffic|activity).*|making sure you.*|let'?s confirm.*",
    ),
    Wording.of(
        SCRIPT,
        r"(?:please )?(?:enable|turn on|activate|allow) (?:javascript|cookies|js)\b.*",
        r"(?:javascript|cookies?) (?:(?:is|are) )?(?:required|disabled|not enabled|needed).*",
    ),
    Wording.of(
        QUEUE,
        r"you(?:'re| are) (?:now |currently )?in (?:the )?(?:line|queue|waiting room).*",
        r"(?:virtual |online )?waiting room",
    ),
    Wording.of(
        MAINTENANCE,
        rf"(?:{SITE}|we(?:'re| are)|currently|down|closed|offline)(?: (?:is|are|currently|temporarily|down|"
        rf"offline|closed))"
        r"{0,3} (?:under(?:going)?|for|in|performing|on)(?: \w+){0,2} maintenance.*",
        r"(?:under(?:going)?|down for|closed for|in)(?: \w+){0,2} maintenance.*",
        r"(?:scheduled|planned|unscheduled|emergency|routine|site|web ?site|system|temporary|essential)(?: "
        r"\w+)?"
        r" maintenance",
        r"(?:\w+ ){0,2}maintenance (?:mode|page|notice|in progress|underway|window|break|outage|downtime|"
        r"period)",
        rf"(?:{SITE}|we(?:'ll| will|'re| are)?)(?: (?:will|is|are|be|currently|temporarily|right)){{0,4}}"
        r" (?:back|offline|unavailable|down|out of service|closed|being (?:updated|upgraded))\b.*",
        r"be (?:right )?back (?:soon|shortly).*",
        r"temporarily (?:unavailable|offline|down|closed|out of service).*",
        r"(?:service|system|site|scheduled|planned) outage|out of service|offline",
        r"(?:government )?shutdown(?: notice)?|lapse in (?:appropriations|funding).*|.{0,60}unavailable "
        r"during .*",
        r"(?:\w+ ){0,3}under construction|coming soon|launching soon",
    ),
    Wording.of(
        FAILURE,
        rf"{SERVER_CODE}(?:[ :!.,|–—-]+.*)?|400[ :-]+bad request|bad request.*",
        r"(?:internal )?server error.*|bad gateway|gateway time-?out|service (?:temporarily )?(?:un|not "
        r")available.*",
        r"(?:application|runtime|database|fatal|proxy|unexpected|unknown|critical|configuration|dns|"
        r"compilation|parse|"
        r"parser|web ?site|service|system|technical) error(?:[ :!.–-]+.*)?",
        r"error(?: (?:page|code|message|occurred|has occurred|\d+))?",
        r"(?:an?|the following) (?:\w+ )?(?:error|exception|problem) (?:has |was )?(?:occurred|happened|"
        r"encountered).*",
        r".{0,30}\b(?:went|gone|going) wrong.*",
        r"error establishing a database connection",
        r"oops|whoops|uh[- ]?oh|sorry|oh no|apologies|aw,? snap|houston.*",
        r"(?:we(?:'re| are) )?(?:having|experiencing|encountered) (?:\w+ ){0,2}(?:difficulties|problems?|"
        r"issues?|errors?).*",
        r"technical (?:difficulties|problems?|issues?)",
        rf"{SITE} (?:isn'?t|is not) working",
        r"whitelabel error page|request time-?out|connection (?:timed? ?out|failed|refused|error)",
        r"(?:unhandled |uncaught |http )?exception.*|traceback.*|invalid (?:request|url|page|link)",
    ),
    Wording.of(
        DEFAULT,
        r"welcome to (?:nginx|openresty|caddy|centos|apache|tengine).*",
        r"(?:apache2?|nginx|httpd|iis|lighttpd|caddy|tomcat|ubuntu)\b.*(?:default|test|welcome|works|page).*",
        r"it works|iis windows.*|iis\d?|(?:\w+ )?test page.*|(?:\w+ ){0,2}default page|default web site page",
        r"apache tomcat.*|plesk.*|cpanel.*|hello,? world|microsoft internet information services.*",
    ),
    Wording.of(
        PARKED,
        r"(?:this )?(?:domain|web ?site|site|account)(?: name)?(?: (?:is|has been|may be|was))? (?:for sale|"
        r"parked|suspended|"
        r"expired|disabled|deactivated|not configured|not published|no longer active)\b.*",
        r"(?:buy|purchase) this domain.*|parked domain.*|[\w.-]+\.\w{2,10} (?:is )?(?:for sale|parked).*",
        r"future home of .*|there is no (?:site|app|web ?site) .*here.*|no such app|unknown domain.*|fastly "
        r"error.*",
    ),
    Wording.of(
        SEARCH,
        r"(?:site )?search(?: results?)?(?: (?:for|page|found)\b.*)?",
        r"\d* ?(?:search )?results (?:for|found)\b.*",
    ),
    Wording.of(LISTING, r"index of /.*|directory listing.*"),
    Wording.of(
        LEAVING,
        r"you(?:'re| are) (?:now |about to )?(?:leaving|leave|being redirected|exit).*",
        r"(?:external|exit) (?:(?:web ?site|site|link|page) )?(?:disclaimer|notice|policy|link)",
        r"redirect(?:ing|ed|ion)?(?: (?:to|you|notice|page|in)\b.*)?",
    ),
    Wording.of(
        CONSENT,
        r"before (?:you|we) continue.*|cookies?(?: (?:policy|notice|wall))?|(?:cookie|privacy) (?:consent|"
        r"settings|preferences|choices)|your "
        r"privacy(?: choices)?",
        r"we value your privacy|(?:age|consent) (?:verification|required|gate)|accept (?:our )?(?:cookies|"
        r"terms).*",
    ),
    Wording.of(
        BROWSER,
        r"(?:your |this )?(?:web )?browser (?:\w+ ){0,2}(?:not |un)supported.*|unsupported (?:web )?browser.*",
        r"(?:please )?(?:update|upgrade) your (?:web )?browser.*|(?:your )?(?:web )?browser is (?:out of "
        r"date|outdated).*",
    ),
    Wording.of(LOADING, r"loading\b.{0,30}"),
    Wording.of(
        NETWORK,
        r".{0,60}(?:wi-?fi|hotspot|captive|guest network|network) (?:log-?in|sign-?in|access|portal|"
        r"authentication).*",
        r"this site can'?t be reached.*|your connection is not private|privacy error|problem loading page",
        r"(?:(?:guest|public|free|hotel|airport|visitor) )?(?:wi-?fi|hotspot)(?: \w+)?",
        r"server not found|unable to connect|no internet.*|(?:content|web) filter.*",
    ),
    Wording.of(ARCHIVE, r"(?:internet archive )?wayback machine.*|hrm|.{0,80}has not (?:been )?archived.*"),
)

_HINTS = (
    Wording.of(
        NOT_FOUND,
        r"\bnot found\b|\b404\b|no longer (?:available|exists?|here|active)|(?:does|do)(?:n'?t| not) exist",
        rf"{CANNOT} (?:be )?(?:found|find|displayed|reached|locate)|not available",
    ),
    Wording.of(REFUSED, r"access (?:is )?denied|forbidden|\bblocked\b|not authori[sz]ed|permission"),
    Wording.of(TOO_MANY, r"too many requests|rate limit"),
    Wording.of(CHALLENGE, r"\bverify(?:ing)?\b|\bro?bots?\b|captcha|\bhuman\?|unusual traffic|security check"),
    Wording.of(
        MAINTENANCE,
        r"\bmaintenance\b|(?:temporarily|currently) (?:unavailable|offline|down|closed)|be back (?:soon|"
        r"shortly)",
        r"\boutage\b|under construction|coming soon|\boffline\b",
    ),
    Wording.of(LOG_IN, r"\b(?:sign|log)[ -]?in\b|authentication|password"),
    Wording.of(FAILURE, r"\berror\b|went wrong|technical difficult|service unavailable|\bexception\b"),
    Wording.of(MOVED, r"\bmoved\b|\bredirect"),
)

_PARTS = re.compile(r"\s+[|–—·»›>•~:/-]+\s+|\s*(?:\||::|»)\s*|:\s+")


def title_parts(title: str) -> list[str]:
    """Return a title whole and in its parts, of which the site's name is one as a rule; empty ones left out."""
    line = evened(title)[:300]
    return [part for part in dict.fromkeys([line, *_PARTS.split(line)]) if part]


def is_stand_in(line: str) -> Judgement | None:
    """Judge a part of a title, or a heading, that says nothing but a message; None when it says something "
    "else."""
    text = evened(line)[:300].strip(" .!*–—|:#\"'()[]…")
    bare = _APOLOGY.sub("", text, count=1) if _APOLOGY.match(text) else text
    return first_of(_WHOLE, bare, whole=True) or first_of(_WHOLE, text, whole=True)


def hints_at_stand_in(line: str) -> Judgement | None:
    """Judge a title or heading that has the words of a message somewhere in it."""
    return first_of(_HINTS, evened(line)[:300])
