"""Labels: "Name: Jane Doe", the header cells of tables, the terms of definition lists."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

from scraper.capacities import split_capacity
from scraper.lexicon import OFFICE_NOUNS, fold
from scraper.lines import Line
from scraper.names import CLEAR, core, name_score
from scraper.tables import cell_of, span
from scraper.titles import title_score

_LABELS: Mapping[str, str] = {
    label: role
    for role, labels in {
        "name": "name|full name|leader|incumbent|holder|office holder|officeholder|post holder|postholder|official|"
        "person|current holder|current incumbent|who|name of official|names|led by|headed by|head of office|"
        "current leader|principal officer|chief officer|head|principal|office-holder|"
        "appointee|name of incumbent|leader name|executive",
        "title": "title|position|post|role|job title|designation|position title|official title|rank and title|"
        "function|current position|appointment title|rank",
        "office": "office|ministry|department|division|agency|bureau|unit|component|organisation|organization|"
        "directorate|office name|branch|program office|area|portfolio|body|entity|sector|program|region|center|"
        "organizational unit|office or division|responsible for|office/division|group|section|command|service",
        "text": "description|about|responsibilities|what it does|mission|functions|overview|remit|mandate|summary|"
        "what we do|duties|purpose|work|background|notes",
        "status": "status|capacity|appointment|appointment type|appointment status|type of appointment|basis|"
        "acting|acting or permanent|acting/permanent",
        "ignored": "phone|telephone|email|e-mail|fax|address|contact|website|web|tel|photo|image|since|"
        "date appointed|appointed|start date|term|term ends|term expires|tenure|party|in office since|from|until|"
        "assumed office|date of appointment|twitter|x|room|location|mail|profile|biography|bio|no|no.|#|rank order",
    }.items()
    for label in labels.split("|")
}
_LONGEST_LABEL = 60
"""Characters of a line beyond which it is no label; the longest one has half of them."""

_PLACES = frozenset({"county", "country", "district", "state", "province", "territory"})
_FIELD = re.compile(r"^([A-Za-z][A-Za-z/ .-]{1,30}?)\s*[:：]\s*(.*)$")

Place = tuple[HtmlElement, HtmlElement, int]
"""A table, a row of it and the number of a column."""


def label_role(text: str) -> str | None:
    """Return what a label announces: `name`, `title`, `office`, `status`, `ignored`; None when it is no label."""
    words = text.strip(" :：*.")
    return _LABELS.get(fold(words).strip(" :：*.")) if len(words) <= _LONGEST_LABEL else None


def is_title_label(text: str) -> bool:
    """Whether a label of a name is the holder's title by itself ("Head: Jane Doe")."""
    return fold(text).split(":")[0].strip(" .*") in {"head", "chief", "principal officer", "chief officer"}


def split_field(text: str) -> tuple[str, str] | None:
    """Return the role and the value of a labelled line, None for any other; the value may be empty."""
    match = _FIELD.match(text)
    role = label_role(match[1]) if match else None
    return (role, match[2].strip()) if match and role else None


