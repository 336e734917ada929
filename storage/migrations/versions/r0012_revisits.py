"""Which capture an imported one says that the page was the same as."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "revisits",
        sa.Column("capture_id", KEY, autoincrement=False, nullable=False),
        sa.Column("refers_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_revisits_capture_id"),
        sa.PrimaryKeyConstraint("capture_id", name="pk_revisits"),
    )
