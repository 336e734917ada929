"""Alerts to a program that listens over HTTP: JSON, signed by the Standard Webhooks scheme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from monitor.asking import name_of
from monitor.channels.letter import Letter
from monitor.channels.signing import secret_key, signature
from monitor.posting import Postponed, Refused
from scraper.errors import AddressRefused
from scraper.fetching import open_client
from scraper.wire import time_limit


class Webhook:
    """One endpoint. The owner names it, so that it may have a private address, unlike a page."""

    def __init__(
        self, url: str, secret: str, *, contact: str, timeout: timedelta, clock: Callable[[], datetime]
    ) -> None:
        self._url, self._key, self._clock = url, secret_key(secret), clock
        self._seconds = timeout.total_seconds()
        self._client = open_client(name_of(contact), allow_private=[urlsplit(url).hostname or ""])

    def send(self, letter: Letter) -> None:
        """Post one letter; raises Postponed, or Refused where the endpoint says that it is gone (410)."""
        content = letter.body.encode()
        headers = self._headers(letter.key, content)
        try:
            with (
                time_limit(self._seconds),
                self._client.stream("POST", self._url, content=content, headers=headers) as answer,
            ):
                status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL, AddressRefused) as error:
            raise Postponed(f"cannot reach {self._place}: {str(error) or type(error).__name__}") from None
        if not 200 <= status < 300:
            reason = f"{self._place} answered {status} {_phrase(status)}".rstrip()
            raise Refused(reason) if status == HTTPStatus.GONE else Postponed(reason)

    def close(self) -> None:
        self._client.close()

    @property
    def _place(self) -> str:
        """Return the endpoint without its path, which often is a secret."""
        return urlsplit(self._url).netloc

    def _headers(self, key: str, content: bytes) -> dict[str, str]:
        stamp = str(int(self._clock().timestamp()))
        return {
            "content-type": "application/json",
            "webhook-id": key,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(self._key, f"{key}.{stamp}.".encode() + content),
            "idempotency-key": key,
        }


def _phrase(status: int) -> str:
    return next((each.phrase for each in HTTPStatus if each == status), "")