class Cells:
    """Where the lines of a page stand in its tables, and what the header cells say of their columns."""

    def __init__(self, lines: list[Line]) -> None:
        self._columns: dict[HtmlElement, dict[int, tuple[str, str]]] = {}
        self._places: dict[HtmlElement, Place | None] = {}
        self._heads: dict[HtmlElement, HtmlElement | None] = {}
        self._foreign: dict[HtmlElement, bool] = {}
        self._texts: dict[HtmlElement, str] = {}
        self._grids: dict[HtmlElement, dict[HtmlElement, int]] = {}
        for line in lines:
            if place := self.place(line):
                cell = cell_of(line.block)
                if cell is not None:
                    self._texts[cell] = f"{self._texts.get(cell, '')} {line.text}".strip()
                    self._heads.setdefault(place[0], place[1])

    def place(self, line: Line) -> Place | None:
        """Return table, row and column of a line, None outside of tables."""
        if line.block not in self._places:
            self._places[line.block] = self._place(cell_of(line.block))
        return self._places[line.block]

    def _place(self, cell: HtmlElement | None) -> Place | None:
        row = cell.getparent() if cell is not None else None
        table = next(row.iterancestors("table"), None) if row is not None else None
        if cell is None or row is None or table is None:
            return None
        return table, row, self._grid(table).get(cell, 0)

    def role(self, line: Line) -> tuple[str, str] | None:
        """Return the role and the header's words of the column a line stands in; None without a header."""
        place = self.place(line)
        if place is None or self.is_header(line):
            return None
        return self._header(place[0]).get(place[2])

    def names_people(self, line: Line) -> bool:
        """Whether some column of the line's table names people by its header."""
        place = self.place(line)
        return place is not None and any(role == "name" for role, _ in self._header(place[0]).values())

    def is_header(self, line: Line) -> bool:
        """Whether the line is a header cell of a table whose columns it names."""
        place = self.place(line)
        return place is not None and place[1] is self._heads.get(place[0]) and bool(self._header(place[0]))

    def foreign_table(self, line: Line) -> HtmlElement | None:
        """Return the table of a line where its row of headers, all of them `th`, has no word for people or offices."""
        place = self.place(line)
        return place[0] if place is not None and self._is_foreign(place[0]) else None

    def _is_foreign(self, table: HtmlElement) -> bool:
        if table not in self._foreign:
            head = self._heads.get(table)
            headers = 0 if head is None else len(head.findall("th"))
            alone = head is not None and headers == len([*head.iterchildren("th", "td")])
            self._foreign[table] = headers > 1 and alone and not self._header(table)
        return self._foreign[table]

    def _role_by_words(
        self, cell: HtmlElement, column: list[HtmlElement], words: str, *, first: bool
    ) -> str | None:
        """Return `name` for a header that titles people, `office` for the `first` one if it ends in a body's noun."""
        if _titles_people(words) or self._names_people(cell, column):
            return "name"
        heads = first and cell.getparent().find("td") is None
        return "office" if heads and _is_kind_of_body(words) else None

    def _names_people(self, head: HtmlElement, column: list[HtmlElement]) -> bool:
        """Whether most cells below an unfamiliar header are clear names, so that it is their title ("MEC")."""
        words = self._texts.get(head, "").split()
        if head.tag != "th" or not 0 < len(words) <= 4 or "contact" in fold(words[0]):
            return False
        names = sum(1 for cell in column[1:] if _is_name(self._texts.get(cell, "")))
        return names > 0 and 2 * names > len(column) - 1

    def _grid(self, table: HtmlElement) -> dict[HtmlElement, int]:
        """Return the column of each cell, with cells that span rows and columns counted where they reach."""
        if table not in self._grids:
            columns: dict[HtmlElement, int] = {}
            held: dict[int, int] = {}
            for row in _rows(table):
                column = 0
                for cell in row.iterchildren("td", "th"):
                    while held.get(column, 0) > 0:
                        column += 1
                    columns[cell] = column
                    held |= {column + step: span(cell, "rowspan") for step in range(span(cell, "colspan"))}
                    column += span(cell, "colspan")
                held = {place: left - 1 for place, left in held.items() if left > 1}
            self._grids[table] = columns
        return self._grids[table]

    def _header(self, table: HtmlElement) -> dict[int, tuple[str, str]]:
        if table not in self._columns:
            self._columns[table] = self._read_header(self._heads.get(table))
        return self._columns[table]

    def _read_header(self, row: HtmlElement | None) -> dict[int, tuple[str, str]]:
        found: dict[int, tuple[str, str]] = {}
        if row is None:
            return found
        named = 0
        grid = self._grid(next(row.iterancestors("table")))
        columns: dict[int, list[HtmlElement]] = {}
        for cell, column in grid.items():
            columns.setdefault(column, []).append(cell)
        cells = [*row.iterchildren("th", "td")]
        for cell in cells:
            words = self._texts.get(cell, "")
            column = grid.get(cell, 0)
            role = label_role(words) or self._role_by_words(
                cell, columns.get(column, []), words, first=column == 0
            )
            named += role is not None
            found[column] = (role or "text", words)
        return found if named >= 2 or (named and len(row.findall("th")) == len(cells) > 1) else {}


def _is_kind_of_body(words: str) -> bool:
    """Whether a header ends in the noun of a body or a place ("Post Office", "County")."""
    tokens = [core(token) for token in words.split()]
    return 0 < len(tokens) <= 3 and (tokens[-1] in OFFICE_NOUNS or tokens[-1] in _PLACES)


def _is_name(text: str) -> bool:
    return name_score(split_capacity(text)[0].split()) >= CLEAR


def _rows(table: HtmlElement) -> list[HtmlElement]:
    """Return a table's own rows, not those of tables inside it; a head that holds its cells itself is one."""
    groups = [table, *table.iterchildren("thead", "tbody", "tfoot")]
    return [row for group in groups for row in (_bare_row(group), *group.iterchildren("tr")) if row is not None]


def _bare_row(group: HtmlElement) -> HtmlElement | None:
    """Return a part of a table as a row where its cells stand in no row ("<thead><th>Name</th></thead>")."""
    return group if group.find("td") is not None or group.find("th") is not None else None


def _titles_people(words: str) -> bool:
    """Whether a header cell is itself the title of the people below it ("Minister", "Commissioner")."""
    tokens = words.split()
    return 0 < len(tokens) <= 4 and title_score(tokens) >= 1.0
