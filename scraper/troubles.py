"""What went wrong on the network, in one line that a reader without the field's words can act on."""

from __future__ import annotations

import errno
import ssl
from collections.abc import Iterator

import httpx

from scraper.addresses import UnknownHost
from scraper.wire import time_left

CERTIFICATE_TROUBLES = {
    9: "is not valid yet",
    10: "has expired",
    18: "is self-signed",
    19: "is self-signed",
    2: "comes from an authority that is not trusted",
    20: "comes from an authority that is not trusted",
    21: "comes from an authority that is not trusted",
    23: "has been revoked",
    62: "belongs to another host",
    64: "belongs to another address",
}
"""By OpenSSL's X509_V_ERR numbers (openssl-verification-options)."""

OS_TROUBLES = {
    errno.ECONNREFUSED: "refused the connection",
    errno.ECONNRESET: "broke the connection off",
    errno.EPIPE: "broke the connection off",
    errno.ENETUNREACH: "cannot be reached: this machine has no network route there",
    errno.EHOSTUNREACH: "cannot be reached: there is no route to the host",
}


def reason_for(error: httpx.TransportError, url: httpx.URL, total_timeout: float) -> str:
    """Say what happened: the host, the failure, and which of the time limits ended the wait."""
    site = _site(url)
    if isinstance(error, httpx.TimeoutException):
        return _late(error, site, total_timeout)
    for cause in _causes(error):
        if isinstance(cause, UnknownHost):
            return _unknown(cause)
        if isinstance(cause, ssl.SSLError):
            return _tls(cause, site)
        if isinstance(cause, OSError) and cause.errno in OS_TROUBLES:
            return f"{site} {OS_TROUBLES[cause.errno]}"
    return _broken(error, site)


def _site(url: httpx.URL) -> str:
    return url.host if url.port is None else f"{url.host}, port {url.port},"


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _late(error: httpx.TimeoutException, site: str, total_timeout: float) -> str:
    if time_left() <= 0:
        return f"time-out: {site} did not finish within {total_timeout:g} seconds"
    if "DNS" in str(error):
        return f"time-out: {error} came in time"
    if isinstance(error, httpx.ConnectTimeout):
        return f"time-out: {site} did not accept the connection in time"
    return f"time-out: {site} fell silent before the page was complete"


def _unknown(cause: UnknownHost) -> str:
    if cause.temporary:
        return f"unknown host: no name server answered for {cause.host}; check this machine's network"
    return f"unknown host: {cause.host} has no address; check the spelling of the URL"


def _tls(cause: ssl.SSLError, site: str) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        trouble = CERTIFICATE_TROUBLES.get(cause.verify_code, f"is not accepted: {cause.verify_message}")
        return f"TLS failure: the certificate of {site.rstrip(',')} {trouble}"
    return f"TLS failure: {site} does not speak TLS as it should ({cause.reason or 'connection ended'})"


def _broken(error: httpx.TransportError, site: str) -> str:
    words = str(error).rstrip(".")
    if "without sending a response" in words:
        return f"{site} closed the connection without an answer"
    if "complete message body" in words or "incomplete chunked" in words:
        return f"{site} cut the connection before any of the page came"
    if isinstance(error, httpx.RemoteProtocolError):
        return f"{site} does not speak HTTP as it should ({words})"
    return f"the connection to {site} failed ({words or type(error).__name__})"
