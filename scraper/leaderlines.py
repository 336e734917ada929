"""One line of a page read as what it says about an office: who, as what, how, or that nobody does.

A line is cut at its separators into pieces; each piece is a name, a title, both, a capacity, a vacancy, an
office or something else, and the pattern of the pieces says what the line is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from model import Capacity
from scraper.capacities import is_past, is_vacancy, split_capacity, tidy
from scraper.lexicon import (
    CONNECTORS,
    HEADS,
    LINK_PHRASES,
    OFFICE_NOUNS,
    OFFICE_WORDS,
    OPENERS,
    PARTICLES,
    PLACES,
    RANKS,
    SUFFIXES,
    fold,
)
from scraper.names import LIKELY, NO_NAME, core, is_suffix, name_score
from scraper.titles import Split, head_at, split_title_name, title_score

MAX_LENGTH = 260
_SEPARATOR = re.compile(
    r"\s+[-–—|•·/]\s+|\s*[–—|•]\s*|\s*[:;]\s+|\s*,\s+|\s*\(\s*|\s*\)\s*(?:,\s*)?|\s*[\[\]]\s*"
)
_GLUED = re.compile(r"\b([A-Z]?[a-z]{2,})([A-Z][a-z])")
_NICK = re.compile(r"(?<=[^\W\d_.] )\(([^\W\d_][\w.'’-]*)\)(?= [^\W\d_])")
_ABBREVIATED = re.compile(
    r"\b(?:Prof|Hon|Rev|Gen|Capt|Col|Maj|Sgt|Adm|Amb|Sen|Rep|Brig|Cmdr|Atty|Engr|Asst|Assoc|Dept)\."
)
_PARTY = re.compile(r"\s*\(([^()]*)\)\s*$")
_SENTENCE = re.compile(r"[a-z]{3}[.!?][\"”’)]?\s+[A-Z“\"]|(?:[a-z]{3,}|\d)[.!?][\"”’)]?$")
_VACANCY_WORDS = re.compile(
    r"vacan|unfilled|\bt\.?b\.?[adcn]\b|to be |appoint|recruit|not filled|incumbent|none|n/a", re.I
)
_RANK_TITLES = frozenset(RANKS) | {
    "senator",
    "ambassador",
    "judge",
    "justice",
    "representative",
    "professor",
    "dr",
}
_LIST_NUMBER = re.compile(r"^(?:\(?\d{1,3}[.)]|[•*▪‣·–-])\s+(?=\S)")
_BODIES = frozenset(
    "office bureau department division directorate branch center centre group institute agency administration "
    "authority command unit program programme taskforce board commission secretariat".split()
)
_VACANT_BESIDE = re.compile(
    r"^(?:(?:currently )?vacant|(?:position|post) vacant|to be (?:announced|determined|appointed|confirmed|named)|tbd|tba|tbc)\s+(?=[A-Z])"
    r"|(?<=\w)\s+(?:vacant|to be (?:announced|determined|appointed|confirmed|named)|tbd|tba|tbc)$",
    re.I,
)
_TITLE_FLOOR = 0.4


@dataclass(frozen=True, slots=True)
class Reading:
    """What one line says. `complement` is the office named inside the line, apart from title and name."""

    name: str | None = None
    title: str | None = None
    complement: str | None = None
    capacity: Capacity | None = None
    vacant: bool = False
    rank_only: bool = False
    score: float = 0.0

    @property
    def is_leader(self) -> bool:
        return self.name is not None and self.title is not None

    @property
    def is_name(self) -> bool:
        return self.name is not None and self.title is None

    @property
    def is_title(self) -> bool:
        return self.title is not None and self.name is None and not self.vacant


@dataclass(slots=True)
class _Piece:
    text: str
    start: int
    end: int
    opener: str = ""
    kind: str = "other"
    score: float = 0.0
    capacity: Capacity | None = None


def read_line(
    text: str, seams: frozenset[int] = frozenset(), titles: frozenset[str] = frozenset()
) -> Reading | None:
    """Return what a line says about an office, None where it says nothing of the kind.

    `seams` are the places where inline markup changes, `titles` are titles (folded) that other lines of the page
    begin with. Sentences name nobody here: a text that mentions a title is not a leader line.
    """
    if len(text) > MAX_LENGTH or is_boilerplate(text):
        return None
    clean = _LIST_NUMBER.sub("", text).strip("*†‡ ")
    if is_vacancy(clean):
        return Reading(vacant=True, score=1.0)
    bare, capacity = split_capacity(_GLUED.sub(_unglue, clean))
    if is_past(bare):
        return None
    places = frozenset(_moved(place, text, bare) for place in seams) if bare else frozenset()
    reading = _read(bare or clean, places, titles)
    if reading is None:
        return Reading(capacity=capacity, score=0.5) if capacity and not tidy(bare) else None
    return replace(reading, capacity=capacity) if capacity else reading


def _moved(place: int, text: str, bare: str) -> int:
    """Return where a place of a line stands in what is left of the line; -1 where it was cut out."""
    if text[:place] == bare[:place]:
        return place
    rest = len(text) - place
    return len(bare) - rest if text[place:] == bare[-rest:] else -1


def _unglue(match: re.Match[str]) -> str:
    """Part a title or an office from the name that follows without a space ("AdministratorMichael")."""
    word = match[1].lower()
    follows = match.string[match.start(2) :].startswith(("Acting", "Interim", "Vacant"))
    return f"{match[1]} {match[2]}" if follows or word in HEADS or word in OFFICE_WORDS else match[0]


def is_boilerplate(text: str) -> bool:
    """Whether the text is a link's or a button's wording ("Read more", "More about Jane Doe")."""
    words = fold(text).strip(" .:»›>…")
    return any(
        words == phrase or words.startswith(phrase + " ") for phrase in LINK_PHRASES if words.startswith(phrase)
    )


def is_sentence(text: str) -> bool:
    """Whether the text is prose: it has verbs and small words a title or a name would not have, or a full stop."""
    text = _ABBREVIATED.sub(" ", text)
    words = text.split() or [text]
    small = sum(1 for word in words if word.islower() and not _plain_small(core(word)))
    if small >= 3 or small > 0.3 * len(words):
        return True
    return bool(_SENTENCE.search(text)) and (small > 0 or len(words) > 8) or _full_stop(words)


def _full_stop(words: list[str]) -> bool:
    last = words[-1]
    word = core(last)
    return (
        len(words) >= 5
        and last.endswith((".", "!", "?", ".”", '."'))
        and "." not in word
        and len(word) > 1
        and word not in SUFFIXES
    )


def _plain_small(word: str) -> bool:
    return word in CONNECTORS or word in OFFICE_WORDS or word in PARTICLES


def _read(text: str, seams: frozenset[int], titles: frozenset[str]) -> Reading | None:
    if _VACANCY_WORDS.search(text):
        pieces = _pieces(text, seams, titles)
        if any(piece.kind == "vacancy" for piece in pieces):
            return _vacancy_of(text, pieces)
        beside = _VACANT_BESIDE.sub("", text)
        if beside != text and title_score(beside.split()) >= _TITLE_FLOOR:
            return Reading(title=beside, vacant=True, score=2.0)
    if is_sentence(text):
        return None
    whole = _whole(text, seams, titles)
    pieces = _pieces(text, seams, titles)
    cut = _from_pieces(text, pieces) if len(pieces) > 1 else None
    options = [reading for reading in (whole, cut) if reading is not None]
    return max(options, key=lambda reading: (reading.is_leader or reading.vacant, reading.score), default=None)


def _whole(text: str, seams: frozenset[int], titles: frozenset[str]) -> Reading | None:
    """Read the line as one run of words: a name, a title, or the two side by side."""
    text = _without_party(text)
    tokens = text.split()
    split = _best_split(text, tokens, seams, titles)
    name, title = name_score(tokens), title_score(tokens)
    if split is not None:
        reading = _reading_of(tokens, split)
        if reading.rank_only and name >= LIKELY:
            return replace(reading, complement=None)
        if split.score > max(name + 0.3, title + 0.2) or _two_titles(reading.title or ""):
            return reading
    if name >= LIKELY and name > title:
        return Reading(name=text, score=name)
    if title >= _TITLE_FLOOR:
        return Reading(title=text.strip(" :"), score=title)
    return None


def _two_titles(title: str) -> bool:
    """Whether several nouns make one title ("Judge Advocate General"), each of which could also be a rank."""
    tokens = title.split()
    return (
        len(tokens) > 1
        and fold(title) not in _RANK_TITLES
        and all(head_at([token]) is not None for token in tokens)
    )


def _without_party(text: str) -> str:
    """Return the text without a bracket at its end that is no part of a title: a party, a place, initials."""
    match = _PARTY.search(text)
    if match is None or title_score(match[1].split()) >= _TITLE_FLOOR:
        return text
    before = text[: match.start()].split()
    split = split_title_name(before)
    ends_titled = split.title[1] == len(before) if split else title_score(before) >= _TITLE_FLOOR
    if ends_titled and is_office_like(match[1]):
        return text
    return text[: match.start()]


def _reading_of(tokens: list[str], split: Split) -> Reading:
    title = " ".join(tokens[slice(*split.title)]).strip(" ,:;–—-")
    name = " ".join(tokens[slice(*split.name)]).strip(" ,:;–—-")
    rank = fold(title).strip(". ") in _RANK_TITLES
    return Reading(name=name, title=title, rank_only=rank, score=split.score)


def _best_split(text: str, tokens: list[str], seams: frozenset[int], titles: frozenset[str]) -> Split | None:
    places: dict[int, int] = {}
    at = 0
    for index, token in enumerate(tokens):
        places[at] = index
        at += len(token) + 1
    cuts = frozenset(places[p] for seam in seams for p in (seam, seam + 1) if p in places)
    known = (
        {cut: 0.7 for cut in range(1, len(tokens)) if fold(" ".join(tokens[:cut])) in titles} if titles else {}
    )
    return split_title_name(tokens, cuts, known)


def _pieces(text: str, seams: frozenset[int], titles: frozenset[str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    start = 0
    opener = ""
    nicknames = [m.span() for m in _NICK.finditer(text) if not is_office_like(m[1]) and core(m[1]) not in HEADS]
    inside = [m for m in _SEPARATOR.finditer(text) if not any(a - 1 <= m.start() < b for a, b in nicknames)]
    for match in [*inside, None]:
        end = match.start() if match else len(text)
        if end > start:
            pieces.append(_Piece(text[start:end], start, end, opener))
        if match:
            start, opener = match.end(), match[0].strip() or "-"
    joined = _join_suffixes(text, pieces)
    for piece in joined:
        _name_kind(piece, frozenset(seam - piece.start for seam in seams), titles)
    return joined


def _join_suffixes(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Give "Wilbur L. Ross, Jr." its suffix back, and "Huffman, Benjamine" its comma."""
    joined: list[_Piece] = []
    for piece in pieces:
        tokens = piece.text.split()
        suffix = joined and piece.opener == "," and all(is_suffix(token, ",") for token in tokens)
        if suffix:
            joined[-1].end = piece.end
            joined[-1].text = text[joined[-1].start : piece.end]
        else:
            joined.append(piece)
    return joined


