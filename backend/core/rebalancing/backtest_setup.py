"""From what is asked, prices and the exchange's rules to what a backtest rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.core.errors import DomainError
from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.instants import iso_ms
from backend.core.rebalancing.backtest_inputs import (
    BacktestInputs,
    Costs,
    Flow,
    Ints,
    PriceTable,
    TradedPair,
    price_gaps,
)
from backend.core.rebalancing.backtest_text import BacktestFacts
from backend.core.rebalancing.order_bounds import market_order_bounds

if TYPE_CHECKING:
    from backend.core.model.trading_rules import SymbolRules
    from backend.core.rebalancing.backtest_request import BacktestRequest

HUNDRED: Final = Decimal(100)
MOST_GAPS: Final = 100


class BacktestError(DomainError):
    """A backtest that cannot be: says what to change."""

    code = "backtest-impossible"


@dataclass(frozen=True, slots=True)
class Money:
    """What is put in at the first candle, and what comes and goes later, in the base asset."""

    start: Decimal
    flows: Sequence[Flow]


def grid(request: BacktestRequest, now_ms: int | None = None) -> Ints:
    """Ends of the candles asked for, int64 (ms), as far as they have ended by `now_ms`."""
    step = request.step_ms
    first = -(-request.from_ms // step) * step
    last = request.to_ms if now_ms is None else min(request.to_ms, now_ms)
    return np.arange(first, last + 1, step, dtype=np.int64)


def traded_pairs(request: BacktestRequest, rules: Mapping[str, SymbolRules]) -> Mapping[str, TradedPair]:
    """The pair of each coin with the base asset.

    Args:
        rules: by symbol.

    Raises:
        BacktestError: a coin has no such pair.
    """
    by_ends = {(rule.symbol.base, rule.symbol.quote): rule for rule in rules.values()}
    missing = [coin for coin in request.coins if (coin, request.base_asset) not in by_ends]
    if missing:
        raise BacktestError(
            f"Not traded against {request.base_asset} here: {', '.join(missing)}. Leave them out of the targets"
        )
    found = {coin: by_ends[coin, request.base_asset] for coin in request.coins}
    return {coin: TradedPair(rule.symbol.name, market_order_bounds(rule)) for coin, rule in found.items()}


def prepared(
    request: BacktestRequest,
    table: PriceTable,
    pairs: Mapping[str, TradedPair],
    money: Callable[[int, int], Money],
    rules_ms: int | None,
) -> tuple[BacktestInputs, BacktestFacts]:
    """What a backtest rests on, and what to tell of it.

    Args:
        table: on the grid of the request.
        money: what there is between two instants (ms).
        rules_ms: when the exchange's rules were read; None: they came from a file.

    Raises:
        BacktestError: prices are missing throughout, or there is no money.
    """
    known = table.between_known()
    if known is None:
        raise BacktestError(_why_unknown(table))
    start_ms, end_ms = int(known.at_ms[0]), int(known.at_ms[-1])
    there = money(start_ms, end_ms)
    if there.start <= ZERO:
        raise BacktestError(f"There is nothing to begin with at {iso_ms(start_ms)}: take a later from")
    with localcontext(MONEY):
        whole = sum(request.allocations.values(), ZERO)
        cap = request.max_turnover_percent
        inputs = BacktestInputs(
            base_asset=request.base_asset,
            targets={asset: share / whole for asset, share in request.allocations.items()},
            pairs=pairs,
            prices=known,
            start_value=there.start,
            costs=Costs(request.fee_percent / HUNDRED, request.spread_percent / HUNDRED, request.bnb_discount),
            flows=there.flows,
            min_trade_value=request.min_trade,
            min_trade_share=request.min_trade_percent / HUNDRED,
            max_turnover=None if cap is None else cap / HUNDRED,
            cooldown_ms=request.cooldown_ms,
            settle_ms=request.settle_ms,
        )
    gaps = price_gaps(known)
    counted = [flow for flow in there.flows if start_ms <= flow.at_ms < end_ms]
    facts = BacktestFacts(
        start_ms=start_ms,
        end_ms=end_ms,
        start_value=there.start,
        flows=len(counted),
        gaps=tuple(gaps[:MOST_GAPS]),
        gaps_total=len(gaps),
        rules_ms=rules_ms,
        mark=_mark(inputs),
    )
    return inputs, facts


def _why_unknown(table: PriceTable) -> str:
    never = [asset for asset in table.assets if not (table.units[asset] > 0).any()]
    if never:
        return f"There are no candles of {', '.join(never)} at that time: take a later from, or leave them out"
    return "There are not two candles at which all prices are known: take another from and to, or leave coins out"


def _mark(inputs: BacktestInputs) -> str:
    """Of everything results rest on, the rules that are tried left out."""
    digest = sha256()
    table = inputs.prices
    for part in (
        inputs.base_asset,
        sorted(inputs.targets.items()),
        sorted(inputs.pairs.items()),
        inputs.start_value,
        inputs.costs,
        list(inputs.flows),
        inputs.min_trade_value,
        inputs.min_trade_share,
        inputs.max_turnover,
        (inputs.cooldown_ms, inputs.settle_ms),
        table.assets,
    ):
        digest.update(repr(part).encode())
    digest.update(table.at_ms.tobytes())
    for asset in table.assets:
        digest.update(table.units[asset].tobytes())
    return digest.hexdigest()
