"""The tables: evidence, observation, belief, news."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.String(27)
SQLITE_APPLICATION = 0x4C574154
"""`LWAT`: what `file` and SQLite call the program that a database belongs to."""


def upgrade() -> None:
    _evidence()
    _observation()
    _runs()
    _belief()
    _news()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {SQLITE_APPLICATION}")


def _evidence() -> None:
    op.create_table(
        "pages",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pages"),
        sa.UniqueConstraint("url", name="uq_pages_url"),
    )
    op.create_table(
        "bodies",
        sa.Column("id", KEY, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("base_id", KEY, nullable=True),
        sa.Column("zstd", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_bodies_sha256")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_bodies_size")),
        sa.ForeignKeyConstraint(["base_id"], ["bodies.id"], name="fk_bodies_base_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bodies"),
        sa.UniqueConstraint("sha256", name="uq_bodies_sha256"),
    )
    op.create_table(
        "captures",
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("redirects", sa.JSON(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column("truncated", sa.Boolean(create_constraint=True, name="truncated"), nullable=False),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_captures_body_id"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_captures_page_id"),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sa.UniqueConstraint(
            "page_id", "fetched_at", "body_id", "status", name="uq_captures_page_id_fetched_at_body_id_status"
        ),
    )
    op.create_index("ix_captures_body_id", "captures", ["body_id"], unique=False)


def _observation() -> None:
    op.create_table(
        "snapshots",
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("capture_id", KEY, nullable=False),
        sa.Column("parser_version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "believed",
                "quarantined",
                "accepted",
                "rejected",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Date(), nullable=True),
        sa.Column("coverage", sa.Float(), nullable=False),
        sa.Column("text_id", KEY, nullable=False),
        sa.CheckConstraint("coverage BETWEEN 0 AND 1", name=op.f("ck_snapshots_coverage")),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_snapshots_capture_id"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_snapshots_page_id"),
        sa.ForeignKeyConstraint(["text_id"], ["bodies.id"], name="fk_snapshots_text_id"),
        sa.PrimaryKeyConstraint("id", name="pk_snapshots"),
    )
    op.create_index("ix_snapshots_capture_id", "snapshots", ["capture_id"], unique=False)
    op.create_index("ix_snapshots_page_id", "snapshots", ["page_id"], unique=False)
    op.create_index(
        "ix_snapshots_quarantined",
        "snapshots",
        ["page_id"],
        unique=False,
        sqlite_where=sa.text("state = 'quarantined'"),
        postgresql_where=sa.text("state = 'quarantined'"),
    )
    op.create_table(
        "texts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_texts"),
        sa.UniqueConstraint("sha256", name="uq_texts_sha256"),
    )
    op.create_table(
        "offices",
        sa.Column("id", KEY, nullable=False),
        sa.Column("snapshot_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("abbreviation", sa.Text(), nullable=True),
        sa.Column("vacant", sa.Boolean(create_constraint=True, name="vacant"), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("text_id", KEY, nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("quote_start", sa.Integer(), nullable=True),
        sa.Column("quote_end", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(quote IS NULL) = (quote_start IS NULL) AND (quote IS NULL) = (quote_end IS NULL)",
            name=op.f("ck_offices_whole_quote"),
        ),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name="fk_offices_snapshot_id"),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name="fk_offices_text_id"),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
        sa.UniqueConstraint("snapshot_id", "position", name="uq_offices_snapshot_id_position"),
    )
    op.create_table(
        "leaders",
        sa.Column("office_id", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "permanent",
                "acting",
                "interim",
                "performing_duties",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("quote_start", sa.Integer(), nullable=True),
        sa.Column("quote_end", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(quote IS NULL) = (quote_start IS NULL) AND (quote IS NULL) = (quote_end IS NULL)",
            name=op.f("ck_leaders_whole_quote"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_leaders_office_id"),
        sa.PrimaryKeyConstraint("office_id", name="pk_leaders"),
    )
    op.create_table(
        "figures",
        sa.Column("id", KEY, nullable=False),
        sa.Column("snapshot_id", KEY, nullable=False),
        sa.Column("office_id", KEY, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column(
            "bound",
            sa.Enum(
                "over", "about", "under", name="bound", native_enum=False, create_constraint=True, length=20
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("quote_start", sa.Integer(), nullable=True),
        sa.Column("quote_end", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(quote IS NULL) = (quote_start IS NULL) AND (quote IS NULL) = (quote_end IS NULL)",
            name=op.f("ck_figures_whole_quote"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_figures_office_id"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name="fk_figures_snapshot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_figures"),
        sa.UniqueConstraint("snapshot_id", "position", name="uq_figures_snapshot_id_position"),
    )


def _runs() -> None:
    op.create_table(
        "checks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "baseline",
                "unchanged",
                "changed",
                "quarantined",
                "blocked",
                "failed",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum(
                "ok",
                "not_modified",
                "blocked",
                "error",
                "not_the_page",
                "truncated",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("capture_id", KEY, nullable=True),
        sa.Column("snapshot_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_checks_capture_id"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_checks_page_id"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name="fk_checks_snapshot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_checks"),
    )
    op.create_index(
        "ix_checks_ok",
        "checks",
        ["capture_id"],
        unique=False,
        sqlite_where=sa.text("verdict = 'ok'"),
        postgresql_where=sa.text("verdict = 'ok'"),
    )
    op.create_index("ix_checks_page_id_started_at", "checks", ["page_id", "started_at"], unique=False)


def _belief() -> None:
    op.create_table(
        "beliefs",
        sa.Column("page_id", KEY, autoincrement=False, nullable=False),
        sa.Column("snapshot_id", KEY, nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_beliefs_page_id"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name="fk_beliefs_snapshot_id"),
        sa.PrimaryKeyConstraint("page_id", name="pk_beliefs"),
    )


def _news() -> None:
    op.create_table(
        "changes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("check_id", KEY, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "leader_replaced",
                "leader_appointed",
                "leader_departed",
                "acting_began",
                "acting_ended",
                "title_changed",
                "name_changed",
                "office_added",
                "office_removed",
                "office_renamed",
                "figure_changed",
                "figure_added",
                "figure_removed",
                "bound_changed",
                "text_changed",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("went_to", sa.Text(), nullable=True),
        sa.Column("came_from", sa.Text(), nullable=True),
        sa.Column("delta", sa.Text(), nullable=True),
        sa.Column("percent", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "confirmed",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("snapshot_before", KEY, nullable=False),
        sa.Column("snapshot_after", KEY, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_check_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name="fk_changes_check_id"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_changes_page_id"),
        sa.ForeignKeyConstraint(["settled_check_id"], ["checks.id"], name="fk_changes_settled_check_id"),
        sa.ForeignKeyConstraint(["snapshot_after"], ["snapshots.id"], name="fk_changes_snapshot_after"),
        sa.ForeignKeyConstraint(["snapshot_before"], ["snapshots.id"], name="fk_changes_snapshot_before"),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
    )
    op.create_index("ix_changes_page_id_first_seen", "changes", ["page_id", "first_seen"], unique=False)
    op.create_index(
        "ix_changes_pending",
        "changes",
        ["page_id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", KEY, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "delivered",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_deliveries_attempts")),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint(
            "message_id", "channel", "recipient", name="uq_deliveries_message_id_channel_recipient"
        ),
    )
    op.create_index(
        "ix_deliveries_queued",
        "deliveries",
        ["next_attempt_at"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_table(
        "delivery_changes",
        sa.Column("delivery_id", KEY, autoincrement=False, nullable=False),
        sa.Column("change_id", KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_delivery_changes_change_id"),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], name="fk_delivery_changes_delivery_id"),
        sa.PrimaryKeyConstraint("delivery_id", "change_id", name="pk_delivery_changes"),
    )
    op.create_index("ix_delivery_changes_change_id", "delivery_changes", ["change_id"], unique=False)
