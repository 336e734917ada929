"""Records to offices: which words name the office, which the person, which the title, by one order of evidence.

An office takes its name from, in this order: a label or a table's column (`label`, `table`); its own heading
(`heading`); a line beside the leader (`list`); what its text calls itself (`text`); the office the title names behind
a comma (`title`); a heading it shares with others, or the page's own subject (`page`); the title itself (`title`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from model import Capacity, Leader, Office, Quote
from scraper.capacities import split_capacity
from scraper.figures import read_figures
from scraper.headings import is_aside, is_generic, names_office, subject_of
from scraper.lexicon import CONNECTORS, OFFICE_NOUNS, PLURAL_HEADS, fold
from scraper.meanings import Atom
from scraper.names import CLEAR, LIKELY, core, name_score
from scraper.phrases import TITLE_FLOOR, split_complement
from scraper.pieces import Reading
from scraper.records import Record
from scraper.selfnames import abbreviation_in_text, name_in_text, split_abbreviation
from scraper.titles import title_score

_OPENING = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """A record with its leader's parts told apart, before its office has a name."""

    record: Record
    name: str | None
    title: str
    capacity: Capacity
    vacant: bool
    complement: str | None


def draft(record: Record) -> Draft:
    """Return the parts of a record's leader; its title is empty where the page shows none."""
    anchor = record.anchor
    if anchor is None:
        return Draft(record, None, "", Capacity.PERMANENT, vacant=False, complement=None)
    reading = anchor.reading or Reading()
    title = _title(record, reading)
    name = reading.name
    if reading.is_leader and title != reading.title:
        name = _whole_name(anchor, reading)
    bare, said = split_capacity(title)
    capacity = reading.capacity or said or _capacity(record, reading) or Capacity.PERMANENT
    return Draft(record, name, bare or title, capacity, reading.vacant, reading.complement)


def _whole_name(anchor: Atom, reading: Reading) -> str:
    text = anchor.line.text
    parts = (reading.title or "", reading.name or "")
    places = [(text.find(part), text.find(part) + len(part)) for part in parts]
    start, end = min(places)[0], max(places)[1]
    return text[start:end] if start >= 0 else " ".join(parts)


def _title(record: Record, reading: Reading) -> str:
    """Return the title from the leader's line, a line beside it, its column, a heading, or the post's own name."""
    titles = [atom for atom in record.titles if not (reading.title and _plural(atom))]
    if reading.title and not reading.rank_only and not (titles and len(reading.title.split()) == 1):
        return reading.title
    if titles:
        told = [atom for atom in titles if atom.told] or titles
        return ", ".join(dict.fromkeys(atom.value for atom in told))
    if record.anchor is not None and record.anchor.value:
        return _singular(record.anchor.value)
    around = record.heads if reading.title else [*record.outer, *record.heads]
    heads = [
        atom for atom in reversed(around) if atom.role == "title" and (atom.line.level != 1 or _plural(atom))
    ]
    if heads:
        return _singular(heads[0].value)
    posts = (atom.value for atom in record.offices if title_score(atom.value.split()) >= 1.0)
    return reading.title or next(posts, "")


def _plural(atom: Atom) -> bool:
    return core(atom.value.split()[-1]) in PLURAL_HEADS if atom.value.split() else False


def _singular(title: str) -> str:
    """Return the title of one of the people a plural heading stands over ("Members")."""
    words = title.split()
    last = core(words[-1]) if words else ""
    if last not in PLURAL_HEADS:
        return title
    ending = ("ies", "y") if last.endswith("ies") else ("men", "man") if last.endswith("men") else ("s", "")
    return title[: -len(ending[0])] + ending[1] if title.lower().endswith(ending[0]) else title


def _capacity(record: Record, reading: Reading) -> Capacity | None:
    titles = [] if reading.title and not reading.rank_only else record.titles
    for atom in (*record.capacities, *titles, *record.heads):
        stated = atom.reading.capacity if atom.reading else None
        if stated is not None and stated != Capacity.PERMANENT:
            return stated
    return None


