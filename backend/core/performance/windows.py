"""Return and profit of a window (7 d, 30 d, ..., total) from two indexed rows; nothing here grows with history."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal, localcontext
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from backend.core.model.amounts import MONEY
from backend.core.performance.annualize import annualize

if TYPE_CHECKING:
    from backend.core.model.valuation import BenchmarkTail

TOTAL: Final = 0
WINDOWS: Final[Mapping[str, int]] = MappingProxyType(
    {"7d": 7, "14d": 14, "30d": 30, "60d": 60, "90d": 90, "180d": 180, "1y": 365, "2y": 730, "total": TOTAL}
)
# A window starts at the last snapshot not later than N x 24 h before its end; an older one leaves a gap too wide.
OLDEST_START: Final = timedelta(hours=2)

HISTORY_TOO_SHORT: Final = "history_too_short"
NEEDS_TWO_SNAPSHOTS: Final = "needs_two_snapshots"
GAP_AT_START: Final = "gap_at_start"
TOTAL_LOSS: Final = "total_loss_before"
INDEX_UNDEFINED: Final = "index_undefined"
ESTIMATED_LINK: Final = "flow_without_valuation"
ESTIMATED_VALUE: Final = "estimated_value"
# Some coin of the benchmark has no price at an end of the window.
NO_BENCHMARK: Final = "no_price"
# Neither an opening value nor deposits that a profit could be a share of.
NO_CAPITAL: Final = "no_capital"

Status = Literal["exact", "estimated", "unavailable"]


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a figure can be trusted; exact, it has no reason."""

    status: Status
    reason: str | None

    @classmethod
    def of(cls, known: bool, doubt: str | None) -> Trust:
        """Of a figure; `doubt` says why it is an estimate, or why there is none."""
        return cls("unavailable" if not known else "exact" if doubt is None else "estimated", doubt)

    def doubted(self, reason: str, first: bool = False) -> Trust:
        """The same with a doubt: what is known to be doubtful keeps its reason, unless this one comes `first`."""
        if self.status == "unavailable" or (self.status == "estimated" and not first):
            return self
        return Trust("estimated", reason)


@dataclass(frozen=True, slots=True)
class IndexedRow:
    """One snapshot with its running figures; value and flows in the reporting currency.

    `value` is taken just before the flow of the same instant. `cum_flows` and `cum_deposits` are the sums of all
    flows, and of the positive ones, strictly before this row. `doubts` is the number of estimated links up to and
    including this row. `estimated`: something about the row is an estimate; `flow_alone`: only its flow is, which comes
    after the value. `index` is NaN after a break of the chain, `broken` then says why.
    `benchmark`: what `benchmark_index` rests on.
    """

    at: datetime
    value: Decimal
    index: float
    benchmark_index: float | None
    cum_flows: Decimal
    cum_deposits: Decimal
    doubts: int = 0
    estimated: bool = False
    flow_alone: bool = False
    broken: str | None = None
    benchmark: BenchmarkTail | None = None


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """Figures of one window; a ratio of 0.10 is +10 %, money in the reporting currency.

    Every figure is None where it is not defined. `status` and `reason` are those of the return; profit and flows, the
    return of the benchmark, and the difference of both have their own. With status `exact` there is no reason.
    `available_from`: first instant at which a window of this length exists, when history is too short.
    """

    start: datetime | None
    end: datetime
    twr: float | None
    twr_annualized: float | None
    pnl: Decimal | None
    pnl_ratio: Decimal | None
    net_flows: Decimal | None
    benchmark_twr: float | None
    excess: float | None
    status: Status
    reason: str | None
    money: Trust
    benchmark: Trust
    against: Trust
    available_from: datetime | None = None

    @property
    def annualized_reason(self) -> str | None:
        """Why there is no annual return."""
        if self.twr_annualized is not None:
            return None
        if self.twr is None or self.start is None:
            return self.reason
        return annualize(self.twr, (self.end - self.start) / timedelta(days=1)).reason

    @property
    def pnl_ratio_reason(self) -> str | None:
        """Why the profit is no share of anything."""
        if self.pnl_ratio is not None:
            return None
        return self.money.reason if self.pnl is None else NO_CAPITAL

    def doubted(self, reason: str, first: bool = False) -> WindowFigures:
        """The same with a doubt about all of it."""
        own = Trust(self.status, self.reason).doubted(reason, first)
        marks = [one.doubted(reason, first) for one in (self.money, self.benchmark, self.against)]
        return replace(self, status=own.status, reason=own.reason, money=marks[0], benchmark=marks[1], against=marks[2])


