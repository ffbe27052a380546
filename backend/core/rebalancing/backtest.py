"""One rule on prices of the past: the planner of real runs decides, in decimals, candle by candle.

Source: docs/decisions/0026-backtest.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.rebalancing.backtest_orders import TWO, Fill, carry_out, market_at
from backend.core.rebalancing.backtest_skip import Looks
from backend.core.rebalancing.eligibility import Position
from backend.core.rebalancing.errors import PlanError
from backend.core.rebalancing.planner import PlanInputs, make_plan
from backend.core.rebalancing.triggers import Past, Schedule, off_target, rests_until
from backend.core.rebalancing.wishes import Sizes

if TYPE_CHECKING:
    from backend.core.rebalancing.backtest_inputs import BacktestInputs, Rule

Doubt = Literal["withdrawal_short", "emptied"]
Quantities = Mapping[str, Decimal]
# A share of the portfolio so small is dust: no return can be told from it.
NOTHING_LEFT: Final = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quantities that were held from just behind a row up to the next stretch, that row included.

    `before`: value at the row before any flow and order. `flow`: what came in there (negative: went out).
    """

    row: int
    held: Quantities
    before: Decimal
    flow: Decimal


@dataclass(frozen=True)
class Track:
    """What a rule did. `end`: the last row it was followed to.

    `fills`: all orders; `flow_orders` of them served the first purchase and flows. `turnover`: of runs, a ratio summed.
    `doubt`: why it is not what was asked for.
    """

    stretches: Sequence[Stretch]
    end: int
    fills: Sequence[Fill]
    flow_orders: int
    runs: int
    turnover: Decimal
    doubt: Doubt | None = None


def follow(inputs: BacktestInputs, rule: Rule, every_row: bool = False) -> Track:
    """Buy at the first row, then trade as the rule says.

    Args:
        inputs: prices known at the first and at the last row.
        every_row: plan also where floats say that nothing can be traded; the result is the same, and slower.
    """
    return _Walk(inputs, rule, every_row).walked()


