"""Series drawn into a file, as steps: a value stands until the next one is seen. Needs the extra `plot`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from model import LeaderwatchError
from monitor.history.subjects import FigureSubject
from monitor.plain_words import plain

FORMATS = (".svg", ".png")


class CannotDraw(LeaderwatchError):
    """There is nothing to draw with, nothing to draw, or no such format: the message says what to do."""


def draw(series: Sequence[FigureSubject], file: Path) -> None:
    """Draw each series below the other; a file of the same name is replaced."""
    if file.suffix.lower() not in FORMATS:
        raise CannotDraw(f"cannot draw into {file}: name a file that ends in .svg or .png")
    if not series:
        raise CannotDraw("there is no figure to draw")
    try:
        from matplotlib.figure import Figure as Drawing
    except ImportError:
        raise CannotDraw('drawing needs the extra `plot`: pip install "leaderwatch[plot]"') from None
    drawing = Drawing(figsize=(8, 2.2 * len(series)), layout="constrained")
    for axes, each in zip(drawing.subplots(len(series), squeeze=False)[:, 0], series, strict=True):
        seen = [(span.first_seen, float(span.figure.value)) for span in each.spans]
        seen.append((each.spans[-1].last_seen, float(each.spans[-1].figure.value)))
        axes.step(*zip(*seen, strict=True), where="post", marker="o", markersize=3)
        axes.set_title(plain(f"{each.office or 'the page'}: {each.measure}"), fontsize=9, loc="left")
    try:
        drawing.savefig(file)
    except OSError as error:
        raise CannotDraw(f"cannot write {file}: {error.strerror}") from None
