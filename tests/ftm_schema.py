"""What FollowTheMoney's model asks of the entities that an export has: their properties and the types of these.

From https://followthemoney.tech/explorer/, for those who do not install the model itself: it needs ICU to build.
Where it is installed, tests hold the export to it too.
"""

from __future__ import annotations

import re
from typing import Any

TYPES = {
    "name": re.compile(r"\S.*"),
    "string": re.compile(r"\S.*"),
    "text": re.compile(r"\S.*", re.DOTALL),
    "url": re.compile(r"https?://\S+"),
    "date": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "entity": re.compile(r"[\w-]+"),
}
ANYTHING = {"sourceUrl": "url", "summary": "text", "description": "text", "retrievedAt": "date"}
NAMED = {"name": "name", "alias": "name", "previousName": "name"} | ANYTHING
PROPERTIES = {
    "Person": NAMED | {"position": "string"},
    "Organization": NAMED | {"abbreviation": "name"},
    "Position": NAMED | {"organization": "entity"},
    "Occupancy": ANYTHING
    | {"holder": "entity", "post": "entity", "startDate": "date", "endDate": "date", "status": "string"},
}
REQUIRED = {"Person": ["name"], "Organization": ["name"], "Position": ["name"], "Occupancy": ["holder", "post"]}


def problems(entity: dict[str, Any]) -> list[str]:
    """Return what FollowTheMoney would object to in an entity."""
    schema, properties = entity["schema"], entity["properties"]
    missing = [f"{name} is missing" for name in REQUIRED[schema] if not properties.get(name)]
    unknown = [f"{schema} has no {name}" for name in properties if name not in PROPERTIES[schema]]
    bad = [
        f"{value!r} is no {of}"
        for name, values in properties.items()
        if (of := PROPERTIES[schema].get(name))
        for value in values
        if not TYPES[of].fullmatch(value)
    ]
    return missing + unknown + bad
