"""The alert mail: one message for what changed on one page, the same bytes whenever it is made again.

Nothing in a message comes from chance or from the clock: a repeat after a crash is the same message, which mail
programs show once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from model import Change, require_aware
from monitor.headlines import headline, weightiest
from monitor.plain_words import plain, slug
from monitor.telling import page_dates, tell, windows

if TYPE_CHECKING:
    from monitor.evidence import NewsItem
    from monitor.settings import PageSettings

NOWHERE = "leaderwatch.invalid"
"""The domain of messages whose sender has none (RFC 2606: it belongs to nobody)."""

NO_SENDER = f"Leaderwatch <leaderwatch@{NOWHERE}>"


def message_id(changes: Sequence[tuple[int, Change]], *, url: str, recipient: str, sender: str) -> str:
    """Return the Message-ID of the alert about these numbered changes of a page to one recipient."""
    told = [[number, change.to_json()] for number, change in sorted(changes, key=lambda pair: pair[0])]
    return _identity("alert", [url, recipient, told], sender)


def thread_id(url: str, office: str | None, *, sender: str) -> str:
    """Return the id that mails about one office of a page refer to, so that they stand in one thread."""
    return _identity("thread", [url, office], sender)


def compose(
    news: Sequence[NewsItem],
    *,
    page: PageSettings,
    recipients: Sequence[str],
    sender: str,
    identity: str,
    written_at: datetime,
) -> EmailMessage:
    """Return the mail, text and HTML, about changes of one page; `identity` is its Message-ID.

    Without recipients it is addressed to nobody, as a copy for a folder. Raises ValueError without news.
    """
    changes = [one.change for one in news]
    subject = headline(changes)
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender)
    message["To"] = [Address(addr_spec=each) for each in recipients] or Group("undisclosed-recipients", ())
    message["Subject"] = _unencoded(subject)
    message["Date"] = format_datetime(require_aware(written_at))
    message["Message-ID"] = identity
    message["References"] = thread_id(page.url, weightiest(changes).office, sender=sender)
    message["List-Id"] = f"<{slug(page.name, 64)}.leaderwatch.{_domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    _fill(message, subject, news, page, identity)
    return message


def _fill(
    message: EmailMessage, subject: str, news: Sequence[NewsItem], page: PageSettings, identity: str
) -> None:
    shown = {
        "headline": subject,
        "tellings": tell(news),
        "window": windows(news),
        "page_dates": page_dates(news),
        "page_name": plain(page.name),
        "url": page.url,
    }
    message.set_content(_templates().get_template("alert.txt.j2").render(shown), cte="quoted-printable")
    message.add_alternative(
        _templates().get_template("alert.html.j2").render(shown), subtype="html", cte="quoted-printable"
    )
    message.set_boundary(f"=_{sha256(identity.encode()).hexdigest()[:32]}")


def _address(sender: str) -> Address:
    name, address = parseaddr(sender)
    return Address(display_name=_unencoded(plain(name)), addr_spec=address)


def _unencoded(words: str) -> str:
    """Return the words of a header so that no RFC 2047 "=?...?=" is made of them.

    Python's email package decodes what looks so, and writes line breaks that come out of it as new headers.
    """
    return words.replace("=?", "= ?")


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or NOWHERE


def _identity(purpose: str, of: object, sender: str) -> str:
    digest = sha256(json.dumps([purpose, of], sort_keys=True).encode()).hexdigest()
    return f"<{purpose}.{digest[:32]}@{_domain(sender)}>"


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("monitor"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
