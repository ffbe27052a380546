"""Where messages may go: to hosts that the installation allows by name, and to public addresses alone."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

LONGEST: Final = 2000
HTTPS_PORT: Final = 443
MAIL_PORTS: Final = (465, 587)
# A host has a dot and a last part with a letter: no number is a name, and no name is of this machine.
HOST: Final = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
WRITTEN: Final = re.compile(r"[A-Za-z0-9._~:/?@!$&'()*+,;=%-]+")
# Of IPv6 that reach an address of IPv4 inside: where that is, nobody can say from outside.
TUNNELS: Final = tuple(ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/23", "::/96"))
# Set aside for special uses, and told as public by older tables of Python.
SET_ASIDE: Final = tuple(ip_network(one) for one in ("192.0.0.0/24", "192.88.99.0/24"))


class AddressRefusedError(ValueError):
    """Nothing is sent there; the text says why and holds no part of the address."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes. `path` begins with a slash and may hold a secret: it is not in its text."""

    host: str
    port: int
    path: str = "/"

    def __repr__(self) -> str:
        return f"Target({self.host}:{self.port})"


def read_allowed(text: str) -> frozenset[str]:
    """The hosts of a comma-separated list: `host` for the usual ports, or `host:port`.

    Raises:
        AddressRefusedError: one is no host name.
    """
    found = frozenset(part.strip().lower() for part in text.split(",") if part.strip())
    for one in found:
        host, _, port = one.partition(":")
        if HOST.fullmatch(host) is None or (":" in one and not (port.isdigit() and 0 < int(port) < 65_536)):
            raise AddressRefusedError(f"{one} is not a host name, such as hooks.example.org")
    return found


def allowed_target(host: str, port: int, usual: Collection[int], allowed: Collection[str]) -> Target:
    """A host and a port, once they are allowed.

    Raises:
        AddressRefusedError: they are not.
    """
    if HOST.fullmatch(host) is None:
        raise AddressRefusedError("This is not a host name")
    if f"{host}:{port}" not in allowed and not (host in allowed and port in usual):
        raise AddressRefusedError("This host is not among those that ALERT_ALLOWED_HOSTS allows")
    return Target(host, port)


def allowed_url(url: str, allowed: Collection[str]) -> Target:
    """The target of an address of the web.

    Raises:
        AddressRefusedError: it is not https, names a user, is written in a way that two programs read differently, or
            its host is not allowed.
    """
    if len(url) > LONGEST or WRITTEN.fullmatch(url) is None:
        raise AddressRefusedError("This is not an address of the web")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefusedError("This is not an address of the web") from None
    if parts.scheme != "https" or not url.startswith("https://"):
        raise AddressRefusedError("Only addresses that begin with https:// are used")
    if "@" in parts.netloc or "%" in parts.netloc:
        raise AddressRefusedError("An address with a user name is not used")
    host = parts.netloc if port is None else parts.netloc.rpartition(":")[0]
    target = allowed_target(host, HTTPS_PORT if port is None else port, (HTTPS_PORT,), allowed)
    return Target(target.host, target.port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def is_public(address: str) -> bool:
    """Whether an address of IPv4 or IPv6 is of the internet: not of this machine, its network, or a cloud's own."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id is not None or any(found in tunnel for tunnel in TUNNELS):
            return False
        if found.ipv4_mapped is not None or found.is_site_local:
            return False
    elif any(found in network for network in SET_ASIDE):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)
