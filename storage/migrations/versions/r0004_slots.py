"""The slots of the timetable: each leads to one check, or says that it was missed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "slots",
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("check_id", KEY, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('regular', 'confirming')", name=op.f("ck_slots_kind")),
        sa.CheckConstraint("state IN ('leased', 'done', 'missed')", name=op.f("ck_slots_state")),
        sa.CheckConstraint("(state = 'done') = (check_id IS NOT NULL)", name=op.f("ck_slots_done_by_a_check")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_slots_page_id"),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name="fk_slots_check_id"),
        sa.PrimaryKeyConstraint("id", name="pk_slots"),
        sa.UniqueConstraint("page_id", "due_at", name="uq_slots_page_id_due_at"),
    )
    op.create_index(
        "ix_slots_leased",
        "slots",
        ["page_id"],
        sqlite_where=sa.text("state = 'leased'"),
        postgresql_where=sa.text("state = 'leased'"),
    )