def _name_kind(piece: _Piece, seams: frozenset[int], titles: frozenset[str]) -> None:
    if is_vacancy(piece.text):
        piece.kind = "vacancy"
        return
    tokens = piece.text.split()
    name, title = name_score(tokens), title_score(tokens)
    split = _best_split(piece.text, tokens, seams, titles)
    if split is not None and split.score > max(name + 0.3, title + 0.2):
        rank = name >= LIKELY and _reading_of(tokens, split).rank_only
        piece.kind, piece.score = ("ranked", name) if rank else ("mix", split.score)
    elif title >= _TITLE_FLOOR and title >= name:
        piece.kind, piece.score = "title", title
    elif name > NO_NAME / 2 and name >= 0.2:
        piece.kind, piece.score = "name", name
    elif is_office_like(piece.text):
        piece.kind, piece.score = "office", 0.5
    elif len(tokens) == 1 and name > -1.2:
        piece.kind, piece.score = "single", name


def is_office_like(text: str) -> bool:
    """Whether the words say what a body is about: nouns of bodies, subjects, places."""
    words = [word for token in text.split() if (word := core(token)) and word not in CONNECTORS]
    if not words or not text[:1].isupper():
        return False
    known = sum(1 for word in words if word in OFFICE_WORDS or word in PLACES or word.isdigit())
    return any(word in OFFICE_NOUNS for word in words) or known >= max(1, len(words) / 2)


