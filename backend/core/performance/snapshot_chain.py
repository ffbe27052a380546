"""The chain of snapshots: each valuation linked to the one before it.

Appending one row and recomputing all of them go through the same step, so both give the same bits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Final

from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.model.valuation import BenchmarkTail, Holding, SnapshotRow
from backend.core.performance import benchmark as money_line
from backend.core.performance.benchmark import BenchmarkLine
from backend.core.performance.benchmark_index import BenchmarkState, benchmark_at, open_benchmark, reset_benchmark
from backend.core.performance.benchmark_plan import DEFAULT_PLAN, BenchmarkPlan
from backend.core.performance.growth_index import IndexState, next_index, open_index

EXACT: Final = "exact"
ESTIMATED: Final = "estimated"
# The money line has no flow in it that came while a coin of the benchmark had no price: it is unknown from there on.
FLOW_NOT_MIRRORED: Final = "flow_not_mirrored"
# Slots shorter than an hour are kept for this long after the fact; older history is built hour by hour.
FINE_FOR_MS: Final = 7 * DAY_MS
Prices = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class ValuedPoint:
    """A valuation just before the flow of its instant.

    `flow` is the net flow, `deposits` its positive part. `doubt` says why the value is an estimate, `flow_doubt` why
    the flow is. `benchmark` are the prices of the benchmark's coins, None where one has none; `benchmark_doubt` says
    which, or which of them is old.
    """

    at_ms: int
    kind: str
    value: Decimal
    flow: Decimal
    deposits: Decimal
    composition: Mapping[str, Holding]
    doubt: str | None
    flow_doubt: str | None
    benchmark: Prices | None
    benchmark_doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Reset:
    """A scheduled reset of the benchmark at the prices of its instant; None where a coin had none: it is left out.

    `doubt`: which coin had none, or an old one.
    """

    at_ms: int
    prices: Prices | None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without a full reading of all wallets: no slot with after < instant <= until is taken."""

    after_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The slots that snapshots are expected in: multiples of the interval, and every 00:00 UTC.

    Up to `coarse_until_ms` slots lie at least an hour apart, however short the interval is.
    """

    interval_ms: int
    coarse_until_ms: int = 0

    def slots(self, after_ms: int, until_ms: int) -> list[int]:
        """Slots in (after, until], rising."""
        middle = min(max(self.coarse_until_ms, after_ms), until_ms)
        coarse = _multiples(max(self.interval_ms, HOUR_MS), after_ms, middle)
        fine = _multiples(self.interval_ms, middle, until_ms)
        if DAY_MS % self.interval_ms == 0 and HOUR_MS % min(self.interval_ms, HOUR_MS) == 0:
            return [*coarse, *fine]
        return sorted({*coarse, *fine, *_multiples(DAY_MS, after_ms, until_ms)})

    def expected(self, after_ms: int, until_ms: int) -> int:
        """Number of slots in (after, until]."""
        if self.coarse_until_ms <= after_ms and DAY_MS % self.interval_ms == 0:
            return until_ms // self.interval_ms - after_ms // self.interval_ms
        return len(self.slots(after_ms, until_ms))

    def holds(self, at_ms: int) -> bool:
        """Whether an instant is a slot."""
        step = max(self.interval_ms, HOUR_MS) if at_ms <= self.coarse_until_ms else self.interval_ms
        return at_ms % step == 0 or at_ms % DAY_MS == 0


def _multiples(step: int, after_ms: int, until_ms: int) -> range:
    return range((after_ms // step + 1) * step, until_ms + 1, step)


def extend(
    account_id: int,
    tail: SnapshotRow | None,
    points: Iterable[ValuedPoint],
    resets: Sequence[Reset],
    grid: Grid,
    plan: BenchmarkPlan = DEFAULT_PLAN,
) -> list[SnapshotRow]:
    """Link points to a chain.

    Args:
        tail: the row before the first point; None opens the chain.
        points: rising instants, all later than the tail's.
        resets: rising instants; those not after the tail's last reset, or not known, are left out.
        plan: of the benchmark; all points and resets have the prices of its coins.
    """
    rows: list[SnapshotRow] = []
    for point, due in with_resets(points, resets):
        tail = _link(account_id, tail, point, due, grid, plan)
        rows.append(tail)
    return rows


def with_resets(
    points: Iterable[ValuedPoint], resets: Sequence[Reset]
) -> Iterator[tuple[ValuedPoint, Sequence[Reset]]]:
    """Each point with the resets since the one before it, its own instant included."""
    position = 0
    for point in points:
        start = position
        while position < len(resets) and resets[position].at_ms <= point.at_ms:
            position += 1
        yield point, resets[start:position]


def _link(
    account_id: int,
    tail: SnapshotRow | None,
    point: ValuedPoint,
    resets: Sequence[Reset],
    grid: Grid,
    plan: BenchmarkPlan,
) -> SnapshotRow:
    state = open_index(point.value, point.flow) if tail is None else linked_index(tail, point)
    # A broken chain first: the reason goes from row to row, and a doubtful price on the way must not replace it.
    doubt = state.broken or point.doubt or state.warning or point.flow_doubt
    index, line_value, benchmark = benchmark_step(tail.benchmark if tail else None, point, resets, plan, doubt)
    # A value counts for the return where it is a link: at a flow. In between it cancels out. What appeared without any
    # capital is in no link, and so it is in none of the returns behind it.
    linked = point.flow != ZERO or point.flow_doubt is not None or state.warning is not None
    doubts = (tail.doubts if tail else 0) + (1 if doubt and linked else 0)
    slots_before = (tail.slots, tail.slots_expected) if tail else (0, 0)
    with localcontext(MONEY):
        return SnapshotRow(
            account_id=account_id,
            at_ms=point.at_ms,
            kind=point.kind,
            value=point.value,
            flow=point.flow,
            deposits=point.deposits,
            cum_flows=tail.cum_flows + tail.flow if tail else ZERO,
            cum_deposits=tail.cum_deposits + tail.deposits if tail else ZERO,
            first_value=tail.first_value if tail else point.value,
            growth_index=state.index,
            benchmark_index=index,
            benchmark_value=line_value,
            benchmark=benchmark,
            status=ESTIMATED if doubt else EXACT,
            reason=doubt,
            doubts=doubts,
            seq=(tail.seq if tail else 0) + 1,
            slots=slots_before[0] + (1 if grid.holds(point.at_ms) else 0),
            slots_expected=slots_before[1]
            + (grid.expected(tail.at_ms, point.at_ms) if tail else int(grid.holds(point.at_ms))),
            composition=point.composition,
        )


def linked_index(tail: SnapshotRow, point: ValuedPoint) -> IndexState:
    """The growth index of a point behind a row."""
    with localcontext(MONEY):
        base = tail.value + tail.flow
        if _emptied(tail, base, point):
            # What stayed behind was the network fee of the last withdrawal. Taken as the capital of the time after, its
            # loss would be one of 100 percent for good; it is a cost of the capital that was there before.
            kept = float((tail.value - base) / tail.value)
            return next_index(IndexState(tail.growth_index * kept, 0.0), point.value, point.flow)
    broken = tail.reason or "index_undefined" if math.isnan(tail.growth_index) else None
    return next_index(IndexState(tail.growth_index, float(base), broken), point.value, point.flow)


def _emptied(tail: SnapshotRow, base: Decimal, point: ValuedPoint) -> bool:
    """Whether the withdrawal of the row before took everything, so that nothing is held: no market took it."""
    nothing_left = not point.composition and point.value == ZERO
    return nothing_left and tail.flow < ZERO < base < tail.value and not math.isnan(tail.growth_index)


def without_line(row: SnapshotRow, reason: str) -> SnapshotRow:
    """A row of which the benchmark's money line is not known, nor in those that follow it, until they are made anew."""
    if row.benchmark is None:
        return row
    return replace(row, benchmark_value=None, benchmark=replace(row.benchmark, missed=reason))


