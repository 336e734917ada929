"""Offices, leaders and tenures as FollowTheMoney entities (https://followthemoney.tech), one JSON object a line.

An office is an Organization with one Position, a leader a Person, a tenure an Occupancy. FollowTheMoney's dates may
be a month or a year: an occupancy's are as exact as its windows allow, its description has them in words, and
`retrievedAt` is when the page was last seen to say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from model import Json
from monitor.exporting.notes import seen
from monitor.exporting.popolo import identity, role_of, title_of
from monitor.exporting.precision import window_date
from monitor.history.spans import History, Tenure
from monitor.history.subjects import OfficeSubject, PersonSubject, Subjects


def entities(histories: Iterable[History]) -> Iterator[Json]:
    """Yield the entities of all pages."""
    for history in histories:
        subjects, url = Subjects(history), history.page.url
        for person in subjects.people.values():
            yield _person(person, url)
        for office in subjects.offices.values():
            yield from _office(office, url)
            for number, tenure in enumerate(office.tenures, start=1):
                if holder := subjects.person_of(tenure):
                    yield _occupancy(tenure, office, holder, url, number)


def _entity(schema: str, number: str, url: str, **properties: Iterable[str | None]) -> Json:
    """Return an entity; empty values are left out, as are properties without any."""
    stated = {name: [value for value in values if value] for name, values in properties.items()}
    return {
        "id": number,
        "schema": schema,
        "properties": {name: values for name, values in stated.items() if values} | {"sourceUrl": [url]},
    }


def _person(person: PersonSubject, url: str) -> Json:
    others = [name for name in person.spellings if name != person.name]
    held = dict.fromkeys(f"{role_of(tenure)}, {tenure.office}" for tenure in person.tenures)
    return _entity(
        "Person", identity(url, "person", person.slug), url, name=[person.name], alias=others, position=held
    )


def _office(office: OfficeSubject, url: str) -> Iterator[Json]:
    organization = identity(url, "office", office.slug)
    former = [name for name in office.tenures[-1].called if name != office.name]
    yield _entity(
        "Organization",
        organization,
        url,
        name=[office.name],
        abbreviation=[office.abbreviation],
        previousName=former,
    )
    name = f"{title_of(office)}, {office.name}"
    yield _entity("Position", identity(url, "post", office.slug), url, name=[name], organization=[organization])


def _occupancy(tenure: Tenure, office: OfficeSubject, holder: PersonSubject, url: str, number: int) -> Json:
    return _entity(
        "Occupancy",
        identity(url, "membership", f"{office.slug}-{number}"),
        url,
        holder=[identity(url, "person", holder.slug)],
        post=[identity(url, "post", office.slug)],
        startDate=[window_date(tenure.began)],
        endDate=[window_date(tenure.ended)],
        status=["current" if tenure.is_open else "ended"],
        summary=[role_of(tenure)],
        description=[seen(tenure)],
        retrievedAt=[tenure.last_seen.date().isoformat()],
    )
