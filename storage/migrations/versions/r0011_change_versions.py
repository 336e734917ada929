"""Changes as they stood before they were settled, revised or told otherwise: what was known at a moment."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.String(27)
STATES = ("pending", "confirmed", "withdrawn", "retracted")
LINKS = {
    "change_id": "changes",
    "snapshot_before": "snapshots",
    "snapshot_after": "snapshots",
    "settled_check_id": "checks",
}


def upgrade() -> None:
    state = sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "change_versions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("change_id", KEY, nullable=False),
        sa.Column("office", sa.Text()),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("went_to", sa.Text()),
        sa.Column("came_from", sa.Text()),
        sa.Column("state", state, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("page_dated", sa.Date()),
        sa.Column("silent_edit", sa.Boolean(create_constraint=True, name="silent_edit"), nullable=False),
        sa.Column("snapshot_before", KEY, nullable=False),
        sa.Column("snapshot_after", KEY, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("settled_check_id", KEY),
        sa.Column("replaced_at", MOMENT, nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=f"fk_change_versions_{name}")
            for name, table in LINKS.items()
        ),
        sa.PrimaryKeyConstraint("id", name="pk_change_versions"),
    )
    op.create_index("ix_change_versions_change_id_replaced_at", "change_versions", ["change_id", "replaced_at"])
