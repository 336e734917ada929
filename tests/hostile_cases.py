"""Ways in which a site may misbehave, each with the verdict that a check comes to.

Each case is what one site answers, whatever it is asked for (`robots` apart), after it served a good page.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from fixtures import path
from model import Verdict
from scraper.exchange import DEFAULT_LIMITS
from scraper.modest import MOST_MARKUP, MOST_TAGS
from tests.loopback import NOT_FOUND, Asked, Reply

OK, BLOCKED, ERROR = Verdict.OK, Verdict.BLOCKED, Verdict.ERROR
NOT_THE_PAGE, TRUNCATED, NOT_MODIFIED = Verdict.NOT_THE_PAGE, Verdict.TRUNCATED, Verdict.NOT_MODIFIED

GOOD = path("cbp_2024-04-19.html").read_bytes()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MIB = 1024 * 1024


@dataclass(frozen=True)
class Hostile:
    """What a site answers, and the verdict on it; OK where only the rows are not believed."""

    name: str
    answer: Reply | Callable[[Asked], Reply]
    verdict: Verdict
    robots: Reply = NOT_FOUND


def raw(data: bytes, **more: object) -> Reply:
    return Reply(raw=data, **more)  # type: ignore[arg-type]


def page(body: bytes | str, **headers: str) -> Reply:
    return Reply(body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def sent_to(location: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": location})


def saved(name: str) -> Reply:
    return Reply(path(name).read_bytes())


def onward(asked: Asked) -> Reply:
    """Redirect to a place that was not asked for yet."""
    return sent_to(f"{asked.path}x")


def with_cookies(asked: Asked) -> Reply:
    """Redirect to the same place, with another cookie each time."""
    number = len(asked.headers.get("cookie", "")) + 1
    return Reply(status=302, headers={"Location": asked.path, "Set-Cookie": f"wall={'x' * number}"})


@cache
def bomb(size: int = 80 * MIB) -> bytes:
    """Return gzip that unpacks to so many bytes of page."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    piece = b"<p>" + b" " * (MIB - 3)
    return b"".join(packer.compress(piece) for _ in range(size // MIB)) + packer.flush()


def in_body(text: str) -> str:
    return f"<!DOCTYPE html><html><head><title>Leadership</title></head><body><main>{text}</main></body></html>"


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><html><body>&a11;</body></html>"
)
OUTSIDE = '<!DOCTYPE html [<!ENTITY leak SYSTEM "file:///etc/passwd">]><html><body><h1>Leadership</h1>&leak;</body></html>'
ONE_NAME = in_body("<h1>Leadership</h1><h2>Office of Trade</h2><p><strong>Director Jane Doe</strong></p>")
OTHERS = in_body(
    "<h1>Leadership</h1>"
    + "".join(
        f"<h2>Office of {x}</h2><p><strong>Director Ann {x}</strong></p>"
        for x in ("Harbors", "Lakes", "Rivers")
    )
)

CONNECTION = [
    Hostile("hangs up without a word", raw(b""), ERROR),
    Hostile("hangs up within the status line", raw(b"HTTP/1.1 2"), ERROR),
    Hostile("speaks SSH", raw(b"SSH-2.0-OpenSSH_9.6\r\n"), ERROR),
    Hostile("answers with a TLS alert", raw(b"\x15\x03\x01\x00\x02\x02\x28"), ERROR),
    Hostile("answers noise", raw(bytes(range(256)) * 40), ERROR),
    Hostile("answers a page without any header", raw(GOOD), ERROR),
    Hostile("has a status that is no number", raw(b"HTTP/1.1 abc OK\r\n\r\n" + GOOD), ERROR),
    Hostile("has a status of four digits", raw(b"HTTP/1.1 2000 OK\r\n\r\n" + GOOD), ERROR),
    Hostile("has a status that nobody knows", raw(b"HTTP/1.1 799 Odd\r\nContent-Length: 0\r\n\r\n"), ERROR),
    Hostile("speaks HTTP/9", raw(b"HTTP/9.0 200 OK\r\n\r\n" + GOOD), OK),
    Hostile("says 100 Continue for ever", raw(b"", endless=b"HTTP/1.1 100 Continue\r\n\r\n"), ERROR),
    Hostile("never answers", Reply(wait=60), ERROR),
    Hostile("falls silent within the headers", raw(HEAD, hang=True), ERROR),
    Hostile("falls silent within the body", raw(HEAD + b"\r\n" + GOOD[:9000], hang=True), ERROR),
    Hostile("sends its headers a byte at a time", raw(HEAD + b"\r\n" + GOOD, drip=0.2), ERROR),
    Hostile("sends its body a byte at a time", Reply(GOOD, drip=0.005), ERROR),
    Hostile("sends headers without end", raw(HEAD, endless=b"X-More: " + b"x" * 4096 + b"\r\n"), ERROR),
    Hostile("sends one header without end", raw(HEAD + b"X-Long: ", endless=b"x" * 65536), ERROR),
    Hostile("sends a NUL in a header", raw(HEAD + b"X-Odd: a\0b\r\n\r\n" + GOOD), ERROR),
    Hostile("sends a header without a name", raw(HEAD + b": odd\r\n\r\n" + GOOD), ERROR),
    Hostile("sends a body without end", raw(HEAD + b"\r\n", endless=b"<p>more</p>" * 6000), ERROR),
    Hostile(
        "sends chunks without end",
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", endless=b"5\r\nhello\r\n" * 6000),
        ERROR,
    ),
]

LENGTHS = [
    Hostile(
        "promises more than it sends", raw(HEAD + b"Content-Length: 99999\r\n\r\n" + GOOD[:30000]), TRUNCATED
    ),
    Hostile(
        "promises a petabyte", raw(HEAD + b"Content-Length: 1125899906842624\r\n\r\n" + GOOD[:30000]), TRUNCATED
    ),
    Hostile("sends half and says that is all", page(GOOD[: len(GOOD) // 2]), TRUNCATED),
    Hostile("has a negative length", raw(HEAD + b"Content-Length: -1\r\n\r\n" + GOOD), ERROR),
    Hostile("has two lengths", raw(HEAD + b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n" + GOOD), ERROR),
    Hostile("has a length that is no number", raw(HEAD + b"Content-Length: ten\r\n\r\n" + GOOD), ERROR),
    Hostile("sends chunks of no size", raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + GOOD), ERROR),
    Hostile(
        "cuts off within a chunk",
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n" + GOOD[:20000]),
        TRUNCATED,
    ),
    Hostile("has a transfer coding of its own", raw(HEAD + b"Transfer-Encoding: rot13\r\n\r\n" + GOOD), ERROR),
]

PACKED = [
    Hostile("sends a gzip bomb", page(bomb(), content_encoding="gzip"), ERROR),
    Hostile("sends a bomb in a bomb", page(gzip.compress(bomb()), content_encoding="gzip, gzip"), ERROR),
    Hostile(
        "sends a deflate bomb", page(zlib.compress(b"<p>" * (20 * MIB)), content_encoding="deflate"), ERROR
    ),
    Hostile("cuts its gzip short", page(gzip.compress(GOOD)[:4000], content_encoding="gzip"), TRUNCATED),
    Hostile(
        "sends noise after a gzip head", page(b"\x1f\x8b\x08" + b"\xff" * 5000, content_encoding="gzip"), ERROR
    ),
    Hostile("sends brotli unasked", page(b"\x0b\x02\x80" + b"x" * 900, content_encoding="br"), ERROR),
    Hostile("packs it ten times", page(GOOD, content_encoding=", ".join(["gzip"] * 10)), ERROR),
    Hostile("has a coding of its own", page(GOOD, content_encoding="rot13"), ERROR),
]

STATUSES = [
    Hostile("answers 204", Reply(status=204), NOT_THE_PAGE),
    Hostile("answers 206 with a part", Reply(GOOD[:20000], status=206), TRUNCATED),
    Hostile("answers 304 unasked", Reply(status=304), ERROR),
    Hostile("answers 401", Reply("<h1>Sign in</h1>", status=401), BLOCKED),
    Hostile("answers 403 with the whole page", Reply(GOOD, status=403), BLOCKED),
    Hostile("answers 404 with the whole page", Reply(GOOD, status=404), NOT_THE_PAGE),
    Hostile("answers 410", Reply("<h1>Gone</h1>", status=410), NOT_THE_PAGE),
    Hostile("answers 429 until the year 9999", Reply(status=429, headers={"Retry-After": "9" * 40}), BLOCKED),
    Hostile("answers 451", Reply("<h1>Withheld</h1>", status=451), BLOCKED),
    Hostile("answers 500 with the whole page", Reply(GOOD, status=500), ERROR),
    Hostile(
        "answers 503 and a date long gone",
        Reply(status=503, headers={"Retry-After": "Sun, 06 Nov 1994"}),
        ERROR,
    ),
]

REDIRECTS = [
    Hostile("leads to itself", sent_to("/leadership"), NOT_THE_PAGE),
    Hostile("leads on and on", onward, NOT_THE_PAGE),
    Hostile("leads on and on by cookies", with_cookies, NOT_THE_PAGE),
    Hostile("leads to a file", sent_to("file:///etc/passwd"), ERROR),
    Hostile("leads to a script", sent_to("javascript:alert(1)"), NOT_THE_PAGE),
    Hostile("leads to a cloud's metadata", sent_to("http://169.254.169.254/latest/meta-data/"), NOT_THE_PAGE),
    Hostile("leads to another port", sent_to("http://127.0.0.1:22/"), NOT_THE_PAGE),
    Hostile("leads to another site", sent_to("https://elsewhere.example/"), NOT_THE_PAGE),
    Hostile("leads to a user and password", sent_to("http://root:root@127.0.0.1/"), ERROR),
    Hostile("leads to what is no URL", sent_to("http://[::bad"), NOT_THE_PAGE),
    Hostile("leads nowhere", Reply(status=302), ERROR),
    Hostile(
        "leads by a header that is split", raw(b"HTTP/1.1 302 x\r\nLocation: /a\r\n /b\r\n\r\n"), NOT_THE_PAGE
    ),
]

CONTENT = [
    Hostile("sends nothing", page(""), NOT_THE_PAGE),
    Hostile("sends blanks", page(" \n\t" * 9000), NOT_THE_PAGE),
    Hostile("sends NULs", page(b"\0" * 60000), NOT_THE_PAGE),
    Hostile(
        "sends a picture", page(b"\x89PNG\r\n\x1a\n" + b"\0\xff" * 9000, content_type="image/png"), NOT_THE_PAGE
    ),
    Hostile("sends a picture as HTML", page(b"\x89PNG\r\n\x1a\n" + b"\0\xff" * 9000), NOT_THE_PAGE),
    Hostile(
        "sends a PDF", page(b"%PDF-1.7\n" + b"1 0 obj\n" * 900, content_type="application/pdf"), NOT_THE_PAGE
    ),
    Hostile("sends JSON", page('{"error": "maintenance"}', content_type="application/json"), ERROR),
    Hostile("sends entities that explode", page(BILLION_LAUGHS), NOT_THE_PAGE),
    Hostile("sends an entity from outside", page(OUTSIDE), NOT_THE_PAGE),
    Hostile("sends a script alone", page(in_body("<script>location = '/x'</script>")), NOT_THE_PAGE),
    Hostile(
        "sends a refresh to elsewhere",
        page("<meta http-equiv=refresh content='0;url=//x.example'>"),
        NOT_THE_PAGE,
    ),
    Hostile("sends a frame alone", page(in_body("<iframe src='https://x.example'></iframe>")), NOT_THE_PAGE),
    Hostile(
        "sends a login form", page(in_body("<h1>Sign in</h1><form><input type=password></form>")), NOT_THE_PAGE
    ),
    Hostile("sends a wall", saved("akamai_access_denied.html"), BLOCKED),
    Hostile("sends a challenge", saved("akamai_challenge.html"), BLOCKED),
    Hostile("sends a maintenance page", saved("maintenance.html"), ERROR),
    Hostile("sends a page that was not found", saved("soft_404.html"), NOT_THE_PAGE),
    Hostile("sends its frame without the middle", saved("blank_main.after.html"), NOT_THE_PAGE),
    Hostile("sends the page without its names", saved("no_names.after.html"), NOT_THE_PAGE),
    Hostile("sends half of the offices", saved("halved.after.html"), TRUNCATED),
    Hostile("sends one office", page(ONE_NAME), OK),
    Hostile("sends another agency", page(OTHERS), OK),
    Hostile("nests tags without end", page("<div>" * 400_000), NOT_THE_PAGE),
    Hostile("sends tags that never close", page("<p <b <i " * 100_000), TRUNCATED),
    Hostile("sends an attribute of megabytes", page(f'<p class="{"x" * (4 * MIB)}">'), NOT_THE_PAGE),
    Hostile("sends a line of megabytes", page(in_body("word " * 800_000)), NOT_THE_PAGE),
    Hostile("sends a comment that never closes", page(b"<!--" + GOOD), BLOCKED),
    Hostile("says UTF-16 and sends ASCII", page(GOOD, content_type="text/html; charset=utf-16"), OK),
    Hostile("has a charset of its own", page(GOOD, content_type="text/html; charset=klingon"), OK),
]

ROBOTS = [
    Hostile("asks programs to stay away", page(GOOD), BLOCKED, page("User-agent: *\nDisallow: /")),
    Hostile("has robots.txt fail", page(GOOD), ERROR, Reply(status=500)),
    Hostile("has robots.txt hang", page(GOOD), ERROR, Reply(wait=60)),
    Hostile("has robots.txt without end", page(GOOD), OK, raw(HEAD + b"\r\n", endless=b"# more\n" * 9000)),
    Hostile("has a bomb for robots.txt", page(GOOD), OK, page(bomb(), content_encoding="gzip")),
    Hostile("has robots.txt lead to itself", page(GOOD), OK, sent_to("/robots.txt")),
    Hostile("has noise for robots.txt", page(GOOD), OK, page(bytes(range(256)) * 40)),
]

SLOW = [*CONNECTION, *LENGTHS, *STATUSES, *REDIRECTS]
"""Those that make a check wait: they are asked side by side."""

HUNGRY = [*PACKED, *CONTENT, *ROBOTS]
"""Those that may take memory: they are asked one after the other, so that each is measured by itself."""


def going_on(piece: bytes, size: int) -> Reply:
    """Return the good page with a piece repeated at the end of its main part, up to so many bytes."""
    return Reply(GOOD.replace(b"</main>", piece * ((size - len(GOOD)) // len(piece)) + b"</main>", 1))


MOST_BYTES = DEFAULT_LIMITS.max_bytes - 1
TAGS = MOST_TAGS - GOOD.count(b"<") - 10
"""What the limits leave beside the good page: of bytes, and of tags."""

HEAVY = [
    Hostile("goes on with line breaks", going_on(b"<br>", len(GOOD) + 4 * TAGS), OK),
    Hostile("goes on with lines", going_on(b"word<br>", len(GOOD) + 8 * TAGS), OK),
    Hostile("goes on with bold words", going_on(b"<b>x</b>", len(GOOD) + 4 * TAGS), OK),
    Hostile("goes on with words", going_on(b"word ", MOST_MARKUP), OK),
    Hostile(
        "goes on with pictures in its text", going_on("\N{SNOWMAN}\N{CAT FACE} ".encode(), 2 * MOST_MARKUP), OK
    ),
    Hostile(
        "goes on with attributes",
        going_on(f"<i {' '.join(f'a{n}=' for n in range(2600))}></i>".encode(), MOST_MARKUP),
        OK,
    ),
    Hostile("goes on with scripts", going_on(b"<script>" + b"x = 1;" * 1000 + b"</script>", MOST_BYTES), OK),
    Hostile("goes on for megabytes", going_on(b"word <b>word</b> ", MOST_BYTES), NOT_THE_PAGE),
    Hostile("sends megabytes of noise", page(Random(1).randbytes(MOST_BYTES)), NOT_THE_PAGE),  # noqa: S311 no secret
]
"""Those that take as much memory as the limits leave: they are asked side by side, as many as in earnest."""
