"""Which addresses messages may go to: https, and a host that is found on the public internet.

Whoever may name an address could otherwise have this machine call its own neighbours. The name is
looked up once, every address it has must be public, and the call goes to the one that was checked.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

PORTS = (443, 8443)
_LONGEST = 500
# Through these an IPv6 address leads to an IPv4 one that nobody has looked at.
_TRANSLATED = (
    IPv6Network("64:ff9b::/96"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("2002::/16"),
    IPv6Network("2001::/32"),
)


class AddressRefused(ValueError):
    """Nothing is sent to this address; the message says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: the name for the certificate, the number to call, and the path."""

    host: str
    number: str
    port: int
    path: str
    encrypted: bool


def checked(address: str, networks: Sequence[str]) -> Target:
    """Look an address up and see that it may be called. Raises AddressRefused.

    `networks` are those of one's own that may be called too, by http as well and at any port.
    """
    parts = _parts(address)
    host, port = parts.hostname or "", _port(parts)
    numbers = _numbers(host, port)
    own = [ip_network(one) for one in networks]
    is_own = all(any(number in network for network in own) for number in numbers)
    if not is_own:
        if parts.scheme != "https":
            raise AddressRefused("The address has to begin with https://.")
        if port not in PORTS:
            raise AddressRefused("The port has to be 443 or 8443.")
        if not all(map(_is_public, numbers)):
            raise AddressRefused("The address is not on the public internet.")
    path = parts.path or "/"
    path += f"?{parts.query}" if parts.query else ""
    return Target(host, str(numbers[0]), port, path, parts.scheme == "https")


def _parts(address: str) -> SplitResult:
    if len(address) > _LONGEST or not address.isascii() or not address.isprintable():
        raise AddressRefused("The address has to be at most 500 ASCII characters.")
    if " " in address or "\\" in address:
        raise AddressRefused("The address must not have spaces or backslashes.")
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise AddressRefused("This is not an address.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AddressRefused("The address has to begin with https:// and a name.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused("The address must not have a username, a password or a # part.")
    return parts


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise AddressRefused("The port is not a number.") from error


def _numbers(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused("The name in the address is not found.") from error
    return [_plain(str(where[0])) for *_, where in found]


def _plain(number: str) -> IPv4Address | IPv6Address:
    """The address itself, without the zone, and as IPv4 where it is that in disguise."""
    found = ip_address(number.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _is_public(number: IPv4Address | IPv6Address) -> bool:
    if isinstance(number, IPv6Address) and any(number in one for one in _TRANSLATED):
        return False
    return number.is_global and not number.is_multicast and not number.is_reserved
