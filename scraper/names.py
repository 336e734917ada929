"""The grammar of people's names: how much a run of words looks like one person, and where a name ends.

Scores are evidence, not probabilities: above `CLEAR` the words are a name whatever stands around them, above
`LIKELY` they are one where a name is expected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from scraper.lexicon import (
    GENERIC_HEADINGS,
    HEADS,
    HONORIFICS,
    NEVER_NAMES,
    OFFICE_NOUNS,
    OFFICE_WORDS,
    PARTICLES,
    PLACES,
    PLURAL_HEADS,
    RANKS,
    SUFFIXES,
    SURNAMES_TOO,
    fold,
    given_names,
)

CLEAR = 1.5
LIKELY = 0.7
NO_NAME = -10.0

_EDGES = " ,;:.()[]{}\"'“”‘’«»*†‡§!?|/–—-"
_INITIAL = re.compile(r"(?:[^\W\d_]\.){1,3}|[^\W\d_]")
_PROPER = re.compile(r"[^\W\d_][^\W\d_'’.ʻ‑-]*(?:['’ʻ‑-][^\W\d_]*)*\.?")
_JOINED = re.compile(r"(?:al|el|as|ad|ash|abd|d|l|de|dell|ibn|bin)[-‑'’][A-Z][\w'’-]+")
_NICKNAME = re.compile(r"""["'“‘’«(][^\W\d_][\w .'’-]*["'”’»)],?""")
_PEERAGES = frozenset({"lord", "lady", "baroness", "baron", "viscount", "earl", "countess", "duke", "marquess"})
_TITLES = frozenset(tuple(phrase.split()) for phrase in (*HONORIFICS, *RANKS))
_NAMED_AFTER = frozenset(
    "school center centre complex building station university college hospital library museum academy agency office "
    "department bureau division committee commission council foundation institute authority program airport clinic "
    "day award prize memorial highway bridge elementary community".split()
)
_NEVER_FAMILY = frozenset(
    "academy airport award highway hospital library medal memorial museum prize scholarship trophy university".split()
)
_ALSO_TITLES = frozenset(
    "general major marshal commander captain admiral judge justice representative ambassador "
    "advocate councillor lord".split()
)
_LONGEST_TITLE = max(map(len, _TITLES))
_DOTTED_LETTERS = re.compile(r"(?:[A-Z]\.){2,}[A-Z]?")
COUNTRIES = frozenset({"u.s", "u.s.a", "u.k", "u.n", "e.u", "d.c", "u.a.e"})


@lru_cache(maxsize=8192)
def core(token: str) -> str:
    """Return a token folded, without the punctuation around it; inner dots stay ("ph.d")."""
    return fold(token.strip(_EDGES))


def name_score(tokens: Sequence[str]) -> float:
    """Return how much the tokens look like one person's whole name; `NO_NAME` when they cannot be one."""
    return _name_score(tuple(tokens))


@lru_cache(maxsize=2048)
def _name_score(tokens: tuple[str, ...]) -> float:
    if any(token.endswith((":", ";")) for token in tokens[:-1]):
        return NO_NAME
    body, bonus = _undressed(tokens)
    if not body or len(body) > 7 or all(is_suffix(token) and "." not in token for token in body):
        return NO_NAME
    if core(body[-1]) in _NEVER_FAMILY:
        return NO_NAME
    if bonus and _peer(tokens):
        return CLEAR + 0.5
    if any(token.endswith(",") for token in body[:-1]):
        return NO_NAME
    kinds = [_kind(token, index) for index, token in enumerate(body)]
    words = [kind for kind in kinds if kind not in {"nickname", "particle"}]
    if None in kinds or not words or all(kind == "initial" for kind in words):
        return NO_NAME
    if kinds[-1] == "initial" or (kinds[-1] == "nickname" and len(words) == 1):
        return NO_NAME / 2
    late_initial = 1.2 * max(0, kinds.index("initial") - 1) if "initial" in kinds else 0.0
    return _length_score(len(words), bonus) + bonus + sum(_word_scores(body, kinds)) - late_initial


def _undressed(tokens: Sequence[str]) -> tuple[list[str], float]:
    """Return the tokens without honorifics, ranks and suffixes, and the evidence that those were."""
    body = list(tokens)
    start = honorific_length(body)
    bonus = 1.2 if start else 0.0
    del body[:start]
    while len(body) > 1 and is_suffix(body[-1], body[-2]):
        body.pop()
        bonus = max(bonus, 0.8)
    if bonus and body[-1].endswith(","):
        body[-1] = body[-1].rstrip(",")
    return body, bonus


def honorific_length(tokens: Sequence[str]) -> int:
    """Return how many leading tokens are honorifics or ranks ("The Hon Dr" is 3); never all of them."""
    place = 0
    while step := rank_at(tokens, place):
        place += step
    return place if place < len(tokens) else 0


def rank_at(tokens: Sequence[str], place: int) -> int:
    """Return how many tokens from a place on are one honorific or rank ("Vice Admiral" is 2), 0 for none."""
    for size in range(min(_LONGEST_TITLE, len(tokens) - place), 0, -1):
        words = tuple(core(token) for token in tokens[place : place + size])
        if words in _TITLES and (tokens[place].lstrip("(")[:1].isupper() or tokens[place] == "the"):
            return size
    return 0


def is_given(word: str) -> bool:
    """Whether a folded word is a given name, or begins with one before a hyphen ("marie-claude")."""
    first = re.split(r"[-‑]", word)[0]
    return first in given_names() and (first == word or first not in PARTICLES)


def is_honorific(token: str) -> bool:
    """Whether one token is an honorific that never ends a title ("Prof.", "Dr", "Senator", "Dame")."""
    word = core(token)
    return (word,) in _TITLES and word not in _ALSO_TITLES


def is_suffix(token: str, before: str = "") -> bool:
    """Whether the token is a suffix or post-nominal ("Jr.", "Ph.D.", "MP", "III"); lower case never is."""
    word, letters = core(token), token.strip(_EDGES)
    if word not in SUFFIXES and word.replace(".", "") not in SUFFIXES:
        spelled = _DOTTED_LETTERS.fullmatch(letters) is not None and word not in COUNTRIES
        return spelled and before.endswith(",")
    if word in {"jr", "sr", "esq", "esquire"} or before.endswith(","):
        return letters[:1].isupper()
    return sum(char.isupper() for char in letters) >= min(2, len(letters))


def _peer(tokens: Sequence[str]) -> bool:
    """Whether the tokens are a peer's style, which may name a place ("Baroness Evans of Bowes Park")."""
    words = [core(token) for token in tokens]
    style = next((i for i, word in enumerate(words) if word in _PEERAGES), None)
    if style is None or "of" not in words[style + 2 : -1] or len(words) - style > 6:
        return False
    return not any(
        word in HEADS or word in OFFICE_WORDS or word == "and"
        for word in words[style + 1 : words.index("of", style)]
    )


@lru_cache(maxsize=8192)
def _kind(token: str, index: int) -> str | None:
    bare = token.rstrip(",")
    word = core(token)
    if _NICKNAME.fullmatch(token):
        return "nickname" if index and not (token[0] == "(" and word in HEADS) else None
    if (
        word in PARTICLES
        and (token[0].islower() or token[0] in "'’" or index > 0)
        and (len(word) > 1 or not token[0].isupper())
    ):
        return "particle"
    if _JOINED.fullmatch(bare):
        return "word"
    if not bare or not bare[0].isupper():
        return None
    if _INITIAL.fullmatch(bare):
        return "initial"
    return "word" if _PROPER.fullmatch(bare) else None


def _length_score(words: int, bonus: float) -> float:
    if words == 1:
        return 0.0 if bonus else -1.0
    return {2: 0.6, 3: 0.6, 4: 0.3, 5: -0.2}.get(words, -1.0)


def _word_scores(body: list[str], kinds: list[str | None]) -> list[float]:
    first_is_given = is_given(core(body[0])) or kinds[0] == "initial"
    last = len(body) - 1
    lead = 1 if kinds[0] == "initial" else 0
    return [
        _extra_score(kind)
        if kind != "word"
        else _word_score(token, index - lead, index == last > 0, first_is_given)
        for index, (token, kind) in enumerate(zip(body, kinds, strict=True))
    ]


def _extra_score(kind: str | None) -> float:
    return {"initial": 0.8, "nickname": 0.8, "particle": 0.2}[kind or "particle"]


def _word_score(token: str, index: int, last: bool, first_is_given: bool) -> float:
    word = core(token)
    given = is_given(word)
    cost = _office_cost(word)
    if index > 0 and word in NEVER_NAMES and is_given(word):
        return -0.3
    if not cost:
        return (1.3 if index == 0 else 0.3) if given else 0.2
    if index == 0 and given and not last:
        return 0.6 - cost / 3
    if last and word in SURNAMES_TOO:
        return 0.0
    return -cost / 3 if last and first_is_given and word not in _NAMED_AFTER else -cost


@lru_cache(maxsize=8192)
def _office_cost(word: str) -> float:
    """Return how much a word speaks against a name: 0 where it says nothing about offices."""
    word = word.removesuffix("'s")
    parts = [word, *re.split(r"[-‑/]", word)] if "-" in word or "‑" in word else [word]
    if parts[0] in NEVER_NAMES:
        return 3.0
    if parts[0] in GENERIC_HEADINGS:
        return 1.8
    if "-in-" in word or word.endswith("-general"):
        return 2.4 if parts[1] in HEADS else 0.0
    if parts[0] in OFFICE_NOUNS or parts[0] in HEADS or parts[0] in PLURAL_HEADS:
        return 2.4
    if parts[0] in OFFICE_WORDS:
        return 1.8
    return 0.9 if parts[0] in PLACES else 0.0
