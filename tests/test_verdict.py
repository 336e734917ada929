"""A page in the page's place is never believed, and a genuine page is never refused for a word in it."""

# ruff: noqa: E501 - the pages stand here a line each, as they are served

from __future__ import annotations

import gzip
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Capture, Verdict
from scraper.verdict import judge, judge_markup

CASES = Path(__file__).parents[2] / "shared" / "cases"
URL = "https://www.cbp.gov/about/leadership-organization/executive-assistant-commissioners-offices"
PEOPLE = (
    "<h2>Office of Field Operations</h2><p>Acting Executive Assistant Commissioner Diane Sabatino</p>"
    "<p>It has 20 field offices and over 32,000 employees.</p>"
    "<h2>U.S. Border Patrol</h2><p>Chief Jason Owens</p>"
)


def document(main: str, *, title: str = "Leadership | Agency", head: str = "", chrome: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body>{chrome}'
        f"<main>{main}</main><footer>Privacy | FOIA | Contact</footer></body></html>"
    )


GENUINE = document(f"<h1>Executive Assistant Commissioners' Offices</h1>{PEOPLE}")


def capture(body: str | bytes = GENUINE, status: int = 200, **fields: object) -> Capture:
    known = {
        "url": URL,
        "final_url": URL,
        "headers": {"content-type": "text/html; charset=utf-8"},
        "fetched_at": datetime(2024, 4, 19, tzinfo=UTC),
    }
    return Capture(status=status, body=body.encode() if isinstance(body, str) else body, **known | fields)  # type: ignore[arg-type]


# --- what must be ok

CASE_PAGES = sorted(CASES.glob("*.html")) if CASES.is_dir() else []


@pytest.mark.skipif(not CASE_PAGES, reason="the shared cases are not here")
@pytest.mark.parametrize("path", CASE_PAGES, ids=lambda path: path.stem)
def test_real_pages_are_ok_and_the_404_in_a_page_s_place_is_not(path: Path) -> None:
    judgement = judge_markup(path.read_bytes())
    expected = Verdict.NOT_THE_PAGE if path.stem.endswith("_empty") else Verdict.OK
    assert (judgement.verdict, judgement.reason is None) == (expected, expected is Verdict.OK)
    assert judge_markup(path.read_bytes().decode("utf-8", "replace")) == judgement


MENTIONS = {
    "maintenance in an alert": '<div class="usa-alert">Scheduled maintenance: this site will be offline Saturday.</div>',
    "maintenance in a heading": "<h1>Office of Site Maintenance</h1>",
    "an office for maintenance": "<h2>Facilities Maintenance Division</h2><p>Director Ann Lee</p>",
    "404 as a number": "<p>The office has 404 employees and 503 vehicles.</p>",
    "not found in a sentence": "<p>If your file was not found, call us. Page not found errors go to the "
    "webmaster.</p>",
    "sign in": '<a href="/login">Sign in</a> <a href="/user/login">Log in to your account</a>',
    "a log-in form": '<form>Sign in <input type="password" name="p"> Forgot your password?</form>',
    "a search form": '<form role="search"><input name="q"><button>Search</button></form>',
    "cookies": "<div>We use cookies. Accept all cookies? Before you continue, choose.</div>",
    "a scam alert": "<p>Scam alert! Access denied to your account? Verify that you are human? That is "
    "fraud.</p>",
    "recaptcha": '<script src="https://www.google.com/recaptcha/api.js"></script><div class="g-recaptcha"></div>',
    "noscript": "<noscript>Please enable JavaScript and cookies to continue.</noscript>",
    "noscript in the text": "<p>This site works best when you enable JavaScript.</p>",
    "an Akamai beacon": '<script src="/akam/13/4a7b"></script><noscript><img src="/akam/13/pixel_4a7b"></noscript>',
    "a Cloudflare beacon": '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
    "Cloudflare mail protection": '<a href="/cdn-cgi/l/email-protection" class="__cf_email__">[email protected]</a>',
    "an Incapsula script": '<script src="/_Incapsula_Resource?SWJIYLWA=719d"></script>',
    "a DataDome tag": '<script src="https://js.datadome.co/tags.js"></script>',
    "an AWS WAF script": '<script src="https://abc.token.awswaf.com/abc/challenge.js"></script>',
    "a PerimeterX tag": "<script>window._pxAppId='PX1'</script>",
    "turnstile": '<div class="cf-turnstile"></div>',
    "a lapse notice": "<p>Due to the lapse in federal funding, this website will not be actively managed.</p>",
    "an archived banner": "<p>This page has been archived and is no longer being updated.</p>",
    "moved": "<p>The office has moved to a new address. This page has moved; update your bookmarks.</p>",
    "an error correction": "<p>Correction: an error occurred in an earlier version of this page.</p>",
    "PHP warning": "<b>Warning</b>: include(x.php): failed to open stream in <b>/a.php</b> on line <b>3</b>",
    "a browser note": "<p>Your browser is out of date. Internet Explorer is not supported.</p>",
    "loading": "<div>Loading...</div>",
    "external links": "<p>You are now leaving the site when you follow external links.</p>",
    "queue": "<p>Applicants are in line for interviews.</p>",
    "wi-fi": "<p>Free Wi-Fi login at our ports.</p>",
    "a less-than sign": "<p>Fewer than 5 < 6 offices</p>",
    "JSON-LD": '<script type="application/ld+json">{"@type": "WebPage", "error": 404}</script>',
    "Road Maintenance": "<p>Rajesh 'Jake' Iyer, State Traffic Engineer, Road Maintenance</p><p>It maintains roads.</p>",
    "a template in a script": "<script>var t = '{{name}} {{title}} {{x}}';</script>",
    "hidden dialog": '<div role="dialog"><h1>Sign in</h1><input type="password"></div>',
    "a comment": "<!-- Access Denied Reference #18.2 bm-verify page not found -->",
    "an svg": "<svg><title>404 Not Found</title></svg>",
}


