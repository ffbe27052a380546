"""Request weights by the machine's minute, and the punishment for going on: 429, then 418.

A call beyond the limit is answered 429 with Retry-After until the minute ends. Whoever goes on calling meanwhile is
banned (418) for two minutes, and twice as long each further time, three days at most.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.wire import iso

MINUTE_S: Final = 60
CALLS_TO_BAN: Final = 10
FIRST_BAN_S: Final = 120
LONGEST_BAN_S: Final = 3 * 24 * 3600
KEPT_MINUTES: Final = 24 * 60


@dataclass(frozen=True)
class Budget:
    """What a call draws on; the wallet paths count each endpoint by itself."""

    name: str
    header: str
    limit: int
    window_s: int = MINUTE_S
    per_endpoint: bool = False
    per_account: bool = False


SPOT_IP: Final = Budget("spot", "X-MBX-USED-WEIGHT-1M", 6000)
USDM_IP: Final = Budget("usdm", "X-MBX-USED-WEIGHT-1M", 2400)
COINM_IP: Final = Budget("coinm", "X-MBX-USED-WEIGHT-1M", 2400)
SAPI_IP: Final = Budget("sapi-ip", "X-SAPI-USED-IP-WEIGHT-1M", 12_000, per_endpoint=True)
SAPI_UID: Final = Budget("sapi-uid", "X-SAPI-USED-UID-WEIGHT-1M", 180_000, per_endpoint=True, per_account=True)
SAPI_UID_SECOND: Final = Budget(
    "sapi-uid", "X-SAPI-USED-UID-WEIGHT-1S", 180_000, 1, per_endpoint=True, per_account=True
)
ORDERS_10S: Final = Budget("orders", "X-MBX-ORDER-COUNT-10S", 100, 10, per_account=True)
ORDERS_1D: Final = Budget("orders-day", "X-MBX-ORDER-COUNT-1D", 200_000, 24 * 3600, per_account=True)
UNFILLED_10S: Final = Budget("unfilled", "", 100, 10, per_account=True)
UNFILLED_1D: Final = Budget("unfilled-day", "", 200_000, 24 * 3600, per_account=True)


@dataclass
class _Used:
    """One counter: its window (number since the epoch), the weight used in it, the calls refused in it."""

    window: int
    weight: int = 0
    refused: int = 0


@dataclass
class _Row:
    count: int = 0
    weight: int = 0
    status: dict[str, int] = field(default_factory=dict)


class Limits:
    """Counters of the running minute and the log of requests. Thread-safe."""

    def __init__(self, machine_s: Callable[[], float] = time.time) -> None:
        self._machine_s = machine_s
        self._lock = threading.Lock()
        self._used: dict[tuple[Budget, str], _Used] = {}
        self._ban_until = 0.0
        self._next_ban_s = FIRST_BAN_S
        self._planned_ban: tuple[float, float] | None = None
        self._rows: dict[tuple[int, str, str], _Row] = {}

    def plan_ban(self, *, after_s: float, for_s: float) -> None:
        """Ban every address for a while, from some seconds ahead on."""
        with self._lock:
            self._planned_ban = (self._machine_s() + after_s, for_s)

    def _start_planned_ban(self, now: float) -> None:
        if self._planned_ban is not None and now >= self._planned_ban[0]:
            self._ban_until = max(self._ban_until, sum(self._planned_ban))
            self._planned_ban = None

    def charge(self, budget: Budget, owner: str, endpoint: str, weight: int) -> dict[str, str]:
        """Take `weight` from the budget of an IP or account and return the headers that tell what is used.

        Raises:
            ExchangeError: 429 beyond the limit, 418 inside a ban, both with Retry-After.
        """
        with self._lock:
            now = self._machine_s()
            self._start_planned_ban(now)
            if now < self._ban_until:
                raise self._banned(now)
            used = self._counter(budget, owner, endpoint, now)
            used.weight += weight
            headers = _headers(budget, used.weight)
            if used.weight > budget.limit:
                raise self._too_many(now, used, budget, headers)
            return headers

    def refund(self, budget: Budget, owner: str, endpoint: str, weight: int) -> dict[str, str]:
        """Give back what a successful order does not cost."""
        with self._lock:
            used = self._counter(budget, owner, endpoint, self._machine_s())
            used.weight = max(0, used.weight - weight)
            return _headers(budget, used.weight)

    def count_order(self, account: str) -> dict[str, str]:
        """Count a new order of the account for the headers; the limits are on the unfilled ones."""
        headers: dict[str, str] = {}
        with self._lock:
            for budget in (ORDERS_10S, ORDERS_1D):
                used = self._counter(budget, account, "", self._machine_s())
                used.weight += 1
                headers |= _headers(budget, used.weight)
        return headers

    def refuse_flood(self, account: str) -> None:
        """Raises ExchangeError 429, -1015 when the account left too many new orders unfilled."""
        with self._lock:
            now = self._machine_s()
            for budget in (UNFILLED_10S, UNFILLED_1D):
                used = self._counter(budget, account, "", now)
                if used.weight >= budget.limit:
                    wait_s = max(1, math.ceil((used.window + 1) * budget.window_s - now))
                    text = f"Too many new orders; current limit is {budget.limit} orders per {_words(budget)}."
                    raise ExchangeError(-1015, text, 429, {"Retry-After": str(wait_s)})

    def count_unfilled(self, account: str) -> None:
        with self._lock:
            for budget in (UNFILLED_10S, UNFILLED_1D):
                self._counter(budget, account, "", self._machine_s()).weight += 1

    def unfilled(self, account: str) -> list[dict[str, Any]]:
        """The counters as `GET /api/v3/rateLimit/order` shows them."""
        with self._lock:
            return [
                {
                    "rateLimitType": "ORDERS",
                    "interval": _words(budget).split()[1],
                    "intervalNum": int(_words(budget).split()[0]),
                    "limit": budget.limit,
                    "count": self._counter(budget, account, "", self._machine_s()).weight,
                }
                for budget in (UNFILLED_10S, UNFILLED_1D)
            ]

    def told(self, ip: str) -> list[dict[str, Any]]:
        """The spot weight that an address has used, as answers of the WebSocket API tell it."""
        with self._lock:
            used = self._counter(SPOT_IP, ip, "", self._machine_s())
            row = {"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1}
            return [row | {"limit": SPOT_IP.limit, "count": used.weight}]

    def _counter(self, budget: Budget, owner: str, endpoint: str, now: float) -> _Used:
        key = (budget, f"{owner} {endpoint}" if budget.per_endpoint else owner)
        window = int(now // budget.window_s)
        used = self._used.get(key)
        if used is None or used.window != window:
            used = self._used[key] = _Used(window)
        return used

    def _banned(self, now: float) -> ExchangeError:
        until_ms = int(self._ban_until * 1000)
        text = (
            f"Way too much request weight used; IP banned until {until_ms}. "
            "Please use WebSocket Streams for live updates to avoid bans."
        )
        return ExchangeError(-1003, text, 418, {"Retry-After": str(max(1, math.ceil(self._ban_until - now)))})

    def _too_many(self, now: float, used: _Used, budget: Budget, headers: dict[str, str]) -> ExchangeError:
        used.refused += 1
        if used.refused > CALLS_TO_BAN and not budget.per_account:
            self._ban_until = now + self._next_ban_s
            self._next_ban_s = min(2 * self._next_ban_s, LONGEST_BAN_S)
            return self._banned(now)
        wait_s = max(1, math.ceil((used.window + 1) * budget.window_s - now))
        per = "MINUTE" if budget.window_s == MINUTE_S else "SECOND"
        text = f"Too much request weight used; current limit is {budget.limit} request weight per 1 {per}."
        return ExchangeError(-1003, text, 429, headers | {"Retry-After": str(wait_s)})

    def note(self, method: str, path: str, weight: int, status: int | str) -> None:
        """Log an answered request for `GET /sim/requests`."""
        minute = int(self._machine_s() // MINUTE_S)
        with self._lock:
            row = self._rows.setdefault((minute, method, path), _Row())
            row.count += 1
            row.weight += weight
            row.status[str(status)] = row.status.get(str(status), 0) + 1
            for old in [key for key in islice(self._rows, 8) if key[0] < minute - KEPT_MINUTES]:
                del self._rows[old]

    def log(self) -> dict[str, Any]:
        """Counts per minute, method and path, and until when the last ban runs (null: there was none)."""
        with self._lock:
            rows = [
                {"minute": iso(minute * MINUTE_S * 1000), "method": method, "path": path}
                | {"count": row.count, "weight": row.weight, "status": dict(row.status)}
                for (minute, method, path), row in self._rows.items()
            ]
            return {"requests": rows, "ban_until": iso(int(self._ban_until * 1000)) if self._ban_until else None}


def _words(budget: Budget) -> str:
    return "10 SECOND" if budget.window_s == 10 else "1 DAY"


def _headers(budget: Budget, weight: int) -> dict[str, str]:
    headers = {budget.header: str(weight)}
    return headers | {"X-MBX-USED-WEIGHT": str(weight)} if budget is SPOT_IP else headers
