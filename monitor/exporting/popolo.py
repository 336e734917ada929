"""Offices, leaders and tenures as Popolo (https://www.popoloproject.com/specs/), the format of open parliaments.

An office is an organization with one post, a tenure is a membership. Popolo's dates may be a month or a year: a
tenure's are as exact as its windows allow, and left out where they allow nothing; the note of its source has
the windows in words. Vacancies are posts without a membership.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from model import Json
from monitor.exporting.notes import seen
from monitor.exporting.precision import window_date
from monitor.history.spans import History, Tenure
from monitor.history.subjects import OfficeSubject, PersonSubject, Subjects
from monitor.wording import CAPACITIES


def popolo(histories: Iterable[History]) -> Json:
    """Return one document for all pages."""
    document: Json = {"persons": [], "organizations": [], "posts": [], "memberships": []}
    for history in histories:
        subjects, url = Subjects(history), history.page.url
        document["persons"] += [_person(person, url) for person in subjects.people.values()]
        document["organizations"] += [_organization(office, url) for office in subjects.offices.values()]
        document["posts"] += [_post(office, url) for office in subjects.offices.values()]
        document["memberships"] += _memberships(subjects, url)
    return document


def identity(url: str, kind: str, slug: str) -> str:
    """Return what names a thing of a page in exports: the page's digest, the kind, the name as in links."""
    return f"{kind}-{sha256(url.encode()).hexdigest()[:8]}-{slug}"


def _person(person: PersonSubject, url: str) -> Json:
    others = [name for name in person.spellings if name != person.name]
    return {
        "id": identity(url, "person", person.slug),
        "name": person.name,
        "other_names": [{"name": name} for name in others],
        "sources": [{"url": url}],
    }


def _organization(office: OfficeSubject, url: str) -> Json:
    others = [name for name in office.tenures[-1].called if name != office.name]
    abbreviation = [{"name": office.abbreviation, "note": "abbreviation"}] if office.abbreviation else []
    return {
        "id": identity(url, "office", office.slug),
        "name": office.name,
        "other_names": [*({"name": name, "note": "former name"} for name in others), *abbreviation],
        "classification": "office",
        "sources": [{"url": url}],
    }


def _post(office: OfficeSubject, url: str) -> Json:
    return {
        "id": identity(url, "post", office.slug),
        "label": office.name,
        "role": title_of(office),
        "organization_id": identity(url, "office", office.slug),
        "sources": [{"url": url}],
    }


def title_of(office: OfficeSubject) -> str:
    """Return the title that whoever leads the office had last; "Head" where nobody was ever named."""
    titles = [tenure.leader.title for tenure in office.tenures if tenure.leader and tenure.leader.title]
    return titles[-1] if titles else "Head"


def _memberships(subjects: Subjects, url: str) -> Iterator[Json]:
    for office in subjects.offices.values():
        for number, tenure in enumerate(office.tenures, start=1):
            if person := subjects.person_of(tenure):
                yield _membership(tenure, office, person, url, number)


def _membership(tenure: Tenure, office: OfficeSubject, person: PersonSubject, url: str, number: int) -> Json:
    dates = {"start_date": window_date(tenure.began), "end_date": window_date(tenure.ended)}
    return {
        "id": identity(url, "membership", f"{office.slug}-{number}"),
        "label": f"{person.name}, {role_of(tenure)}, {office.name}",
        "role": role_of(tenure),
        "person_id": identity(url, "person", person.slug),
        "organization_id": identity(url, "office", office.slug),
        "post_id": identity(url, "post", office.slug),
        **{name: value for name, value in dates.items() if value},
        "sources": [{"url": url, "note": seen(tenure)}],
    }


def role_of(tenure: Tenure) -> str:
    """Return the leader's title with the capacity before it: "Acting Executive Assistant Commissioner"."""
    if tenure.leader is None:
        return ""
    return f"{CAPACITIES[tenure.leader.capacity].capitalize()} {tenure.leader.title}".strip()