def window_start(end: datetime, days: int) -> datetime:
    """The instant a window of `days` x 24 h starts at; look up the last snapshot not later than it."""
    return end - timedelta(days=days)


def window_figures(start: IndexedRow | None, end: IndexedRow, days: int, first_at: datetime) -> WindowFigures:
    """All figures between two rows.

    Args:
        start: the last row not later than `window_start(end.at, days)`, None when there is none; the first row of all
            for `days` = 0 (total).
        end: the newest row.
        first_at: instant of the first row of all.

    Source:
        docs/formulas.md#windows.
    """
    refused = _refusal(start, end, days, first_at)
    if refused is not None or start is None:
        reason = refused or HISTORY_TOO_SHORT
        since = first_at + timedelta(days=days) if reason == HISTORY_TOO_SHORT else None
        return without_figures(None if start is None else start.at, end.at, reason, since)
    with localcontext(MONEY):
        net_flows = end.cum_flows - start.cum_flows
        pnl = end.value - start.value - net_flows
        capital = start.value + (end.cum_deposits - start.cum_deposits)
        pnl_ratio = pnl / capital if capital > 0 else None
    broken = _broken(start, end)
    twr = None if broken else end.index / start.index - 1.0
    length_days = (end.at - start.at) / timedelta(days=1)
    benchmark_twr = _benchmark(start, end)
    doubt = _doubt(start, end)
    other = _benchmark_doubt(start, end) or (NO_BENCHMARK if benchmark_twr is None else None)
    excess = None if twr is None or benchmark_twr is None else twr - benchmark_twr
    return WindowFigures(
        start=start.at,
        end=end.at,
        twr=twr,
        twr_annualized=None if twr is None else annualize(twr, length_days).value,
        pnl=pnl,
        pnl_ratio=pnl_ratio,
        net_flows=net_flows,
        benchmark_twr=benchmark_twr,
        excess=excess,
        status="unavailable" if broken else "estimated" if doubt else "exact",
        reason=broken or doubt,
        money=Trust.of(True, doubt),
        benchmark=Trust.of(benchmark_twr is not None, other),
        against=Trust.of(excess is not None, broken or (other if benchmark_twr is None else doubt or other)),
    )


def _refusal(start: IndexedRow | None, end: IndexedRow, days: int, first_at: datetime) -> str | None:
    if days == TOTAL:
        return NEEDS_TWO_SNAPSHOTS if start is None or start.at >= end.at else None
    wanted = window_start(end.at, days)
    if wanted < first_at:
        return HISTORY_TOO_SHORT
    return GAP_AT_START if start is None or wanted - start.at > OLDEST_START else None


def without_figures(
    start: datetime | None, end: datetime, reason: str, available_from: datetime | None = None
) -> WindowFigures:
    """A window of which nothing is known, and why."""
    nothing = Trust("unavailable", reason)
    return WindowFigures(
        start=start,
        end=end,
        twr=None,
        twr_annualized=None,
        pnl=None,
        pnl_ratio=None,
        net_flows=None,
        benchmark_twr=None,
        excess=None,
        status="unavailable",
        reason=reason,
        money=nothing,
        benchmark=nothing,
        against=nothing,
        available_from=available_from,
    )


def _broken(start: IndexedRow, end: IndexedRow) -> str | None:
    if math.isnan(start.index) or math.isnan(end.index):
        return end.broken or start.broken or INDEX_UNDEFINED
    return TOTAL_LOSS if start.index == 0 else None


def _benchmark(start: IndexedRow, end: IndexedRow) -> float | None:
    if start.benchmark_index is None or end.benchmark_index is None or not start.benchmark_index > 0:
        return None
    figure = end.benchmark_index / start.benchmark_index - 1.0
    return figure if math.isfinite(figure) else None


def _benchmark_doubt(start: IndexedRow, end: IndexedRow) -> str | None:
    if start.benchmark is None or end.benchmark is None:
        return None
    return end.benchmark.doubt or start.benchmark.doubt or end.benchmark.doubt_since(start.benchmark)


def _doubt(start: IndexedRow, end: IndexedRow) -> str | None:
    # A flow at the last instant comes after the window.
    if end.doubts - int(end.flow_alone) > start.doubts:
        return ESTIMATED_LINK
    return ESTIMATED_VALUE if start.estimated or (end.estimated and not end.flow_alone) else None
