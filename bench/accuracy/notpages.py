# ruff: noqa: S311 - chance that can be repeated is the point
# ruff: noqa: E501 - markup stands as served
"""Pages that are not the page: walls, errors, other pages of the site and of others, halves and blanks.

Each is served in place of a known leadership page; none of them may be believed as a new version of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.accuracy.chrome import FRAMES
from bench.accuracy.facts import Facts, invent
from bench.accuracy.noise import around
from bench.accuracy.pages import design, draw
from bench.accuracy.people import person

Make = Callable[[Facts, Random], str]


@dataclass(frozen=True, slots=True)
class NotPage:
    """What came in place of the page, and the last good version of it."""

    number: int
    label: str
    facts: Facts
    before_html: str
    html: str


def not_pages(seed: int, count: int) -> list[NotPage]:
    """Make `count` pages, every sort in turn."""
    return [_not_page(Random(f"{seed} not {number}"), number) for number in range(count)]


def _not_page(rng: Random, number: int) -> NotPage:
    labels = sorted(SORTS)
    label = labels[number % len(labels)]
    facts = invent(rng)
    return NotPage(number, label, facts, draw(facts, design(facts, rng), rng), SORTS[label](facts, rng))


def framed(title: str, body: str) -> Make:
    """Return a maker that puts a body under the site's own frame, as content systems do with errors too."""

    def make(facts: Facts, rng: Random) -> str:
        frame = FRAMES[rng.choice(sorted(FRAMES))]
        other = Facts(
            facts.agency,
            facts.acronym,
            facts.site,
            facts.kind,
            facts.country,
            title,
            facts.posts,
            facts.last_modified,
        )
        return frame(
            other,
            body.format(one=person(rng), two=person(rng), agency=facts.agency, n=rng.randint(3, 90)),
            around(facts, rng),
        )

    return make


def whole(page: str) -> Make:
    """Return a maker of a page that carries nothing of the site."""

    def make(facts: Facts, rng: Random) -> str:
        return page.format(
            ray=f"{rng.getrandbits(64):016x}", site=facts.site, one=person(rng), agency=facts.agency
        )

    return make


def cut_off(facts: Facts, rng: Random) -> str:
    """Cut the page itself somewhere between a third and nine tenths of its body."""
    page = draw(facts, design(facts, rng), rng)
    start = page.lower().index("<body")
    end = page.lower().rindex("</body")
    return page[: start + int((end - start) * rng.uniform(0.3, 0.9))]


def another_agency(facts: Facts, rng: Random) -> str:
    """Serve the leadership page of somebody else altogether: it reads well, but it is not this page."""
    while (other := invent(rng)).agency == facts.agency or _shared(facts, other):
        pass
    return draw(other, design(other, rng), rng)


def _shared(facts: Facts, other: Facts) -> set[str]:
    return {post.name for post in facts.posts} & {post.name for post in other.posts}


def json_error(facts: Facts, rng: Random) -> str:
    return json.dumps(
        {
            "error": rng.choice((500, 503, 429)),
            "message": "upstream connect error",
            "path": facts.url,
            "retry": rng.randint(1, 90),
        }
    )


def json_rows(facts: Facts, rng: Random) -> str:
    del rng
    return json.dumps([{"leader": post.holder, "title": post.title} for post in facts.posts])


def empty_main(facts: Facts, rng: Random) -> str:
    """Frame nothing: the template came, the content did not."""
    return FRAMES[rng.choice(sorted(FRAMES))](facts, "", around(facts, rng))


def pdf(facts: Facts, rng: Random) -> str:
    return f"%PDF-1.{rng.randint(3, 7)}\n%âãÏÓ\n1 0 obj\n<</Type/Catalog/Title({facts.title})>>\nendobj\nstream\nx\x9c\x03\x00\n%%EOF\n"