def _from_pieces(text: str, pieces: list[_Piece]) -> Reading | None:
    _settle_doubts(pieces)
    kinds = [piece.kind for piece in pieces]
    if "mix" in kinds:
        return _mixed(text, pieces, kinds.index("mix"))
    names = [piece for piece in pieces if piece.kind == "name"]
    titled = [index for index, kind in enumerate(kinds) if kind == "title"]
    if not names or not titled:
        return _untitled(pieces, names)
    best = max(names, key=lambda piece: (piece.score, piece is pieces[0] or piece is pieces[-1]))
    at = pieces.index(best)
    first, last = _title_span(pieces, titled, at)
    title = _clean_title(text[pieces[first].start : pieces[last].end])
    complement = _rest(text, pieces, {at, *range(first, last + 1)})
    return Reading(best.text.strip(" ,"), title, complement, score=best.score + pieces[first].score)


def _settle_doubts(pieces: list[_Piece]) -> None:
    """Decide pieces by their company: a rank before a name is a title only where no other title stands."""
    titled = any(piece.kind == "title" for piece in pieces)
    named = any(piece.kind in {"name", "mix", "ranked"} for piece in pieces)
    for piece in pieces:
        if piece.kind == "ranked":
            piece.kind = "name" if titled else "mix"
        elif piece.kind == "single":
            piece.kind = "name" if titled and not named and len(pieces) == 2 else "other"


