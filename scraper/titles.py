"""The grammar of titles: what turns on a title noun, what its complement may be, and where a name begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scraper.lexicon import (
    AFTER_HEAD,
    CONNECTORS,
    HEAD_ABBREVIATIONS,
    HEADS,
    NEVER_NAMES,
    OFFICE_WORDS,
    OPENERS,
    PLACES,
    PLURAL_HEADS,
    SOLITARY_HEADS,
    SURNAMES_TOO,
    TITLE_MODIFIERS,
    given_names,
)
from scraper.names import (
    COUNTRIES,
    NO_NAME,
    core,
    honorific_length,
    is_given,
    is_honorific,
    is_suffix,
    name_score,
    rank_at,
)

_SPLIT_MARGIN = 0.9
_NEVER_ALONE = HEADS - SOLITARY_HEADS
_RANKING = (HEADS & TITLE_MODIFIERS) - SURNAMES_TOO
"""Nouns that rank the title behind them ("Assistant Minister"), so that no name ends in them before one."""
_LONE_HEADS = SOLITARY_HEADS - {"head"}
_OF_A_TITLE = OFFICE_WORDS | PLACES | CONNECTORS | TITLE_MODIFIERS | AFTER_HEAD
_PLACE_PREFIXES = frozenset(
    {
        "san",
        "santa",
        "costa",
        "puerto",
        "sierra",
        "new",
        "los",
        "las",
        "el",
        "fort",
        "saint",
        "st",
        "des",
        "port",
        "cape",
    }
)
_COMPOUNDS = frozenset(
    {
        ("provost", "marshal"),
        ("judge", "advocate"),
        ("fire", "marshal"),
        ("chief", "judge"),
        ("chief", "justice"),
        ("chief", "marshal"),
        ("sergeant", "major"),
        ("air", "marshal"),
        ("field", "marshal"),
        ("chief", "commissioner"),
        ("chief", "constable"),
        ("chief", "inspector"),
        ("chief", "superintendent"),
        ("lord", "mayor"),
        ("chief", "whip"),
        ("lord", "chancellor"),
        ("lord", "president"),
        ("lord", "advocate"),
    }
)
_PROFESSIONS = ("ologist", "ographer", "ician", "ist", "master", "keeper")
_SUBJECTS_TOO = frozenset({"justice", "register"})
_BODIES = frozenset(
    "office bureau sector division directorate unit department branch section agency institute team".split()
)
_MILITARY = frozenset("colonel captain lieutenant major sergeant commodore brigadier admiral".split())
_VERBS = frozenset("be is are was were has have will named soon pending shortly".split())
_DASHES = frozenset({"-", "–", "—", "|"})
_INITIAL = re.compile(r"[A-Z]\.")
_DOTTED = re.compile(r"[a-z](?:\.[a-z]){0,2}")
_NUMBERED = re.compile(r"[A-Z]{0,4}\d{1,4}(?:st|nd|rd|th)?|[IVX]+", re.I)


@dataclass(frozen=True, slots=True)
class Split:
    """A run of words taken apart into a title and the name that follows or precedes it."""

    title: tuple[int, int]
    name: tuple[int, int]
    score: float


def head_at(tokens: Sequence[str]) -> int | None:
    """Return the place of the first noun that a title turns on, None where there is none.

    A noun that only modifies another ("Chief Financial Officer", "Assistant Commissioner") is passed over.
    """
    found = None
    for place, token in enumerate(tokens):
        word = core(token)
        if found is None and word in OPENERS and not _under(tokens, place):
            return None
        if found is not None and word in _MILITARY:
            return found
        if _is_head(word, token):
            found = place
            if not (word in TITLE_MODIFIERS and _leads_on(tokens, place)):
                return place
    return found


def _under(tokens: Sequence[str], place: int) -> bool:
    """Whether "under" belongs to the title ("Under Secretary") rather than opening a complement."""
    following = tokens[place + 1 : place + 2]
    return core(tokens[place]) == "under" and bool(following) and _is_head(core(following[0]), following[0])


def _is_head(word: str, token: str) -> bool:
    if token.endswith(("'", "’")):
        return False
    if word in HEADS or word in PLURAL_HEADS:
        return True
    if "-" in word and (
        word.rsplit("-", 1)[1] in HEADS
        or (
            word.endswith(("-general", "-in-chief", "-in-charge", "-at-large", "-designate", "-elect"))
            and word.split("-")[0] in HEADS
        )
    ):
        return True
    if is_profession(word) or _is_joint(word, token):
        return True
    return word in HEAD_ABBREVIATIONS and not token.startswith("(") and token.strip("()., ").isupper()


def _is_joint(word: str, token: str) -> bool:
    """Whether a hyphen joins two nouns of titles ("Assessor-Recorder"), of which one is known."""
    first = word.partition("-")[0]
    parts = token.strip("(),.").split("-")
    joint = len(parts) == 2 and parts[1][:1].isupper() and first in HEADS
    return joint and first not in SURNAMES_TOO and not is_given(core(parts[1]))


def is_profession(word: str) -> bool:
    """Whether a folded word ends as the names of professions do ("entomologist")."""
    return word.endswith(_PROFESSIONS) and len(word) > 8 and not word.endswith(("qvist", "quist", "webmaster"))


def _leads_on(tokens: Sequence[str], place: int) -> bool:
    """Whether another title noun follows within the same noun phrase."""
    for token in tokens[place + 1 : place + 5]:
        word = core(token)
        if word in CONNECTORS or token.endswith((",", ";", ":")):
            return False
        if _is_head(word, token):
            return True
        if word in given_names() and word not in OFFICE_WORDS and word not in TITLE_MODIFIERS:
            return False
    return False


def title_score(tokens: Sequence[str]) -> float:
    """Return how much the tokens look like one whole title; `NO_NAME` when they cannot be one."""
    return _title_score(tuple(tokens))


@lru_cache(maxsize=2048)
def _title_score(tokens: tuple[str, ...]) -> float:
    head = head_at(tokens)
    if head is None or head > 8 or len(tokens) > 30:
        return NO_NAME
    if len(tokens) == 1 and "-" not in tokens[0] and core(tokens[0]) in _NEVER_ALONE:
        return NO_NAME
    if core(tokens[head]) in _SUBJECTS_TOO and any(core(token) in OFFICE_WORDS for token in tokens[:head]):
        return NO_NAME
    if core(tokens[-1]) in _BODIES and len(tokens) - 1 > head and _one_phrase(tokens[head:-1]):
        return NO_NAME
    score = 1.0 + sum(_before_score(token, place) for place, token in enumerate(tokens[:head]))
    return score + _complement_score(tokens, head)


def _one_phrase(tokens: Sequence[str]) -> bool:
    """Whether the words are one noun phrase, without a preposition or a separator among them."""
    return not any(core(t) in OPENERS or t in _DASHES or t.endswith((",", ":", ";")) for t in tokens)


def _before_score(token: str, place: int) -> float:
    word = core(token)
    if word in TITLE_MODIFIERS or _is_head(word, token):
        return 0.4
    if place == 0 and word == "the":
        return 0.0
    if word in OFFICE_WORDS or word in PLACES or word in CONNECTORS:
        return 0.1
    if word in NEVER_NAMES or not _capital(token) or token.endswith(",") or _initials(word):
        return NO_NAME
    return -0.6 if word in given_names() else -0.2


def _initials(word: str) -> bool:
    """Whether a folded word is a person's initials ("h.d"), not a country's ("u.s")."""
    return _DOTTED.fullmatch(word) is not None and word not in COUNTRIES


def _complement_score(tokens: Sequence[str], head: int) -> float:
    """Score what follows the title noun; words of office and connectors speak for it, given names against."""
    score = 0.0
    for place in range(head + 1, len(tokens)):
        score += _complement_word(tokens, place, head)
        if score < NO_NAME / 2:
            return NO_NAME
    if len(tokens) > head + 1 and core(tokens[-1]) in CONNECTORS:
        return NO_NAME
    return score


def _complement_word(tokens: Sequence[str], place: int, head: int) -> float:
    token, before = tokens[place], tokens[place - 1]
    word = core(token)
    if word in CONNECTORS or token in {"&", "-", "–", "—", "/", "|"}:
        return 0.1
    opened = token.startswith("(") or (
        core(before) in CONNECTORS
        or before.endswith((",", ";", ":", "(", "/", "–", "—", "&"))
        or before in "-–—&/|:"
    )
    follows = place == head + 1 or core(before) in AFTER_HEAD
    if follows and not opened and word in AFTER_HEAD:
        return 0.3
    if word in _PLACE_PREFIXES or core(before) in _PLACE_PREFIXES:
        return 0.1 if opened or core(before) in _PLACE_PREFIXES else -0.5
    if _is_head(word, token) or word in TITLE_MODIFIERS or _NUMBERED.fullmatch(token.strip("(),")):
        return 0.1
    if word in OFFICE_WORDS:
        return 0.4 if opened or place > head + 1 else 0.2
    if not _capital(token):
        return NO_NAME
    if word in PLACES:
        return 0.3
    return _unknown_word(word, opened)


def _unknown_word(word: str, opened: bool) -> float:
    if word in NEVER_NAMES:
        return -1.5 if word in _VERBS else -0.6
    if is_given(word):
        return -0.7 if opened else -1.3
    return -0.1 if opened else -1.0


def _capital(token: str) -> bool:
    letters = token.lstrip("(\"'“‘[«*")
    return bool(letters) and (letters[0].isupper() or letters[0].isdigit())


def split_title_name(
    tokens: Sequence[str], seams: frozenset[int] = frozenset(), bonus: dict[int, float] | None = None
) -> Split | None:
    """Return the best place to cut a run of words into a title and a name, None where none is believable.

    `seams` are token places where inline markup changes, `bonus` adds evidence from elsewhere (the same title on
    other lines). "Secretary of Homeland Security Elaine Duke" is cut before "Elaine".
    """
    candidates = [*_title_first(tokens), *_name_first(tokens, seams)]
    strong = seams | _marked_cuts(tokens)
    scored = [
        Split(
            split.title, split.name, split.score + (1.0 if cut in strong else 0.0) + (bonus or {}).get(cut, 0.0)
        )
        for cut, split in candidates
    ]
    best = max(scored, key=lambda split: split.score, default=None)
    return best if best is not None and best.score >= _SPLIT_MARGIN else None


def _marked_cuts(tokens: Sequence[str]) -> set[int]:
    """Return the places where the writing itself parts two things: a colon, a dash, a change to capitals."""
    cuts = {
        place + 1
        for place, token in enumerate(tokens[:-1])
        if token.endswith(":") or token in {"-", "–", "—", "|"}
    }
    shout = _shouted_from(tokens)
    return cuts if shout is None else cuts | {shout}


def _shouted_from(tokens: Sequence[str]) -> int | None:
    """Return where a run of capitals begins that lasts to the end, None without one.

    In "Director of Water JANE DOE" that is all of the name, in "Director Jane DOE" the family name alone.
    """
    start = len(tokens)
    while start > 0 and tokens[start - 1].isupper() and len(core(tokens[start - 1])) > 0:
        start -= 1
    family = [token for token in tokens[start:] if not is_suffix(token, ",")]
    while start > 0 and len(family) == 1 and may_be_given(tokens[start - 1]):
        start -= 1
    return start if 0 < start < len(tokens) and any(len(core(token)) > 2 for token in tokens[start:]) else None


def _title_first(tokens: Sequence[str]) -> list[tuple[int, Split]]:
    head = head_at(tokens)
    if head is None:
        return []
    found = []
    for cut in range(max(head + 1, len(tokens) - 12), len(tokens)):
        name, title = _name_behind(tokens, cut), title_score(tokens[:cut])
        if cut == 1 and title <= NO_NAME:
            title = 0.6
        if name > -1.1 and title > NO_NAME / 2 and not _needs_more(tokens, cut):
            found.append((cut, Split((0, cut), (cut, len(tokens)), name + title)))
    return found


def _name_behind(tokens: Sequence[str], cut: int) -> float:
    """Score the name behind a title: one unfamiliar word is a name behind a plain title, a place behind a dash."""
    name = name_score(tokens[cut:])
    if _INITIAL.fullmatch(tokens[cut]) and may_be_given(tokens[cut - 1]):
        return name - 1.0
    if cut == len(tokens) - 1 and -1.1 < name < 0.0:
        if tokens[cut - 1] in _DASHES:
            return NO_NAME
        return 0.0 if cut <= 4 and _all_known(tokens[:cut]) else name
    return name


def may_be_given(token: str) -> bool:
    """Whether a word of no office before an initial is likelier a given name than the end of a title."""
    word = core(token)
    return word not in _OF_A_TITLE and not _is_head(word, token)


def _all_known(tokens: Sequence[str]) -> bool:
    """Whether each word of a title is one that titles are made of, so that a single word behind it is a name."""
    known = all(_is_head(core(t), t) or core(t) in TITLE_MODIFIERS for t in tokens)
    return known and core(tokens[-1]) in _LONE_HEADS


def _needs_more(tokens: Sequence[str], cut: int) -> bool:
    """Whether a cut would leave a title unfinished: "Attorney | General", "Mayor of San | Diego", "Chief of | "."""
    last, following = core(tokens[cut - 1]), core(tokens[cut])
    split_rank = rank_at(tokens, cut - 1) > 1 or (cut > 2 and rank_at(tokens, cut - 2) == 2)
    if cut > 1 and split_rank and head_at(tokens[: cut - 1 - (rank_at(tokens, cut - 1) <= 1)]) is not None:
        return True
    if cut > 1 and is_honorific(tokens[cut - 1]) and head_at(tokens[: cut - 1]) is not None:
        return True
    if last in OPENERS or tokens[cut - 1] in {"&", "and", "of", "the"} or last in _PLACE_PREFIXES:
        return True
    if (last, following) in _COMPOUNDS or _INITIAL.fullmatch(tokens[cut - 1]):
        return True
    return following in {"general", "elect", "designate", "emeritus", "in", "pro"} and _is_head(
        last, tokens[cut - 1]
    )


def _ends_name(tokens: Sequence[str], place: int) -> bool:
    """Whether a word that could belong to a title ends the name before it: a comma or a separator follows."""
    if tokens[place].endswith(",") and head_at([tokens[place]]) is None:
        return True
    if core(tokens[place]) not in SURNAMES_TOO:
        return False
    rest = tokens[place + 1 :]
    return not rest or rest[0] in _DASHES or (tokens[place].endswith(",") and head_at(rest) is not None)


def _name_first(tokens: Sequence[str], seams: frozenset[int]) -> list[tuple[int, Split]]:
    found = []
    start = honorific_length(tokens)
    for cut in range(start + 1, min(len(tokens), start + 9)):
        if is_suffix(tokens[cut], tokens[cut - 1]) and head_at([tokens[cut]]) is None:
            continue
        if head_at(tokens[cut:]) is None or (cut not in seams and _ends_name(tokens, cut)):
            continue
        if core(tokens[cut - 1]) in _RANKING:
            continue
        name, title = name_score(tokens[:cut]), title_score(tokens[cut:])
        if name >= 0.7 and title > 0.85:
            lone = 1.6 if len(tokens) - cut == 1 else 1.0
            found.append((cut, Split((cut, len(tokens)), (0, cut), name + title - lone)))
    return found
