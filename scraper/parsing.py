"""HTML in, a LeadershipPage out: judge, lay out the lines, share them out to people, name the offices."""

from __future__ import annotations

import re

from model import Capture, LeadershipPage, Office, Verdict
from scraper.atoms import read_atoms
from scraper.coverage import coverage
from scraper.decoding import decode, mend, text_of
from scraper.document import Document, all_lines, read_document
from scraper.errors import NoLeaders, NotALeadershipPage
from scraper.figures import read_figures
from scraper.headings import is_generic, names_office, subject_of
from scraper.lexicon import fold
from scraper.meanings import Atom
from scraper.mentions import leader_in_text
from scraper.modest import modest
from scraper.modified import last_modified
from scraper.phrases import is_office_like
from scraper.records import Record, gather
from scraper.resolving import Draft, Setting, draft, is_believable, office_of, shared_posts
from scraper.unled import with_unled
from scraper.verdict import judge_markup

MOST_TEXT = 1_000_000
"""Characters of text beyond which nothing is a leadership page: a ministry with a thousand offices has a fifth."""


def parse(html: bytes | str, url: str = "") -> LeadershipPage:
    """Return the offices, leaders and figures of a leadership page.

    Raises NotALeadershipPage with the reason when the bytes are a wall, an error page, another page or half a
    page, and NoLeaders when nobody is named and no office is said to be vacant.
    """
    text = decode(html) if isinstance(html, bytes) else mend(html)
    judgement = judge_markup(text, url=url)
    if judgement.verdict != Verdict.OK:
        raise NotALeadershipPage(judgement.reason or "not the page", verdict=judgement.verdict)
    return _leadership(text, url)


def parse_capture(capture: Capture) -> LeadershipPage:
    """Return what a capture says that `judge` found to be a page; raises NoLeaders when it names nobody.

    What a server sends is held to the bounds of `modest` first: a watch that runs for years reads it unasked.
    """
    return _leadership(modest(text_of(capture)), capture.final_url)


def _leadership(text: str, url: str) -> LeadershipPage:
    document = read_document(text)
    if len(document.text) > MOST_TEXT:
        raise NotALeadershipPage(f"its text runs to {len(document.text):,} characters, more than any such page")
    page = _read(text, document, url)
    if not _names_anybody(page):
        page = _read(text, read_document(text, whole=True), url)
    if not _names_anybody(page):
        raise NoLeaders("the page names no leader and no vacant office: it may have moved or been redesigned")
    return page


def _names_anybody(page: LeadershipPage) -> bool:
    return any(office.leader or office.vacant for office in page.offices)


def _read(html: str, document: Document, url: str) -> LeadershipPage:
    atoms = read_atoms(document.lines)
    title = _page_title(document)
    drafts, loose = _drafts(atoms)
    setting = Setting(_subject(document, title), title, shared_posts(each.title for each in drafts))
    offices = _distinct([office_of(each, setting) for each in drafts])
    figures = tuple(
        f
        for atom in loose
        if atom.role == "prose"
        for f in read_figures(atom.line.text, offset=atom.line.start)
    )
    dated = last_modified([line.text for line in document.lines]) or last_modified(all_lines(html))
    return LeadershipPage(url, title, dated, figures, tuple(offices), document.text, coverage(document, atoms))


def _drafts(atoms: list[Atom]) -> tuple[list[Draft], list[Atom]]:
    """Return the believable drafts; anchors that turn out to name no leader become text, and the rest is read again."""
    for _ in range(6):
        gathered, loose = gather(atoms)
        records = with_unled(gathered)
        _name_from_prose(records)
        drafts = [draft(record) for record in records]
        bare = sum(1 for each in drafts if each.name and not each.title)
        kept = [each for each in drafts if is_believable(each, repeated=1 < bare > len(drafts) / 2)]
        dropped = {id(each.record.anchor) for each in drafts if each.record.anchor} - {
            id(each.record.anchor) for each in kept
        }
        if not dropped:
            break
        for atom in atoms:
            if id(atom) in dropped:
                atom.role = "other"
    return _parallel(kept, loose)


