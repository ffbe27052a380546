"""The 50/50 benchmark as a money line: units bought, sold and reset like the portfolio's own flows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from types import MappingProxyType
from typing import Final

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.performance.errors import InvalidWeightsError

HALF_AND_HALF: Final[Mapping[str, Decimal]] = MappingProxyType({"BTC": Decimal("0.5"), "ETH": Decimal("0.5")})


@dataclass(frozen=True, slots=True)
class BenchmarkLine:
    """Units of each coin held by the benchmark.

    `exhausted`: the last withdrawal was larger than the benchmark; the line stays at 0 until the next deposit.
    """

    units: Mapping[str, Decimal]
    exhausted: bool = False


def line_value(units: Mapping[str, Decimal], prices: Mapping[str, Decimal]) -> Decimal:
    """Value of the units in the currency of `prices`.

    Raises:
        InvalidWeightsError: a coin that is held has no price.
    """
    with localcontext(MONEY):
        total = ZERO
        for coin, quantity in units.items():
            if quantity == 0:
                continue
            if coin not in prices:
                raise InvalidWeightsError(f"no price for {coin}")
            total += quantity * prices[coin]
        return total


def open_line(
    value: Decimal, prices: Mapping[str, Decimal], weights: Mapping[str, Decimal] = HALF_AND_HALF
) -> BenchmarkLine:
    """Split `value` by `weights` (sum 1) at the prices of the instant.

    Raises:
        InvalidWeightsError: a weighted coin has no positive price, or the weights do not add up to 1.
    """
    return BenchmarkLine(_bought(value, prices, weights))


def deposit(
    line: BenchmarkLine, value: Decimal, prices: Mapping[str, Decimal], weights: Mapping[str, Decimal] = HALF_AND_HALF
) -> BenchmarkLine:
    """Add a deposit, split by `weights` at the price of the flow; it restarts an exhausted line.

    Source:
        docs/formulas.md#benchmark-money-line.
    """
    bought = _bought(value, prices, weights)
    with localcontext(MONEY):
        coins = [*line.units, *(coin for coin in bought if coin not in line.units)]
        units = {coin: line.units.get(coin, ZERO) + bought.get(coin, ZERO) for coin in coins}
    return BenchmarkLine(units)


def withdraw(
    line: BenchmarkLine,
    value: Decimal,
    prices: Mapping[str, Decimal],
    account_value_before: Decimal | None = None,
) -> BenchmarkLine:
    """Take a withdrawal (positive `value`) out of every coin by the same share.

    The share is `value / benchmark value before`; with `account_value_before` it is the share of the account that
    leaves. It is capped at 1: a withdrawal larger than what it is measured against leaves 0 and `exhausted`.

    Source:
        docs/formulas.md#benchmark-money-line.
    """
    before = line_value(line.units, prices) if account_value_before is None else account_value_before
    with localcontext(MONEY):
        kept = ONE - value / before if before > 0 and value <= before else ZERO
        units = {coin: quantity * kept for coin, quantity in line.units.items()}
    return BenchmarkLine(units, exhausted=value > before)


def rebalance(
    line: BenchmarkLine, prices: Mapping[str, Decimal], weights: Mapping[str, Decimal] = HALF_AND_HALF
) -> BenchmarkLine:
    """Reset the line to `weights` at the prices of the scheduled instant; costs nothing, keeps the value."""
    return replace(line, units=_bought(line_value(line.units, prices), prices, weights))


def _bought(value: Decimal, prices: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    check_weights(weights)
    with localcontext(MONEY):
        units: dict[str, Decimal] = {}
        for coin, weight in weights.items():
            price = prices.get(coin)
            if price is None or price <= 0:
                raise InvalidWeightsError(f"no positive price for {coin}")
            units[coin] = value * weight / price
        return units


def check_weights(weights: Mapping[str, Decimal]) -> None:
    """Refuse weights below zero or with a sum other than 1 (to 12 digits).

    Raises:
        InvalidWeightsError
    """
    with localcontext(MONEY):
        if any(weight < 0 for weight in weights.values()) or abs(sum(weights.values(), ZERO) - ONE) > Decimal("1e-12"):
            raise InvalidWeightsError("benchmark weights must be positive and add up to 1")
