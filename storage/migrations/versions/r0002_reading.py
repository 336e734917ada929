"""Views for people who read the database as it is, and the lock on the evidence.

A later revision that rebuilds a table on SQLite drops the views that read it first and makes them again after.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

CHANGE_LOG = """
CREATE VIEW change_log AS
SELECT changes.id, pages.name AS page, changes.first_seen, changes.last_seen, changes.kind, changes.office,
       changes.measure, changes.sentence, changes.state, changes.settled_at,
       (SELECT count(*) FROM delivery_changes JOIN deliveries ON deliveries.id = delivery_changes.delivery_id
        WHERE delivery_changes.change_id = changes.id AND deliveries.state = 'delivered') AS deliveries
FROM changes JOIN pages ON pages.id = changes.page_id
"""

CURRENT_LEADERS = {
    "sqlite": """
CREATE VIEW current_leaders AS
SELECT pages.name AS page, office.key + 1 AS position,
       json_extract(office.value, '$.name') AS office,
       json_extract(office.value, '$.abbreviation') AS abbreviation,
       json_extract(office.value, '$.leader.name') AS leader,
       json_extract(office.value, '$.leader.title') AS title,
       json_extract(office.value, '$.leader.capacity') AS capacity,
       json_extract(office.value, '$.vacant') AS vacant,
       beliefs.last_seen
FROM beliefs JOIN pages ON pages.id = beliefs.page_id, json_each(beliefs.rows, '$.offices') AS office
""",
    "postgresql": """
CREATE VIEW current_leaders AS
SELECT pages.name AS page, office.position,
       office.value ->> 'name' AS office,
       office.value ->> 'abbreviation' AS abbreviation,
       office.value -> 'leader' ->> 'name' AS leader,
       office.value -> 'leader' ->> 'title' AS title,
       office.value -> 'leader' ->> 'capacity' AS capacity,
       (office.value ->> 'vacant')::boolean AS vacant,
       beliefs.last_seen
FROM beliefs JOIN pages ON pages.id = beliefs.page_id,
     jsonb_array_elements(beliefs.rows::jsonb -> 'offices') WITH ORDINALITY AS office(value, position)
""",
}

EVIDENCE_STAYS = {
    "sqlite": [
        """
CREATE TRIGGER captures_are_never_changed BEFORE UPDATE ON captures
BEGIN SELECT RAISE(ABORT, 'captures are evidence: they are never changed'); END
"""
    ],
    "postgresql": [
        """
CREATE FUNCTION captures_are_never_changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'captures are evidence: they are never changed'; END $$
""",
        """
CREATE TRIGGER captures_are_never_changed BEFORE UPDATE ON captures
FOR EACH ROW EXECUTE FUNCTION captures_are_never_changed()
""",
    ],
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in (CHANGE_LOG, CURRENT_LEADERS[dialect], *EVIDENCE_STAYS[dialect]):
        op.execute(statement)
