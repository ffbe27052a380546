"""The benchmark index opened: its resets inside a window, and what one unit of money held of each coin between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from backend.core.display_rates import stored_rates
from backend.core.explain.model import CUT, EXACTLY, Input, Piece, ratio, summed
from backend.core.explain.risks import summing_to
from backend.core.model.amounts import ONE, ZERO
from backend.core.performance.benchmark_plan import BenchmarkPlan, decode_plan

if TYPE_CHECKING:
    from backend.core.explain.windows import Window
    from backend.core.ports import UnitOfWork

NO_PRICE: Final = "no_price"
Prices = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Mark:
    """An instant at which the benchmark's index is known: the window's ends and the resets between them.

    `prices`: those that a reset kept, in the order of the plan; None at an end. `row_id`: of the snapshot, at an end.
    """

    at_ms: int
    index: float
    prices: Sequence[float] | None
    row_id: int | None


def marks_of(unit: UnitOfWork, account: int, window: Window) -> list[Mark]:
    """The marks of a window, oldest first; looked up from the end backwards: rows keep the last reset before them."""
    start, end = window.start, window.end
    if start.benchmark_index is None or end.benchmark_index is None:
        return []
    found = [Mark(end.at_ms, end.benchmark_index, None, end.id)]
    while True:
        at_ms = found[-1].at_ms
        row = unit.snapshots.at_or_before(account, at_ms)
        if row is not None and row.benchmark is not None and row.benchmark.reset_at_ms >= at_ms:
            row = unit.snapshots.last(account, at_ms)
        held = None if row is None else row.benchmark
        if held is None or held.reset_at_ms <= start.at_ms or held.reset_at_ms >= at_ms:
            break
        found.append(Mark(held.reset_at_ms, held.reset_index, held.reset_prices, None))
    return [Mark(start.at_ms, start.benchmark_index, None, start.id), *found[::-1]]


def stretches(marks: Sequence[Mark]) -> list[Piece]:
    """From mark to mark."""
    return [
        Piece(
            start_ms=one.at_ms,
            end_ms=other.at_ms,
            start_value=None,
            end_value=None,
            factor=ratio(Decimal(repr(other.index)), Decimal(repr(one.index))),
            kind="reset",
            start_id=one.row_id,
            end_id=other.row_id,
        )
        for one, other in pairwise(marks)
        if one.index
    ]


def benchmark_inputs(
    unit: UnitOfWork, account: int, window: Window, marks: Sequence[Mark], result: float
) -> list[Input]:
    """Coin by coin at each mark: its price, its share and its units from there on, of 1 put in at the start. What they
    are worth at the end, less 1, is the figure; where a price is not stored the coin has no units.
    """
    plan = decode_plan(unit.shadows.plan(account))
    prices = _prices(unit, window, plan, marks)
    weights = _opening_weights(window, plan, prices[0])
    if weights is None or any(len(told) < len(plan.coins) for told in prices):
        return [
            _row(mark, coin, None, told.get(coin), None, None)
            for mark, told in zip(marks, prices, strict=True)
            for coin in plan.coins
        ]
    found: list[Input] = []
    units: dict[str, Decimal] = {}
    with localcontext(EXACTLY):
        for place, (mark, told) in enumerate(zip(marks, prices, strict=True)):
            worth = {coin: units[coin] * told[coin] for coin in units} if units else dict(weights)
            whole = summed(list(worth.values()))
            last = place == len(marks) - 1
            if not last:
                shares = weights if place == 0 else plan.shares
                units = {coin: shares[coin] * whole / told[coin] for coin in plan.coins}
            for coin in plan.coins:
                share = worth[coin] / whole if last or place == 0 else plan.shares[coin]
                part = worth[coin] if last else -worth[coin] if place == 0 else None
                found.append(_row(mark, coin, units[coin], told[coin], share, part))
    return summing_to(found, result, share=True)


def _row(
    mark: Mark, coin: str, units: Decimal | None, price: Decimal | None, share: Decimal | None, part: Decimal | None
) -> Input:
    cut = [None if one is None else one.quantize(CUT, context=EXACTLY) for one in (units, share, part)]
    return Input(
        kind="benchmark_end" if mark.prices is None else "benchmark_reset",
        label=coin,
        value=None,
        at_ms=mark.at_ms,
        table=None if mark.row_id is None else "snapshots",
        id=mark.row_id,
        quantity=cut[0],
        price=price,
        weight=cut[1],
        part=cut[2],
        status="unavailable" if price is None else "exact",
        reason=NO_PRICE if price is None else None,
    )


def _opening_weights(window: Window, plan: BenchmarkPlan, prices: Prices) -> Mapping[str, Decimal] | None:
    """Shares at the start: those of the plan, moved by the prices since the reset before; None: a price is missing."""
    held = window.start.benchmark
    if held is None or len(prices) < len(plan.coins) or len(held.reset_prices) != len(plan.coins):
        return None
    rate = ONE if window.rates is None else window.rates.at(window.start.at_ms)
    if rate is None:
        return None
    with localcontext(EXACTLY):
        moved = {
            coin: share * prices[coin] * rate / Decimal(repr(since))
            for (coin, share), since in zip(plan.shares.items(), held.reset_prices, strict=True)
        }
        whole = sum(moved.values(), ZERO)
        return {coin: one / whole for coin, one in moved.items()}


def _prices(unit: UnitOfWork, window: Window, plan: BenchmarkPlan, marks: Sequence[Mark]) -> list[Prices]:
    """Of each mark: the stored prices, or those that a reset kept; in the currency of the window."""
    instants = [mark.at_ms for mark in marks]
    stored = {
        coin: dict.fromkeys(instants, ONE)
        if coin == window.reporting
        else stored_rates(unit, coin, window.reporting, instants)
        for coin in plan.coins
    }
    found: list[Prices] = []
    for mark in marks:
        kept = dict(zip(plan.coins, mark.prices or (), strict=False))
        told: dict[str, Decimal] = {}
        for coin in plan.coins:
            price = stored[coin].get(mark.at_ms)
            if price is None and coin in kept:
                price = Decimal(repr(kept[coin]))
            if window.rates is not None:
                price = window.rates.then(price, mark.at_ms)
            if price is not None:
                told[coin] = price
        found.append(told)
    return found
