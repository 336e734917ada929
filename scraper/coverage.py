"""How much of a page the parser can account for: a fall warns of a redesign before anything is lost."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.document import Document
from scraper.meanings import Atom


def coverage(document: Document, atoms: Iterable[Atom]) -> float:
    """Return the share (0 to 1) of the main text's characters in lines that were given a meaning."""
    total = sum(len(line.text) for line in document.lines)
    if not total:
        return 1.0
    return sum(len(atom.line.text) for atom in atoms if atom.role != "other") / total
