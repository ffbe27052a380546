"""The brakes on guessing: wrong tries are counted in the database, for each name and for each address.

A try is counted before it is known to be wrong, so that many at once are many; a right one lets go of both.
"""

from __future__ import annotations

import math
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Final

from backend.core.errors import TooManyRequestsError
from backend.core.sign_in.model import DAY_MS, MINUTE_MS, SECOND_MS, Brake

if TYPE_CHECKING:
    from backend.core.sign_in.ports import BrakeKind, SignIns, SignInStore

PAUSE_MS: Final = 15 * MINUTE_MS
# An address has few tries; a name more, so that a stranger does not lock its owner out at once.
LIMITS: Final[dict[BrakeKind, int]] = {"address": 5, "name": 20}
FORGOTTEN_MS: Final = 60 * MINUTE_MS
KEEP_MS: Final = DAY_MS
LONGEST_KEY: Final = 80


class Brakes:
    """Counts tries of one name from one address; `what` is tried, where that is not the password."""

    def __init__(self, name: str, address: str, what: str = "") -> None:
        self._keys: dict[BrakeKind, str] = {
            "address": what + network_of(address),
            "name": what + name.lower()[:LONGEST_KEY],
        }

    def look(self, store: SignInStore, now_ms: int) -> None:
        """Refuse before anything costs more than a read.

        Raises:
            TooManyRequestsError: the name or the address has to wait.
        """
        with store.read() as unit:
            self._refuse(unit.sign_ins, now_ms)

    def count(self, store: SignInStore, now_ms: int) -> int:
        """Count a try; returns how many the address has left after it.

        Raises:
            TooManyRequestsError: the name or the address has to wait.
        """
        with store.write() as unit:
            rows = unit.sign_ins
            self._refuse(rows, now_ms)
            rows.drop_old_brakes(now_ms - KEEP_MS)
            left = {}
            for kind, key in self._keys.items():
                found = rows.brake(kind, key)
                waited = 0 < found.blocked_until_ms <= now_ms or now_ms - found.last_ms > FORGOTTEN_MS
                failures = 1 if waited else found.failures + 1
                left[kind] = LIMITS[kind] - failures
                blocked_until_ms = now_ms + PAUSE_MS if left[kind] <= 0 else 0
                rows.set_brake(kind, key, Brake(failures, now_ms, blocked_until_ms))
            return max(0, min(left.values()))

    def release(self, rows: SignIns) -> None:
        """The try was right."""
        for kind, key in self._keys.items():
            rows.release(kind, key)

    def _refuse(self, rows: SignIns, now_ms: int) -> None:
        ends = max(rows.brake(kind, key).blocked_until_ms for kind, key in self._keys.items())
        if ends > now_ms:
            wait_s = math.ceil((ends - now_ms) / SECOND_MS)
            minutes = math.ceil(wait_s / 60)
            raise TooManyRequestsError(f"Too many wrong tries: wait {minutes} min", float(wait_s))


def network_of(address: str) -> str:
    """Whom an address belongs to: itself, or its /64 where a customer gets a whole one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:LONGEST_KEY]
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    if isinstance(parsed, IPv6Address):
        return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
    return str(parsed)
