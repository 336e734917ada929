"""Captures, snapshots and their history, kept by SQLAlchemy on SQLite."""

from storage.archive import Archive
from storage.errors import ArchiveError, NotThere, Pruned, SlotGone
from storage.listing import ListedCapture
from storage.rows import (
    Belief,
    ChangeState,
    DeliveryState,
    GoodCapture,
    KeptCapture,
    SlotKind,
    SlotState,
    SnapshotState,
    StoredCapture,
    StoredChange,
    StoredCheck,
    StoredDelivery,
    StoredPage,
    StoredSlot,
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
    "ListedCapture",
    "NotThere",
    "Pruned",
    "SlotGone",
    "SlotKind",
    "SlotState",
    "SnapshotState",
    "StoredCapture",
    "StoredChange",
    "StoredCheck",
    "StoredDelivery",
    "StoredPage",
    "StoredSlot",
    "StoredSnapshot",
    "Transaction",
]
