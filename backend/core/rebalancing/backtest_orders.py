"""Orders of a backtest: what is offered at a candle's end, and what the exchange would have done with an order.

Source: docs/decisions/0026-backtest.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.rebalancing.backtest_inputs import DISCOUNTED, FEE_COIN, BacktestInputs, Costs
from backend.core.rebalancing.market import Market, Pair, Side
from backend.core.rebalancing.routing import Hop, Route, walk

if TYPE_CHECKING:
    from backend.core.rebalancing.planner import Plan

# The exchange keeps no finer amounts, and cuts.
EXCHANGE_DIGITS: Final = Decimal("0.00000001")
TWO: Final = Decimal(2)


@dataclass(frozen=True, slots=True)
class Fill:
    """One order, filled at one price. `quote` and `fee` are what the exchange books, cut to eight decimals.

    `fee_value` and `spread_value`: what both cost, in the base asset.
    """

    at_ms: int
    symbol: str
    side: Side
    quantity: Decimal
    price: Decimal
    quote: Decimal
    fee: Decimal
    fee_asset: str
    fee_value: Decimal
    spread_value: Decimal


def market_at(inputs: BacktestInputs, row: int, held: Mapping[str, Decimal]) -> Market:
    """Offers around the close of the candle that ended at a row where all prices are known."""
    costs, base = inputs.costs, inputs.base_asset
    apart = costs.bnb_discount and held.get(FEE_COIN, ZERO) > ZERO
    with localcontext(MONEY):
        rate = costs.fee_rate * DISCOUNTED if apart else costs.fee_rate
        below, above = ONE - costs.spread / TWO, ONE + costs.spread / TWO
        prices = {asset: inputs.prices.price(asset, row) for asset in inputs.prices.assets}
        pairs = tuple(
            Pair(pair.symbol, asset, base, price * below, price * above, pair.bounds, rate, apart)
            for asset, pair in inputs.pairs.items()
            for price in (prices[asset],)
        )
    return Market(pairs, {**prices, base: ONE})


def carry_out(plan: Plan, market: Market, costs: Costs, at_ms: int, held: dict[str, Decimal]) -> list[Fill]:
    """Send the orders of a plan one after the other; `held` changes as they are filled.

    What an order may spend is what there is by then: one that the sales paid less for than planned is made smaller.
    """
    fills: list[Fill] = []
    for line in plan.lines:
        for hop in line.route.hops if line.route is not None else ():
            sized: Hop | None = hop
            if hop.spent > held.get(hop.given, ZERO):
                again = walk(market, [hop.given, hop.taken], held.get(hop.given, ZERO))
                sized = again.hops[0] if isinstance(again, Route) else None
            if sized is not None:
                fills.append(_filled(sized, market, costs, at_ms, held))
    return fills


def _filled(hop: Hop, market: Market, costs: Costs, at_ms: int, held: dict[str, Decimal]) -> Fill:
    base, quote = (hop.given, hop.taken) if hop.side == "SELL" else (hop.taken, hop.given)
    with localcontext(MONEY):
        paid = _cut(hop.quantity * hop.price)
        spent, received = (hop.quantity, paid) if hop.side == "SELL" else (paid, hop.quantity)
        held[hop.given] = held.get(hop.given, ZERO) - spent
        held[hop.taken] = held.get(hop.taken, ZERO) + received
        fee, fee_asset = _cut(received * costs.fee_rate), hop.taken
        # Paid in BNB where, after the trade itself, there is as much of it as the fee.
        if costs.bnb_discount and FEE_COIN in market.prices and _had_some(hop, held, spent, received):
            coins = _cut(paid * costs.fee_rate * DISCOUNTED * market.prices[quote] / market.prices[FEE_COIN])
            if held[FEE_COIN] >= coins:
                fee, fee_asset = coins, FEE_COIN
        held[fee_asset] -= fee
        return Fill(
            at_ms=at_ms,
            symbol=hop.symbol,
            side=hop.side,
            quantity=hop.quantity,
            price=hop.price,
            quote=paid,
            fee=fee,
            fee_asset=fee_asset,
            fee_value=market.value(fee_asset, fee),
            spread_value=hop.quantity * abs(market.prices[base] - hop.price * market.prices[quote]),
        )


def _had_some(hop: Hop, held: Mapping[str, Decimal], spent: Decimal, received: Decimal) -> bool:
    """Whether there was any of the fee's coin before the order."""
    before = held.get(FEE_COIN, ZERO)
    before += spent if hop.given == FEE_COIN else ZERO
    before -= received if hop.taken == FEE_COIN else ZERO
    return before > ZERO


def _cut(amount: Decimal) -> Decimal:
    return amount.quantize(EXCHANGE_DIGITS, ROUND_DOWN)