SORTS: dict[str, Make] = {
    "Akamai denial": whole(
        "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n \nYou don't have permission to access \"http&#58;&#47;&#47;www&#46;{site}\" "
        "on this server.<P>\nReference&#32;&#35;18&#46;{ray}\n<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18&#46;{ray}</P>\n</BODY>\n</HTML>"
    ),
    "Akamai challenge": whole(
        "<!DOCTYPE html><html><head><meta http-equiv=\"refresh\" content=\"5; URL='/about?bm-verify={ray}'\" /></head><body>"
        "<script>var i={{\"bm-verify\":\"{ray}\"}};</script><noscript>Please enable JavaScript</noscript></body></html>"
    ),
    "Cloudflare challenge": whole(
        "<!DOCTYPE html><html lang='en-US'><head><title>Just a moment...</title></head><body><div class='main-wrapper'><h1 class='zone-name-title h1'>{site}</h1>"
        "<h2>Verifying you are human. This may take a few seconds.</h2><p>{site} needs to review the security of your connection before proceeding.</p>"
        "<div>Ray ID: <code>{ray}</code></div></div></body></html>"
    ),
    "AWS wall": whole(
        "<html><head><title>Human Verification</title><script src='https://x.token.awswaf.com/{ray}/challenge.js'></script></head><body>"
        "<h1>Let's confirm you are human</h1><p>Complete the security check before continuing.</p></body></html>"
    ),
    "Imperva": whole(
        "<html style='height:100%'><head><META NAME='ROBOTS' CONTENT='NOINDEX, NOFOLLOW'></head><body><iframe src='/_Incapsula_Resource?id={ray}'>"
        "Request unsuccessful. Incapsula incident ID: {ray}</iframe></body></html>"
    ),
    "F5 rejection": whole("<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator."
                          "<br><br>Your support ID is: {ray}<br><a href='javascript:history.back();'>[Go Back]</a></body></html>"),
    "captive portal": whole("<html><head><title>Guest Wi-Fi</title></head><body><h1>Welcome to Harbor Cafe Wi-Fi</h1><p>Manager: {one}</p>"
                            "<form><input type=checkbox> I accept the terms</form></body></html>"),
    "nginx 502": whole("<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>\n<hr><center>nginx/1.18.0</center>\n</body>\n</html>"),
    "IIS error": whole("<!DOCTYPE html><html><head><title>Server Error</title></head><body><div id='header'><h1>Server Error</h1></div><div id='content'>"
                       "<fieldset><h2>500 - Internal server error.</h2><h3>There is a problem with the resource you are looking for.</h3></fieldset></div></body></html>"),
    "database error": whole("<!DOCTYPE html><html><head><title>Database Error</title></head><body><div class='wp-die-message'><h1>Error establishing a database connection</h1></div></body></html>"),
    "parked domain": whole("<html><head><title>{site} is for sale</title></head><body><h1>Buy this domain</h1><p>{site} may be for sale by its owner, {one}, for $4,500.</p></body></html>"),
    "feed": whole("<?xml version='1.0'?><rss version='2.0'><channel><title>{agency}</title><item><title>Director {one} visits port</title></item></channel></rss>"),
    "maintenance": framed("Scheduled maintenance", "<p>{agency} is upgrading its website. We expect to be back within {n} minutes. Thank you for your patience.</p>"),
    "soft 404": framed("Page not found", "<p>Sorry, the page you were looking for could not be found. It may have moved. Try our search or the home page.</p>"),
    "soft 404, plain": framed("We can’t find that page", "<p>The leadership page may have been archived. Go to About {agency}, or contact the webmaster.</p>"),
    "access denied, framed": framed("Access denied", "<p>You are not authorized to access this page.</p>"),
    "login": framed("Log in", "<form><label>Username <input name='name'></label><label>Password <input type='password' name='pass'></label><button>Log in</button></form>"),
    "search": framed("Search results", "<p>{n} results for “leadership”</p><ol><li><a href='/1'>Leadership of {agency}</a></li><li><a href='/2'>Careers</a></li></ol>"),
    "press release": framed(
        "{agency} opens new laboratory".replace("{agency}", "Agency"),
        "<p>WASHINGTON — {agency} today opened a laboratory that will employ {n} scientists. “This is a great day,” said {one}, who has worked in the field for "
        "{n} years. “We look forward to the results,” added {two}.</p><p>Contact: media@agency.example</p>"),
    "news list": framed("News", "<ul><li>{n} ships inspected in August</li><li>Storm closes harbor for three days</li><li>New forms for importers</li></ul>"),
    "privacy": framed("Privacy policy", "<p>We keep server logs for {n} days. We do not sell personal information. Section 208 of the E-Government Act of 2002 applies.</p>"),
    "home page": framed("Welcome", "<h2>I want to</h2><ul><li>Pay a fee</li><li>Report a problem</li><li>Find a form</li></ul><h2>In the news</h2><p>{n} new rangers start work</p>"),
    "careers": framed("Careers", "<h2>Join us</h2><p>We are hiring {n} inspectors. Deputy Directors and Assistant Directors are recruited in open competition.</p>"),
    "history": framed("Our history", "<p>The agency was founded in 1903. By 1950 it had {n} stations. The first Director was appointed in 1911.</p>"),
    "contact": framed("Contact us", "<p>General enquiries: 1-800-555-0100</p><p>1300 Pennsylvania Avenue NW, Washington, DC 20229</p>"),
    "moved notice": framed("This page has moved", "<p>Our leadership page has a new address. Please update your bookmarks.</p>"),
    "cookie wall": framed("Cookies", "<p>To continue, choose whether to accept all {n} cookies.</p><button>Accept</button><button>Reject</button>"),
    "shutdown": framed("Lapse in appropriations", "<p>Due to a lapse in appropriations this site is not being updated. {n} percent of staff are furloughed.</p>"),
    "cut off": cut_off,
    "another agency": another_agency,
    "JSON error": json_error,
    "JSON rows": json_rows,
    "empty main": empty_main,
    "PDF": pdf,
    "blank": whole(""),
    "white space": whole("  \n\n \t "),
    "blank HTML": whole("<html><head><title></title></head><body></body></html>"),
    "script shell": whole("<!doctype html><html><head><title>{agency}</title></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div></body></html>"),
}  # fmt: skip
