"""Refuses requests that name a host this program does not go by: the defence against DNS rebinding.

A page of another site can make a browser resolve that site's name to this machine; it cannot make the browser send an
address or `localhost` as the Host. So those pass, and names only when ALLOWED_ORIGINS lists them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class HostGuard:
    """A WSGI layer; `origins` are those of ALLOWED_ORIGINS."""

    def __init__(self, application: WSGIApplication, origins: Iterable[str]) -> None:
        self._application = application
        self._names = {"localhost", *(urlsplit(origin).hostname or "" for origin in origins)}
        # The same few hosts come again and again.
        self._passed: set[str] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "")
        if host in self._passed or self._allowed(host):
            return self._application(environ, start_response)
        body = {
            "type": "/problems/unknown-host",
            "title": "Unknown host",
            "status": 403,
            "detail": "This program does not go by that name: use its address, or list the name in ALLOWED_ORIGINS",
            "code": "unknown-host",
        }
        start_response("403 FORBIDDEN", [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")])
        return [json.dumps(body).encode()]

    def _allowed(self, host: str) -> bool:
        name = _name_of(host)
        if name not in self._names and not _is_address(name):
            return False
        if len(self._passed) < 100:
            self._passed.add(host)
        return True


def _name_of(host: str) -> str:
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
