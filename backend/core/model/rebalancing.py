"""What the user set for rebalancing, and a plan as it is kept. Percents are percents: 25 is a quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any, Final, Literal

Strategy = Literal["manual", "periodic", "threshold"]
Mode = Literal["full", "buy_only", "sell_only"]
Side = Literal["BUY", "SELL"]
# How long a plan may be executed after its prices were read.
PLAN_LIFE_MS: Final = 60_000
MOST_TARGETS: Final = 200
# What the web process asks of the collector.
MAKE_PLAN: Final = "make_plan"
# Which accounts a target or a setting is for: one, or (None) every one of the environment that has none of its own.
Scope = int | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What no run may go beyond, in the reporting currency; None: no limit.

    `max_share_percent`: of the portfolio, for one trade. `symbols`: the only pairs that may be traded.
    `max_slippage_percent`: how much worse than planned a fill may be, and how far prices may have moved since the plan.
    """

    per_trade_usd: Decimal | None = None
    per_run_usd: Decimal | None = None
    per_day_usd: Decimal | None = None
    max_share_percent: Decimal | None = None
    symbols: frozenset[str] | None = None
    max_slippage_percent: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class RebalancingSettings:
    """How an account is rebalanced. As it stands here nothing is ever sent, nor planned by itself.

    `interval_hours`: of the periodic strategy. `threshold_percent`: the drift in points from which the threshold
    strategy acts, and the band that the page shows. `base_asset`: what is traded against; empty: the reporting
    currency. `max_rank`: by CoinMarketCap; None: no filter; `coin_ids`: which of its coins an asset is, where several
    have the ticker. `excluded`: coins that are never touched; `protected`:
    quantities that stay. `min_trade_percent`, `max_turnover_percent`: of the portfolio. `cooldown_hours`: between two
    automatic runs. `settle_minutes`: how long after a deposit no automatic run begins.
    """

    dry_run: bool = True
    strategy: Strategy = "manual"
    interval_hours: Decimal = Decimal(24)
    threshold_percent: Decimal = Decimal(5)
    cooldown_hours: Decimal = Decimal(6)
    settle_minutes: int = 30
    mode: Mode = "full"
    base_asset: str = ""
    max_rank: int | None = None
    coin_ids: Mapping[str, int] = field(default_factory=dict)
    only_held: bool = False
    sell_untargeted: bool = False
    excluded: frozenset[str] = frozenset()
    protected: Mapping[str, Decimal] = field(default_factory=dict)
    min_trade_usd: Decimal = Decimal(0)
    min_trade_percent: Decimal = Decimal("0.5")
    max_turnover_percent: Decimal | None = None
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class MarketOrder:
    """One market order as it is expected to be filled.

    `quantity` of the base asset; `given` is spent, `taken` received (less a fee that comes out of it); `notional` and
    `price` are in the quote asset of the pair, `fee` in the reporting currency.
    """

    symbol: str
    side: Side
    given: str
    taken: str
    quantity: Decimal
    price: Decimal
    notional: Decimal
    spent: Decimal
    received: Decimal
    fee: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedOrder(MarketOrder):
    """A market order of a plan.

    `n`: its place in the order of execution, from 1. `line`: the line of the plan it serves; `hop` of `hops` on its
    way. `min_received`: less is more slippage than the plan allows.
    """

    n: int
    line: int
    hop: int
    hops: int
    action: Literal["SELL", "BUY"]
    asset: str
    min_received: Decimal


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan as the person saw it. Instants are of the exchange's clock.

    `body`: JSON values, decimals as strings: everything the plan rests on and says (`core/rebalancing/plan_body.py`).
    `hash`: of the body, so that an edited body has another one. `consumed`: it was executed once and cannot be again.
    `request`: names the write that asked for a conversion; no two plans have the same.
    """

    plan_id: str
    account_id: int
    environment: str
    created_ms: int
    expires_ms: int
    hash: str
    body: Mapping[str, Any]
    consumed: bool = False
    request: str | None = None

    @property
    def executable(self) -> bool:
        """Whether the data it was made of allow to trade; `body["blocked"]` says why not."""
        return not self.body["blocked"]

    def orders(self) -> Sequence[PlannedOrder]:
        """The orders as they are to be sent: sells first, the hops of a line one after the other."""
        found: list[PlannedOrder] = []
        for line in self.body["lines"]:
            for place, hop in enumerate(line["hops"], 1):
                found.append(_order(len(found) + 1, line, place, hop))
        return found


def _order(n: int, line: Mapping[str, Any], place: int, hop: Mapping[str, Any]) -> PlannedOrder:
    return PlannedOrder(
        n=n,
        line=line["n"],
        hop=place,
        hops=len(line["hops"]),
        action=line["action"],
        asset=line["asset"],
        symbol=hop["symbol"],
        side=hop["side"],
        given=hop["given"],
        taken=hop["taken"],
        quantity=Decimal(hop["quantity"]),
        price=Decimal(hop["price"]),
        notional=Decimal(hop["notional"]),
        spent=Decimal(hop["spent"]),
        received=Decimal(hop["received"]),
        fee=Decimal(hop["fee"]),
        min_received=Decimal(hop["min_received"]),
    )


def body_hash(body: Mapping[str, Any]) -> str:
    """SHA-256 of the body as canonical JSON: keys sorted, no spaces, UTF-8."""
    written = dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return sha256(written.encode()).hexdigest()