def _title_span(pieces: list[_Piece], titled: list[int], at: int) -> tuple[int, int]:
    """Return the run of pieces around a title that belongs to it, on its side of the name."""
    first = min(titled, key=lambda index: (abs(index - at), index))
    last = first
    low, high = (at + 1, len(pieces)) if first > at else (0, at)
    while last + 1 < high and pieces[last + 1].kind in {"title", "office", "other", "name"}:
        if pieces[last + 1].opener.endswith("(") and pieces[last + 1].kind not in {"title", "office"}:
            break
        last += 1
    while first - 1 >= low and pieces[first - 1].kind == "title":
        first -= 1
    return first, last


def _mixed(text: str, pieces: list[_Piece], at: int) -> Reading | None:
    piece = pieces[at]
    tokens = piece.text.split()
    split = split_title_name(tokens)
    if split is None:
        split = _best_split(piece.text, tokens, frozenset(), frozenset())
    if split is None:
        return None
    reading = _reading_of(tokens, split)
    return replace(reading, complement=_rest(text, pieces, {at}), score=split.score)


def _untitled(pieces: list[_Piece], names: list[_Piece]) -> Reading | None:
    """Read a name with a bracket behind it: a party or a place, which is no part of the name."""
    if (
        len(names) == 1
        and names[0] is pieces[0]
        and names[0].score >= LIKELY
        and pieces[1].opener.startswith("(")
    ):
        return Reading(name=names[0].text, score=names[0].score)
    return None


def _vacancy_of(text: str, pieces: list[_Piece]) -> Reading:
    titled = [index for index, piece in enumerate(pieces) if piece.kind == "title"]
    if not titled:
        offices = [piece.text for piece in pieces if piece.kind == "office"]
        return Reading(vacant=True, complement=offices[0] if offices else None, score=1.5)
    first, last = titled[0], titled[0]
    while last + 1 < len(pieces) and pieces[last + 1].kind in {"title", "office", "other"}:
        last += 1
    used = {index for index, piece in enumerate(pieces) if piece.kind == "vacancy"} | set(
        range(first, last + 1)
    )
    title = _clean_title(text[pieces[first].start : pieces[last].end])
    return Reading(title=title, vacant=True, complement=_rest(text, pieces, used), score=2.0)


def _rest(text: str, pieces: list[_Piece], used: set[int]) -> str | None:
    """Return the office that the unused pieces name, None where they name none."""
    rest = [index for index in range(len(pieces)) if index not in used]
    while rest and pieces[rest[0]].kind not in {"office", "title"} and not is_office_like(pieces[rest[0]].text):
        rest.pop(0)
    if not rest:
        return None
    last = rest[0]
    while last + 1 in rest and not pieces[last + 1].opener.endswith("("):
        last += 1
    return tidy(text[pieces[rest[0]].start : pieces[last].end]) or None


def _clean_title(title: str) -> str:
    title = title.strip(" ,:;–—-")
    return title + ")" if title.count("(") > title.count(")") else title


def split_complement(title: str) -> tuple[str, str | None]:
    """Return a title and the office it names behind a comma, dash or colon ("Chief, U.S. Border Patrol").

    "Director of the Office of X" keeps its complement: there the whole is the title's wording.
    """
    match = re.search(r"\s*[,–—:|]\s+|\s+[-/]\s+", title)
    if match is None:
        return title, None
    head, rest = title[: match.start()], title[match.end() :]
    body = _names_body(rest) or ("," not in rest and " and " not in rest and core(rest.split()[-1]) in _BODIES)
    if any(core(token) in OPENERS for token in head.split()) and not body:
        return title, None
    if head_at(head.split()) is None or title_score(head.split()) < _TITLE_FLOOR:
        return title, None
    if (
        head_at(rest.split()) is not None
        and title_score(rest.split()) >= _TITLE_FLOOR
        and not _names_body(rest)
    ):
        return title, None
    return head, re.sub(r"^(?:for|of)\s+(?:the\s+)?", "", rest)


def _names_body(text: str) -> bool:
    return bool(text.split()) and core(text.split()[0]) in _BODIES
