"""Which cell and row of a table an element stands in, and which rows a cell spans."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

MOST_SPANNED = {"rowspan": 500, "colspan": 200}
"""Rows and columns that a cell reaches over at most, whatever the page says."""
_DEPTH = 12


def cell_of(block: HtmlElement) -> HtmlElement | None:
    """Return the cell that a block stands in, None outside of tables and for a table's caption."""
    for element in [block, *islice(block.iterancestors(), _DEPTH)]:
        if element.tag in {"td", "th"}:
            return element
        if element.tag == "table":
            return None
    return None


def row_of(block: HtmlElement) -> HtmlElement | None:
    """Return the row that a block stands in, None outside of tables."""
    cell = cell_of(block)
    return cell.getparent() if cell is not None else None


def span(cell: HtmlElement, name: str) -> int:
    """Return how many rows (`rowspan`) or columns (`colspan`) a cell reaches over, 1 where it says nothing readable."""
    written = cell.get(name) or "1"
    if not (written.isascii() and written.isdigit()):
        return 1
    return max(1, min(int(written[:6]), MOST_SPANNED[name]))


def spanned_rows(cell: HtmlElement | None) -> list[HtmlElement]:
    """Return the rows that a cell stands in."""
    row = cell.getparent() if cell is not None else None
    if cell is None or row is None:
        return []
    return [row, *islice(row.itersiblings("tr"), span(cell, "rowspan") - 1)]
