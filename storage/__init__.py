"""Captures, snapshots and their history, kept by SQLAlchemy on SQLite."""

from storage.archive import Archive
from storage.errors import ArchiveError, NotThere, Pruned, SlotGone
from storage.listing import ListedCapture
from storage.rows import (
    Belief,
    ChangeState,
    DeliveryState,
    GoodCapture,
    HealthState,
    KeptCapture,
    MessageKind,
    SlotKind,
    SlotState,
    SnapshotState,
    StoredCapture,
    StoredChange,
    StoredCheck,
    StoredDelivery,
    StoredNote,
    StoredPage,
    StoredSite,
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
    "HealthState",
    "KeptCapture",
    "ListedCapture",
    "MessageKind",
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
    "StoredNote",
    "StoredPage",
    "StoredSite",
    "StoredSlot",
    "StoredSnapshot",
    "Transaction",
]
