"""Instants at which nothing can be traded, told from floats alone and left out: most of years of hours.

What is left is decided by the planner in decimals. An instant is left out only where floats say so by a margin that is
a hundred thousand times their own error, so a result is the same whether instants are left out or not.
Source: docs/decisions/0026-backtest.md#instants-that-are-skipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.core.model.amounts import ZERO
from backend.core.rebalancing.triggers import Schedule, newest_due

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.core.rebalancing.backtest_inputs import BacktestInputs, Floats, Ints, Rule

# Of the portfolio. Sums and products of 200 assets in float64 are wrong by less than 1e-13 of it.
MARGIN: Final = 1e-9
FIRST_LOOK: Final = 32
LONGEST_LOOK: Final = 4096


def due_rows(inputs: BacktestInputs, rule: Rule) -> Ints:
    """Rows at which a rule looks, ascending: those with all prices known at which a new instant of its clock is due.

    The clock starts at the first row. Nothing is traded at the last row: nothing would come of it.
    """
    table = inputs.prices
    rows = np.flatnonzero(table.known)
    rows = rows[(rows > 0) & (rows < len(table.at_ms) - 1)]
    if rule.kind == "hold" or not len(rows):
        return rows[:0]
    if rule.interval_ms is None:
        return rows
    schedule = Schedule("periodic" if rule.kind == "periodic" else "threshold", rule.interval_ms, int(table.at_ms[0]))
    found: list[int] = []
    dealt: int | None = None
    for row, at_ms in zip(rows.tolist(), table.at_ms[rows].tolist(), strict=True):
        due = newest_due(schedule, at_ms)
        if due is not None and due != dealt:
            found.append(row)
            dealt = due
    return np.array(found, dtype=np.int64)


class Looks:
    """The rows at which a rule may trade. Columns are those of the price table."""

    def __init__(self, inputs: BacktestInputs, rule: Rule, every_row: bool = False) -> None:
        """`every_row`: leave no row out."""
        self._rows = due_rows(inputs, rule)
        self._known = np.flatnonzero(inputs.prices.known)
        # Nothing is traded at the last row.
        self._last = len(inputs.prices.at_ms) - 1
        self._known_ms = inputs.prices.at_ms[self._known]
        self._every_row = every_row
        self._prices = inputs.prices.matrix
        self._assets = inputs.prices.assets
        self._base = inputs.base_asset
        targets = {asset: float(weight) for asset, weight in inputs.targets.items()}
        whole = sum(targets.values())
        self._targets = np.array([targets.get(asset, 0.0) for asset in self._assets])
        self._base_target = targets.get(self._base, 0.0)
        self._weights, self._base_weight = self._targets / whole, self._base_target / whole
        self._threshold = None if rule.threshold is None else float(rule.threshold)
        self._share, self._least = float(inputs.min_trade_share), float(inputs.min_trade_value)
        bounds = [inputs.pairs[asset].bounds for asset in self._assets]
        # No order can be worth less: not below the rules, nor below one step.
        self._notional = np.array([float(one.min_notional) for one in bounds])
        self._coins = np.array([float(max(one.min_qty, one.step)) for one in bounds])
        self._steps = np.array([float(one.step) for one in bounds])
        self._most = np.array([np.inf if one.max_qty is None else float(one.max_qty) for one in bounds])
        # With a turnover cap a sale may be any part of what is wished, and idle money less.
        self._capped = inputs.max_turnover is not None
        costs = inputs.costs
        self._kept = float((1 - costs.fee_rate) * (1 - costs.spread / 2))

    def open_row(self, until_ms: int) -> int | None:
        """The first row with all prices known at which a pause up to an instant is over; None: there is none."""
        place = int(np.searchsorted(self._known_ms, until_ms, side="left"))
        return int(self._known[place]) if place < len(self._known) else None

    def after(self, row: int, before: int, held: Mapping[str, Decimal], until_ms: int = 0) -> Iterator[int]:
        """Rows after one and before another at which, with these quantities, an order is possible, ascending.

        Args:
            until_ms: what is due waits so long. As with a real run the newest of what fell due in a pause is dealt with
                when it is over, once.
        """
        first = self.open_row(until_ms)
        if first is None:
            return
        place = int(np.searchsorted(self._rows, row, side="right"))
        opens = max(int(np.searchsorted(self._rows, first, side="left")), place)
        end = int(np.searchsorted(self._rows, before, side="left"))
        waited = place < opens and first < min(before, self._last)
        looks = self._rows[opens:end]
        if waited and (not len(looks) or looks[0] != first):
            looks = np.concatenate(([first], looks))
        size, place = FIRST_LOOK, 0
        quantities = np.array([float(held.get(asset, ZERO)) for asset in self._assets])
        cash = float(held.get(self._base, ZERO))
        while place < len(looks):
            rows = looks[place : place + size]
            place += len(rows)
            size = min(size * 2, LONGEST_LOOK)
            yield from (rows if self._every_row else rows[self._possible(rows, quantities, cash)]).tolist()

    def _possible(self, rows: Ints, quantities: Floats, cash: float) -> NDArray[np.bool_]:
        prices = self._prices[rows]
        values = prices * quantities
        total = values.sum(axis=1) + cash
        slack = MARGIN * total
        least = np.maximum(self._least, self._share * total) - slack
        over = values - np.outer(total, self._weights)
        needed = np.maximum(least[:, None], np.maximum(self._notional, self._coins * prices) - slack[:, None])
        selling = over >= needed
        sells, buys = selling.any(axis=1), (-over >= needed).any(axis=1)
        # What the base asset itself can give to purchases where nothing is sold; below zero, what it is to keep.
        spare = cash - self._base_weight * total
        alone = sells & self._sold_alone(np.where(selling, over, np.inf), prices, spare, least, slack)
        possible: NDArray[np.bool_] = alone | (buys & (sells | (spare >= least)))
        if self._threshold is not None:
            drift = np.abs(values - np.outer(total, self._targets)).max(axis=1)
            drift = np.maximum(drift, np.abs(cash - self._base_target * total))
            possible &= drift >= self._threshold * total - slack
        return possible

    def _sold_alone(
        self, over: Floats, prices: Floats, spare: Floats, least: Floats, slack: Floats
    ) -> NDArray[np.bool_]:
        """Where something may be sold though nothing is bought: for the base asset, or so little that it may lie idle.

        Args:
            over: what is too much of each coin that may be sold, infinite of the others.
        """
        if self._capped:
            return np.ones(len(over), dtype=bool)
        # At least one of the sales, rounded down, after spread and fee.
        brought = ((np.minimum(over, self._most * prices) - self._steps * prices) * self._kept).min(axis=1)
        wanted = np.maximum(-spare, 0.0)
        idle: NDArray[np.bool_] = brought <= wanted + least + 2 * slack
        # Of the sales as much is left as the base asset wants, with what they cost.
        return idle | (2 * wanted >= least)
