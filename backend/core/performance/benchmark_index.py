"""The benchmark index: what half BTC and half ETH returned, reset on schedule, no cost, no flows.

Weights and prices are float64 here: the index is a statistic. The vector pass and the one-row form do the same
operations in the same order, so appending a row gives the very bits of a recomputation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend.core.performance.benchmark import HALF_AND_HALF

Floats = NDArray[np.float64]
DEFAULT_WEIGHTS: Final = tuple(float(weight) for weight in HALF_AND_HALF.values())


@dataclass(frozen=True, slots=True)
class BenchmarkState:
    """Index and prices (one per coin, in the order of the weights) at the last reset, or at the first row."""

    at_ms: int
    index: float
    prices: tuple[float, ...]


def open_benchmark(at_ms: int, prices: Sequence[float | Decimal]) -> BenchmarkState:
    """Start the index at 1 with the prices of the first row."""
    return BenchmarkState(at_ms, 1.0, tuple(float(price) for price in prices))


def benchmark_at(
    state: BenchmarkState, prices: Sequence[float | Decimal], weights: Sequence[float] = DEFAULT_WEIGHTS
) -> float:
    """Index at `prices`, from the last reset on: the O(1) form of `benchmark_index`."""
    move = float(prices[0]) / state.prices[0] * weights[0]
    for coin in range(1, len(weights)):
        move = move + float(prices[coin]) / state.prices[coin] * weights[coin]
    return state.index * move


def reset_benchmark(
    state: BenchmarkState,
    at_ms: int,
    prices: Sequence[float | Decimal],
    weights: Sequence[float] = DEFAULT_WEIGHTS,
) -> BenchmarkState:
    """Go back to the weights at the prices of the scheduled instant; a reset not after the state changes nothing."""
    if at_ms <= state.at_ms:
        return state
    return BenchmarkState(at_ms, benchmark_at(state, prices, weights), tuple(float(price) for price in prices))


def benchmark_index(
    times_ms: NDArray[np.int64],
    prices: Floats,
    reset_times_ms: NDArray[np.int64],
    reset_prices: Floats,
    weights: Sequence[float] = DEFAULT_WEIGHTS,
    start: BenchmarkState | None = None,
) -> tuple[Floats, BenchmarkState]:
    """Index of every row in one pass.

    Args:
        times_ms: int64[n], n >= 1, rising; milliseconds since the epoch.
        prices: float64[n, k] of the rows, one column per coin; NaN where unknown gives NaN in that row only.
        reset_times_ms: int64[m], rising. Resets not after the start, or after the last row, are left out.
        reset_prices: float64[m, k], known at every reset (leave a reset out when its prices are not).
        start: state to go on from; by default the index starts at 1 at the first row.

    Returns:
        float64[n], and the state to append the next row to.

    Source:
        docs/formulas.md#benchmark-index.
    """
    opening = start if start is not None else open_benchmark(int(times_ms[0]), [float(price) for price in prices[0]])
    due = (reset_times_ms > opening.at_ms) & (reset_times_ms <= times_ms[-1])
    anchor_times = np.concatenate([np.array([opening.at_ms], dtype=np.int64), reset_times_ms[due]])
    anchor_prices = np.concatenate([np.array([opening.prices], dtype=np.float64), reset_prices[due]])
    anchor_moves = _moves(anchor_prices[1:], anchor_prices[:-1], weights)
    anchor_index = np.multiply.accumulate(np.concatenate([np.array([opening.index]), anchor_moves]))
    anchor = np.searchsorted(anchor_times, times_ms, side="right") - 1
    index = anchor_index[anchor] * _moves(prices, anchor_prices[anchor], weights)
    last = len(anchor_times) - 1
    state = BenchmarkState(
        int(anchor_times[last]), float(anchor_index[last]), tuple(float(price) for price in anchor_prices[last])
    )
    return index, state


def _moves(prices: Floats, since: Floats, weights: Sequence[float]) -> Floats:
    # Added up coin by coin, as `benchmark_at` does: a matrix product may add in another order.
    move: Floats = prices[:, 0] / since[:, 0] * weights[0]
    for coin in range(1, len(weights)):
        move = move + prices[:, coin] / since[:, coin] * weights[coin]
    return move
