"""A line cut at its separators, and what the pattern of its pieces says.

Each piece is a name, a title, both, a vacancy, an office or something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from model import Capacity
from scraper.capacities import is_vacancy, tidy
from scraper.lexicon import (
    HEADS,
    RANKS,
    fold,
)
from scraper.names import CLEAR, LIKELY, NO_NAME, core, is_given, is_suffix, name_score
from scraper.phrases import TITLE_FLOOR, is_office_like
from scraper.titles import Split, head_at, split_title_name, title_score

_SEPARATOR = re.compile(
    r"\s+(?:--+|[-–—|•·/])\s+|\s*[–—|•]\s*|\s*[:;]\s+|\s*,\s+|\s*\(\s*|\s*\)\s*(?:,\s*)?|\s*[\[\]]\s*"
)
SEAM = "¦"
"""What opens a piece that only a change of markup parts from the one before."""
_NICK = re.compile(r"(?<=[^\W\d_.] )\(([^\W\d_][\w.'’-]*)\)(?= [^\W\d_])")
_HONORED = re.compile(r"\((?:Mrs?|Smt|Ms|Miss|Dr|Prof|Adv|Engr?|Barr)\.?\)(?= )")
_PARTY = re.compile(r"\s*\(([^()]*)\)\s*$")
_DATE = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d")
_RANK_TITLES = frozenset(RANKS) | {
    "senator",
    "ambassador",
    "judge",
    "justice",
    "representative",
    "professor",
    "dr",
}


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
    split: Split | None = None


def whole_line(text: str, seams: frozenset[int], titles: frozenset[str]) -> Reading | None:
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
    if title >= TITLE_FLOOR and not _DATE.search(text):
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
    if match is None or title_score(match[1].split()) >= TITLE_FLOOR:
        return text
    before = text[: match.start()].split()
    split = split_title_name(before)
    ends_titled = split.title[1] == len(before) if split else title_score(before) >= TITLE_FLOOR
    if ends_titled and not _abbreviates(match[1], " ".join(before)):
        return text
    return text[: match.start()]


def _reading_of(tokens: list[str], split: Split) -> Reading:
    title = " ".join(tokens[slice(*split.title)]).strip(" ,:;|/–—-")
    name = " ".join(tokens[slice(*split.name)]).strip(" ,:;|/–—-")
    before = tokens[split.name[0] - 1] if split.name[0] else tokens[split.title[0] - 1]
    apart = before.endswith((":", ",")) or before in {"-", "–", "—", "|"}
    rank = fold(title).strip(". ") in _RANK_TITLES and not apart
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


def pieces_of(
    text: str, seams: frozenset[int], titles: frozenset[str], *, parted: bool = False
) -> list[_Piece]:
    """Return the line cut at its separators, each piece with what it is; `parted`, also where its markup changes."""
    pieces: list[_Piece] = []
    start = 0
    opener = ""
    for cut in [*_cuts(text, seams if parted else frozenset()), (len(text), len(text), "")]:
        start = next((at for at in range(start, cut[0]) if text[at] not in "-–— "), cut[0])
        if cut[0] > start:
            pieces.append(_Piece(text[start : cut[0]].rstrip(), start, cut[0], opener))
        start, opener = cut[1], cut[2]
    joined = _join_suffixes(text, pieces)
    for piece in joined:
        _name_kind(piece, frozenset(seam - piece.start for seam in seams), titles)
    return joined


def _cuts(text: str, seams: frozenset[int]) -> list[tuple[int, int, str]]:
    """Return where a line is cut, by start, end and the separator; names keep their nicknames."""
    nicknames = [m.span() for m in _HONORED.finditer(text)]
    nicknames += [
        m.span() for m in _NICK.finditer(text) if not is_office_like(m[1]) and core(m[1]) not in HEADS
    ]
    inside = [m for m in _SEPARATOR.finditer(text) if not any(a - 1 <= m.start() < b for a, b in nicknames)]
    cuts = [(m.start(), m.end(), m[0].strip() or "-") for m in inside]
    taken = {place for m in inside for place in range(m.start(), m.end() + 1)}
    between = [seam for seam in seams - taken if " " in text[max(0, seam - 1) : seam + 1]]
    return sorted([*cuts, *((seam, seam, SEAM) for seam in between)])


def _join_suffixes(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Give "Wilbur L. Ross, Jr." its suffix back."""
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
    piece.split = split = _best_split(piece.text, tokens, seams, titles)
    reading = _reading_of(tokens, split) if split is not None else Reading()
    if split is not None and (split.score > max(name + 0.3, title + 0.2) or _two_titles(reading.title or "")):
        rank = name >= LIKELY and reading.rank_only
        piece.kind, piece.score = ("ranked", name) if rank else ("mix", split.score)
    elif title >= TITLE_FLOOR and title >= name:
        piece.kind, piece.score = "title", title
    elif name > NO_NAME / 2 and name >= 0.2:
        piece.kind, piece.score = "name", name
    elif is_office_like(piece.text):
        piece.kind, piece.score = "office", 0.5
    elif len(tokens) == 1 and name > -1.2:
        piece.kind, piece.score = "single", name


