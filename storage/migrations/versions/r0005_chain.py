"""The chain of captures, the digests of stored bytes, bodies that may be pruned, and where imports came from."""

import hashlib
import itertools

import sqlalchemy as sa
from alembic import op

from storage.chain import seal

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

BODIES = sa.table("bodies", sa.column("id"), sa.column("zstd"), sa.column("zstd_sha256"), sa.column("sha256"))
CAPTURES = sa.table(
    "captures",
    *(sa.column(name) for name in ("id", "page_id", "url", "final_url", "status", "body_id", "source")),
    *(sa.column(name) for name in ("fetched_at", "kept_at")),
    sa.column("redirects", sa.JSON()),
    sa.column("headers", sa.JSON()),
    sa.column("truncated", sa.Boolean()),
)
LINKS = sa.table("links", *(sa.column(name) for name in ("capture_id", "page_id", "place", "before", "digest")))
HEADS = sa.table("heads", *(sa.column(name) for name in ("page_id", "capture_id", "place", "digest")))


def upgrade() -> None:
    op.add_column("bodies", sa.Column("zstd_sha256", sa.String(64), nullable=True))
    _digest_bodies()
    with op.batch_alter_table("bodies") as batch:
        batch.alter_column("zstd", existing_type=sa.LargeBinary(), nullable=True)
        batch.create_check_constraint("zstd", "(zstd IS NULL) = (zstd_sha256 IS NULL)")
    op.add_column("captures", sa.Column("source", sa.Text(), nullable=True))
    _chain()
    _link_captures()
    troubled = sa.text("capture_id IS NOT NULL AND verdict NOT IN ('ok', 'not_modified')")
    op.create_index(
        "ix_checks_troubled", "checks", ["capture_id"], sqlite_where=troubled, postgresql_where=troubled
    )


def _digest_bodies() -> None:
    connection = op.get_bind()
    for number in connection.scalars(sa.select(BODIES.c.id)).all():
        stored = connection.execute(sa.select(BODIES.c.zstd).where(BODIES.c.id == number)).scalar_one()
        digest = hashlib.sha256(stored).hexdigest()
        connection.execute(sa.update(BODIES).where(BODIES.c.id == number).values(zstd_sha256=digest))


def _chain() -> None:
    op.create_table(
        "links",
        sa.Column("capture_id", KEY, autoincrement=False, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(64), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_links_capture_id"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_links_page_id"),
        sa.PrimaryKeyConstraint("capture_id", name="pk_links"),
        sa.UniqueConstraint("page_id", "place", name="uq_links_page_id_place"),
    )
    op.create_table(
        "heads",
        sa.Column("page_id", KEY, autoincrement=False, nullable=False),
        sa.Column("capture_id", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_heads_capture_id"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_heads_page_id"),
        sa.PrimaryKeyConstraint("page_id", name="pk_heads"),
    )


def _link_captures() -> None:
    """Link what was kept before there was a chain, in the order in which it was kept."""
    connection = op.get_bind()
    wanted = sa.select(CAPTURES, BODIES.c.sha256).join(BODIES, BODIES.c.id == CAPTURES.c.body_id)
    in_order = connection.execute(wanted.order_by(CAPTURES.c.page_id, CAPTURES.c.id)).all()
    for page_id, chain in itertools.groupby(in_order, key=lambda row: row.page_id):
        before: str | None = None
        for place, row in enumerate(chain, start=1):
            times = (row.fetched_at, row.kept_at)
            digest = seal(
                row._asdict(), page_id=page_id, times=times, body=row.sha256, place=place, before=before
            )
            end = {"capture_id": row.id, "place": place, "digest": digest}
            connection.execute(sa.insert(LINKS).values(page_id=page_id, before=before, **end))
            before = digest
        connection.execute(sa.insert(HEADS).values(page_id=page_id, **end))
