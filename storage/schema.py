"""The tables of the archive.

Evidence (pages, bodies, captures, checks), observation (snapshots with their offices, leaders and figures),
belief (sightings, decisions, beliefs, tenure_spans, figure_spans, derivations), news (changes, change_versions,
health_notes, deliveries). Table names are the plurals of the design's words: `check` is a reserved word of SQL.
The database is made by `storage.migrations`; a test holds the two together. Which rows a partial index is over
stands here for SQLite alone: to hear PostgreSQL's, SQLAlchemy would load that dialect and its drivers at each
start.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.schema import SchemaItem

from model import Bound, Capacity, ChangeKind, Outcome, Verdict
from storage.columns import Exact, Key, Moment, Words, one_of
from storage.rows import (
    ChangeState,
    DecisionVerdict,
    DeliveryState,
    HealthState,
    MessageKind,
    Origin,
    SlotKind,
    SlotState,
    SnapshotState,
)

REVISION = "0012"
"""The newest of `storage.migrations`, known here so that opening a current archive needs no Alembic."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can change it on either database."""

JUDGED_OK = text("verdict = 'ok'")
IN_QUARANTINE = text("state = 'quarantined'")
PENDING = text("state = 'pending'")
QUEUED = text("state = 'queued'")
LEASED = text("state = 'leased'")
TROUBLED = text("capture_id IS NOT NULL AND verdict NOT IN ('ok', 'not_modified')")
"""Conditions of partial indexes. SQLite uses such an index only for a query that has the same words in it."""

metadata = MetaData(naming_convention=NAMES)


def _key() -> Column[int]:
    return Column("id", Key, primary_key=True)


def _link(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Key, ForeignKey(f"{target}.id"), nullable=nullable)


def _quote() -> tuple[Column[str], Column[int], Column[int], CheckConstraint]:
    """The words a value was read from and their place in the snapshot's text: all three or none."""
    return (
        Column("quote", Words),
        Column("quote_start", Integer),
        Column("quote_end", Integer),
        CheckConstraint(
            "(quote IS NULL) = (quote_start IS NULL) AND (quote IS NULL) = (quote_end IS NULL)",
            name="whole_quote",
        ),
    )


