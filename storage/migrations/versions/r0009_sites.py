"""Sites that several processes ask one after the other, and that have asked to be left alone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "sites",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("free_at", sa.String(27), nullable=False),
        sa.Column("held", sa.Boolean(create_constraint=True, name="held"), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sites"),
    )
