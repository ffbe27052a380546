"""What a backtest rests on: prices on a grid of instants, rules, money, and what an order costs.

Source: docs/decisions/0026-backtest.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from backend.core.model.amounts import ZERO
from backend.core.rebalancing.triggers import INTERVAL_PRESETS_H, THRESHOLD_PRESETS_PERCENT, interval_ms
from backend.core.rebalancing.wishes import MIN_TRADE_SHARE

if TYPE_CHECKING:
    from backend.core.rebalancing.order_bounds import OrderBounds

Kind = Literal["hold", "periodic", "threshold"]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# Prices travel as whole numbers of this part of the quote asset: the exchange has no finer ones.
UNIT: Final = Decimal("0.00000001")
FEE_COIN: Final = "BNB"
# What is left of a fee that is paid in BNB.
DISCOUNTED: Final = Decimal("0.75")


@dataclass(frozen=True, slots=True)
class Rule:
    """`interval_ms`: how often it looks; None: at every candle. `threshold`: a ratio, only of the kind `threshold`."""

    kind: Kind
    interval_ms: int | None = None
    threshold: Decimal | None = None


def heat_map_rules() -> list[Rule]:
    """Every preset interval with every preset threshold, interval by interval."""
    return [
        Rule("threshold", interval_ms(hours), percent / 100)
        for hours in INTERVAL_PRESETS_H
        for percent in THRESHOLD_PRESETS_PERCENT
    ]


@dataclass(frozen=True, slots=True)
class Flow:
    """Money in, or (negative) out, in the base asset, at an instant."""

    at_ms: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TradedPair:
    """The pair of an asset with the base asset, and what orders on it must keep to."""

    symbol: str
    bounds: OrderBounds


@dataclass(frozen=True, slots=True)
class Costs:
    """`fee_rate`: of what is received. `spread`: from bid to ask, a ratio of the price between them.

    `bnb_discount`: a quarter less, paid in BNB, while there is enough of it.
    """

    fee_rate: Decimal
    spread: Decimal = ZERO
    bnb_discount: bool = False


@dataclass(frozen=True)
class PriceTable:
    """Prices of assets in the base asset at the ends of candles.

    `at_ms`: int64[n], ascending by one step. `units`: per asset int64[n], the close of the candle that ended right then
    in units of `UNIT`; 0 where that candle is missing.
    """

    at_ms: Ints
    units: Mapping[str, Ints]

    @cached_property
    def assets(self) -> tuple[str, ...]:
        """The columns of the matrix."""
        return tuple(sorted(self.units))

    @cached_property
    def matrix(self) -> Floats:
        """float64[n, assets], NaN where a price is not known."""
        columns = [self.units[asset] for asset in self.assets]
        whole = np.column_stack(columns).astype(np.float64) * float(UNIT)
        whole[whole == 0] = np.nan
        return whole

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """bool[n]: whether every price is known."""
        found: NDArray[np.bool_] = np.logical_and.reduce([self.units[asset] > 0 for asset in self.assets])
        return found

    def price(self, asset: str, row: int) -> Decimal:
        """The price of an asset that is known at a row."""
        return Decimal(int(self.units[asset][row])) * UNIT

    def between_known(self) -> PriceTable | None:
        """From the first row at which every price is known to the last one; None where there are not two."""
        rows = np.flatnonzero(self.known)
        if len(rows) < 2:
            return None
        part = slice(int(rows[0]), int(rows[-1]) + 1)
        return PriceTable(self.at_ms[part], {asset: units[part] for asset, units in self.units.items()})


@dataclass(frozen=True)
class BacktestInputs:
    """All that a result rests on. `targets`: ratios above zero that sum to one; `prices`: of each but the base asset.

    `start_value`: money in the base asset at the first row. The minimum and the turnover cap are those of runs; first
    purchases and flows keep to the exchange's rules alone. `cooldown_ms`, `settle_ms`: how long what is due waits after
    a run, and after money came in.
    """

    base_asset: str
    targets: Mapping[str, Decimal]
    pairs: Mapping[str, TradedPair]
    prices: PriceTable
    start_value: Decimal
    costs: Costs
    flows: Sequence[Flow] = ()
    min_trade_value: Decimal = ZERO
    min_trade_share: Decimal = MIN_TRADE_SHARE
    max_turnover: Decimal | None = None
    cooldown_ms: int = 0
    settle_ms: int = 0


@dataclass(frozen=True, slots=True)
class PriceGap:
    """Rows of one asset without a price: from the last known instant to the next one."""

    asset: str
    from_ms: int
    to_ms: int
    candles: int


def price_gaps(table: PriceTable) -> list[PriceGap]:
    """What is missing between the ends of a table at whose ends all is known, by instant and asset."""
    found: list[PriceGap] = []
    for asset in table.assets:
        rows = np.flatnonzero(table.units[asset] > 0)
        for place in np.flatnonzero(np.diff(rows) > 1):
            low, high = int(rows[place]), int(rows[place + 1])
            found.append(PriceGap(asset, int(table.at_ms[low]), int(table.at_ms[high]), high - low - 1))
    return sorted(found, key=lambda gap: (gap.from_ms, gap.asset))
