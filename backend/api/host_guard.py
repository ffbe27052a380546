"""Refuses requests that name a host this program does not go by: the defence against DNS rebinding.

A page of another site can make a browser resolve that site's name to this machine; it cannot make the browser send an
address or `localhost` as the Host. So those pass, and names only when ALLOWED_ORIGINS lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from backend.api.protection import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

UNKNOWN: Final = "This program does not go by that name: use its address, or list the name in ALLOWED_ORIGINS"
# A name or an address, and a port: nothing else is a host.
HOST: Final = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.IGNORECASE | re.ASCII)


class HostGuard:
    """A WSGI layer; `origins` are those of ALLOWED_ORIGINS."""

    def __init__(self, application: WSGIApplication, origins: Iterable[str]) -> None:
        self._application = application
        self._names = {"localhost", *(urlsplit(origin).hostname or "" for origin in origins)} - {""}
        # The same few hosts come again and again.
        self._passed: set[str] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "")
        if host in self._passed or self._allowed(host):
            return self._application(environ, start_response)
        return refuse(environ, start_response, 403, "unknown-host", UNKNOWN)

    def _allowed(self, host: str) -> bool:
        name = _name_of(host)
        if name not in self._names and not _is_address(name):
            return False
        if len(self._passed) < 100:
            self._passed.add(host)
        return True


def is_local(host: str) -> bool:
    """Whether the Host of a request names this machine as only its own programs do."""
    name = _name_of(host)
    return name == "localhost" or (_is_address(name) and ip_address(name).is_loopback)


def _name_of(host: str) -> str:
    if not HOST.fullmatch(host):
        return ""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def is_loopback_name(host: str) -> bool:
    """Whether a Host, or an address, is one that only this machine goes by to itself."""
    name = _name_of(f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host)
    return name == "localhost" or (_is_address(name) and ip_address(name).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
