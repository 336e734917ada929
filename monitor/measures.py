"""Same measure: a quantity keeps its identity while the words around it are rewritten.

>>> measure_key("annual operating budget") == measure_key("budget")
True
>>> measure_key("employees") == measure_key("staff"), measure_key("regions") == measure_key("ports")
(True, False)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from model import Figure
from monitor.spelling import overlap, words

_LINKERS = frozenset(
    "of in for on at with to from by that which who are is was were have has being across under over".split()
)
_WEAK = frozenset(
    "the a an and its their our all total current currently overall approximate annual yearly operating "
    "operational major main large full time fulltime dedicated more than some other nationwide worldwide "
    "internationally globally combined".split()
)
_SYNONYMS = {
    "staff": "employee", "personnel": "employee", "workforce": "employee", "worker": "employee",
    "staffer": "employee", "person": "employee", "people": "employee", "professional": "employee",
    "funding": "budget", "appropriation": "budget", "fund": "budget",
    "nation": "country", "location": "site", "percentage": "percent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: the telling words, the noun that heads them, and the words that limit it."""

    words: frozenset[str]
    head: str


@lru_cache(maxsize=8192)
def read_measure(measure: str) -> Measure:
    """Take a measure apart: "miles of America's land borders" is headed by "mile"."""
    found = [_one(word) for word in words(measure)]
    while found and (found[0] in _LINKERS or found[0] in _WEAK):
        found = found[1:]
    cut = next((place for place, word in enumerate(found) if word in _LINKERS), len(found))
    telling = [word for word in found if word not in _LINKERS and word not in _WEAK]
    leading = [word for word in found[:cut] if word not in _WEAK]
    head = (leading or telling or [""])[-1]
    return Measure(frozenset(_SYNONYMS.get(word, word) for word in telling), _SYNONYMS.get(head, head))


def measure_key(measure: str) -> frozenset[str]:
    """Return what identifies a measure: its telling words in one number and one of several synonyms."""
    return read_measure(measure).words


def likeness(old: Figure, new: Figure) -> float:
    """Return how surely (0 to 1) two figures of one place state the same measure; other units never do.

    The same noun heads both, and neither limits it in a way that the other contradicts ("field offices" and
    "sector offices" are two measures). The very same quantity is a reworded measure where it is too large or
    too exact for chance, or where any telling word is shared.
    """
    if old.unit != new.unit:
        return 0.0
    left, right = read_measure(old.measure), read_measure(new.measure)
    shared = overlap(left.words, right.words)
    if old.value == new.value and (shared or abs(old.value) >= 1000 or old.value % 1):
        return 0.8 + 0.2 * shared
    if left.head != right.head:
        return 0.0
    contradicts = not (left.words <= right.words or right.words <= left.words)
    return 0.5 + 0.3 * shared if not contradicts or old.unit == "percent" or shared > 0.5 else 0.0


def _one(word: str) -> str:
    """Return the singular of an English noun, near enough to compare with itself."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