def is_believable(draft: Draft, repeated: bool) -> bool:
    """Whether a draft names a leader, a vacancy or a leaderless office rather than any name on a page."""
    record = draft.record
    if any(is_aside(atom.line.text) for atom in (*record.heads, *record.outer) if atom.role != "title"):
        return False
    if draft.name is None and not draft.vacant:
        return record.is_told or bool(record.heads and record.prose)
    if draft.vacant:
        return bool(draft.title or draft.complement or record.offices or record.heads)
    if draft.title:
        return True
    sure = bool(record.anchor and record.anchor.reading and record.anchor.reading.score >= CLEAR)
    told = draft.complement is not None and _has_body(draft.complement)
    return sure and (told or (repeated and _own_name(record) is not None))


@dataclass(frozen=True, slots=True)
class Setting:
    """What a page says of all its offices: the office it is about, its title, titles that several leaders share."""

    office: str | None
    title: str
    posts: frozenset[str]


def shared_posts(titles: Iterable[str]) -> frozenset[str]:
    """Return what several titles say before a comma, and other words behind it ("Under Secretary for Science, ...")."""
    parted = {(head, rest) for head, _, rest in (title.partition(", ") for title in titles) if rest}
    untitled = [head for head, rest in parted if title_score(rest.split()) < TITLE_FLOOR]
    counts = Counter(head for head in untitled if _has_complement(head))
    return frozenset(head for head, count in counts.items() if count > 1)


def office_of(draft: Draft, setting: Setting) -> Office:
    """Return the office of a believable draft, with its figures, note and text."""
    record = draft.record
    prose = [atom for atom in record.prose if atom.line.text]
    text = "\n".join(atom.line.text for atom in prose)
    name, found_by, title, abbreviation, source = _named(draft, setting, prose)
    figures = tuple(f for atom in prose for f in read_figures(atom.line.text, offset=atom.line.start))
    note = "\n".join(atom.value or atom.line.text for atom in record.notes) or None
    leader = Leader(draft.name, title, draft.capacity, _line_quote(record.anchor)) if draft.name else None
    return Office(
        name=name,
        abbreviation=abbreviation or abbreviation_in_text(name, text),
        vacant=draft.vacant,
        note=note,
        leader=leader,
        figures=figures,
        text=text,
        title=title or None,
        found_by=found_by,
        quote=source,
    )


def _named(draft: Draft, setting: Setting, prose: list[Atom]) -> tuple[str, str, str, str | None, Quote | None]:
    """Return name, evidence, title, abbreviation and quote of the office."""
    record, title = draft.record, draft.title
    own = _own_name(record, setting.title)
    if own is not None:
        name, abbreviation = split_abbreviation(own[0])
        return name, own[1], _without_office(title, name, abbreviation), abbreviation, _line_quote(own[2])
    complement, title = _said_twice(draft, prose) or (draft.complement, title)
    if complement:
        name, abbreviation = split_abbreviation(complement)
        return name, "title", title, abbreviation, None
    for atom in prose:
        said = name_in_text(atom.line.text)
        if said is not None and not _same(said[0], setting.office) and _may_be_named_so(title, *said):
            place = atom.line.text.find(said[0])
            quote = Quote(said[0], atom.line.start + place, atom.line.start + place + len(said[0]))
            return said[0], "text", _without_office(title, said[0], said[1]), said[1], quote
    return _borrowed(draft, setting)


def _may_be_named_so(title: str, said: str, abbreviation: str | None) -> bool:
    """Whether a text may name the office: not by a title, nor what the title says already ("Minister of Defence")."""
    if title_score(said.split()) >= TITLE_FLOOR:
        return False
    return (
        abbreviation is not None
        or fold(said) in fold(title)
        or not _subject_words(said) <= _subject_words(title)
    )


def _subject_words(name: str) -> set[str]:
    return {core(token) for token in name.split()} - OFFICE_NOUNS - CONNECTORS


