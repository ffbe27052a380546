"""What a user wants to have tried: checked, and told in words where it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from backend.core.errors import BadInputError
from backend.core.model.amounts import ZERO
from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS
from backend.core.rebalancing.backtest_inputs import FEE_COIN, Flow, Rule, heat_map_rules
from backend.core.rebalancing.targets import check_percents

INTERVALS_MS: Final[Mapping[str, int]] = {
    "30m": 30 * MINUTE_MS,
    "1h": HOUR_MS,
    "4h": 4 * HOUR_MS,
    "12h": 12 * HOUR_MS,
    "1d": DAY_MS,
}
# Eleven years of hours.
MOST_CANDLES: Final = 100_000
MOST_ASSETS: Final = 40


@dataclass(frozen=True, slots=True)
class BacktestRequest:
    """Percents are percents, money is in the base asset. One of `start_value` and `account_id` is set."""

    base_asset: str
    allocations: Mapping[str, Decimal]
    rules: tuple[Rule, ...]
    heat_map: bool
    from_ms: int
    to_ms: int
    interval: str
    start_value: Decimal | None
    account_id: int | None
    flows: tuple[Flow, ...]
    fee_percent: Decimal
    bnb_discount: bool
    spread_percent: Decimal
    min_trade: Decimal
    min_trade_percent: Decimal
    max_turnover_percent: Decimal | None
    cooldown_ms: int = 0
    settle_ms: int = 0

    @property
    def step_ms(self) -> int:
        return INTERVALS_MS[self.interval]

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """In the order of their results; those of the heat map last."""
        return (*self.rules, *(heat_map_rules() if self.heat_map else ()))

    @property
    def coins(self) -> tuple[str, ...]:
        """Assets with a target, but for the base asset, by name."""
        return tuple(sorted(set(self.allocations) - {self.base_asset}))


def checked(request: BacktestRequest) -> BacktestRequest:
    """The request without targets of zero.

    Raises:
        BadInputError: something of it cannot be; says what to change.
    """
    check_percents(request.allocations)
    wanted = {asset: share for asset, share in request.allocations.items() if share > ZERO}
    coins = set(wanted) - {request.base_asset}
    if not coins:
        raise BadInputError(f"Give a coin besides {request.base_asset} a target", "allocations")
    if len(coins) > MOST_ASSETS:
        raise BadInputError(f"At most {MOST_ASSETS} coins: these are {len(coins)}", "allocations")
    if request.bnb_discount and FEE_COIN not in coins:
        raise BadInputError(
            f"Fees can be paid in BNB only while some is held: give {FEE_COIN} a target", "bnb_discount"
        )
    if not request.rules and not request.heat_map:
        raise BadInputError("Name a strategy, or ask for the heat map", "strategies")
    for rule in request.rules:
        _check_rule(rule)
        if rule.kind == "periodic" and rule.interval_ms is not None and rule.interval_ms < request.cooldown_ms:
            raise BadInputError(
                "The pause after a run is longer than the interval of a periodic strategy: shorten cooldown_hours, or "
                "take a longer interval_hours",
                "cooldown_hours",
            )
    _check_time(request)
    _check_money(request)
    return replace(request, allocations=wanted)


def _check_rule(rule: Rule) -> None:
    if rule.kind == "hold" and (rule.interval_ms, rule.threshold) != (None, None):
        raise BadInputError("hold takes neither interval_hours nor threshold_percent: leave them out", "strategies")
    if rule.kind == "periodic" and (rule.interval_ms is None or rule.threshold is not None):
        raise BadInputError("periodic takes interval_hours, and no threshold_percent", "strategies")
    if rule.kind == "threshold" and rule.threshold is None:
        raise BadInputError("threshold takes threshold_percent: the points off the target to act at", "strategies")


def _check_time(request: BacktestRequest) -> None:
    candles = (request.to_ms - request.from_ms) // request.step_ms
    if candles < 2:
        raise BadInputError(f"to must be at least two candles of {request.interval} after from", "to")
    if candles > MOST_CANDLES:
        raise BadInputError(
            f"These are {candles} candles and {MOST_CANDLES} can be followed: take a longer interval, or a later from",
            "interval",
        )
    if request.from_ms < 0:
        raise BadInputError("from must not be before 1970", "from")


def _check_money(request: BacktestRequest) -> None:
    if (request.start_value is None) == (request.account_id is None):
        raise BadInputError("Say start_value_usd or account, one of the two", "start_value_usd")
    if request.start_value is not None and request.start_value <= ZERO:
        raise BadInputError("start_value_usd must be above 0", "start_value_usd")
    if request.account_id is not None and request.flows:
        raise BadInputError("With an account the flows are its own: leave flows out", "flows")
    if request.min_trade < ZERO:
        raise BadInputError("min_trade_usd must not be below 0", "min_trade_usd")
    if any(flow.amount == ZERO for flow in request.flows):
        raise BadInputError("A flow of 0 is none: leave it out", "flows")
