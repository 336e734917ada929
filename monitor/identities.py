"""What a message is called: made from what it tells and whom, so that a repeat is the same message everywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from hashlib import sha256

from model import Change, require_aware

NOWHERE = "leaderwatch.invalid"
"""The domain of messages whose sender has none (RFC 2606: it belongs to nobody)."""


def alert_id(changes: Sequence[tuple[int, Change]], *, url: str, recipient: str, sender: str) -> str:
    """Return the name of the alert about these numbered changes of a page to one recipient."""
    told = [[number, change.to_json()] for number, change in sorted(changes, key=lambda pair: pair[0])]
    return _identity("alert", [url, recipient, told], sender)


def digest_id(due_at: datetime, *, channel: str, recipient: str, sender: str) -> str:
    """Return the name of the digest that a recipient gets at one time."""
    return _identity("digest", [channel, recipient, require_aware(due_at).isoformat()], sender)


def retraction_id(told: str, change_ids: Sequence[int], *, sender: str) -> str:
    """Return the name of the message that takes these changes of an earlier message back."""
    return _identity("retraction", [told, sorted(change_ids)], sender)


def health_id(url: str, note: tuple[int, str], *, recipient: str, sender: str) -> str:
    """Return the name of a numbered note about a page's health, with its state, to one recipient."""
    return _identity("health", [url, recipient, list(note)], sender)


def failure_id(failed: str, attempt_at: datetime, *, recipient: str, sender: str) -> str:
    """Return the name of the report, to one recipient, that an earlier message failed for good."""
    return _identity("failure", [failed, require_aware(attempt_at).isoformat(), recipient], sender)


def sample_id(now: datetime, *, channel: str, recipient: str, sender: str) -> str:
    """Return the name of a sample that is sent now: another one each time."""
    return _identity("sample", [channel, recipient, require_aware(now).isoformat()], sender)


def thread_id(thread: Sequence[str | None], *, sender: str) -> str:
    """Return the id that messages refer to which stand in one thread."""
    return _identity("thread", list(thread), sender)


def domain_of(sender: str) -> str:
    """Return the domain of a sender's address."""
    return parseaddr(sender)[1].rpartition("@")[2] or NOWHERE


def _identity(purpose: str, of: object, sender: str) -> str:
    digest = sha256(json.dumps([purpose, of], sort_keys=True).encode()).hexdigest()
    return f"<{purpose}.{digest[:32]}@{domain_of(sender)}>"