@pytest.mark.parametrize("place", ["before", "after", "chrome"])
@pytest.mark.parametrize("mention", MENTIONS.values(), ids=MENTIONS)
def test_a_genuine_page_is_ok_whatever_it_mentions(mention: str, place: str) -> None:
    if place == "chrome":
        page = document(f"<h1>Leadership</h1>{PEOPLE}", chrome=f"<header>{mention}</header>")
    else:
        page = document(f"{mention}{PEOPLE}" if place == "before" else f"<h1>Leadership</h1>{PEOPLE}{mention}")
    assert judge_markup(page).verdict is Verdict.OK
    assert judge(capture(page)).verdict is Verdict.OK


SHORT = {
    "cookies above a list of people": (
        "<p>We use cookies. Accept all cookies</p><p>Dana Whitcombe</p><p>Maria Okafor</p><p>Marie Blanc</p>"
    ),
    "404 as an area code": "<h1>Field Office</h1><p>Dana Whitcombe, Special Agent (404) 555-0144</p>",
}


@pytest.mark.parametrize("body", SHORT.values(), ids=SHORT)
def test_a_short_page_of_people_under_unfamiliar_titles_is_ok(body: str) -> None:
    assert judge_markup(document(body)).verdict is Verdict.OK


@pytest.mark.parametrize(
    "title", ["", "Home", "Leadership - Sign in or register", "CBP | Careers, Maintenance, Trade"]
)
def test_a_genuine_page_is_ok_under_a_poor_title(title: str) -> None:
    assert judge_markup(document(PEOPLE, title=title)).verdict is Verdict.OK


LONG = "<p>The office protects the country and serves the public with care and speed. </p>" * 40


@pytest.mark.parametrize("mention", MENTIONS.values(), ids=MENTIONS)
def test_a_long_page_is_ok_even_when_no_name_is_recognised(mention: str) -> None:
    assert judge_markup(document(f"<h1>Ledelsen</h1><p>Statsrådet</p>{LONG}{mention}")).verdict is Verdict.OK


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>Office of Trade</h2><p>Executive Assistant Commissioner AnnMarie R. Highsmith</p>",
        "<p>Jane Doe, Director</p>",
        "Jane Doe<br>Director",
        PEOPLE.upper(),
        f"<body>{PEOPLE}</body>",
        f"<!DOCTYPE html>{PEOPLE}",
        f"<?xml version='1.0'?><!DOCTYPE html><html "
        f"xmlns='http://www.w3.org/1999/xhtml'><body>{PEOPLE}</body></html>",
        f"<html><body>{PEOPLE}</body>",
        f"<html><body>{PEOPLE}</html>\n<!-- cached -->",
        f"<html><body><nav>Home {PEOPLE}</body></html>",
        f'<html><body><a title="a > b" href=x>{PEOPLE}</a></body></html>',
        f"\ufeff<html><body>{PEOPLE}</body></html>",
        "<html><head><script>if (a<b) {}</script></head><body>" + PEOPLE + "</body></html>",
        f'<html><body style="display:none">{PEOPLE}</body></html>',
    ],
)
def test_fragments_and_odd_documents_are_fine(markup: str) -> None:
    assert judge_markup(markup).verdict is Verdict.OK
    assert judge_markup(markup.encode()).verdict is Verdict.OK
    assert judge_markup(markup.encode("utf-16")).verdict is Verdict.OK


