"""What the Popolo specification asks of persons, organizations, posts and memberships, as one JSON Schema.

Written from https://www.popoloproject.com/specs/: which properties there are, their types, and dates that may be a
year or a month. Properties that the specification does not know are refused here, which it would allow.
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string", "minLength": 1}
DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}


def resource(required: str, **properties: Any) -> dict[str, Any]:
    """Return the schema of a list of objects with these properties, the named ones required."""
    one = {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }
    return {"type": "array", "items": one}


LINKS = resource("url", url={"type": "string", "format": "uri"}, note=TEXT)
NAMES = resource("name", name=TEXT, note=TEXT, start_date=DATE, end_date=DATE)

POPOLO = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["persons", "organizations", "posts", "memberships"],
    "additionalProperties": False,
    "properties": {
        "persons": resource("id name", id=TEXT, name=TEXT, other_names=NAMES, sources=LINKS),
        "organizations": resource(
            "id name", id=TEXT, name=TEXT, other_names=NAMES, classification=TEXT, sources=LINKS
        ),
        "posts": resource(
            "id label organization_id", id=TEXT, label=TEXT, role=TEXT, organization_id=TEXT, sources=LINKS
        ),
        "memberships": resource(
            "id person_id organization_id post_id",
            id=TEXT,
            label=TEXT,
            role=TEXT,
            person_id=TEXT,
            organization_id=TEXT,
            post_id=TEXT,
            start_date=DATE,
            end_date=DATE,
            sources=LINKS,
        ),
    },
}