@dataclass(frozen=True, slots=True)
class _Marks:
    """What stays doubtful: the newest reset at doubtful prices, and the units of the money line."""

    doubted_at_ms: int | None = None
    doubted: str | None = None
    line: str | None = None

    def at_prices(self, at_ms: int, doubt: str | None) -> _Marks:
        """After a reset, or the beginning, at prices of which a doubt is known."""
        return self if doubt is None else _Marks(at_ms, doubt, self.line or doubt)

    def of_line(self, doubt: str | None) -> _Marks:
        return self if doubt is None or self.line is not None else replace(self, line=doubt)


def benchmark_step(
    held: BenchmarkTail | None, point: ValuedPoint, resets: Sequence[Reset], plan: BenchmarkPlan, doubt: str | None
) -> tuple[float | None, Decimal | None, BenchmarkTail | None]:
    """Index and money line just before the flow, and the state after the flow and the reset of the instant.

    Args:
        held: the state after the row before; None: not begun, it does at the first point with all prices.
        doubt: why the row of the point is an estimate.
    """
    shares = plan.shares
    if held is None:
        if point.benchmark is None:
            return None, None, None
        start = open_benchmark(point.at_ms, _ordered(point.benchmark, plan))
        line = money_line.open_line(point.value, point.benchmark, shares)
        marks = _Marks().at_prices(point.at_ms, point.benchmark_doubt).of_line(doubt)
        return start.index, point.value, _stored(start, _after_flow(line, point, plan), point, None, marks)
    state = BenchmarkState(held.reset_at_ms, held.reset_index, held.reset_prices)
    line, missed = BenchmarkLine(held.units, held.exhausted), held.missed
    marks = _Marks(held.doubted_at_ms, held.doubted, held.line_doubt)
    weights = tuple(float(share) for share in shares.values())
    at_once: Reset | None = None
    for reset in resets:
        if reset.at_ms <= state.at_ms:
            continue
        if reset.at_ms == point.at_ms:
            at_once = reset
            continue
        marks = marks.at_prices(reset.at_ms, reset.doubt)
        if reset.prices is not None:
            state = reset_benchmark(state, reset.at_ms, _ordered(reset.prices, plan), weights)
            line = money_line.rebalance(line, reset.prices, shares)
    marks = marks.of_line(_flow_doubt(point, plan, doubt))
    if at_once is not None:
        marks = marks.at_prices(at_once.at_ms, at_once.doubt)
    if point.benchmark is None:
        missed = missed if point.flow == ZERO else FLOW_NOT_MIRRORED
        return None, None, _stored(state, line, point, missed, marks)
    index = benchmark_at(state, _ordered(point.benchmark, plan), weights)
    value = None if missed else money_line.line_value(line.units, point.benchmark)
    line = _after_flow(line, point, plan)
    if at_once is not None and at_once.prices is not None:
        state = reset_benchmark(state, at_once.at_ms, _ordered(at_once.prices, plan), weights)
        line = money_line.rebalance(line, at_once.prices, shares)
    return index, value, _stored(state, line, point, missed, marks)