@pytest.mark.parametrize("url", ["http://[bad", "", "not a url", "//"])
def test_an_odd_url_is_no_obstacle(url: str) -> None:
    assert judge_markup(GENUINE, url=url).verdict is Verdict.OK
    assert judge(capture(url=url, final_url=url)).verdict is Verdict.OK


def test_a_page_that_is_its_site_s_root_may_say_so() -> None:
    page = document(
        PEOPLE, title="Home | The Cabinet", head='<link rel="canonical" href="https://cabinet.example.gov/">'
    )
    root = "https://cabinet.example.gov/"
    assert judge(capture(page, url=root, final_url=root)).verdict is Verdict.OK
    assert judge_markup(page, url=root).verdict is Verdict.OK


@pytest.mark.parametrize(
    "canonical",
    [
        URL,
        "/about/leadership",
        "leadership.html",
        "",
        "#",
        "//www.fema.gov/x",
        "http://[bad",
        "https://a.gov/?p=3",
    ],
)
def test_a_canonical_link_to_the_page_itself_is_fine(canonical: str) -> None:
    assert (
        judge_markup(document(PEOPLE, head=f'<link rel="canonical" href="{canonical}">')).verdict is Verdict.OK
    )


# --- what must not be ok

WALLS = {
    "Akamai access denied": (
        "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n \nYou don't "
        "have permission to "
        'access "http&#58;&#47;&#47;www&#46;cbp&#46;gov&#47;" on this '
        "server.<P>\nReference&#32;&#35;18&#46;9c1a0f17&#46;17"
        "\n<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18\n</P>\n</BODY>\n</HTML>"
    ),
    "Akamai challenge": (
        '<!DOCTYPE html><html><head><meta http-equiv="refresh" content="5; URL=\'/about?bm-verify=AAQAAAAJ\'" /></head>'
        '<body><script>var i = 1; var j = i + Number("1");</script><noscript>Please enable JavaScript</noscript></body></html>'
    ),
    "Akamai sec-cpt": '<html><body><div id="sec-if-cpt-container"><img alt="Powered and protected by"></div></body></html>',
    "Cloudflare moment": (
        '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and '
        "cookies to "
        "continue</noscript><script>(function(){window._cf_chl_opt={cType:'managed'};})();</script></body></html>"
    ),
    "Cloudflare moment without a script": "<html><head><title>Just a "
    "moment...</title></head><body><p>www.cbp.gov</p></body></html>",
    "Cloudflare blocked": (
        "<html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been "
        "blocked</h1><h2>You are "
        "unable to access cbp.gov</h2><p>Cloudflare Ray ID: 8a</p></body></html>"
    ),
    "AWS WAF": (
        '<!DOCTYPE html><html><head><title></title><script>window.awsWafCookieDomainList = []; window.gokuProps = {"key":"A"};'
        '</script><script src="https://x.token.awswaf.com/x/challenge.js"></script></head><body><div id="challenge-container">'
        "</div><noscript><h1>JavaScript is disabled</h1></noscript></body></html>"
    ),
    "AWS captcha": "<html><head><title>Human Verification</title></head><body><div "
    "id='captcha-container'></div></body></html>",
    "CloudFront": (
        "<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY><H1>403 "
        "ERROR</H1><H2>The request could "
        "not be satisfied.</H2>Request blocked.<PRE>Generated by cloudfront (CloudFront) Request ID: "
        "x</PRE></BODY></HTML>"
    ),
    "Imperva frame": (
        '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX"></head><body><iframe id="main-iframe" src='
        '"/_Incapsula_Resource?CWUDNSAI=9&incident_id=1">Request unsuccessful. Incapsula incident ID: 1-2</iframe></body></html>'
    ),
    "Imperva script": '<html><head><script src="/_Incapsula_Resource?SWJIYLWA=5"></script></head><body></body></html>',
    "Distil": "<html><head><title>Pardon Our Interruption</title></head><body><p>As you were "
    "browsing...</p></body></html>",
    "DataDome": (
        '<html><head><title>cbp.gov</title></head><body><p id="cmsg">Please enable JS and disable any ad '
        "blocker</p>"
        "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script></body></html>"
    ),
    "PerimeterX": (
        "<html><head><title>Access to this page has been denied</title></head><body><div "
        "id='px-captcha'></div><p>Press &amp; Hold "
        "to confirm you are a human (and not a bot).</p></body></html>"
    ),
    "F5": (
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please "
        "consult with your "
        "administrator.<br><br>Your support ID is: 1234<br><br><a href='javascript:history.back();'>[Go Back]</a></body></html>"
    ),
    "Fortinet": "<html><head><title>Web Page Blocked!</title></head><body>The page cannot be displayed. "
    "Attack ID: 2</body></html>",
    "Sucuri": "<html><title>Sucuri WebSite Firewall - Access Denied</title><body><h1>Access "
    "Denied</h1></body></html>",
    "Wordfence": "<html><body><h1>Your access to this site has been limited by the site owner</h1>Generated "
    "by Wordfence</body></html>",
    "Kasada": '<html><head></head><body><script>window.KPSDK={};</script><script src="/149e/ips.js"></script></body></html>',
    "Anubis": "<html><head><title>Making sure you&#39;re not a bot!</title></head><body><h1>Making sure "
    "you're not a bot!</h1></body></html>",
    "Vercel": "<html><head><title>Vercel Security Checkpoint</title></head><body><p>We're verifying your "
    "browser</p></body></html>",
    "captcha": "<html><title>cbp.gov</title><body><p>Prove it.</p><div class='g-recaptcha' "
    "data-sitekey='x'></div></body></html>",
    "hCaptcha": "<html><body><form><div class='h-captcha'></div></form><script "
    "src='https://hcaptcha.com/1/api.js'></script></body></html>",
    "turnstile": "<html><body><div class='cf-turnstile'></div>One more step</body></html>",
    "unusual traffic": "<html><body><p>Our systems have detected unusual traffic from your computer "
    "network.</p></body></html>",
    "enable JavaScript and cookies": "<html><body><h1>www.cbp.gov</h1><p>Please enable JavaScript and "
    "cookies to continue</p></body></html>",
    "robot": "<html><title>Robot or human?</title><body><h1>Robot or human?</h1><p>Activate and hold the "
    "button</p></body></html>",
    "security check": "<html><head><title>Security check</title></head><body>Checking your browser before "
    "accessing</body></html>",
    "403 text": "<html><head><title>403 Forbidden</title></head><body><center><h1>403 "
    "Forbidden</h1></center><hr>nginx</body></html>",
    "429 text": "<html><head><title>429 Too Many Requests</title></head><body><h1>429</h1></body></html>",
    "geo": "<html><title>Agency</title><body><h1>Agency</h1><p>This content is not available in your "
    "country.</p></body></html>",
    "451": "<html><title>451 Unavailable For Legal Reasons</title><body></body></html>",
    "waiting room": "<html><title>Queue</title><body><h1>You are now in line</h1><p>Your estimated wait "
    "time is 4 minutes.</p></body></html>",
    "corporate filter": "<html><title>Website Blocked</title><body><p>This site is blocked by your "
    "organization's policy.</p></body></html>",
    "S3 denied": '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
    "JSON forbidden": '{"message": "Forbidden"}',
    "plain denied": "Access denied | www.cbp.gov used Cloudflare to restrict access",
}


