"""Captures, snapshots and their history, kept by SQLAlchemy on SQLite."""

from storage.archive import Archive
from storage.errors import ArchiveError, NotThere
from storage.rows import (
    Belief,
    ChangeState,
    DeliveryState,
    GoodCapture,
    KeptCapture,
    SnapshotState,
    StoredCapture,
    StoredChange,
    StoredCheck,
    StoredDelivery,
    StoredPage,
    StoredSnapshot,
)
from storage.transaction import Transaction

__all__ = [
    "Archive",
    "ArchiveError",
    "Belief",
    "ChangeState",
    "DeliveryState",
    "GoodCapture",
    "KeptCapture",
    "NotThere",
    "SnapshotState",
    "StoredCapture",
    "StoredChange",
    "StoredCheck",
    "StoredDelivery",
    "StoredPage",
    "StoredSnapshot",
    "Transaction",
]