def _flow_doubt(point: ValuedPoint, plan: BenchmarkPlan, doubt: str | None) -> str | None:
    """Why the units are an estimate after the flow of a point: its amount is, or the prices it was mirrored at."""
    if point.flow == ZERO:
        return point.flow_doubt
    shared = doubt if plan.by_share and point.flow < ZERO else None
    return point.benchmark_doubt or point.flow_doubt or shared


def _after_flow(line: BenchmarkLine, point: ValuedPoint, plan: BenchmarkPlan) -> BenchmarkLine:
    if point.benchmark is None or point.flow == ZERO:
        return line
    if point.flow > ZERO:
        return money_line.deposit(line, point.flow, point.benchmark, plan.shares)
    return money_line.withdraw(line, -point.flow, point.benchmark, point.value if plan.by_share else None)


def _ordered(prices: Prices, plan: BenchmarkPlan) -> list[Decimal]:
    return [prices[coin] for coin in plan.weights]


def _stored(
    state: BenchmarkState, line: BenchmarkLine, point: ValuedPoint, missed: str | None, marks: _Marks
) -> BenchmarkTail:
    return BenchmarkTail(
        reset_at_ms=state.at_ms,
        reset_index=state.index,
        reset_prices=state.prices,
        units=dict(line.units),
        exhausted=line.exhausted,
        doubt=point.benchmark_doubt,
        missed=missed,
        doubted_at_ms=marks.doubted_at_ms,
        doubted=marks.doubted,
        line_doubt=marks.line,
    )