@pytest.mark.parametrize("body", WALLS.values(), ids=WALLS)
def test_a_wall_is_blocked(body: str) -> None:
    judgement = judge_markup(body)
    assert judgement.verdict is Verdict.BLOCKED
    assert judgement.reason
    assert judge(capture(body)) == judgement
    assert judge(capture(body, 403)).verdict is Verdict.BLOCKED


def message(title: str, text: str = "") -> str:
    heading = title.partition("|")[0].strip()
    return document(
        f"<h1>{heading}</h1><p>{text}</p>", title=title, chrome="<nav>Home About Trade Travel</nav>"
    )


MENU = "<ul>" + "<li><a href='/x'>Trade and travel programs</a></li>" * 150 + "</ul>"

STAND_INS = {
    "404 title": message("404 Not Found"),
    "404 with site": message("Page Not Found | U.S. Customs and Border Protection", "Sorry."),
    "404 with a long menu": document(f"<h1>Page not found</h1>{MENU}", title="Page not found | CBP"),
    "404 with a menu and a plain title": document(f"<h1>Oops! That page can’t be found.</h1>{MENU}", title="CBP"),
    "404 sentence under the site's name": document(
        f"<h1>Agency</h1><p>The page you requested could not be found.</p>{MENU}", title="Agency"
    ),
    "404 with the secretary's name": document(
        "<h1>Page not found</h1><p>Message from Secretary Kristi Noem</p>", title="Page not found | DHS.gov"
    ),
    "IIS 404": message("404 - File or directory not found.", "The resource you are looking for might have been removed."),
    "doesn't exist": message("This page doesn't exist | Agency"),
    "no longer available": message("Agency", "The page you are looking for is no longer available."),
    "cannot find": message("We can’t find that page", "It may have been moved."),
    "apology": message("Sorry, we couldn't find that page"),
    "410": message("410 Gone"),
    "French": message("Page introuvable | Gouvernement"),
    "Spanish": message("Página no encontrada"),
    "German": message("Seite nicht gefunden - Bundesregierung"),
    "Norwegian": message("Siden finnes ikke"),
    "Japanese": message("ページが見つかりません"),
    "moved": message("This page has moved", "Click here for the new site."),
    "object moved": "<head><title>Document Moved</title></head><body><h1>Object Moved</h1>This may be found "
    "<a href='/'>here</a></body>",
    "search": message("Search results for leadership | CBP", "No results."),
    "directory": "<html><head><title>Index of /about</title></head><body><h1>Index of "
    "/about</h1><pre>a</pre></body></html>",
    "nginx": message("Welcome to nginx!", "If you see this page, the nginx web server is successfully installed."),
    "apache": message("Apache2 Ubuntu Default Page: It works"),
    "it works": "<html><body><h1>It works!</h1></body></html>",
    "iis": "<html><head><title>IIS Windows Server</title></head><body><img src=iisstart.png></body></html>",
    "parked": message("cbp.example - this domain is for sale", "Related searches"),
    "suspended": message("Account Suspended", "Contact your hosting provider."),
    "leaving": message("You are now leaving CBP.gov"),
    "redirecting": "<html><head><title>Redirecting...</title></head><body><p>You will be "
    "redirected.</p></body></html>",
    "meta refresh": "<html><head><meta http-equiv='refresh' content='0; url=/new'></head><body><a "
    "href='/new'>Go</a></body></html>",
    "old browser": message("Your browser is not supported", "Please upgrade."),
    "consent": message("Before you continue", "We use cookies."),
    "log-in": message("Log in | Agency", "Password"),
    "sign-in": message("Sign in to your account", "Email, phone, or Skype"),
    "password form": document("<h1>CBP Portal</h1><form>User <input name=u> <input type='password'></form>", title="Portal"),
    "session": message("Session expired", "Please log in again."),
    "single sign-on": message("DHS Single Sign-On"),
    "hotspot": message("Hotel Wi-Fi Login", "Accept the terms."),
    "home by canonical": document("<p>News</p>", title="CBP", head='<link rel="canonical" href="https://www.cbp.gov/">'),
    "home by bare root": document("<p>News</p>", title="CBP", head="<link href='https://www.cbp.gov' rel='canonical'>"),
    "home by class": document("<p>News</p>").replace("<body>", '<body class="path-frontpage page-node-type-home">'),
    "home by title": document("<h1>Protecting America</h1><p>News</p>", title="Home | U.S. Customs and Border Protection"),
    "home with people": document("<h1>Welcome to CBP</h1><p>Commissioner Rodney Scott spoke</p>", title="Welcome | CBP"),
    "blank main in a full frame": document(
        "", chrome=f'<script src="/akam/13/1a"></script><nav>{"Trade Travel About Careers " * 40}</nav>'
    ),
    "guest network": message("Guest Wi-Fi", "Manager: Ann Lee. Accept the terms."),
    "raw response": "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>Director Ann Lee</body></html>",
    "multipart": "--b\r\nContent-Type: text/html\r\n\r\n<html><body>Director Ann Lee</body></html>",
    "consent to monitoring": message("Notice", "By using this U.S. Government information system you consent to monitoring."),
    "no content": document("<h1>Leadership</h1><p>There is currently no content classified with this term.</p>"),
    "home by og:url": document("<p>News</p>", title="CBP", head='<meta property="og:url" content="https://www.cbp.gov/">'),
    "JSON": json.dumps({"offices": [{"name": "OFO"}]}),
    "JSON list": "[1, 2, 3]",
    "JSONP": 'callback({"a": 1})',
    "guarded JSON": ")]}',\n{\"a\": 1}",
    "RSS": '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>',
    "Atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>',
    "sitemap": '<?xml version="1.0"?><!-- made --><urlset><url><loc>https://a.gov</loc></url></urlset>',
    "SVG": '<svg xmlns="http://www.w3.org/2000/svg"><text>Director Ann Lee</text></svg>',
    "XML": "<?xml version='1.0'?><leaders><leader>Ann Lee</leader></leaders>",
    "plain text": "User-agent: *\nDisallow: /",
    "CSV": "office,leader\nOFO,Diane Sabatino\n",
    "PHP source": "<?php echo '<h1>Leadership</h1>'; ?><html><body>Director Ann Lee</body></html>",
    "script": "(function(){document.write('<h1>Director Ann Lee</h1>')})();",
    "style sheet": "body { margin: 0 }\nh1:before { content: '<b>' }",
    "calendar": "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR",
    "mail": "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><body>x</body></html>",
    "empty": "",
    "white space": " \n\t \ufeff",
    "frame set": "<html><head><title>Agency</title></head><frameset cols='20%,80%'><frame src=a><frame "
    "src=b></frameset></html>",
    "blank main": document("", chrome="<nav>Home About</nav>"),
    "blank main with a heading": document("<h1>Leadership</h1><p>Last Modified: Apr 19, 2024</p>", chrome="<nav>Home</nav>"),
    "blank main with breadcrumbs": document("<nav>Home > About</nav><h1>Leadership</h1><div> &nbsp;\u200b </div>"),
    "JavaScript only": "<html><head><title>Leadership</title></head><body><noscript>You need to enable "
    "JavaScript to run this app."
    "</noscript><div id='root'></div><script src='/main.js'></script></body></html>",
    "still loading": "<html><head><title>Leadership</title></head><body><div "
    "id='app'>Loading...</div></body></html>",
    "unfilled template": "<html><title>Leadership</title><body><h1>{{page.title}}</h1><p>{{leader.name}}</p></body></html>",
    "frames only": "<html><title>Leadership</title><body><iframe src='/x'>Director Ann "
    "Lee</iframe></body></html>",
    "Wayback": message("Internet Archive Wayback Machine", "Hrm. The Wayback Machine has not archived that URL."),
    "only chrome": "<html><body><nav>Home About</nav><footer>Contact</footer></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("body", STAND_INS.values(), ids=STAND_INS)
def test_another_page_in_its_place_is_not_the_page(body: str) -> None:
    judgement = judge_markup(body)
    assert judgement.verdict is Verdict.NOT_THE_PAGE
    assert judgement.reason
    assert "\n" not in judgement.reason
    assert judge(capture(body)) == judgement


FAILURES = {
    "IIS headline": "<html><title>Server</title><div id=header><h1>Server Error</h1></div><h2>404 - File or "
    "directory not found.</h2></html>",
    "maintenance": message("Site under maintenance", "We will be back soon."),
    "scheduled maintenance": message(
        "Scheduled Maintenance | CBP", "CBP.gov is down for scheduled maintenance."
    ),
    "maintenance sentence": message(
        "U.S. Customs and Border Protection", "The site is currently undergoing maintenance."
    ),
    "be right back": message("We’ll be right back"),
    "unavailable": message("CBP.gov is temporarily unavailable"),
    "service unavailable": message("503 Service Unavailable"),
    "bad gateway": "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad "
    "Gateway</h1></center></body></html>",
    "internal": message("Internal Server Error", "Contact the server administrator."),
    "ASP.NET": "<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' "
    "Application.</h1></body></html>",
    "Drupal": "The website encountered an unexpected error. Please try again later.",
    "Drupal in HTML": "<html><body>The website encountered an unexpected error. Please try again "
    "later.</body></html>",
    "WordPress": message("WordPress › Error", "There has been a critical error on this website."),
    "database": "<html><body><h1>Error establishing a database connection</h1></body></html>",
    "went wrong": message("Oops, something went wrong"),
    "Spring": "<html><body><h1>Whitelabel Error Page</h1><p>status=500</p></body></html>",
    "PHP fatal": "<b>Fatal error</b>: Uncaught Error: Call to undefined function in /var/www/index.php on line 12<br>"
    + LONG,
    "Python": "<pre>Traceback (most recent call last): File x</pre>",
    "Varnish": "<html><head><title>503 Backend fetch failed</title></head><body><h1>Error 503 Backend fetch "
    "failed</h1>Guru</body></html>",
    "JSON error": '{"error": "internal", "status": 500}',
    "upstream": "upstream connect error or disconnect/reset before headers",
    "no healthy upstream": "no healthy upstream",
    "technical": message("CBP", "We are experiencing technical difficulties."),
    "shutdown": message("Lapse in Appropriations | Agency", "Staff are furloughed."),
    "improvements": message("Agency", "The site is getting a new look. We will be back at six."),
    "being updated": document("<h1>Leadership</h1><p>This page is being updated.</p>"),
    "coming soon": message("Coming soon", "A new site."),
}


@pytest.mark.parametrize("body", FAILURES.values(), ids=FAILURES)
def test_a_server_s_trouble_is_an_error(body: str) -> None:
    assert judge_markup(body).verdict is Verdict.ERROR
    assert judge(capture(body)).verdict is Verdict.ERROR


BINARIES = {
    "a PDF": b"%PDF-1.7\n1 0 obj <</Type/Catalog>>",
    "PNG": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "JPEG": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "GIF": b"GIF89a\1\0\1\0\0\0",
    "ZIP": b"PK\3\4\x14\0\6\0word/document.xml",
    "gzip": gzip.compress(GENUINE.encode()),
    "binary": bytes(range(256)) * 20,
    "NUL": b"\0" * 500,
    "NUL soup": b"\0\1<html>\0<body>\0" * 50,
}


@pytest.mark.parametrize(("kind", "body"), BINARIES.items(), ids=BINARIES)
def test_what_is_no_text_is_not_the_page(kind: str, body: bytes) -> None:
    assert judge_markup(body).verdict is Verdict.NOT_THE_PAGE
    assert judge(capture(body)).verdict is Verdict.NOT_THE_PAGE


def test_what_is_no_text_is_known_after_it_was_decoded_too() -> None:
    for kind in ("a PDF", "PNG", "ZIP", "binary", "NUL", "NUL soup"):
        assert judge_markup(BINARIES[kind].decode("latin-1")).verdict is Verdict.NOT_THE_PAGE


def test_a_pdf_is_called_a_pdf() -> None:
    assert judge_markup(BINARIES["a PDF"]).reason == "a PDF came instead of the page"


@pytest.mark.parametrize(
    "markup",
    [
        GENUINE[: GENUINE.index("Border Patrol")],
        GENUINE[: GENUINE.index("</head>")],
        GENUINE[: GENUINE.index("<main>") + 4],
        f"<html><body>{PEOPLE}",
        PEOPLE + '<div class="field',
        PEOPLE + "</",
        PEOPLE + "<",
        PEOPLE + '<a href="/about',
        PEOPLE + "<!-- never",
        "<HTML>" + PEOPLE,
    ],
)
def test_half_a_page_is_truncated(markup: str) -> None:
    judgement = judge_markup(markup)
    assert judgement.verdict is Verdict.TRUNCATED
    assert judgement.reason is not None
    assert "part" in judgement.reason
    assert judge_markup(markup.encode()) == judgement


@pytest.mark.parametrize("end", range(20, len(GENUINE) - 8, 37))
def test_no_part_of_a_page_is_believed(end: int) -> None:
    assert judge_markup(GENUINE[:end]).verdict in (Verdict.TRUNCATED, Verdict.NOT_THE_PAGE)


# --- status, headers, URL


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.OK),
        (203, Verdict.OK),
        (201, Verdict.ERROR),
        (202, Verdict.ERROR),
        (206, Verdict.TRUNCATED),
        (300, Verdict.ERROR),
        (302, Verdict.ERROR),
        (304, Verdict.NOT_MODIFIED),
        (400, Verdict.ERROR),
        (401, Verdict.BLOCKED),
        (403, Verdict.BLOCKED),
        (404, Verdict.NOT_THE_PAGE),
        (405, Verdict.ERROR),
        (407, Verdict.BLOCKED),
        (410, Verdict.NOT_THE_PAGE),
        (418, Verdict.ERROR),
        (429, Verdict.BLOCKED),
        (451, Verdict.BLOCKED),
        (500, Verdict.ERROR),
        (503, Verdict.ERROR),
        (520, Verdict.ERROR),
        (599, Verdict.ERROR),
        (999, Verdict.ERROR),
    ],
)
def test_the_status_decides_whatever_the_body(status: int, verdict: Verdict) -> None:
    judgement = judge(capture(GENUINE, status))
    assert judgement.verdict is verdict
    assert (judgement.reason is None) == (verdict in (Verdict.OK, Verdict.NOT_MODIFIED))


