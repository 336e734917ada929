"""How a capture arrived: what its status, headers and final URL say, beside what its body is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from model import Capture, Judgement, Verdict

_READ_AS_MARKUP = re.compile(r"html|xml|octet-stream|text/plain|^$", re.I)
_LOG_IN_PATH = re.compile(
    r"(?:^|/)(?:log-?in|log-?on|sign-?in|sign-?on|sso|saml2?|oauth2?|openid|auth|authenticate|adfs|cas|"
    r"accounts?/login|user/login|"
    r"wp-login\.php|login\.\w+|signin\.\w+|_layouts/(?:15/)?authenticate\.aspx)(?:/|$)",
    re.I,
)
_ERROR_PATH = re.compile(
    r"(?:^|/)(?:40[0-9]|50[0-9]|errors?|page-?not-?found|not-?found|error-?page|maintenance|unavailable|"
    r"offline|sorry|blocked|"
    r"access-?denied|captcha|validate|challenge|down)(?:\.\w{2,5})?/?$",
    re.I,
)
HOME_PATH = re.compile(
    r"/?(?:(?:[a-z]{2}(?:[-_][a-z]{2})?)/?)?(?:(?:index|default|home|main)(?:\.\w{2,5})?/?)?", re.I
)
_HEADER_MARKS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("cf-mitigated", re.compile("."), "a Cloudflare bot challenge"),
    ("x-amzn-waf-action", re.compile("."), "an AWS WAF challenge"),
    ("x-datadome", re.compile("protected|blocked", re.I), "a DataDome bot challenge"),
    ("x-vercel-mitigated", re.compile("."), "a Vercel bot challenge"),
    ("x-sucuri-block", re.compile("."), "a Sucuri firewall page"),
    ("x-kpsdk-ct", re.compile("."), "a Kasada bot challenge"),
    ("x-px-block", re.compile("."), "a PerimeterX (HUMAN) bot challenge"),
)
_ALWAYS = frozenset({"cf-mitigated", "x-amzn-waf-action", "x-vercel-mitigated", "x-sucuri-block", "x-px-block"})


CUT = "the connection was cut: only a part of the page came"


def judge_arrival(capture: Capture) -> Judgement | None:
    """Judge how an answer came whose body reads like a page; None where nothing speaks against it."""
    return _judge_end(capture) or _judge_form(capture)


def judge_again(capture: Capture) -> Judgement | None:
    """Judge an answer that says what one said that was judged ok; None where nothing speaks against it."""
    announced = wall_announced(capture.headers, refused=False)
    if announced:
        return Judgement(Verdict.BLOCKED, f"{announced} came instead of the page")
    if capture.truncated:
        return Judgement(Verdict.TRUNCATED, CUT)
    return judge_arrival(capture)


def _judge_form(capture: Capture) -> Judgement | None:
    """Judge what the headers say of a body that reads like a page."""
    if capture.status == HTTPStatus.PARTIAL_CONTENT:
        return Judgement(Verdict.TRUNCATED, "the server sent a part of the page only (206)")
    if capture.status not in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION):
        return Judgement(Verdict.ERROR, f"the server answered {status_words(capture.status)}, which is no page")
    if "refresh" in capture.headers:
        return Judgement(Verdict.NOT_THE_PAGE, "a page that sends its reader on came instead of the page")
    kind = content_type(capture).partition(";")[0].strip()
    if not _READ_AS_MARKUP.search(kind):
        return Judgement(Verdict.NOT_THE_PAGE, f"the server calls what it sent {kind[:60]!r}, not a page")
    return None


def _judge_end(capture: Capture) -> Judgement | None:
    """Judge where redirects ended."""
    asked, came = path_of(capture.url), path_of(capture.final_url)
    if asked == came or HOME_PATH.fullmatch(asked):
        return None
    if HOME_PATH.fullmatch(came):
        return Judgement(
            Verdict.NOT_THE_PAGE, "the site's home page came instead of the page: the server redirected to it"
        )
    if _LOG_IN_PATH.search(came) and not _LOG_IN_PATH.search(asked):
        return Judgement(Verdict.NOT_THE_PAGE, "the server redirected to a log-in page")
    if _ERROR_PATH.search(came) and not _ERROR_PATH.search(asked):
        return Judgement(Verdict.NOT_THE_PAGE, f"the server redirected to an error page ({came[:80]})")
    return None


def wall_announced(headers: Mapping[str, str], *, refused: bool) -> str | None:
    """Return the wall that response headers announce; some headers mean one only on a `refused` request."""
    for name, pattern, words in _HEADER_MARKS:
        if (refused or name in _ALWAYS) and pattern.search(headers.get(name, "")):
            return words
    return None


def status_words(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def content_type(capture: Capture) -> str:
    return capture.headers.get("content-type", "")


def path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return url
