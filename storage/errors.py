"""What can go wrong between the program and its archive.

LeaderwatchError
└── ArchiveError      the archive cannot be opened, read or written; the message names the file and what to do
    ├── NotThere      no row has that number
    ├── Pruned        the bytes were dropped to save room; their sha256 and what was read from them stay
    └── SlotGone      another process has recorded the check of this slot, so this one records nothing
"""

from model import LeaderwatchError


class ArchiveError(LeaderwatchError):
    """The archive cannot be opened, read or written; the message names it and says what to do."""


class NotThere(ArchiveError):
    """No row of this archive has that number."""


class Pruned(ArchiveError):
    """The bytes were dropped to save room; their sha256, their size and what was read from them stay."""


class SlotGone(ArchiveError):
    """The slot is settled: another process recorded its check, or found it overdue; this check is dropped."""