@pytest.mark.parametrize("status", [204, 205])
def test_success_without_content_is_not_the_page(status: int) -> None:
    assert judge(capture("", status)).verdict is Verdict.NOT_THE_PAGE


def test_a_maintenance_page_with_503_says_so() -> None:
    assert "maintenance" in str(judge(capture(FAILURES["maintenance"], 503)).reason)


@pytest.mark.parametrize(
    ("status", "headers", "maker"),
    [
        (403, {"cf-mitigated": "challenge"}, "Cloudflare"),
        (200, {"cf-mitigated": "challenge"}, "Cloudflare"),
        (202, {"x-amzn-waf-action": "challenge"}, "AWS WAF"),
        (405, {"x-amzn-waf-action": "captcha"}, "AWS WAF"),
        (403, {"x-datadome": "protected"}, "DataDome"),
        (503, {"x-sucuri-block": "1"}, "Sucuri"),
        (429, {"x-vercel-mitigated": "challenge"}, "Vercel"),
    ],
)
def test_headers_name_the_wall(status: int, headers: dict[str, str], maker: str) -> None:
    judgement = judge(capture(GENUINE, status, headers=headers))
    assert judgement.verdict is Verdict.BLOCKED
    assert maker in str(judgement.reason)


def test_a_403_with_akamai_s_page_names_akamai() -> None:
    reason = judge(capture(WALLS["Akamai access denied"], 403)).reason
    assert reason == "an Akamai access-denied page came instead of the page (403 Forbidden)"


