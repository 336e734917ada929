"""Bytes to text: marks, validity, declarations, text that was encoded twice."""

from __future__ import annotations

import codecs
from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.decoding import decode, mend


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    marks = {
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }
    body = marks.get(encoding, b"") + "Zoë Brückner".encode(encoding)
    assert decode(body) == "Zoë Brückner"


def test_a_mark_comes_before_what_is_declared() -> None:
    assert decode(codecs.BOM_UTF8 + "é".encode(), "text/html; charset=iso-8859-2") == "é"


def test_valid_utf_8_comes_before_what_is_declared() -> None:
    assert (
        decode("<meta charset=latin1>Zoë’s".encode(), "text/html; charset=latin1")
        == "<meta charset=latin1>Zoë’s"
    )


DECLARED = {
    b"\xb3": ("text/html; charset=iso-8859-2", "ł"),
    b"caf\xe9": ('text/html; charset="latin1"', "café"),
    b"\x93Lee\x94": ("text/html; charset=ISO-8859-1", "“Lee”"),
    b"\x80 7": ("text/html; charset=us-ascii", "€ 7"),
    b"\x83e\x83X\x83g": ("text/html; charset=Shift_JIS", "テスト"),
}


@pytest.mark.parametrize(("body", "told"), DECLARED.items())
def test_the_header_declares_the_charset(body: bytes, told: tuple[str, str]) -> None:
    assert decode(body, told[0]) == told[1]


@pytest.mark.parametrize(
    "declaration",
    [
        b"<meta charset=iso-8859-2>",
        b'<META CHARSET="ISO-8859-2">',
        b"<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'>",
        b'<?xml version="1.0" encoding="iso-8859-2"?>',
    ],
)
def test_the_markup_declares_the_charset(declaration: bytes) -> None:
    assert decode(declaration + b"\xb3").endswith("ł")


def test_the_header_comes_before_the_markup() -> None:
    assert decode(b"<meta charset=shift_jis>\xb3", "text/html; charset=iso-8859-2").endswith("ł")


@pytest.mark.parametrize(
    "label",
    "nonsense utf-8 utf-7 utf-16 utf-16-le utf-32 base64 rot13 hex idna punycode undefined".split(),
)
def test_a_charset_that_cannot_be_is_windows_1252(label: str) -> None:
    assert decode(f"<meta charset={label}>".encode() + b"caf\xe9").endswith("café")


@pytest.mark.parametrize(
    "label", sorted({*aliases.values(), "idna", "punycode", "undefined"} - {"unicode_escape"})
)
def test_no_declaration_makes_decoding_fail(label: str) -> None:
    assert isinstance(decode(f"<meta charset={label}>".encode() + b"caf\xe9\xff\x80\x1b"), str)


TWICE = {
    "EspaÃ±ol": "Español",
    "itâ€™s": "it’s",
    "Zoë BrÃ¼ckner": "Zoë Brückner",
    "the Nationâ€”our": "the Nation—our",
}


@pytest.mark.parametrize(("seen", "meant"), TWICE.items())
def test_text_encoded_twice_is_mended(seen: str, meant: str) -> None:
    assert mend(seen) == meant
    assert decode(seen.encode()) == meant


@pytest.mark.parametrize("text", ["Español", "it’s", "São Paulo", "Ångström", "Ã la carte", "", "a\r\nb\n"])
def test_text_that_is_right_is_left_alone(text: str) -> None:
    assert mend(text) == text


def test_lines_that_are_right_stay_right_beside_lines_that_are_not() -> None:
    assert mend("Thảo Nguyễn\nEspaÃ±ol\n") == "Thảo Nguyễn\nEspañol\n"


@given(st.binary(max_size=400), st.text(max_size=40))
def test_decoding_never_raises(body: bytes, content_type: str) -> None:
    assert isinstance(decode(body, content_type), str)


@given(st.text(st.characters(max_codepoint=0x17F), max_size=200))
def test_text_without_marks_of_double_encoding_comes_back_as_it_was(text: str) -> None:
    if not any(mark in text for mark in "ÃÂâ") and not text.startswith("\ufeff"):
        assert decode(text.encode()) == text
