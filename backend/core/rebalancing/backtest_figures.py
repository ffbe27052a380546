"""What a rule made of the money: return, deepest fall, Sharpe ratio, costs, and the line of a chart.

Source: docs/formulas.md#backtest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.model.instants import DAY_MS
from backend.core.performance.drawdown import depths
from backend.core.performance.risk import sharpe
from backend.core.performance.under_water import deepest, under_water
from backend.core.rebalancing.backtest_inputs import BacktestInputs, Floats, price_gaps
from backend.core.series import SeriesChunk, thinned

if TYPE_CHECKING:
    from backend.core.rebalancing.backtest import Track

PRICES_MISSING: Final = "prices_missing"


@dataclass(frozen=True, slots=True)
class BacktestPoint:
    """`value` just before the flow of its instant, in the base asset; `growth` since the start, a ratio."""

    at_ms: int
    value: Decimal
    growth: float


@dataclass(frozen=True, slots=True)
class BacktestFigures:
    """Ratios without unit, money in the base asset. `orders`: of runs; `flow_orders`: of the first purchase and flows.

    `max_drawdown` <= 0. `fees_share`: of all money that came in. `sharpe`: None with too few days, or equal ones.
    `doubt`: why the figures are an estimate, None where they are not.
    """

    end_value: Decimal
    net_flows: Decimal
    twr: Decimal
    max_drawdown: float
    sharpe: float | None
    turnover: Decimal
    fees: Decimal
    fees_share: Decimal
    spread: Decimal
    orders: int
    flow_orders: int
    runs: int
    doubt: str | None
    points: tuple[BacktestPoint, ...] = ()


def figures(inputs: BacktestInputs, track: Track, points: int) -> BacktestFigures:
    """The figures of a track, and at most `points` points of its line with their extremes kept; 0: no line."""
    value, growth = _lines(inputs, track)
    emptied = track.doubt == "emptied"
    with localcontext(MONEY):
        end_value = _values(inputs, track, [track.end])[0]
        flows = [stretch.flow for stretch in track.stretches]
        paid_in = sum((flow for flow in flows if flow > ZERO), ZERO)
        fees = sum((fill.fee_value for fill in track.fills), ZERO)
        known = growth[np.isfinite(growth)]
        found = sharpe(_daily(inputs, growth))
        doubt: str | None = track.doubt
        if doubt is None and price_gaps(inputs.prices):
            doubt = PRICES_MISSING
        return BacktestFigures(
            end_value=_worth(inputs, track.stretches[-1].held, track.end) if emptied else end_value,
            net_flows=sum(flows[1:], ZERO),
            twr=_twr(track, end_value),
            max_drawdown=float(depths(known).min()),
            sharpe=found.value,
            turnover=track.turnover,
            fees=fees,
            fees_share=fees / paid_in,
            spread=sum((fill.spread_value for fill in track.fills), ZERO),
            orders=len(track.fills) - track.flow_orders,
            flow_orders=track.flow_orders,
            runs=track.runs,
            doubt=doubt,
            points=_points(inputs, track, value, growth, points) if points else (),
        )


def _twr(track: Track, end_value: Decimal) -> Decimal:
    """The product of value over capital from one flow to the next, less one."""
    first = track.stretches[0]
    capital, chain = first.flow, ONE
    for stretch in track.stretches[1:]:
        if stretch.flow:
            chain *= stretch.before / capital
            capital = stretch.before + stretch.flow
    # Where all went out, its own factor is the last one.
    return (chain if track.doubt == "emptied" else chain * end_value / capital) - ONE


def _lines(inputs: BacktestInputs, track: Track) -> tuple[Floats, Floats]:
    """Value before flows, and growth index from 1 on, at each row up to the end; NaN where a price is missing."""
    rows = np.array([stretch.row for stretch in track.stretches])
    assets, base = inputs.prices.assets, inputs.base_asset
    held = np.array(
        [[float(one.held.get(asset, ZERO)) for asset in (*assets, base)] for one in track.stretches], dtype=np.float64
    )
    # What is held at a row, before its own orders, is that of the stretch before it.
    number = np.searchsorted(rows, np.arange(track.end + 1), side="left") - 1
    number[0] = 0
    mine = held[number]
    prices = inputs.prices.matrix[: track.end + 1]
    value = (prices * mine[:, :-1]).sum(axis=1) + mine[:, -1]
    value[0] = float(track.stretches[0].flow)
    growth = np.empty(len(value))
    factor, since = 1.0 / value[0], 0
    for stretch in track.stretches[1:]:
        if stretch.flow:
            row = stretch.row
            growth[since : row + 1] = value[since : row + 1] * factor
            left = value[row] + float(stretch.flow)
            factor, since = (growth[row] / left if left > 0 else 0.0), row + 1
    growth[since:] = value[since:] * factor
    return value, growth


def _values(inputs: BacktestInputs, track: Track, rows: Sequence[int]) -> list[Decimal]:
    """Exact values at rows before their own flows and orders; at the first row, what came in."""
    starts = np.array([stretch.row for stretch in track.stretches])
    found: list[Decimal] = []
    for row in rows:
        stretch = track.stretches[max(int(np.searchsorted(starts, row, side="left")) - 1, 0)]
        found.append(_worth(inputs, stretch.held, row) if row > 0 else stretch.flow)
    return found


def _worth(inputs: BacktestInputs, held: Mapping[str, Decimal], row: int) -> Decimal:
    with localcontext(MONEY):
        coins = ((asset, count) for asset, count in held.items() if asset != inputs.base_asset)
        return sum((count * inputs.prices.price(asset, row) for asset, count in coins), held[inputs.base_asset])


def _daily(inputs: BacktestInputs, growth: Floats) -> Floats:
    """Returns from one end of a day (UTC) to the next; NaN where one of the two is not known."""
    at_ends = inputs.prices.at_ms[: len(growth)] % DAY_MS == 0
    index = growth[at_ends]
    returns: Floats = index[1:] / index[:-1] - 1.0
    return returns


def _points(
    inputs: BacktestInputs, track: Track, value: Floats, growth: Floats, points: int
) -> tuple[BacktestPoint, ...]:
    at_ms = inputs.prices.at_ms[: len(value)]
    known = np.flatnonzero(np.isfinite(value))
    part = SeriesChunk(at_ms[known], growth[known], np.full(len(known), np.nan), value[known])
    kept = known[np.union1d(thinned(part, max(points - 1, 2)), deepest(under_water(part.growth)))].tolist()
    return tuple(
        BacktestPoint(int(at_ms[row]), worth, float(growth[row]) - 1.0)
        for row, worth in zip(kept, _values(inputs, track, kept), strict=True)
    )