pages = Table(
    "pages",
    metadata,
    _key(),
    Column("name", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("added_at", Moment, nullable=False),
    UniqueConstraint("url"),
)

# Served bodies and the texts of snapshots, each kept once. `zstd` is compressed against the content of `base`
# where there is one: pages change by a line, and the line is all that is stored. A base has no base itself. Of one
# that was pruned, its sha256 and its size are left.
bodies = Table(
    "bodies",
    metadata,
    _key(),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    _link("base_id", "bodies", nullable=True),
    Column("zstd", LargeBinary),
    Column("zstd_sha256", String(64)),
    UniqueConstraint("sha256"),
    CheckConstraint("length(sha256) = 64", name="sha256"),
    CheckConstraint("size >= 0", name="size"),
    CheckConstraint("(zstd IS NULL) = (zstd_sha256 IS NULL)", name="zstd"),
)

# Append-only: revision 0002 adds the trigger that refuses an update. `source` names where an imported one came from.
captures = Table(
    "captures",
    metadata,
    _key(),
    _link("page_id", "pages"),
    Column("url", Words, nullable=False),
    Column("final_url", Words, nullable=False),
    Column("redirects", JSON, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", JSON, nullable=False),
    _link("body_id", "bodies"),
    Column("truncated", Boolean(create_constraint=True, name="truncated"), nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("source", Words),
    UniqueConstraint("page_id", "fetched_at", "body_id", "status"),
    Index(None, "body_id"),
)

# What holds captures together, page by page (`storage.chain`): the digest of each one's own values and of the link
# before. A page's newest link stands in `heads` once more, so that one that is taken off the end is missed.
links = Table(
    "links",
    metadata,
    Column("capture_id", Key, ForeignKey("captures.id"), primary_key=True, autoincrement=False),
    _link("page_id", "pages"),
    Column("place", Integer, nullable=False),
    Column("before", String(64)),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("page_id", "place"),
)
heads = Table(
    "heads",
    metadata,
    Column("page_id", Key, ForeignKey("pages.id"), primary_key=True, autoincrement=False),
    _link("capture_id", "captures"),
    Column("place", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)

# When the capture was served that an imported one, kept as a 304, says that the page was the same as.
revisits = Table(
    "revisits",
    metadata,
    Column("capture_id", Key, ForeignKey("captures.id"), primary_key=True, autoincrement=False),
    Column("refers_at", Moment, nullable=False),
)

# What the server said last of a capture whose bytes it served again under another ETag or Last-Modified: the
# capture itself stays as it was served.
validators = Table(
    "validators",
    metadata,
    Column("capture_id", Key, ForeignKey("captures.id"), primary_key=True, autoincrement=False),
    Column("etag", Words),
    Column("last_modified", Words),
)

# One row a run, whatever its outcome: the commonest row by far, so each index on it must earn its bytes (an
# unchanged check takes 132 of them, 41 in the index by time).
checks = Table(
    "checks",
    metadata,
    _key(),
    _link("page_id", "pages"),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment, nullable=False),
    Column("outcome", one_of(Outcome, "outcome"), nullable=False),
    Column("verdict", one_of(Verdict, "verdict"), nullable=False),
    Column("reason", Words),
    _link("capture_id", "captures", nullable=True),
    Column("snapshot_id", Key, ForeignKey("snapshots.id")),
    Index(None, "page_id", "started_at"),
    Index(
        "ix_checks_ok",
        "capture_id",
        sqlite_where=JUDGED_OK,
    ),
    Index("ix_checks_troubled", "capture_id", sqlite_where=TROUBLED),
)

# The times at which pages were due, each once however many processes keep the timetable.
slots = Table(
    "slots",
    metadata,
    _key(),
    _link("page_id", "pages"),
    Column("due_at", Moment, nullable=False),
    Column("kind", one_of(SlotKind, "kind"), nullable=False),
    Column("state", one_of(SlotState, "state"), nullable=False),
    Column("leased_until", Moment),
    _link("check_id", "checks", nullable=True),
    Column("reason", Words),
    UniqueConstraint("page_id", "due_at"),
    CheckConstraint("(state = 'done') = (check_id IS NOT NULL)", name="done_by_a_check"),
    Index("ix_slots_leased", "page_id", sqlite_where=LEASED),
)

# Sites of several pages, and those that answered that they are busy: from when on one may be asked, whether a
# process asks it now (until `free_at` at most), and how often in a row it was busy.
sites = Table(
    "sites",
    metadata,
    Column("name", Words, primary_key=True),
    Column("free_at", Moment, nullable=False),
    Column("held", Boolean(create_constraint=True, name="held"), nullable=False),
    Column("refusals", Integer, nullable=False),
)

snapshots = Table(
    "snapshots",
    metadata,
    _key(),
    _link("page_id", "pages"),
    _link("capture_id", "captures"),
    Column("parser_version", Integer, nullable=False),
    Column("state", one_of(SnapshotState, "state"), nullable=False),
    Column("reason", Words),
    Column("read_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("last_modified", Date),
    Column("coverage", Float, nullable=False),
    _link("text_id", "bodies"),
    CheckConstraint("coverage BETWEEN 0 AND 1", name="coverage"),
    Index(None, "capture_id"),
    Index(None, "page_id"),
    Index(
        "ix_snapshots_quarantined",
        "page_id",
        sqlite_where=IN_QUARANTINE,
    ),
)

# The descriptions of offices, each kept once: from one snapshot to the next most stay the same.
texts = Table(
    "texts",
    metadata,
    _key(),
    Column("sha256", String(64), nullable=False),
    Column("text", Words, nullable=False),
    UniqueConstraint("sha256"),
)

offices = Table(
    "offices",
    metadata,
    _key(),
    _link("snapshot_id", "snapshots"),
    Column("position", Integer, nullable=False),
    Column("name", Words, nullable=False),
    Column("abbreviation", Words),
    Column("vacant", Boolean(create_constraint=True, name="vacant"), nullable=False),
    Column("note", Words),
    Column("title", Words),
    Column("found_by", Words, nullable=False),
    _link("text_id", "texts"),
    *_quote(),
    UniqueConstraint("snapshot_id", "position"),
)

leaders = Table(
    "leaders",
    metadata,
    Column("office_id", Key, ForeignKey("offices.id"), primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("capacity", one_of(Capacity, "capacity"), nullable=False),
    *_quote(),
)

figures = Table(
    "figures",
    metadata,
    _key(),
    _link("snapshot_id", "snapshots"),
    _link("office_id", "offices", nullable=True),
    Column("position", Integer, nullable=False),
    Column("measure", Words, nullable=False),
    Column("value", Exact, nullable=False),
    Column("unit", Words),
    Column("bound", one_of(Bound, "bound")),
    Column("text", Words, nullable=False),
    *_quote(),
    UniqueConstraint("snapshot_id", "position"),
)

# `rows` is the page that the next check compares with, as JSON: it may keep rows of an earlier snapshot that
# wait for confirmation, so it is not always what the snapshot read.
beliefs = Table(
    "beliefs",
    metadata,
    Column("page_id", Key, ForeignKey("pages.id"), primary_key=True, autoincrement=False),
    _link("snapshot_id", "snapshots"),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("rows", Words, nullable=False),
)

# The last reading of a page, where it is believed as it stands: what the capture says (`content`) and how it was
# read (`grounds`), as digests. A check that finds both again needs to read nothing.
readings = Table(
    "readings",
    metadata,
    Column("page_id", Key, ForeignKey("pages.id"), primary_key=True, autoincrement=False),
    _link("capture_id", "captures"),
    Column("content", String(64), nullable=False),
    Column("grounds", String(64), nullable=False),
)


# What is derived is never changed, but for the end of the newest run of sightings, which each check moves on: a
# row that a later derivation finds otherwise is marked as replaced, and the new one added. So what was known at
# a moment can be told ever after: the rows recorded by then and not replaced by then.
def _derived(*columns: SchemaItem) -> tuple[SchemaItem, ...]:
    return (
        _key(),
        _link("page_id", "pages"),
        *columns,
        Column("recorded_at", Moment, nullable=False),
        Column("replaced_at", Moment),
        Index(None, "page_id", "replaced_at"),
    )


# Runs of sightings of one snapshot that nothing came between. `believed` is false while it is in doubt,
# `blind_before` true where the check before it saw nothing.
sightings = Table(
    "sightings",
    metadata,
    *_derived(
        _link("capture_id", "captures"),
        _link("snapshot_id", "snapshots"),
        Column("first_seen", Moment, nullable=False),
        Column("last_seen", Moment, nullable=False),
        Column("times", Integer, nullable=False),
        Column("origin", one_of(Origin, "origin"), nullable=False),
        Column("believed", Boolean(create_constraint=True, name="believed"), nullable=False),
        Column("blind_before", Boolean(create_constraint=True, name="blind_before"), nullable=False),
    ),
)

# What a person decided about a version in doubt.
decisions = Table(
    "decisions",
    metadata,
    _key(),
    _link("page_id", "pages"),
    _link("snapshot_id", "snapshots"),
    Column("verdict", one_of(DecisionVerdict, "verdict"), nullable=False),
    Column("decided_at", Moment, nullable=False),
    Index(None, "page_id"),
)


def _span() -> tuple[SchemaItem, ...]:
    """When something stood. `last_seen` is NULL where that is the newest good sighting.

    It came after `absent_at` (NULL: it was there from the first), by the end of the day `page_dated`, and was
    gone by `gone_at`, or by the end of the day `gone_dated`.
    """
    return (
        Column("first_seen", Moment, nullable=False),
        Column("last_seen", Moment),
        Column("absent_at", Moment),
        Column("page_dated", Date),
        Column("gone_at", Moment),
        Column("gone_dated", Date),
        Column("silent_edit", Boolean(create_constraint=True, name="silent_edit"), nullable=False),
        Column("unseen", JSON, nullable=False),
    )


# How far the derivation of each page has come: the next check goes on from there. Whatever else brings sightings
# takes it away, and all of them are gone through again.
derivations = Table(
    "derivations",
    metadata,
    Column("page_id", Key, ForeignKey("pages.id"), primary_key=True, autoincrement=False),
    Column("reached", Words, nullable=False),
)

# Who held each office, in which capacity; nobody where `leader` is NULL. The view `tenures` shows those that
# stand.
tenure_spans = Table(
    "tenure_spans",
    metadata,
    *_derived(
        Column("post", Integer, nullable=False),
        Column("office", Words, nullable=False),
        Column("abbreviation", Words),
        Column("called", JSON, nullable=False),
        Column("leader", Words),
        Column("title", Words),
        Column("capacity", one_of(Capacity, "capacity")),
        Column("vacant", Boolean(create_constraint=True, name="vacant"), nullable=False),
        *_span(),
        Column("namings", JSON, nullable=False),
    ),
)

# Each value of each measure. The view `figure_history` shows those that stand.
figure_spans = Table(
    "figure_spans",
    metadata,
    *_derived(
        Column("post", Integer),
        Column("office", Words),
        Column("abbreviation", Words),
        Column("series", Integer, nullable=False),
        Column("measure", Words, nullable=False),
        Column("value", Exact, nullable=False),
        Column("unit", Words),
        Column("bound", one_of(Bound, "bound")),
        Column("text", Words, nullable=False),
        Column("quote", Words),
        _link("snapshot_id", "snapshots"),
        _link("capture_id", "captures"),
        *_span(),
    ),
)

# `check_id` is NULL where no check found the change, but what was brought in, decided or read again later.
changes = Table(
    "changes",
    metadata,
    _key(),
    _link("page_id", "pages"),
    _link("check_id", "checks", nullable=True),
    Column("kind", one_of(ChangeKind, "kind"), nullable=False),
    Column("office", Words),
    Column("measure", Words),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("sentence", Words, nullable=False),
    Column("went_to", Words),
    Column("came_from", Words),
    Column("delta", Exact),
    Column("percent", Exact),
    Column("state", one_of(ChangeState, "state"), nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("page_dated", Date),
    Column(
        "silent_edit",
        Boolean(create_constraint=True, name="silent_edit"),
        nullable=False,
        server_default=false(),
    ),
    _link("snapshot_before", "snapshots"),
    _link("snapshot_after", "snapshots"),
    Column("recorded_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("settled_check_id", Key, ForeignKey("checks.id")),
    Index(None, "page_id", "first_seen"),
    Index(
        "ix_changes_pending",
        "page_id",
        sqlite_where=PENDING,
    ),
)

# Changes as they stood until `replaced_at`, when they were settled, revised or told otherwise.
change_versions = Table(
    "change_versions",
    metadata,
    _key(),
    _link("change_id", "changes"),
    Column("office", Words),
    Column("sentence", Words, nullable=False),
    Column("went_to", Words),
    Column("came_from", Words),
    Column("state", one_of(ChangeState, "state"), nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("page_dated", Date),
    Column("silent_edit", Boolean(create_constraint=True, name="silent_edit"), nullable=False),
    _link("snapshot_before", "snapshots"),
    _link("snapshot_after", "snapshots"),
    Column("settled_at", Moment),
    _link("settled_check_id", "checks", nullable=True),
    Column("replaced_at", Moment, nullable=False),
    Index(None, "change_id", "replaced_at"),
)

# What people were told of a page's health: one row each time that it changed.
health_notes = Table(
    "health_notes",
    metadata,
    _key(),
    _link("page_id", "pages"),
    _link("check_id", "checks"),
    Column("state", one_of(HealthState, "state"), nullable=False),
    Column("since", Moment, nullable=False),
    Column("reason", Words, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    UniqueConstraint("check_id"),
    Index(None, "page_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    _key(),
    Column("channel", Words, nullable=False),
    Column("recipient", Words, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("state", one_of(DeliveryState, "state"), nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("next_attempt_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("last_error", Words),
    Column("settled_at", Moment),
    Column("message", one_of(MessageKind, "message"), nullable=False, server_default="alert"),
    _link("answers_id", "deliveries", nullable=True),
    _link("note_id", "health_notes", nullable=True),
    Index(None, "answers_id"),
    UniqueConstraint("message_id", "channel", "recipient"),
    CheckConstraint("attempts >= 0", name="attempts"),
    Index(
        "ix_deliveries_queued",
        "next_attempt_at",
        sqlite_where=QUEUED,
    ),
)

delivery_changes = Table(
    "delivery_changes",
    metadata,
    Column("delivery_id", Key, ForeignKey("deliveries.id"), primary_key=True, autoincrement=False),
    Column("change_id", Key, ForeignKey("changes.id"), primary_key=True, autoincrement=False),
    Index(None, "change_id"),
)
