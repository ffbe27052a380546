"""The way out: a connection to an allowed host, at an address that was looked up once and is public."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPSConnection
from typing import Final

from backend.core.alerts.addresses import (
    AddressRefusedError,
    Target,
    allowed_target,
    allowed_url,
    is_public,
)
from backend.core.errors import NotDeliveredError

TIMEOUT_S: Final = 10.0
LARGEST_ANSWER: Final = 64 * 1024
MOST_ADDRESSES: Final = 4
# What may pass by itself.
PASSING: Final = frozenset({408, 425, 429})
NOT_PUBLIC: Final = "This host has no public address: nothing is sent into the own network"


def looked_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a host.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Opens connections. `allowed`: hosts, or hosts with a port; the other fields are as they are but in tests."""

    allowed: Collection[str]
    look_up: Callable[[str, int], Sequence[str]] = looked_up
    may_reach: Callable[[str], bool] = is_public
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    timeout_s: float = TIMEOUT_S

    def url(self, url: str) -> Target:
        """
        Raises:
            NotDeliveredError: nothing is sent there.
        """
        try:
            return allowed_url(url, self.allowed)
        except AddressRefusedError as error:
            raise NotDeliveredError(str(error), final=True) from None

    def host(self, host: str, port: int, usual: Collection[int]) -> Target:
        """
        Raises:
            NotDeliveredError: nothing is sent there.
        """
        try:
            return allowed_target(host, port, usual, self.allowed)
        except AddressRefusedError as error:
            raise NotDeliveredError(str(error), final=True) from None

    def connect(self, target: Target) -> socket.socket:
        """A connection to one of the addresses that were judged: the name is not looked up again.

        Raises:
            NotDeliveredError: it has no address, one that is not public, or nobody answers there.
        """
        try:
            addresses = self.look_up(target.host, target.port)
        except OSError:
            raise NotDeliveredError("This host cannot be found") from None
        # One that is not public is reason enough: whoever answers so means no good, or a mistake was made.
        if not addresses or not all(self.may_reach(address) for address in addresses):
            raise NotDeliveredError(NOT_PUBLIC, final=True)
        for address in addresses[:MOST_ADDRESSES]:
            try:
                return socket.create_connection((address, target.port), self.timeout_s)
            except OSError:
                continue
        raise NotDeliveredError("This host does not answer")

    def post(self, target: Target, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Send a body; returns status and answer. No redirect is followed, no proxy asked.

        Raises:
            NotDeliveredError: no answer.
        """
        connection = _Pinned(self, target)
        try:
            connection.request("POST", target.path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read(LARGEST_ANSWER)
        except NotDeliveredError:
            raise
        except ssl.SSLError:
            raise NotDeliveredError("The certificate of this host cannot be trusted") from None
        except (OSError, HTTPException, ValueError) as error:
            # The name alone: the text may hold the address, and that a secret.
            raise NotDeliveredError(f"The connection broke off ({type(error).__name__})") from None
        finally:
            connection.close()


class _Pinned(HTTPSConnection):
    """HTTPS to a target, over a connection that `Outgoing` opens."""

    def __init__(self, way: Outgoing, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=way.timeout_s, context=way.tls)
        self._way = way
        self._target = target

    def connect(self) -> None:
        raw = self._way.connect(self._target)
        try:
            self.sock = self._way.tls.wrap_socket(raw, server_hostname=self._target.host)
        except BaseException:
            raw.close()
            raise


def refuse_status(status: int, who: str) -> None:
    """
    Raises:
        NotDeliveredError: the status is none of success.
    """
    if 200 <= status < 300:
        return
    final = 300 <= status < 500 and status not in PASSING
    words = "answers with a redirect, which is not followed" if 300 <= status < 400 else f"answers with status {status}"
    raise NotDeliveredError(f"{who} {words}", final=final)