def by_pieces(text: str, pieces: list[_Piece]) -> Reading | None:
    """Return what the pattern of the pieces says, None where it names nobody."""
    _settle_doubts(pieces)
    _join_languages(text, pieces)
    kinds = [piece.kind for piece in pieces]
    if kinds[0] == "title" and not {"mix", "name"} & {*kinds}:
        return Reading(title=_clean_title(text), score=pieces[0].score) if " / " in pieces[0].text else None
    if "mix" in kinds:
        return _mixed(text, pieces, kinds.index("mix"))
    outside = [piece for piece in pieces if not _inside(text, piece)]
    told = outside if any(piece.kind == "title" for piece in outside) else pieces
    names = [piece for piece in told if piece.kind == "name"]
    titled = [index for index, kind in enumerate(kinds) if kind == "title"]
    if not names or not titled:
        return _untitled(text, pieces, names)
    best = max(names, key=lambda piece: (piece.score, piece is pieces[0] or piece is pieces[-1]))
    at = pieces.index(best)
    first, last = _title_span(pieces, titled, at)
    title = _clean_title(text[pieces[first].start : pieces[last].end])
    complement = _rest(text, pieces, {at, *range(first, last + 1)})
    complement = None if complement and complement in title else complement
    return Reading(best.text.strip(" ,"), title, complement, score=best.score + pieces[first].score)


def _inside(text: str, piece: _Piece) -> bool:
    """Whether a piece stands within brackets, as part of what they explain."""
    return text.count("(", 0, piece.start) > text.count(")", 0, piece.start)


def _turn_round(pieces: list[_Piece]) -> None:
    """Join a name written surname first ("Whitcombe, Dana") where a title follows it."""
    if len(pieces) < 3 or pieces[2].kind != "title" or pieces[1].opener != ",":
        return
    family, given = pieces[0], pieces[1]
    turned = name_score([*given.text.split(), *family.text.split()])
    if family.kind in {"single", "other"} and len(family.text.split()) == 1 and turned >= LIKELY:
        family.text, family.end = f"{family.text}, {given.text}", given.end
        family.kind, family.score = "name", turned
        del pieces[1]


def _join_languages(text: str, pieces: list[_Piece]) -> None:
    """Take the words before a slash and a title as the same title in another language, but for a clear name."""
    for first, second in pairwise(pieces):
        if second.opener == "/" and second.kind == "title" and first.kind != "title" and first.score < CLEAR:
            first.text, first.end = text[first.start : second.end], second.end
            first.kind, first.score = "title", second.score
            pieces.remove(second)
            return


