"""What a body is when it is no HTML page: PDF, image, JSON, feed, program source, plain text, binary."""

from __future__ import annotations

import re

from model import Judgement, Verdict

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"RIFF", "a picture, sound or video (RIFF)"),
    (b"BM", "an image (BMP)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"\0\0\1\0", "an icon"),
    (b"PK\3\4", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "bytes that are still compressed (gzip)"),
    (b"\x28\xb5\x2f\xfd", "bytes that are still compressed (zstd)"),
    (b"BZh", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"OggS", "sound or video"),
    (b"ID3", "sound"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a rich text document (RTF)"),
    (b"%!PS", "a PostScript document"),
)
_TEXT_MAGIC = frozenset({b"BM", b"MZ", b"ID3", b"RIFF", b"BZh", b"GIF8"})
"""Marks that a text may begin with, too: they count only before control characters."""

_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_PROLOG = re.compile(r"(?:\s|<\?[^>]{0,2000}>|<!--.{0,5000}?-->|<![A-Za-z][^>]{0,2000}>)*", re.S)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_XML_KINDS = {
    "rss": "a news feed (RSS)",
    "feed": "a news feed (Atom)",
    "rdf": "a feed or data file (RDF)",
    "urlset": "a site map (XML)",
    "sitemapindex": "a site map (XML)",
    "svg": "an image (SVG)",
    "opml": "a list of feeds (OPML)",
    "kml": "a map file (KML)",
    "gpx": "a map file (GPX)",
    "envelope": "a web service's message (SOAP)",
    "wml": "a page for old telephones (WML)",
}
_JSON = re.compile(r"""\s*(?:\)\]\}',?\s*|[\w.$]{1,60}\()?[\[{]\s*(?:["\d\[\]{}-]|(?:true|false|null)\b)""")
_SOURCES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\s*<\?(?:php\b|=)"), "the program source of a page (PHP)"),
    (re.compile(r"\s*<%[@!=]?"), "the program source of a page"),
    (re.compile(r"\s*#!"), "a program source"),
    (
        re.compile(
            r"""\s*(?:["']use strict["']|\(?\(?function\b|!function|(?:var|let|const|import|export)\s[\w${*]|"""
            r"""window\.|define\(|document\.|if\s*\(|/\*|//)"""
        ),
        "a program or style sheet",
    ),
    (re.compile(r"\s*(?:@charset|@import|@media|@font-face|[.#]?[\w-]+\s*\{\s*[\w-]+\s*:)"), "a style sheet"),
    (re.compile(r"(?:BEGIN:VCALENDAR|BEGIN:VCARD)"), "a calendar or address card"),
    (
        re.compile(r"(?:MIME-Version|From|Received|Return-Path|Message-ID|WARC/1|HTTP/1)[:.]", re.I),
        "a mail or an archive file",
    ),
    (re.compile(r"--[\w'()+,./:=? -]{1,70}\r?\nContent-", re.I), "a message of several parts"),
    (re.compile(r"-----BEGIN "), "a key or certificate"),
)
_TAG = re.compile(r"<(?:!doctype\s+html|[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>]))", re.I)
_FAILURE_WORDS = re.compile(
    r"\b(?:errors?|exception|failed|failure|traceback|denied|forbidden|unauthorized|unavailable|timed? ?out|"
    r"timeout|"
    r"not found|bad gateway|no healthy upstream|upstream connect|too many requests|rate limit|maintenance)\b",
    re.I,
)
_REFUSAL_WORDS = re.compile(r"access ?denied|forbidden|unauthorized|too many requests|rate limit|blocked", re.I)


def not_html(body: bytes) -> Judgement | None:
    """Return what a body is when its bytes are no text at all, None when they may be text."""
    start = body[:4096].lstrip()
    if not start:
        return Judgement(Verdict.NOT_THE_PAGE, "the body is empty")
    has_mark = body.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    controls = 0 if has_mark else len(start) - len(start.translate(None, _CONTROLS))
    for magic, kind in _MAGIC:
        if start.startswith(magic) and (controls or magic not in _TEXT_MAGIC):
            return _instead(kind)
    if controls > len(start) // 50 + 1 or (b"\0" in start and not has_mark):
        return _instead("binary content, no text,")
    return None


def not_a_page(markup: str) -> Judgement | None:
    """Return what a text is when it is no HTML, None for HTML or a fragment of it."""
    if not markup.strip("\ufeff\0 \t\r\n\f\v"):
        return Judgement(Verdict.NOT_THE_PAGE, "the body is empty")
    start = markup[:20_000].lstrip("\ufeff")
    if _JSON.match(start):
        return _failure_or(start, "JSON data")
    for pattern, kind in _SOURCES:
        if pattern.match(start):
            return _instead(kind)
    return _xml(start) or _tagless(markup, start)


def _xml(start: str) -> Judgement | None:
    prolog = _PROLOG.match(start)
    root = _ROOT.match(start, prolog.end() if prolog else 0)
    if root is None:
        return None
    name = root[1].lower()
    if name in _XML_KINDS:
        return _instead(_XML_KINDS[name])
    if name == "error":
        return _failure_or(start, "an error message (XML)")
    if start.lstrip().startswith("<?xml") and name not in ("html", "head", "body", "div", "main", "section"):
        return _failure_or(start, "XML data")
    return None


def _tagless(markup: str, start: str) -> Judgement | None:
    if _TAG.search(start) or (len(markup) > len(start) and _TAG.search(markup)):
        return None
    return _failure_or(start, "plain text")


def _failure_or(start: str, kind: str) -> Judgement:
    """Judge structured or plain text: a message of failure, a refusal, or just not a page."""
    words = " ".join(start[:300].split())[:80]
    if _REFUSAL_WORDS.search(start[:600]):
        return Judgement(Verdict.BLOCKED, f"a refusal came instead of the page, as {kind}: {words}")
    if _FAILURE_WORDS.search(start[:600]):
        return Judgement(Verdict.ERROR, f"an error message came instead of the page, as {kind}: {words}")
    return _instead(kind)


def _instead(kind: str) -> Judgement:
    return Judgement(Verdict.NOT_THE_PAGE, f"{kind} came instead of the page")
