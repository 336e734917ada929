"""How far the derivation of each page has come, so that a check goes on from there."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "derivations",
        sa.Column("page_id", KEY, autoincrement=False, nullable=False),
        sa.Column("reached", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_derivations_page_id"),
        sa.PrimaryKeyConstraint("page_id", name="pk_derivations"),
    )
