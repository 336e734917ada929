"""Mails over SMTP: one connection for a round of them, and what each refusal means.

What the server says before it knows the message (greeting, TLS, login) is about us, and passes once we or it
are mended; a 5xx answer to sender, recipient or message is about this mail, and final (RFC 5321, 4.2.1).
"""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import parseaddr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.settings import SmtpSettings


LEAVING = 421
"""The server closes the connection (RFC 5321, 3.8); another one may be opened."""


class Postponed(Exception):
    """The mail did not go out now, and may go out later; the message is the reason in words."""


class Refused(Exception):
    """The mail will never go out; the message is the reason in words."""


class Post:
    """A mail server, connected to when there is something to send.

    A server that cannot be reached is not tried again: the rest of the round is postponed for the same reason.
    """

    def __init__(self, smtp: SmtpSettings, tls: ssl.SSLContext | None = None) -> None:
        self._smtp = smtp
        self._tls = tls
        self._session: smtplib.SMTP | None = None
        self._unreachable: str | None = None

    def send(self, message: EmailMessage, *, recipient: str) -> None:
        """Hand one mail over; raises Postponed or Refused, with the reason, when the server did not take it."""
        session = self._session or self._connect()
        try:
            session.send_message(message, from_addr=parseaddr(self._smtp.sender)[1], to_addrs=[recipient])
        except smtplib.SMTPRecipientsRefused as error:
            raise _judged(*error.recipients[recipient]) from None
        except smtplib.SMTPResponseException as error:
            if error.smtp_code == LEAVING:
                self.close()
            raise _judged(error.smtp_code, error.smtp_error) from None
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Postponed(f"the connection to {self._place} broke: {_words(error)}") from None

    def close(self) -> None:
        """Take leave of the server, if it is still there."""
        session, self._session = self._session, None
        if session is None:
            return
        try:
            session.quit()
        except (OSError, smtplib.SMTPException):
            session.close()

    @property
    def _place(self) -> str:
        return f"{self._smtp.host}:{self._smtp.port}"

    def _connect(self) -> smtplib.SMTP:
        if self._unreachable:
            raise Postponed(self._unreachable)
        try:
            self._session = _open(self._smtp, self._tls or ssl.create_default_context())
        except (OSError, UnicodeError, smtplib.SMTPException) as error:
            self._unreachable = f"cannot use the mail server {self._place}: {_words(error)}"
            raise Postponed(self._unreachable) from None
        return self._session


def _open(smtp: SmtpSettings, tls: ssl.SSLContext) -> smtplib.SMTP:
    timeout, port = smtp.timeout.total_seconds(), smtp.port or 0
    if smtp.security == "tls":
        session: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, port, timeout=timeout, context=tls)
    else:
        session = smtplib.SMTP(smtp.host, port, timeout=timeout)
    try:
        if smtp.security == "starttls":
            session.starttls(context=tls)
        if smtp.user and smtp.password:
            session.login(smtp.user, smtp.password.reveal())
    except BaseException:
        session.close()
        raise
    return session


def _judged(code: int, answer: bytes | str) -> Postponed | Refused:
    reason = f"the mail server answered {code} {_text(answer)}"
    return Refused(reason) if 500 <= code < 600 else Postponed(reason)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code} {_text(error.smtp_error)}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    return str(error) or type(error).__name__


def _text(answer: bytes | str) -> str:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(words.split())
