"""One URL asked until it answers, within limits of time, size and number.

What may pass by itself (connection trouble, time-outs, 429, 502, 503, 504, a body cut short) is asked for again
after a pause that grows and varies, or the pause that the server names in Retry-After (RFC 9110, 10.2.3).
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO

import httpx
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from scraper.addresses import UnknownHost
from scraper.bodies import ACCEPT_ENCODING, CutOff, unpacked
from scraper.errors import BodyRefused, FetchError, RedirectRefused
from scraper.troubles import reason_for
from scraper.wire import time_left

log = logging.getLogger("leaderwatch.fetch")

RETRIED_STATUSES = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: times in seconds, sizes in bytes.

    `read_timeout` is the longest silence; `total_timeout` bounds all of it, also retries, pauses and redirects.
    `max_bytes` holds for the body as sent and as unpacked.
    """

    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    max_bytes: int = 5_000_000
    attempts: int = 4
    max_redirects: int = 5


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one URL answered: header names in lower case, the body unpacked, and whether it ended too soon.

    `trouble` says why nothing more can be had, where that is more than a cut connection.
    """

    url: httpx.URL
    status: int
    headers: Mapping[str, str]
    body: bytes
    truncated: bool = False
    trouble: FetchError | None = None

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as written; None when this is no redirect."""
        return self.headers.get("location") if self.status in (301, 302, 303, 307, 308) else None


class _AskAgain(Exception):
    """An answer that may be better next time."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.url} answered {answer.status}")
        self.answer = answer


def log_retries() -> None:
    """Have retries logged as "leaderwatch.fetch": stamina would print them where structlog is installed."""
    set_on_retry_hooks([_log_retry])


def _log_retry(details: RetryDetails) -> None:
    log.info("asking again in %.1f s: %s", details.wait_for, details.caused_by)


def ask(
    client: httpx.Client, url: httpx.URL, headers: Mapping[str, str], limits: Limits, *, cookies: httpx.Cookies
) -> Answer:
    """GET one URL, with retries; the caller sets the total limit with `time_limit`.

    An answer of any status is returned, also one cut short (`truncated`) once the attempts are used up. Raises
    FetchError in words when no answer began, AddressRefused. `cookies` are sent, and take what is set.
    """
    pause = min(8.0, limits.total_timeout / 4)
    retries = stamina.retry_context(
        on=lambda error: _pause_before_retry(error, pause),
        attempts=limits.attempts,
        timeout=None,
        wait_initial=0.5,
        wait_max=pause,
        wait_jitter=0.5,
    )
    try:
        for attempt in retries:
            with attempt:
                return _settled(_ask_once(client, url, headers, limits, cookies))
    except _AskAgain as again:
        return again.answer
    except httpx.TransportError as error:
        raise FetchError(reason_for(error, url, limits.total_timeout)) from error
    raise AssertionError("a retry context ends by returning or raising")


def _settled(answer: Answer) -> Answer:
    if answer.status in RETRIED_STATUSES or answer.truncated:
        raise _AskAgain(answer)
    return answer


def _pause_before_retry(error: Exception, longest_pause: float) -> bool | float:
    """Say whether to ask again: False, True after the usual pause, or the seconds that the server asks for."""
    if time_left() <= longest_pause:
        return False
    if isinstance(error, _AskAgain):
        if isinstance(error.answer.trouble, BodyRefused):
            return False
        named = retry_after(error.answer.headers, datetime.now(UTC))
        return True if named is None else named < time_left() and max(named, 0.0)
    return isinstance(error, httpx.TransportError) and not _is_lasting(error)


def _is_lasting(error: httpx.TransportError) -> bool:
    """Tell whether asking again at once is pointless: a bad certificate, a host that does not exist."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        if isinstance(cause, UnknownHost):
            return not cause.temporary
        cause = cause.__cause__ or cause.__context__
    return isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that Retry-After asks for, written as such or as an HTTP date; None without one."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()


def _ask_once(
    client: httpx.Client,
    url: httpx.URL,
    headers: Mapping[str, str],
    limits: Limits,
    cookies: httpx.Cookies,
) -> Answer:
    timeout = httpx.Timeout(limits.read_timeout, connect=limits.connect_timeout, pool=limits.total_timeout)
    sent = {"accept-encoding": ACCEPT_ENCODING, **headers}
    request = client.build_request("GET", url, headers=sent, timeout=timeout)
    if cookies:
        cookies.set_cookie_header(request)
    response = _send(client, request)
    try:
        if "set-cookie" in response.headers:
            cookies.extract_cookies(response)
        return _read(url, response, limits)
    finally:
        response.close()


def _send(client: httpx.Client, request: httpx.Request) -> httpx.Response:
    """Send a request; httpx prepares the next hop even when it is not to follow it, and may stumble there."""
    try:
        return client.send(request, stream=True, follow_redirects=False)
    except (httpx.InvalidURL, httpx.RemoteProtocolError) as error:
        if isinstance(error, httpx.InvalidURL) or "location header" in str(error):
            raise RedirectRefused(f"{request.url.host} redirects to what is no URL ({error})") from error
        raise


def _read(url: httpx.URL, response: httpx.Response, limits: Limits) -> Answer:
    """Read the body as far as it comes, without a second copy of it; what came before trouble is kept."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    body, truncated = BytesIO(), True
    trouble: FetchError | None = None
    try:
        for piece in unpacked(response.iter_raw(), headers.get("content-encoding", ""), limits.max_bytes):
            body.write(piece)
        truncated = False
    except BodyRefused as error:
        trouble = error
    except CutOff:
        trouble = None if body.tell() else FetchError("the body cannot be unpacked: it is damaged or cut short")
    except httpx.TimeoutException as error:
        trouble = FetchError(reason_for(error, url, limits.total_timeout))
    except (httpx.RemoteProtocolError, httpx.ReadError):
        if not body.tell():
            raise
    return Answer(url, response.status_code, headers, body.getvalue(), truncated, trouble)
