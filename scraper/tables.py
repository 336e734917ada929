"""Which row of a table a line stands in, and which rows a cell spans."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from scraper.meanings import Atom


def row_of(atom: Atom) -> HtmlElement | None:
    """Return the row that a line stands in, None outside of tables."""
    cell = cell_of(atom)
    return cell.getparent() if cell is not None else None


def cell_of(atom: Atom) -> HtmlElement | None:
    """Return the cell that a line stands in, None outside of tables."""
    return next(
        (e for e in [atom.line.block, *islice(atom.line.block.iterancestors(), 12)] if e.tag in {"td", "th"}),
        None,
    )


def spanned_rows(cell: HtmlElement | None) -> list[HtmlElement]:
    """Return the rows that a cell stands in."""
    if cell is None or cell.getparent() is None:
        return []
    row, span = cell.getparent(), cell.get("rowspan") or "1"
    more = int(span) - 1 if span.isdigit() else 0
    return [row, *islice(row.itersiblings("tr"), max(0, min(more, 500)))]
