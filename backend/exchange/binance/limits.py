"""Request weight: what the installation has sent to a host in the running minute or second, kept in the database and
corrected by the exchange's own count.

A user's action goes before refreshes, and these before imports: each stops at a lower share. After 429 or 418 nothing
goes to that host, from any process and also after a restart, until its time is over.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast
from urllib.parse import urlsplit

from backend.core.errors import ExchangeLimitedError, RequestBudgetError
from backend.core.model.accounts import WeightUse
from backend.core.model.request_budget import HostBudget, LimitUse, PoolUse, Silence

if TYPE_CHECKING:
    from backend.core.request_ports import RequestBudgets

Pool = Literal["api", "sapi_ip", "sapi_uid", "sapi_uid_second", "fapi", "dapi"]
Purpose = Literal["user", "live", "import"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How a pool is counted: `limit` in each window of `window_s`, for each endpoint or account by itself."""

    limit: int
    header: str
    window_s: int = 60
    of_endpoint: bool = False
    of_account: bool = False


RULES: Final[Mapping[Pool, Rule]] = {
    "api": Rule(6_000, "X-MBX-USED-WEIGHT-1M"),
    "fapi": Rule(2_400, "X-MBX-USED-WEIGHT-1M"),
    "dapi": Rule(2_400, "X-MBX-USED-WEIGHT-1M"),
    "sapi_ip": Rule(12_000, "X-SAPI-USED-IP-WEIGHT-1M", of_endpoint=True),
    "sapi_uid": Rule(180_000, "X-SAPI-USED-UID-WEIGHT-1M", of_endpoint=True, of_account=True),
    # Withdrawal history is counted by the second: ten calls fill it.
    "sapi_uid_second": Rule(180_000, "X-SAPI-USED-UID-WEIGHT-1S", window_s=1, of_endpoint=True, of_account=True),
}
SHARES: Final[Mapping[Purpose, float]] = {"user": 0.95, "live": 0.85, "import": 0.70}
# Our seconds do not begin with the exchange's: half of it in each of ours is never more than all of it in one of its.
SHARE_OF_A_SECOND: Final = 0.5


@dataclass(frozen=True, slots=True)
class Booking:
    """A call that was booked and must be settled."""

    pool: Pool
    row: str
    window: int
    weight: int