def _settle_doubts(pieces: list[_Piece]) -> None:
    """Decide pieces by their company: a rank before a name is a title only where no other title stands."""
    _turn_round(pieces)
    titled = any(piece.kind == "title" for piece in pieces)
    named = any(piece.kind in {"name", "mix", "ranked"} for piece in pieces)
    for piece in pieces:
        if piece.kind == "ranked":
            piece.kind = "name" if titled else "mix"
        elif piece.kind == "single":
            alone = titled and not named and len(pieces) == 2
            leads = piece is pieces[0] and pieces[-1].opener == ","
            named_so = is_given(core(piece.text)) or piece.text.isupper() or leads
            piece.kind = "name" if alone and named_so else "other"


def _abbreviates(short: str, words: str) -> bool:
    """Whether a bracket holds the initials of the words before it ("Executive Assistant Commissioner (EAC)")."""
    return (
        short.isupper()
        and short.isalpha()
        and short == "".join(word[0] for word in words.split() if word[0].isupper())
    )


def _title_span(pieces: list[_Piece], titled: list[int], at: int) -> tuple[int, int]:
    """Return the run of pieces around a title that belongs to it, on its side of the name."""
    first = min(titled, key=lambda index: (abs(index - at), index))
    last = first
    low, high = (at + 1, len(pieces)) if first > at else (0, at)
    while last + 1 < high and pieces[last + 1].kind in {"title", "office", "other", "name"}:
        if pieces[last + 1].opener == SEAM:
            break
        if pieces[last + 1].opener.endswith("(") and _abbreviates(pieces[last + 1].text, pieces[last].text):
            break
        last += 1
    while first - 1 >= low and pieces[first - 1].kind == "title":
        first -= 1
    return first, last


def _mixed(text: str, pieces: list[_Piece], at: int) -> Reading | None:
    piece = pieces[at]
    tokens, split = piece.text.split(), piece.split
    if split is None:
        return None
    reading = _reading_of(tokens, split)
    given = pieces[at + 1] if len(pieces) == at + 2 and pieces[at + 1].opener == "," else None
    if given is not None and split.name[1] - split.name[0] == 1 and is_given(core(given.text)):
        return replace(reading, name=f"{reading.name}, {given.text}")
    if len(pieces) > 1 and " " not in (reading.name or "") and not _rest(text, pieces, {at}):
        return None
    if split.name[0] < split.title[0] and at + 1 < len(pieces) and not pieces[at + 1].opener.endswith("("):
        start = piece.end - len(" ".join(tokens[slice(*split.title)]))
        return replace(reading, title=_clean_title(text[start:]))
    return replace(reading, complement=_rest(text, pieces, {at}), score=split.score)


def _untitled(text: str, pieces: list[_Piece], names: list[_Piece]) -> Reading | None:
    """Read a name beside something else than a title: a party, letters after it, the district it stands for."""
    if len(names) != 1 or names[0].score < LIKELY:
        return None
    name = names[0]
    if name is pieces[0] and pieces[1].opener.startswith("("):
        return Reading(name=name.text, score=name.score)
    office = text[: name.start].rstrip(" :–-")
    if name is pieces[-1] and name.opener in {":", "-", "–"} and is_office_like(office):
        return Reading(name=name.text, complement=office, score=name.score)
    if len(pieces) != 2:
        return None
    if name is pieces[0] and pieces[1].opener == "," and pieces[1].text.isupper() and len(pieces[1].text) <= 5:
        return Reading(name=f"{name.text}, {pieces[1].text}", score=name.score)
    return None


def vacancy_of(text: str, pieces: list[_Piece]) -> Reading:
    """Return the vacancy that the pieces tell of, with the title and the office beside it."""
    titled = [index for index, piece in enumerate(pieces) if piece.kind == "title"]
    if not titled:
        offices = [piece.text for piece in pieces if piece.kind == "office"]
        if offices and pieces[-1].kind == "vacancy":
            offices = [text[pieces[0].start : pieces[-2].end].rstrip()]
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
    title = title.strip(" ,:;|/–—-")
    return title + ")" if title.count("(") > title.count(")") else title