@dataclass
class _Walk:
    inputs: BacktestInputs
    rule: Rule
    every_row: bool
    held: dict[str, Decimal] = field(default_factory=dict)
    stretches: list[Stretch] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    flow_orders: int = 0
    runs: int = 0
    turnover: Decimal = ZERO
    doubt: Doubt | None = None
    # The last row up to which what was due is dealt with, and what a pause counts from.
    dealt: int = 0
    past: Past = field(default_factory=Past)

    def walked(self) -> Track:
        looks = Looks(self.inputs, self.rule, self.every_row)
        end = len(self.inputs.prices.at_ms) - 1
        flows = _by_row(self.inputs)
        self._pay(0, self.inputs.start_value + flows.pop(0, ZERO))
        for row in sorted(flows):
            self._runs(looks, row)
            self._pay(row, flows[row])
            if self.doubt == "emptied":
                end = row
                break
        else:
            self._runs(looks, end)
        return Track(self.stretches, end, self.fills, self.flow_orders, self.runs, self.turnover, self.doubt)

    def _runs(self, looks: Looks, before: int) -> None:
        """Runs of the rule up to a row, which has none yet; one may follow a flow of the same row."""
        while True:
            until_ms, _ = rests_until(self._pauses(), self.past)
            row = next((row for row in looks.after(self.dealt, before, self.held, until_ms) if self._run(row)), None)
            if row is None:
                break
            self.dealt = row
            self.past = replace(self.past, last_run_ms=int(self.inputs.prices.at_ms[row]))
        # What waits for the end of a pause is not dealt with yet.
        first = looks.open_row(until_ms)
        if first is not None and first < before:
            self.dealt = max(self.dealt, before - 1)

    def _pauses(self) -> Schedule:
        """The clock of a real run, as far as its pauses go."""
        kept = self.inputs
        return Schedule("periodic", 1, 0, cooldown_ms=kept.cooldown_ms, settle_ms=kept.settle_ms)

    def _run(self, row: int) -> bool:
        """Look at a row; whether anything was traded."""
        inputs = self.inputs
        values = self._values(row)
        if self.rule.threshold is not None and not off_target(values, inputs.targets, self.rule.threshold):
            return False
        sizes = Sizes(
            amount=ZERO if inputs.base_asset in inputs.targets else self.held[inputs.base_asset],
            min_trade_value=inputs.min_trade_value,
            min_trade_share=inputs.min_trade_share,
            max_turnover=inputs.max_turnover,
        )
        fills = self._trade(row, self.held, inputs.targets, sizes)
        if not fills:
            return False
        with localcontext(MONEY):
            whole = sum(values.values(), ZERO)
            bought = sum((fill.quote for fill in fills if fill.side == "BUY"), ZERO)
            sold = sum((fill.quote for fill in fills if fill.side == "SELL"), ZERO)
            self.turnover += max(bought, sold) / whole
        self.runs += 1
        self._note(row, whole, ZERO)
        return True

    def _pay(self, row: int, amount: Decimal) -> None:
        """Money comes in and is put to use, or goes out, as far as there is any."""
        base = self.inputs.base_asset
        with localcontext(MONEY):
            before = sum(self._values(row).values(), ZERO)
            if amount > ZERO:
                self.held[base] = self.held.get(base, ZERO) + amount
                if self.stretches:
                    self.past = replace(self.past, last_deposit_ms=int(self.inputs.prices.at_ms[row]))
                fills = self._invest(row, amount)
                paid = amount
            else:
                fills = self._raise(row, -amount) if -amount > self._at_hand() else []
                paid = -min(-amount, self.held[base])
                self.held[base] += paid
                if paid != amount:
                    self.doubt = "withdrawal_short"
                if sum(self._values(row).values(), ZERO) <= before * NOTHING_LEFT:
                    self.doubt = "emptied"
        self.flow_orders += len(fills)
        self._note(row, before, paid)

    def _invest(self, row: int, amount: Decimal) -> list[Fill]:
        """New money: of holding only, and at the start, by the targets; of a rule, where it brings them closest."""
        inputs, base = self.inputs, self.inputs.base_asset
        has_target = base in inputs.targets
        if not self.stretches or self.rule.kind == "hold":
            sizes = Sizes(amount=ZERO if has_target else amount, min_trade_share=ZERO)
            return self._trade(row, {base: amount}, inputs.targets, sizes)
        # Without a target all of the base asset is to be spent, also what rounding left before.
        sizes = Sizes("buy_only", amount if has_target else self.held[base], min_trade_share=ZERO)
        return self._trade(row, self.held, inputs.targets, sizes)

    def _at_hand(self) -> Decimal:
        """Money that may go out without a sale: a base asset with a target gives its share as the coins do."""
        return ZERO if self.inputs.base_asset in self.inputs.targets else self.held[self.inputs.base_asset]

    def _raise(self, row: int, amount: Decimal) -> list[Fill]:
        """Sell for money that goes out: of holding only a share of each coin, of a rule towards the targets."""
        inputs, base = self.inputs, self.inputs.base_asset
        values = {asset: value for asset, value in self._values(row).items() if asset != base or base in inputs.targets}
        with localcontext(MONEY):
            whole = sum(values.values(), ZERO)
            if whole <= ZERO:
                return []
            # Fee, spread and rounding come off what is sold: a little more is sold than is asked for.
            steps = sum(
                (pair.bounds.step * inputs.prices.price(asset, row) for asset, pair in inputs.pairs.items()), ZERO
            )
            kept = (ONE - inputs.costs.fee_rate) * (ONE - inputs.costs.spread / TWO)
            wanted = min((amount - self._at_hand() + steps) / kept, whole)
            shares = {asset: value / whole for asset, value in values.items() if value > ZERO}
        targets = shares if self.rule.kind == "hold" else inputs.targets
        return self._trade(row, self.held, targets, Sizes("sell_only", wanted, min_trade_share=ZERO))

    def _trade(self, row: int, held: Quantities, targets: Quantities, sizes: Sizes) -> list[Fill]:
        """Plan with some of what is held, and carry the plan out."""
        inputs = self.inputs
        market = market_at(inputs, row, self.held)
        positions = {asset: Position(quantity, quantity) for asset, quantity in held.items()}
        try:
            plan = make_plan(PlanInputs(inputs.base_asset, positions, targets, market, sizes=sizes))
        except PlanError:
            return []  # nothing is left to plan with
        fills = carry_out(plan, market, inputs.costs, int(inputs.prices.at_ms[row]), self.held)
        self.fills += fills
        return fills

    def _values(self, row: int) -> dict[str, Decimal]:
        """What is held of each asset is worth at a row, in the base asset; the base asset is always among them."""
        base, prices = self.inputs.base_asset, self.inputs.prices
        with localcontext(MONEY):
            values = {
                asset: quantity * prices.price(asset, row) for asset, quantity in self.held.items() if asset != base
            }
        return {**values, base: self.held.get(base, ZERO)}

    def _note(self, row: int, before: Decimal, flow: Decimal) -> None:
        """What is held from a row on; a run behind a flow of the same row changes no more than that."""
        if self.stretches and self.stretches[-1].row == row:
            last = self.stretches.pop()
            before, flow = last.before, last.flow
        self.stretches.append(Stretch(row, dict(self.held), before, flow))


def _by_row(inputs: BacktestInputs) -> dict[int, Decimal]:
    """Flows at the first row with all prices known that is not before them; those behind the last one never come."""
    table = inputs.prices
    rows = np.flatnonzero(table.known)
    instants = table.at_ms[rows]
    found: dict[int, Decimal] = {}
    for flow in inputs.flows:
        place = int(np.searchsorted(instants, flow.at_ms))
        if flow.at_ms >= int(table.at_ms[0]) and place < len(rows) - 1:
            row = int(rows[place])
            found[row] = found.get(row, ZERO) + flow.amount
    return {row: amount for row, amount in found.items() if amount}