class WeightBudget:
    """The budget of one host. Thread-safe; waits for nobody: what does not fit is refused with its waiting time."""

    def __init__(
        self,
        host: str,
        rows: RequestBudgets,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._host = host
        self._rows = rows
        self._wall = wall
        self._monotonic = monotonic
        # A silence is kept by the machine's clock, since it outlives the program; while this runs, setting that clock
        # forward does not end it.
        self._quiet_until_s = 0.0
        self._quiet_banned = False
        self._lock = threading.Lock()

    def take(self, pool: Pool, weight: int, purpose: Purpose, account: str = "", path: str = "") -> Booking:
        """Book a call before it is sent. `account` and `path` tell apart the budgets of a pool that has several.

        Raises:
            RequestBudgetError: no room in this minute (or second); says for how long.
            ExchangeLimitedError: the exchange asked for silence; says for how long.
            DatabaseUnavailableError: nobody would count it.
        """
        rule = RULES[pool]
        share = SHARES[purpose] if rule.window_s > 1 else SHARE_OF_A_SECOND
        row = " ".join([pool, *([account] if rule.of_account else ()), *([path] if rule.of_endpoint else ())])
        booked: list[int] = []

        def book(before: PoolUse, silence: Silence) -> PoolUse:
            self._refuse_silence(silence)
            use = self._now(before, rule)
            if use.used + weight > rule.limit * share:
                wait = rule.window_s - self._wall() % rule.window_s
                raise RequestBudgetError(f"The request budget is used up: {wait:.1f} s left", wait, banned=False)
            booked.append(use.window)
            return PoolUse(use.window, use.counted, use.in_flight + weight)

        self._rows.change(self._host, row, book)
        return Booking(pool, row, booked[0], weight)

    def settle(self, booking: Booking, headers: Mapping[str, str]) -> None:
        """End a booking with what the exchange counted itself, as the headers of its answer tell."""
        text = headers.get(RULES[booking.pool].header, "")
        self.settle_with(booking, int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None)

    def settle_with(self, booking: Booking, told: int | None) -> None:
        """End a booking with the exchange's own count; without a word of it, the weight stays counted."""
        rule = RULES[booking.pool]

        def settled(before: PoolUse, silence: Silence) -> PoolUse:
            use = self._now(before, rule)
            if use.window != booking.window:
                # The window it was booked in is over; what the exchange tells belongs to the new one, or is more.
                return PoolUse(use.window, max(use.counted, told or 0), use.in_flight)
            in_flight = max(use.in_flight - booking.weight, 0)
            return PoolUse(use.window, _counted(use, booking.weight, told, rule), in_flight)

        self._rows.change(self._host, booking.row, settled)

    def silence(self, seconds: float, banned: bool) -> None:
        """Send nothing for a while, whoever it is; a longer silence that is under way stays."""
        with self._lock:
            until_s = self._monotonic() + seconds
            if until_s >= self._quiet_until_s:
                self._quiet_until_s, self._quiet_banned = until_s, banned
        self._rows.silence(self._host, int((self._wall() + seconds) * 1000) + 1, banned)

    def use(self) -> WeightUse:
        """Weight used on the spot API in the running minute."""
        return WeightUse(self._now(self._rows.use(self._host, "api"), RULES["api"]).used, RULES["api"].limit)

    def _refuse_silence(self, silence: Silence) -> None:
        with self._lock:
            here, banned_here = self._quiet_until_s - self._monotonic(), self._quiet_banned
        stored = silence.until_ms / 1000 - self._wall()
        left = max(here, stored)
        if left > 0:
            banned = (here > 0 and banned_here) or (stored > 0 and silence.banned)
            words = "This address is banned by the exchange" if banned else "The exchange asked to wait"
            raise ExchangeLimitedError(f"{words}: {left:.0f} s left", left, banned)

    def _now(self, before: PoolUse, rule: Rule) -> PoolUse:
        """The use of the running window. One ahead of ours is another process's, whose clock is a moment ahead."""
        window = int(self._wall() // rule.window_s)
        return before if window <= before.window <= window + 1 else PoolUse(window, 0, 0)


def in_use(hosts: Sequence[HostBudget], now_s: float) -> list[LimitUse]:
    """The limits of which something is used in the running window, and those of hosts that may not be asked now.

    Where a pool is counted by endpoint or account, the fullest count is told.
    """
    found: dict[tuple[str, str], LimitUse] = {}
    for host in hosts:
        until_ms = host.silence.until_ms if host.silence.until_ms > now_s * 1000 else None
        for name, use in host.pools.items():
            pool = name.split()[0]
            if pool not in RULES:
                continue
            rule = RULES[cast(Pool, pool)]
            used = use.used if use.window >= int(now_s // rule.window_s) else 0
            if used or until_ms is not None:
                banned = until_ms is not None and host.silence.banned
                one = LimitUse(host.host, pool, used, rule.limit, rule.window_s, until_ms, banned)
                key = host.host, pool
                found[key] = max(found.get(key, one), one, key=lambda use: use.used)
    return list(found.values())


def host_of(address: str) -> str:
    """The host (and port) whose limits a call to an address draws on."""
    return urlsplit(address).netloc


def _counted(use: PoolUse, weight: int, told: int | None, rule: Rule) -> int:
    if told is None:
        return use.counted + weight
    if rule.of_endpoint:
        # Whether such a count is of the endpoint alone is not written anywhere: only a higher one is believed.
        return max(use.counted + weight, told)
    # Answers overtake each other: one that tells less than was known, by no more than is on its way, is an older one.
    # By more: the exchange's minute has rolled over.
    return use.counted if told < use.counted <= told + use.in_flight else told
