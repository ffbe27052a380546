"""What a plan would trade if the exchange took any quantity: modes, free coins, turnover cap, own minimum.

Source: docs/formulas.md#plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final, Literal

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.rebalancing.errors import CashTooShortError, EmptyPortfolioError
from backend.core.rebalancing.plan import flow_only_trades, target_trades

if TYPE_CHECKING:
    from backend.core.rebalancing.eligibility import Eligible

Mode = Literal["full", "buy_only", "sell_only"]
Unwished = Literal["on_target", "below_minimum", "not_free", "max_position"]
# Of the portfolio: what is smaller is not worth its fee.
MIN_TRADE_SHARE: Final = Decimal("0.005")
Amounts = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much may be traded. `amount`: new money or money to raise, in the reporting currency, above zero.

    `max_turnover`: of the larger side, a ratio of the portfolio; None: no cap.
    """

    mode: Mode = "full"
    amount: Decimal = ZERO
    min_trade_value: Decimal = ZERO
    min_trade_share: Decimal = MIN_TRADE_SHARE
    max_turnover: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """Money to move, reporting currency: `sells` and `buys` are above zero, of every asset but the base asset.

    `cash`: what the base asset itself gives to the buys; below zero, what it is to keep of the sells. `total`: the
    worth of all that takes part, with the cash put in. `minimum`: what a trade must be worth at least.
    """

    targets: Amounts
    total: Decimal
    minimum: Decimal
    sells: Amounts
    buys: Amounts
    cash: Decimal
    unwished: Mapping[str, Unwished] = field(default_factory=dict)


def wishes(
    part: Eligible, targets: Amounts, prices: Amounts, base_asset: str, free_base: Decimal, size: Sizes
) -> Wishes:
    """Trades towards the targets of those assets that take part; their targets are scaled to sum to one.

    Args:
        free_base: free coins of the base asset that are not protected, also where it has no target.

    Raises:
        EmptyPortfolioError: nothing with a target takes part, or it is worth nothing.
        CashTooShortError: less of the base asset is free than shall be put in.
        WithdrawalTooLargeError: more shall be raised than there is.
    """
    with localcontext(MONEY):
        wanted = {asset: targets.get(asset, ZERO) for asset in part.values}
        whole = sum(wanted.values(), ZERO)
        if whole <= ZERO:
            raise EmptyPortfolioError("no asset with a target can be traded")
        weights = {asset: weight / whole for asset, weight in wanted.items()}
        put_in = size.amount if size.mode != "sell_only" else ZERO
        free_cash = free_base * prices[base_asset]
        if put_in > free_cash:
            raise CashTooShortError(f"{put_in} is more than the {free_cash} of {base_asset} that is free")
        values = dict(part.values)
        if base_asset in values:
            # New money lies there already: it is not counted twice.
            values[base_asset] -= put_in
        trades = _trades(values, weights, size, put_in)
        total = sum(values.values(), ZERO) + put_in
        if total <= ZERO:
            raise EmptyPortfolioError("there is no value to take weights of")
        unwished: dict[str, Unwished] = {}
        for asset, trade in trades.items():
            if asset != base_asset and -trade > (most := part.free[asset] * prices[asset]):
                trades[asset] = -most
                if not most:
                    unwished[asset] = "not_free"
        cash = put_in - trades.pop(base_asset, ZERO)
        # Only free coins pay; a base asset in Earn is as little to be spent as any other.
        cash = min(cash, free_cash)
        factor = _turnover_factor(trades, total, size.max_turnover)
        if cash < ZERO:
            cash *= factor
        minimum = max(size.min_trade_value, size.min_trade_share * total)
        sells: dict[str, Decimal] = {}
        buys: dict[str, Decimal] = {}
        for asset in sorted(trades):
            trade = trades[asset] * factor
            if abs(trade) >= minimum and trade:
                (buys if trade > ZERO else sells)[asset] = abs(trade)
            elif asset not in unwished:
                unwished[asset] = "below_minimum" if trade else "on_target"
        return Wishes(weights, total, minimum, sells, buys, cash, unwished)


def _trades(values: Amounts, weights: Amounts, size: Sizes, put_in: Decimal) -> dict[str, Decimal]:
    match size.mode:
        case "full":
            return dict(target_trades(values, weights, put_in).trades)
        case "buy_only":
            return flow_only_trades(values, weights, put_in)
        case "sell_only":
            return flow_only_trades(values, weights, -size.amount)


def _turnover_factor(trades: Amounts, total: Decimal, cap: Decimal | None) -> Decimal:
    if cap is None:
        return ONE
    larger = max(
        sum((trade for trade in trades.values() if trade > ZERO), ZERO),
        -sum((trade for trade in trades.values() if trade < ZERO), ZERO),
    )
    return min(ONE, cap * total / larger) if larger > ZERO else ONE
