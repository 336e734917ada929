"""Which URLs and addresses may be asked at all.

Only http and https, no credentials in a URL, and no address inside somebody's own network unless the settings
name it. A name is resolved once and the checked address is the one connected to, so that a second DNS answer
(DNS rebinding) changes nothing.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import httpx

from scraper.errors import AddressRefused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolver = Callable[[str], Collection[str]]

NAT64 = IPv6Network("64:ff9b::/96")
"""The well-known prefix of RFC 6052: the last 32 bits are the IPv4 address that is really reached."""

_HOST = re.compile(rb"[\w.:-]+")

REFUSED_NETWORKS: tuple[tuple[Network, str], ...] = (
    (ipaddress.ip_network("169.254.169.254/32"), "a cloud's metadata service"),
    (ipaddress.ip_network("168.63.129.16/32"), "a cloud's metadata service"),
    (ipaddress.ip_network("100.100.100.200/32"), "a cloud's metadata service"),
    (ipaddress.ip_network("192.0.0.192/32"), "a cloud's metadata service"),
    (ipaddress.ip_network("fd00:ec2::254/128"), "a cloud's metadata service"),
    (ipaddress.ip_network("100.64.0.0/10"), "an address shared by a provider's customers"),
    (ipaddress.ip_network("192.88.99.0/24"), "a 6to4 relay"),
    (ipaddress.ip_network("2002::/16"), "a 6to4 tunnel"),
    (ipaddress.ip_network("2001::/32"), "a Teredo tunnel"),
    (ipaddress.ip_network("64:ff9b:1::/48"), "a local NAT64 address"),
)


class UnknownHost(Exception):
    """No address is known for a host; `temporary` when the name server itself did not answer."""

    def __init__(self, host: str, *, temporary: bool) -> None:
        super().__init__(host)
        self.host = host
        self.temporary = temporary


@lru_cache(maxsize=1024)
def require_web_url(url: str | httpx.URL) -> httpx.URL:
    """Return the URL without its fragment.

    Raises AddressRefused unless it is http or https, names a host, and carries no user name.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise AddressRefused(f"{str(url)[:200]!r} is not a usable URL: {error}") from error
    if parsed.scheme not in ("http", "https"):
        raise AddressRefused(
            f"only http and https are fetched, not {parsed.scheme or 'a URL without a scheme'!r}"
        )
    if not _HOST.fullmatch(parsed.raw_host) or not 0 < (parsed.port or 80) < 65536:
        raise AddressRefused(f"{str(url)[:200]!r} names no host, or none that can exist")
    if parsed.userinfo:
        raise AddressRefused(f"the URL of {parsed.host} carries a user name or password: leave it out")
    return parsed.copy_with(fragment=None)


def is_same_site(before: httpx.URL, after: httpx.URL) -> bool:
    """Tell whether a redirect stays on the page's own site.

    The host may gain or lose "www."; http may become https (on whatever port), never the reverse.
    """
    if _bare_host(before) != _bare_host(after):
        return False
    if (before.scheme, after.scheme) == ("http", "https"):
        return True
    return before.scheme == after.scheme and before.port == after.port


def _bare_host(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii").lower().rstrip(".").removeprefix("www.")


def system_addresses(host: str) -> list[str]:
    """Ask the system's resolver for a host's addresses, in its order of preference."""
    answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in answers))


@dataclass(frozen=True)
class Guard:
    """Decides which hosts may be connected to.

    `allow_private` holds host names, addresses and CIDR networks that are allowed though they are not public.
    """

    allow_private: Collection[str] = ()
    resolver: Resolver = system_addresses
    _names: frozenset[str] = field(init=False, repr=False)
    _networks: tuple[Network, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        networks = {entry: _network(entry) for entry in self.allow_private}
        names = frozenset(entry.lower().rstrip(".") for entry, network in networks.items() if network is None)
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_networks", tuple(network for network in networks.values() if network))

    def addresses(self, host: str, timeout: float | None = None) -> list[Address]:
        """Return the checked addresses of a host, best first, after at most `timeout` seconds.

        Raises AddressRefused when any of them is not allowed, UnknownHost when there is none, TimeoutError.
        """
        name = host.lower().rstrip(".").removeprefix("[").removesuffix("]")
        literal = _literal(name)
        found = [literal] if literal else [_address(text) for text in self._ask(name, timeout)]
        for address in found:
            self._require_allowed(name, address, odd=literal is not None and not _is_canonical(name))
        return found

    def _require_allowed(self, name: str, address: Address, *, odd: bool) -> None:
        real = _real_address(address)
        if name in self._names or any(
            each in network for network in self._networks for each in (real, address)
        ):
            return
        objection = "an address in an unusual spelling" if odd else _objection(address)
        if objection:
            shown = name if name == str(address) else f"{name} ({address})"
            raise AddressRefused(f"{shown} is {objection}: name it under allow_private if that is meant")

    def _ask(self, name: str, timeout: float | None) -> Collection[str]:
        """Resolve in a thread of its own, since the system's resolver keeps no time limit."""
        answers: queue.SimpleQueue[Collection[str] | Exception] = queue.SimpleQueue()
        threading.Thread(target=_answer_into, args=(answers, self.resolver, name), daemon=True).start()
        try:
            answer = answers.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError(f"no DNS answer for {name}") from None
        if isinstance(answer, socket.gaierror):
            raise UnknownHost(name, temporary=answer.errno == socket.EAI_AGAIN) from answer
        if isinstance(answer, Exception) or not answer:
            raise UnknownHost(name, temporary=False)
        return answer


def _answer_into(
    answers: queue.SimpleQueue[Collection[str] | Exception], resolver: Resolver, name: str
) -> None:
    try:
        answers.put(resolver(name))
    except (OSError, UnicodeError) as error:
        answers.put(error)


def _network(entry: str) -> Network | None:
    try:
        return ipaddress.ip_network(entry.removeprefix("[").removesuffix("]"), strict=False)
    except ValueError:
        return None


def _address(text: str) -> Address:
    return ipaddress.ip_address(text.partition("%")[0])


def _literal(name: str) -> Address | None:
    """Return the address that a host spells out, also in the odd forms of inet_aton (decimal, octal, hex)."""
    try:
        return _address(name)
    except ValueError:
        pass
    if not name.rpartition(".")[2][:1].isdigit():
        return None
    try:
        return IPv4Address(socket.inet_aton(name))
    except OSError:
        return None


def _is_canonical(name: str) -> bool:
    return _network(name) is not None


def _real_address(address: Address) -> Address:
    """Return the IPv4 address that an IPv4-mapped or NAT64 address reaches, else the address itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _objection(address: Address) -> str | None:
    """Say what speaks against an address, or None for a public one (IANA special-purpose registries)."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return "an IPv4 address dressed as IPv6"
    real = _real_address(address)
    named = next((words for network, words in REFUSED_NETWORKS if real in network), None)
    if named:
        return named
    kinds = (
        (real.is_loopback, "this machine itself (loopback)"),
        (real.is_unspecified, "no address at all (unspecified)"),
        (real.is_link_local, "a link-local address"),
        (real.is_multicast, "a multicast address"),
        (isinstance(real, IPv6Address) and real.is_site_local, "a private address"),
        (real.is_reserved, "a reserved address"),
        (real.is_private or not real.is_global, "a private address"),
    )
    return next((words for is_kind, words in kinds if is_kind), None)