def test_protection_headers_on_a_genuine_page_mean_nothing() -> None:
    headers = {
        "server": "cloudflare",
        "cf-ray": "8a",
        "x-datadome": "protected",
        "x-iinfo": "1",
        "x-akamai-x": "1",
    }
    assert judge(capture(headers=headers)).verdict is Verdict.OK


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "text/css",
        "image/png",
        "application/pdf",
        "text/csv",
        "application/javascript",
        "text/calendar",
    ],
)
def test_what_the_server_calls_something_else_is_not_the_page(kind: str) -> None:
    assert judge(capture(headers={"content-type": kind})).verdict is Verdict.NOT_THE_PAGE


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/html",
        "application/xhtml+xml",
        "TEXT/HTML;charset=x",
        "text/plain",
        "application/octet-stream",
        "text/xml",
    ],
)
def test_html_under_a_vague_type_is_read(kind: str) -> None:
    assert judge(capture(headers={"content-type": kind})).verdict is Verdict.OK
    assert judge(capture(headers={})).verdict is Verdict.OK


@pytest.mark.parametrize(
    "place",
    [
        "/",
        "",
        "/index.html",
        "/home",
        "/en",
        "/en-us/",
        "/Default.aspx",
        "/user/login",
        "/login?next=/about",
        "/saml/sso",
        "/oauth2/authorize",
        "/404",
        "/404.html",
        "/error/page-not-found",
        "/maintenance.html",
        "/errors/503.html",
    ],
)
def test_a_redirect_to_home_log_in_or_an_error_page_is_not_the_page(place: str) -> None:
    judgement = judge(capture(final_url=f"https://www.cbp.gov{place}"))
    assert judgement.verdict is Verdict.NOT_THE_PAGE


