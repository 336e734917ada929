"""Sightings, decisions, tenures and figure spans; changes that no check found, or that were taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.String(27)
CAPACITIES = ("permanent", "acting", "interim", "performing_duties")

SIGHTINGS_OF_CHECKS = """
INSERT INTO sightings (page_id, capture_id, snapshot_id, first_seen, last_seen, times, origin, believed,
                       blind_before, recorded_at)
SELECT page_id, min(capture_id), snapshot_id, min(started_at), max(started_at), count(*), 'check',
       outcome <> 'quarantined', FALSE, min(finished_at)
FROM (SELECT checks.*, row_number() OVER (PARTITION BY page_id ORDER BY started_at, id)
                     - row_number() OVER (PARTITION BY page_id, snapshot_id, outcome = 'quarantined'
                                          ORDER BY started_at, id) AS run
      FROM checks WHERE snapshot_id IS NOT NULL AND capture_id IS NOT NULL) AS seen
GROUP BY page_id, snapshot_id, run, outcome = 'quarantined', outcome <> 'quarantined'
ORDER BY min(started_at)
"""

DECISIONS_OF_SNAPSHOTS = """
INSERT INTO decisions (page_id, snapshot_id, verdict, decided_at)
SELECT page_id, id, state, settled_at FROM snapshots
WHERE state IN ('accepted', 'rejected') AND settled_at IS NOT NULL ORDER BY settled_at
"""

LAST_SEEN = """coalesce(span.last_seen, (SELECT max(sightings.last_seen) FROM sightings
                WHERE sightings.page_id = span.page_id AND sightings.replaced_at IS NULL AND sightings.believed))"""

VIEWS = {
    "change_log": """
SELECT changes.id, pages.name AS page, changes.first_seen, changes.last_seen, changes.kind, changes.office,
       changes.measure, changes.sentence, changes.state, changes.settled_at,
       (SELECT count(*) FROM delivery_changes JOIN deliveries ON deliveries.id = delivery_changes.delivery_id
        WHERE delivery_changes.change_id = changes.id AND deliveries.state = 'delivered') AS deliveries,
       changes.page_dated, changes.silent_edit
FROM changes JOIN pages ON pages.id = changes.page_id
""",
    "tenures": f"""
SELECT span.id, pages.name AS page, span.post, span.office, span.abbreviation, span.leader, span.title,
       span.capacity, span.vacant, span.first_seen, {LAST_SEEN} AS last_seen,
       span.absent_at, span.page_dated, span.gone_at, span.gone_dated, span.silent_edit
FROM tenure_spans AS span JOIN pages ON pages.id = span.page_id
WHERE span.replaced_at IS NULL
""",  # noqa: S608 words of ours
    "figure_history": f"""
SELECT span.id, pages.name AS page, span.post, span.office, span.abbreviation, span.series, span.measure,
       span.value, span.unit, span.bound, span.text, span.first_seen, {LAST_SEEN} AS last_seen,
       span.absent_at, span.page_dated, span.gone_at, span.gone_dated, span.silent_edit, span.capture_id
FROM figure_spans AS span JOIN pages ON pages.id = span.page_id
WHERE span.replaced_at IS NULL
""",  # noqa: S608 words of ours
}


def upgrade() -> None:
    _sightings()
    _decisions()
    _spans()
    op.execute("DROP VIEW change_log")
    _changes()
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    op.execute(SIGHTINGS_OF_CHECKS)
    op.execute(DECISIONS_OF_SNAPSHOTS)
    op.execute(
        "DELETE FROM readings"
    )  # so that the next check reads its page, and derives what has no rows yet


def _one_of(words: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def _derived(table: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        *columns,
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=f"fk_{table}_page_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_page_id_replaced_at", table, ["page_id", "replaced_at"])


def _sources(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("snapshot_id", KEY, nullable=False),
        sa.Column("capture_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name=f"fk_{table}_capture_id"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name=f"fk_{table}_snapshot_id"),
    )


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(create_constraint=True, name=name), nullable=False)


def _sightings() -> None:
    _derived(
        "sightings",
        *_sources("sightings"),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("origin", _one_of(("check", "import"), "origin"), nullable=False),
        _flag("believed"),
        _flag("blind_before"),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("snapshot_id", KEY, nullable=False),
        sa.Column("verdict", _one_of(("accepted", "rejected"), "verdict"), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_decisions_page_id"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name="fk_decisions_snapshot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_page_id", "decisions", ["page_id"])


def _span() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=True),
        sa.Column("absent_at", MOMENT, nullable=True),
        sa.Column("page_dated", sa.Date(), nullable=True),
        sa.Column("gone_at", MOMENT, nullable=True),
        sa.Column("gone_dated", sa.Date(), nullable=True),
        _flag("silent_edit"),
        sa.Column("unseen", sa.JSON(), nullable=False),
    )


def _spans() -> None:
    _derived(
        "tenure_spans",
        sa.Column("post", sa.Integer(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("abbreviation", sa.Text(), nullable=True),
        sa.Column("called", sa.JSON(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("capacity", _one_of(CAPACITIES, "capacity"), nullable=True),
        _flag("vacant"),
        *_span(),
        sa.Column("namings", sa.JSON(), nullable=False),
    )
    _derived(
        "figure_spans",
        sa.Column("post", sa.Integer(), nullable=True),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("abbreviation", sa.Text(), nullable=True),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("bound", _one_of(("over", "about", "under"), "bound"), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        *_sources("figure_spans"),
        *_span(),
    )


def _changes() -> None:
    """Let changes have no check, a state more, and what their page's Last Modified says."""
    states = ("pending", "confirmed", "withdrawn", "retracted")
    with op.batch_alter_table("changes") as batch:
        batch.drop_constraint("state", type_="check")
        batch.create_check_constraint("state", f"state IN ({', '.join(map(repr, states))})")
        batch.alter_column("check_id", existing_type=KEY, nullable=True)
        batch.add_column(sa.Column("page_dated", sa.Date(), nullable=True))
        batch.add_column(
            sa.Column(
                "silent_edit",
                sa.Boolean(create_constraint=True, name="silent_edit"),
                nullable=False,
                server_default=sa.false(),
            )
        )
