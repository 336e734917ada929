"""One alert as every channel beside mail sends it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256

from model import Json, require_aware


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, and the same news as rows for programs, which know it by its `kind`.

    The page is None where it speaks of several, or of none. `health` is what it says of how a page is watched.
    """

    message: EmailMessage
    written_at: datetime
    page_name: str | None
    page_url: str | None
    rows: tuple[Json, ...]
    kind: str = "changes"
    health: Json | None = None

    @property
    def key(self) -> str:
        """Return what makes this letter the same one when it comes again, whatever happened in between."""
        return "msg_" + sha256(str(self.message["Message-ID"]).encode()).hexdigest()[:32]

    @property
    def headline(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """Return the letter for people, as plain text."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """Return the letter for people, as HTML."""
        return self._body("html")

    @property
    def body(self) -> str:
        """Return the letter for programs: one JSON object, laid out as Standard Webhooks advises."""
        page = {"name": self.page_name, "url": self.page_url} if self.page_url else None
        news = {"id": self.key, "headline": self.headline, "page": page, "changes": list(self.rows)}
        news |= {"health": self.health} if self.health else {}
        moment = require_aware(self.written_at).isoformat().replace("+00:00", "Z")
        return json.dumps(
            {"type": f"leaderwatch.{self.kind}", "timestamp": moment, "data": news}, ensure_ascii=False
        )

    def _body(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        if part is None:
            raise ValueError(f"a letter without {subtype} text")
        content: str = part.get_content()
        return content
