"""Mails written to a folder as .eml files, which any mail program opens."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

from model import require_aware
from monitor.plain_words import slug
from monitor.posting import Postponed
from monitor.whole_files import write_whole


def file_name(message: EmailMessage, written_at: datetime) -> str:
    """Return the name that one message always has: time, news, and what tells it from any other."""
    moment = require_aware(written_at).strftime("%Y%m%dT%H%M%SZ")
    digest = sha256(str(message["Message-ID"]).encode()).hexdigest()[:8]
    return "-".join(filter(None, (moment, slug(str(message["Subject"])), digest))) + ".eml"


def deliver(folder: Path, message: EmailMessage, written_at: datetime) -> None:
    """Write the mail; raises Postponed where the folder cannot be written now."""
    try:
        write(folder, message, written_at)
    except OSError as error:
        raise Postponed(f"cannot write to {folder}: {error.strerror}") from None


def write(folder: Path, message: EmailMessage, written_at: datetime) -> Path:
    """Write the mail whole or not at all, for its owner to read; written again, it replaces itself.

    Raises OSError where the folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / file_name(message, written_at)
    write_whole(path, bytes(message))
    return path
