"""What a delivery carries: alerts and digests, retractions, notes about a page's health, reports of failure."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.String(27)
MESSAGES = ("alert", "digest", "retraction", "health", "failure")
HEALTH = ("blind", "quarantined", "degraded", "drifting", "unchecked", "healthy")

CHANGE_LOG = """
CREATE VIEW change_log AS
SELECT changes.id, pages.name AS page, changes.first_seen, changes.last_seen, changes.kind, changes.office,
       changes.measure, changes.sentence, changes.state, changes.settled_at,
       (SELECT count(*) FROM delivery_changes JOIN deliveries ON deliveries.id = delivery_changes.delivery_id
        WHERE delivery_changes.change_id = changes.id AND deliveries.state = 'delivered') AS deliveries,
       changes.page_dated, changes.silent_edit
FROM changes JOIN pages ON pages.id = changes.page_id
"""


def upgrade() -> None:
    op.execute("DROP VIEW change_log")
    _health_notes()
    _deliveries()
    op.execute(CHANGE_LOG)


def _one_of(words: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def _health_notes() -> None:
    op.create_table(
        "health_notes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("check_id", KEY, nullable=False),
        sa.Column("state", _one_of(HEALTH, "state"), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_health_notes_page_id"),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name="fk_health_notes_check_id"),
        sa.PrimaryKeyConstraint("id", name="pk_health_notes"),
        sa.UniqueConstraint("check_id", name="uq_health_notes_check_id"),
    )
    op.create_index("ix_health_notes_page_id", "health_notes", ["page_id"])


def _deliveries() -> None:
    with op.batch_alter_table("deliveries") as batch:
        batch.drop_constraint("state", type_="check")
        batch.create_check_constraint("state", "state IN ('queued', 'delivered', 'failed', 'dropped')")
        batch.add_column(
            sa.Column("message", _one_of(MESSAGES, "message"), nullable=False, server_default="alert")
        )
        batch.add_column(sa.Column("answers_id", KEY, nullable=True))
        batch.add_column(sa.Column("note_id", KEY, nullable=True))
        batch.create_foreign_key("fk_deliveries_answers_id", "deliveries", ["answers_id"], ["id"])
        batch.create_foreign_key("fk_deliveries_note_id", "health_notes", ["note_id"], ["id"])
    op.create_index("ix_deliveries_answers_id", "deliveries", ["answers_id"])