@pytest.mark.parametrize(
    "place",
    [
        "/about/leadership-organization/executive-assistant-commissioners-offices/",
        "/about/leadership",
        "/en/about/leadership",
        "/about/maintenance-leadership",
        "/about/login-services",
        "/about/home-office",
    ],
)
def test_a_redirect_to_another_path_of_the_page_is_fine(place: str) -> None:
    assert judge(capture(final_url=f"https://www.cbp.gov{place}")).verdict is Verdict.OK


def test_a_cut_off_capture_is_truncated_unless_it_is_a_wall() -> None:
    assert judge(capture(truncated=True)).verdict is Verdict.TRUNCATED
    assert judge(capture(GENUINE[:300], truncated=True)).verdict is Verdict.TRUNCATED
    assert judge(capture(WALLS["Cloudflare moment"], truncated=True)).verdict is Verdict.BLOCKED
    assert judge(capture("", truncated=True)).verdict is Verdict.TRUNCATED
    assert judge(capture("", 500, truncated=True)).verdict is Verdict.ERROR


def test_a_refresh_header_sends_on() -> None:
    headers = {"content-type": "text/html", "refresh": "0; url=/login"}
    assert judge(capture(headers=headers)).verdict is Verdict.NOT_THE_PAGE


# --- any bytes, in linear time

