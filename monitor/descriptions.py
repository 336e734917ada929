"""Whether an office's description says something else, beyond what other changes already tell.

Words are compared, not characters: spaces, quotes, dashes and punctuation are layout. Quantities are compared
by value, so that "$7,500 million" is "$7.5 billion", "twenty" is "20" and "more than" is "over".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from text_to_num import alpha2digit  # type: ignore[import-untyped]  # it ships no types

from model import Office
from monitor.spelling import plain, words

_SCALES = {
    "thousand": 3,
    "k": 3,
    "million": 6,
    "mn": 6,
    "m": 6,
    "billion": 9,
    "bn": 9,
    "b": 9,
    "trillion": 12,
    "tn": 12,
}
_SCALED = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)[\s-]?"
    r"(?P<scale>thousand|million|billion|trillion|(?:mn|bn|tn|[kmb])(?![a-z]))",  # $7.5 billion, 32K
    re.IGNORECASE,
)
_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?:[, ]\d{3})+(?!\d)")  # 32,000 or 32 000
_CURRENCY = re.compile(
    r"(?<![^\W\d_])(?:[A-Z]{1,3}\.?)?[$€£¥₹₩₪₱₦₺]\s?(?=\d)"  # $, US$, A$, €
    r"|\b(?:[A-Z]{3}\s?|Rs\.?\s?|R)(?=\d)"  # USD 5, ZAR5, R5
    r"|(?<=\d)\s*(?:US )?(?:dollars|euros|pounds|yen|rand|rupees|francs|pesos|[A-Z]{3})\b"  # 5 dollars, 5 EUR
)
_PERCENT = re.compile(r"(?<=\d)\s*(?:%|percent\b|per cent\b)")
_BOUNDS = tuple(
    (re.compile(rf"\b(?:{phrases})\s+(?=\d)", re.IGNORECASE), f"{bound} ")
    for bound, phrases in (
        ("over", "(?:no|not) (?:fewer|less) than"),
        ("under", "(?:no|not) (?:more|greater) than"),
        ("over", "more than|greater than|over|above|exceeding|in excess of|upwards? of|at least"),
        ("about", "approximately|about|around|roughly|nearly|almost|some|close to|an estimated|estimated"),
        ("under", "fewer than|less than|under|up to|at most|below"),
    )
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W_]+")
_STATED = "#"
_GRAMMAR = frozenset(
    "# a an and as at by for from has have in is its of on or our over about under that the their to which who "
    "with including also staff plus operates employs".split()
)
_CLAUSE = 14  # words that a figure may bring along or take with it
_LONGEST = 4_000_000  # word pairs; beyond that, no search for what explains a difference


def says_something_else(old: Office, new: Office) -> bool:
    """Say whether the description changed in words that no change of leader, name or figure explains."""
    if old.text == new.text:
        return _spoken(old.note or "") != _spoken(new.note or "")
    left, right = _tokens(described(old), old, new), _tokens(described(new), old, new)
    if left == right or _tokens(old.text, old, new) == _tokens(new.text, old, new):
        return False
    if len(left) * len(right) > _LONGEST:
        return True
    return not _explained(left, right, old, new)


def described(office: Office) -> str:
    """Return the office's description with its note."""
    return "\n".join(part for part in (office.text, office.note) if part)


def _explained(left: list[str], right: list[str], old: Office, new: Office) -> bool:
    told, figures_moved = _words_told(old, new), _stated(old) != _stated(new)
    if not told and not figures_moved:
        return False
    known = _GRAMMAR | told
    for tag, start, stop, begin, end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        chunks = left[start:stop], right[begin:end]
        if tag != "equal" and not all(_is_told(chunk, known, clause=figures_moved) for chunk in chunks):
            return False
    return True


def _stated(office: Office) -> list[str]:
    return sorted(f"{figure.value.normalize():f} {figure.unit} {figure.bound}" for figure in office.figures)


def _is_told(chunk: Sequence[str], known: frozenset[str], *, clause: bool) -> bool:
    if clause and _STATED in chunk and len(chunk) <= _CLAUSE:
        return True
    return all(token.casefold() in known for token in chunk)


def _words_told(old: Office, new: Office) -> frozenset[str]:
    """Return the words whose difference other changes tell: of names, titles and measures that differ."""
    told = _differing(_measures(old), _measures(new))
    told |= _differing(_leader_words(old), _leader_words(new))
    return frozenset(told | _differing(_own_names(old), _own_names(new)))


def _measures(office: Office) -> list[str]:
    return sorted(figure.measure for figure in office.figures)


def _leader_words(office: Office) -> list[str]:
    return [office.leader.name, office.leader.title] if office.leader else []


def _own_names(office: Office) -> list[str]:
    return [office.name, office.abbreviation or ""]


def _differing(left: list[str], right: list[str]) -> set[str]:
    return set(words(" ".join([*left, *right]))) if left != right else set()


def _tokens(text: str, old: Office, new: Office) -> list[str]:
    """Return the words as written, and "#" for each quantity that the office's figures state."""
    stated = {_digits(str(figure.value)) for office in (old, new) for figure in office.figures}
    return [_STATED if token in stated else token for token in _spoken(text)]


def _spoken(text: str) -> list[str]:
    """Return the words of a text, every quantity in plain digits after its bound, without its sign."""
    spelled = _SCALED.sub(_in_full, plain(text).replace("'", ""))
    spelled = _GROUPED.sub(lambda match: match[0].replace(",", "").replace(" ", ""), spelled)
    spelled = _PERCENT.sub("", _CURRENCY.sub("", alpha2digit(spelled, "en")))
    spelled = re.sub(r"(\d[\d.]*)\+", r"over \1", spelled)
    for phrases, bound in _BOUNDS:
        spelled = phrases.sub(bound, spelled)
    spelled = re.sub(r"\bof (?=(?:over|about|under) \d)", "", spelled)
    return [_digits(token) if _NUMBER.fullmatch(token) else token for token in _TOKEN.findall(spelled)]


def _digits(number: str) -> str:
    return f"{Decimal(number).normalize():f}"


def _in_full(match: re.Match[str]) -> str:
    value = Decimal(match["number"].replace(",", "")).scaleb(_SCALES[match["scale"].casefold()])
    return f"{value.normalize():f}"