def _parallel(drafts: list[Draft], loose: list[Atom]) -> tuple[list[Draft], list[Atom]]:
    """Keep a leaderless heading only where it stands like the headings of offices that have a leader."""
    heading = [each.record.heads[-1] for each in drafts if each.record.anchor and each.record.heads]
    led = {_heading_shape(head) for head in heading}
    named = 2 * sum(is_office_like(head.line.text) for head in heading) > len(heading)
    kept = []
    for each in drafts:
        heads = each.record.heads
        if each.record.anchor is None:
            while heads and (
                _heading_shape(heads[-1]) not in led or not _may_be_office(heads[-1].line.text, named)
            ):
                heads.pop()
        if each.record.anchor is not None or heads or each.record.is_told:
            kept.append(each)
        else:
            loose = [*loose, *each.record.prose]
    return kept, loose


def _may_be_office(heading: str, named: bool) -> bool:
    """Whether a heading without a leader may be an office; where the others name bodies (`named`), it has to."""
    return not is_generic(heading) and (is_office_like(heading) or not named)


def _heading_shape(head: Atom) -> tuple[str, int]:
    return (str(head.line.block.tag), head.rank)


def _name_from_prose(records: list[Record]) -> None:
    """Let the prose name the leader of a record that no line names one for, or the title of one it names."""
    for record in records:
        known = record.anchor.reading.name if record.anchor and record.anchor.reading else None
        if record.anchor is not None and (record.titles or record.anchor.role != "name"):
            continue
        for atom in record.prose:
            found = leader_in_text(atom.line.text, known)
            if found is not None and (record.anchor is None or found[0].name == known):
                record.anchor = Atom(record.anchor.line if record.anchor else atom.line, "leader", found[0])
                break


def _page_title(document: Document) -> str:
    """Return the page's first top heading, else the title of the document without the site's name."""
    tops = [line.text for line in document.lines if line.level == 1 and not line.linked]
    if tops:
        return tops[0]
    return _own_part(document.title).strip()


def _own_part(title: str) -> str:
    """Return a document's title without the site's name behind it."""
    return re.split(r"\s+[|–—»·]\s+|\s+-\s+", title)[0]


def _subject(document: Document, title: str) -> str | None:
    """Return the office a whole page is about, from its heading, document title or breadcrumb; None without one."""
    heads = [
        line.text for line in document.lines if line.level in {1, 2} and line.text in {title, document.title}
    ]
    for words in (title, *heads, _own_part(document.title), *reversed(document.breadcrumb[1:])):
        if names_office(words):
            return subject_of(words)
    return None


def _distinct(offices: list[Office]) -> list[Office]:
    """Return the offices without repeats: pages list the same person in the same post twice, in two sizes."""
    seen: dict[tuple[str, ...], list[int]] = {}
    kept: list[Office] = []
    for office in offices:
        places = seen.setdefault(_key(office), [])
        again = next((place for place in places if _repeats(kept[place], office)), None)
        if again is not None:
            kept[again] = _richer(kept[again], office)
        else:
            places.append(len(kept))
            kept.append(office)
    return kept


def _key(office: Office) -> tuple[str, ...]:
    if office.leader is None:
        return (fold(office.name), "", "vacant" if office.vacant else "", fold(office.title or ""))
    return (fold(office.leader.name), fold(office.leader.title))


def _repeats(one: Office, other: Office) -> bool:
    """Whether two rows of one person and title are one post: a person may hold two that have names of their own."""
    return fold(one.name) == fold(other.name) or not (_apart(one) and _apart(other))


def _apart(office: Office) -> bool:
    """Whether an office stands on the page under a name of its own."""
    return not (office.leader and office.leader.title) or office.found_by in {"heading", "label", "table"}


def _richer(one: Office, other: Office) -> Office:
    """Return the row with the longer text; the first, where they are named in different ways."""
    return other if len(other.text) > len(one.text) and _apart(one) == _apart(other) else one
