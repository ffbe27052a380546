"""What to buy and sell: targets against values, in money and in quantities before any rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.rebalancing.errors import UnpricedAssetError, WithdrawalTooLargeError

Side = Literal["buy", "sell", "hold"]
Amounts = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class PricedHoldings:
    """`values` of the assets that have a price, their `total`, and the assets that have none (outside the total)."""

    values: Mapping[str, Decimal]
    total: Decimal
    unpriced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetTrades:
    """`total` is the base, `trades` = target value - value (positive buys, negative sells), reporting currency."""

    total: Decimal
    target_values: Mapping[str, Decimal]
    trades: Mapping[str, Decimal]

    @property
    def sides(self) -> dict[str, Side]:
        return {asset: "buy" if trade > 0 else "sell" if trade < 0 else "hold" for asset, trade in self.trades.items()}

    def quantities(self, prices: Amounts) -> dict[str, Decimal]:
        """Coins of every trade, signed like it, not rounded.

        Raises:
            UnpricedAssetError: an asset has no positive price.
        """
        with localcontext(MONEY):
            coins = {}
            for asset, trade in self.trades.items():
                price = prices.get(asset)
                if price is None or price <= 0:
                    raise UnpricedAssetError(f"no price for {asset}")
                coins[asset] = trade / price
            return coins


@dataclass(frozen=True, slots=True)
class SellsFirst:
    """Money of one run: what the sells bring before fees, what may be spent on buys, and the buys scaled to it."""

    sell_value: Decimal
    buy_budget: Decimal
    buys: Mapping[str, Decimal]


def price_holdings(holdings: Amounts, prices: Amounts) -> PricedHoldings:
    """Value quantities; an asset without a price is named, never taken as worth nothing.

    Source:
        docs/formulas.md#plan.
    """
    with localcontext(MONEY):
        values = {asset: quantity * prices[asset] for asset, quantity in holdings.items() if asset in prices}
        unpriced = tuple(asset for asset in holdings if asset not in prices)
        return PricedHoldings(values, sum(values.values(), ZERO), unpriced)


def target_trades(values: Amounts, targets: Amounts, cash_in: Decimal = ZERO) -> TargetTrades:
    """Trades that bring every asset to `target x base`, base = values + cash put in; without a target it is sold.

    Source:
        docs/formulas.md#plan.
    """
    with localcontext(MONEY):
        total = sum(values.values(), ZERO) + cash_in
        assets = dict.fromkeys([*values, *targets])
        target_values = {asset: targets.get(asset, ZERO) * total for asset in assets}
        trades = {asset: target_values[asset] - values.get(asset, ZERO) for asset in assets}
        return TargetTrades(total, target_values, trades)


def flow_only_trades(values: Amounts, targets: Amounts, cash_in: Decimal) -> dict[str, Decimal]:
    """Trade only the money that comes in or goes out (negative): it brings the positions closest to their targets.

    New money raises the positions that are lowest for their target, all to one level; a withdrawal lowers the highest.

    Raises:
        WithdrawalTooLargeError: more goes out than there is.

    Source:
        docs/formulas.md#new-money-only.
    """
    with localcontext(MONEY):
        assets = dict.fromkeys([*values, *targets])
        held = {asset: values.get(asset, ZERO) for asset in assets}
        weights = {asset: targets.get(asset, ZERO) for asset in assets}
        if cash_in >= 0:
            level = _filled_level(held, weights, cash_in)
            return {asset: max(ZERO, weights[asset] * level - held[asset]) for asset in assets}
        if -cash_in > sum(held.values(), ZERO):
            raise WithdrawalTooLargeError(f"{-cash_in} is more than there is")
        untargeted = sum((held[asset] for asset in assets if weights[asset] == 0), ZERO)
        # What has no target goes first: it is infinitely too high.
        share = min(ONE, -cash_in / untargeted) if untargeted else ZERO
        level = _emptied_level(held, weights, -cash_in - share * untargeted)
        return {
            asset: min(ZERO, weights[asset] * level - held[asset]) if weights[asset] else -held[asset] * share
            for asset in assets
        }


def _filled_level(held: Amounts, weights: Amounts, cash: Decimal) -> Decimal:
    """Value per unit of weight up to which `cash` raises the lowest positions."""
    rising = sorted((held[asset] / weight, asset) for asset, weight in weights.items() if weight > 0)
    value, weight, level = cash, ZERO, ZERO
    for ratio, asset in rising:
        if weight > 0 and ratio >= level:
            break
        value += held[asset]
        weight += weights[asset]
        level = value / weight
    return level


def _emptied_level(held: Amounts, weights: Amounts, cash: Decimal) -> Decimal:
    """Value per unit of weight down to which taking `cash` lowers the highest positions."""
    falling = sorted(((held[asset] / weight, asset) for asset, weight in weights.items() if weight > 0), reverse=True)
    value, weight, level = -cash, ZERO, ZERO
    for ratio, asset in falling:
        if weight > 0 and ratio <= level:
            break
        value += held[asset]
        weight += weights[asset]
        level = value / weight
    return level


def sells_first(values: Amounts, targets: Amounts, fee_rate: Decimal, quote_free: Decimal = ZERO) -> SellsFirst:
    """Budget of the buys: free quote + what the sells bring after their fee; buys are scaled down when it is short.

    Source:
        docs/formulas.md#sells-first.
    """
    with localcontext(MONEY):
        trades = target_trades(values, targets, quote_free).trades
        sell_value = -sum((trade for trade in trades.values() if trade < 0), ZERO)
        budget = quote_free + sell_value * (ONE - fee_rate)
        wanted = {asset: trade for asset, trade in trades.items() if trade > 0}
        whole = sum(wanted.values(), ZERO)
        scale = min(ONE, budget / whole) if whole > 0 else ONE
        return SellsFirst(sell_value, budget, {asset: trade * scale for asset, trade in wanted.items()})
