"""One office, one person, one figure: everything that is known of it, oldest to newest."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from monitor.history.spans import History
from monitor.history.subjects import OfficeSubject, Subjects, named
from web.drawing import inline
from web.layout import draw, reach, steps
from web.rendering import render
from web.visiting import Here, Visit

router = APIRouter()


@router.get("/pages/{page}/offices/{slug}")
def office(here: Here, slug: str) -> Response:
    history, subjects = here.history, here.subjects
    found = named(subjects.offices, slug, "office")
    called = found.tenures[-1].called
    return render(
        here,
        "office.html.j2",
        office=found,
        called=called,
        svg=_drawing(here, history, subjects, found),
        figures=[figure for figure in subjects.figures.values() if figure.spans[-1].post == found.post],
        changes=[each for each in reversed(history.changes) if each.change.office in called],
        subjects=subjects,
    )


@router.get("/pages/{page}/people/{slug}")
def person(here: Here, slug: str) -> Response:
    subjects = here.subjects
    found = named(subjects.people, slug, "person")
    return render(
        here,
        "person.html.j2",
        person=found,
        outright=found.days(acting=False),
        acting=found.days(acting=True),
        has_outright=any(not each.is_acting for each in found.tenures),
        has_acting=any(each.is_acting for each in found.tenures),
        subjects=subjects,
    )


@router.get("/pages/{page}/figures/{slug}")
def figure(here: Here, slug: str) -> Response:
    history, subjects = here.history, here.subjects
    found = named(subjects.figures, slug, "figure")
    scale, post = reach(history, here.site.clock()), found.spans[-1].post
    drawn = scale is not None and len(found.spans) > 1 and len({span.figure.unit for span in found.spans}) == 1
    return render(
        here,
        "figure.html.j2",
        figure=found,
        office=subjects.office_of(post) if post is not None else None,
        ticks=scale.ticks() if scale else [],
        points=steps(found.spans, scale) if scale and drawn else "",
    )


def _drawing(here: Visit, history: History, subjects: Subjects, office: OfficeSubject) -> str:
    scale = reach(history, here.site.clock())
    if scale is None:
        return ""
    return inline(draw(history, subjects, scale, only=office), "../")