PIECES = st.sampled_from(
    ["<", ">", '"', "'", "<html>", "</html>", "<main>", "</main>", "<h1>", "<title>", "<script>", "<!--", "-->", "<nav>", "{", "[",
     "&#x", "&amp;", "\0", "İ", "\ud800", "404", "not found", "maintenance", "Director Ann Lee", "</", "<a b=", "\n", " "]
)  # fmt: skip


@given(st.binary(max_size=400))
def test_any_bytes_are_judged(body: bytes) -> None:
    assert judge_markup(body).verdict in Verdict
    assert judge(capture(body)).verdict in Verdict


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_markup_is_judged(markup: str) -> None:
    assert judge_markup(markup).verdict in Verdict


HOSTILE = [
    "<", "<a ", '<a "', "<a b='", "<!--", "<script>", "</script>", "<title>", "<nav>", "<main>", "<h1>", "<div>", "&", "&#", "A", "Aa ",
    "A A ", "the ", "the page ", "not ", ", ", "our site site ", "Director ", "Director A", "<p>Access Denied ", "client challenge ",
    "{{", "{{a}} ", "<meta a=", '<meta a="b" ', "error ", "you ", "<?", "<?xml ", "<![", "\n", "<html ", "<p>x</p>", "(", "under ",
    "Chief Deputy ", "_incapsula_resource?", "<svg>", "</", "]]>", "\u200b",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_markup_is_judged_in_time(piece: str) -> None:
    begun = time.process_time()
    for markup in (
        piece * (500_000 // len(piece)),
        "<html><body>" + piece * (200_000 // len(piece)) + "</body></html>",
    ):
        judge_markup(markup)
    for title in (f"<title>{piece * 99}</title><p>x</p>", f"<h1>{piece * 99}</h1><p>{piece * 300}</p>"):
        judge_markup(title)
    assert time.process_time() - begun < 3
