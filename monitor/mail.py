"""A notice as a mail: the same bytes whenever it is made again.

Nothing in a message comes from chance or from the clock: a repeat after a crash is the same message, which mail
programs show once.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from model import require_aware
from monitor.identities import NOWHERE, domain_of, thread_id
from monitor.plain_words import plain, slug

if TYPE_CHECKING:
    from monitor.notices import Notice

WIDTH = 78
"""Characters of a line (RFC 5322, 2.1.1)."""

NO_SENDER = f"Leaderwatch <leaderwatch@{NOWHERE}>"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who a mail is from and to, what it is called and when it was written.

    `identity` is its Message-ID, `answers` that of the mail which it corrects. Without recipients it is addressed
    to nobody, as a copy for a folder. `unsubscribe` is where a recipient asks to be left out (RFC 2369).
    """

    sender: str
    recipients: Sequence[str]
    identity: str
    written_at: datetime
    answers: str | None = None
    unsubscribe: str | None = None


class _Mails(EmailPolicy):
    """The rules of SMTP, with plain subjects folded where they are full.

    Python's own folding may leave the first line empty, and the subject then arrives with a space before it.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name != "Subject" or not str(value).isascii():
            return super().fold_binary(name, value)
        lines = textwrap.wrap(
            f"{name}: {value}", WIDTH, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
        )
        return ("\r\n ".join(lines) + "\r\n").encode()


POLICY = _Mails(linesep="\r\n")


def compose(notice: Notice, envelope: Envelope) -> EmailMessage:
    """Return the mail, text and HTML."""
    sender, answers = envelope.sender, envelope.answers
    message = EmailMessage(policy=POLICY)
    message["From"] = _address(sender)
    message["To"] = [Address(addr_spec=each) for each in envelope.recipients] or Group(
        "undisclosed-recipients", ()
    )
    message["Subject"] = _unencoded(notice.subject)
    message["Date"] = format_datetime(require_aware(envelope.written_at))
    message["Message-ID"] = envelope.identity
    if answers:
        message["In-Reply-To"] = answers
    message["References"] = answers or thread_id(notice.thread, sender=sender)
    message["List-Id"] = f"<{slug(notice.list_name, 64)}.leaderwatch.{domain_of(sender)}>"
    if unsubscribe := envelope.unsubscribe or _by_mail(sender):
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.text, cte="quoted-printable")
    message.add_alternative(notice.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{sha256(envelope.identity.encode()).hexdigest()[:32]}")
    return message


def _by_mail(sender: str) -> str | None:
    return None if sender == NO_SENDER else f"mailto:{parseaddr(sender)[1]}?subject=unsubscribe"


def _address(sender: str) -> Address:
    name, address = parseaddr(sender)
    return Address(display_name=_unencoded(plain(name)), addr_spec=address)


def _unencoded(words: str) -> str:
    """Return the words of a header so that no RFC 2047 "=?...?=" is made of them.

    Python's email package decodes what looks so, and writes line breaks that come out of it as new headers.
    """
    return words.replace("=?", "= ?")
