"""What changed about the quantities that an office, or the page outside every office, states.

- A measure in other words with the same value, unit and bound is no change.
- Another value is `figure_changed`, whatever its bound; another bound of the same value is `bound_changed`.
- A figure that was stated twice and now once, or moved between an office and the page, is no change.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence

from model import Change, ChangeKind, Figure
from monitor import sentences
from monitor.amounts import difference
from monitor.matching import fact_key, pair_figures

Facts = Collection[Hashable]


def figure_changes(
    before: Sequence[Figure], after: Sequence[Figure], office: str | None, elsewhere: tuple[Facts, Facts]
) -> Iterator[Change]:
    """Yield the changes of one place's figures; `elsewhere`: what else the page states (before, after)."""
    if before == after:
        return
    pairs = pair_figures(before, after)
    known = {fact_key(figure) for figure in before} | set(elsewhere[0])
    for place, figure in enumerate(after):
        if place in pairs:
            yield from _restated(before[pairs[place]], figure, office)
        elif fact_key(figure) not in known:
            sentence = sentences.figure_added(figure, office)
            yield Change(ChangeKind.FIGURE_ADDED, office, figure.measure, None, figure.to_json(), sentence)
    for figure in gone(before, after, elsewhere[1]):
        sentence = sentences.figure_removed(figure, office)
        yield Change(ChangeKind.FIGURE_REMOVED, office, figure.measure, figure.to_json(), None, sentence)


def gone(before: Sequence[Figure], after: Sequence[Figure], elsewhere: Facts) -> list[Figure]:
    """Return the figures that are stated no more, neither in their place nor elsewhere on the page."""
    paired = set(pair_figures(before, after).values())
    known = {fact_key(figure) for figure in after} | set(elsewhere)
    left = (figure for place, figure in enumerate(before) if place not in paired)
    return [figure for figure in left if fact_key(figure) not in known]


def _restated(old: Figure, new: Figure, office: str | None) -> Iterator[Change]:
    if old.value != new.value:
        delta, percent = difference(old, new)
        yield Change(
            ChangeKind.FIGURE_CHANGED,
            office,
            new.measure,
            old.to_json(),
            new.to_json(),
            sentences.figure_changed(old, new, office),
            delta=delta,
            percent=percent,
        )
    elif old.bound is not new.bound:
        sentence = sentences.bound_changed(old, new, office)
        yield Change(ChangeKind.BOUND_CHANGED, office, new.measure, old.to_json(), new.to_json(), sentence)
