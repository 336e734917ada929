"""The validators that came with a later answer of the same bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "validators",
        sa.Column("capture_id", KEY, autoincrement=False, nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_validators_capture_id"),
        sa.PrimaryKeyConstraint("capture_id", name="pk_validators"),
    )