def _said_twice(draft: Draft, prose: list[Atom]) -> tuple[str, str] | None:
    """Return the words behind the last comma of a leader's line where the text is about them, and the title."""
    anchor = draft.record.anchor
    line = anchor.line.text if anchor is not None else ""
    opening = prose[0].line.text if prose else ""
    for words in (draft.title, f"{draft.title}, {draft.complement}", line):
        title, _, office = words.rpartition(", ")
        if title and office and _is_about(opening, office):
            return office, draft.title if words == line else title
    return None


def _is_about(text: str, office: str) -> bool:
    """Whether a text names an office in its first words."""
    return re.search(rf"\b{re.escape(split_abbreviation(office)[0])}(?!\w)", text[:_OPENING]) is not None


def _borrowed(draft: Draft, setting: Setting) -> tuple[str, str, str, str | None, Quote | None]:
    """Name an office by the title's own words, a heading it shares, or the page's subject."""
    title = draft.title
    shared = next(
        (a for a in reversed(draft.record.outer) if a.role != "title" and names_office(a.line.text)), None
    )
    subject = subject_of(shared.line.text) if shared is not None else setting.office
    bare, complement = _complemented(title, setting.posts)
    if subject and not _has_complement(bare):
        name, abbreviation = split_abbreviation(subject)
        return name, "page", title, abbreviation, _line_quote(shared) if shared else None
    if complement and complement[:1].isupper() and name_score(complement.split()) < LIKELY:
        name, abbreviation = split_abbreviation(complement)
        return name, "title", bare, abbreviation, None
    return title or (subject or draft.name or ""), "title", title, None, None


def _complemented(title: str, posts: frozenset[str]) -> tuple[str, str | None]:
    """Return a title and the office behind it, told by its words or by other titles that begin in the same way."""
    head, _, rest = title.partition(", ")
    return (head, rest) if rest and head in posts else split_complement(title)


def _own_name(record: Record, page_title: str = "") -> tuple[str, str, Atom] | None:
    """Return the words that name the office in its own part of the page, how they were found, and where."""
    for atom in record.offices:
        return atom.value or atom.line.text, _how_listed(atom), atom
    for atom in reversed(record.heads):
        text = atom.line.text
        site = atom.line.level == 1 and atom.line.linked
        if (
            atom.role in {"office", "other", "prose"}
            and not site
            and not is_generic(text)
            and not _same(text, page_title)
        ):
            return text, "heading", atom
    return None


def _how_listed(atom: Atom) -> str:
    if atom.role == "prose":
        return "text"
    if atom.line.block.tag in {"td", "th"}:
        return "table"
    return "label" if atom.value != atom.line.text else "list"


def _has_complement(title: str) -> bool:
    """Whether a title says by itself what it is the head of ("Secretary of the Interior")."""
    return bool(re.search(r"\b(?:of|for|to)\s+(?:the\s+)?[A-Z]", title)) and not re.search(
        r"\b(?:Chief|Deputy Chief) of Staff$", title
    )


def _without_office(title: str, name: str, abbreviation: str | None) -> str:
    """Return the title without the office's own name behind it, which the office already tells."""
    for words in filter(None, (name, abbreviation)):
        tail = re.compile(
            rf"\s*(?:,|[-–—:|]|\bof\b|\bfor\b)?\s*(?:the\s+)?{re.escape(words)}(?:\s*\([A-Z]+\))?$", re.I
        )
        bare = tail.sub("", title)
        if bare != title and bare:
            return bare.strip(" ,:–—-") if re.match(r"\s*[,–—:|-]", title[len(bare) :]) else title
    return title


def _has_body(name: str) -> bool:
    return any(core(token) in OFFICE_NOUNS for token in name.split())


def _same(one: str, other: str | None) -> bool:
    return other is not None and fold(one).strip(" .:") == fold(other).strip(" .:")


def _line_quote(atom: Atom | None) -> Quote | None:
    return Quote(atom.line.text, atom.line.start, atom.line.end) if atom else None
