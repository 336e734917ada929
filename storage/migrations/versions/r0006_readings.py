"""The last reading of each page, where it is believed as it stands."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("page_id", KEY, autoincrement=False, nullable=False),
        sa.Column("capture_id", KEY, nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("grounds", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_readings_page_id"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_readings_capture_id"),
        sa.PrimaryKeyConstraint("page_id", name="pk_readings"),
    )
