"""Answers about how well it did."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import (
    Answer,
    DisplayQuery,
    FigureStatus,
    Instant,
    Money,
    PageQuery,
    Percent,
    Price,
    Quantity,
    Reason,
)

MAX_DAYS = 36_500


class AgainstOut(BaseModel):
    """The benchmark of one window, and how far each figure can be trusted: prices of the benchmark may be old alone."""

    benchmark_twr_percent: Percent | None
    benchmark_status: FigureStatus
    benchmark_reason: Reason
    excess_percent: Percent | None = Field(description="Difference of both returns, in percentage points")
    excess_status: FigureStatus
    excess_reason: Reason


class ReturnsOut(AgainstOut):
    """The return of one window, beside its benchmark. `status` and `reason` are those of the return."""

    twr_percent: Percent | None
    twr_annualized_percent: Percent | None = Field(description="Only from 365 days on")
    twr_annualized_reason: Reason = Field(description="Why there is none")


class ProfitOut(BaseModel):
    """The profit of one window, cash flows taken out."""

    pnl_usd: Money | None
    pnl_percent: Percent | None = Field(description="pnl / (start value + deposits of the period)")
    pnl_percent_reason: Reason = Field(description="Why there is none")


class PeriodFiguresOut(ReturnsOut, ProfitOut):
    """Return, profit and money-weighted return of one period. Money is known after a total loss too."""

    pnl_status: FigureStatus
    pnl_reason: Reason
    xirr_percent: Percent | None = Field(description="A year's rate from 365 days on, else the figure of the period")
    xirr_status: FigureStatus
    xirr_reason: Reason
    xirr_several_roots: bool = Field(description="Other rates solve it as well: this is the one nearest to 0")


class TwrOut(Answer, ReturnsOut):
    """Time-weighted return of one window."""

    days: int
    start: Instant | None
    end: Instant | None
    status: FigureStatus
    reason: Reason
    available_from: Instant | None


class PnlOut(Answer, ProfitOut):
    """Profit of one window; `status` and `reason` are those of the profit: it is known after a total loss too."""

    days: int
    start: Instant | None
    end: Instant | None
    start_value_usd: Money | None
    end_value_usd: Money | None
    net_flows_usd: Money | None
    status: FigureStatus
    reason: Reason
    available_from: Instant | None


class TrackingOut(BaseModel):
    """How much history there is."""

    snapshots: int
    first: Instant | None
    last: Instant | None
    expected: int
    missing: int
    cash_flows: int


class RestartOut(BaseModel):
    """The return since everything was lost, which stays -100 % in the window itself."""

    at: Instant = Field(description="When everything was lost: `from` of what explains it, to the end of the window")
    twr_percent: Percent | None
    status: FigureStatus
    reason: Reason


class PeriodOut(PeriodFiguresOut):
    """The figures of one window; `status` and `reason` are those of the return."""

    days: int
    start: Instant | None
    end: Instant | None
    max_drawdown_percent: Percent | None = Field(description="Of the index at 00:00 UTC of each day")
    max_drawdown_status: FigureStatus = Field(description="estimated also where one of these days has no value")
    max_drawdown_reason: Reason
    benchmark_max_drawdown_percent: Percent | None
    benchmark_max_drawdown_status: FigureStatus
    benchmark_max_drawdown_reason: Reason
    restart: RestartOut | None = Field(description="Where new capital came after a loss of everything in the window")
    status: FigureStatus
    reason: Reason
    available_from: Instant | None
    needs_days: int
    has_days: int


class MixCoinOut(BaseModel):
    """A coin of the benchmark and its share."""

    coin: str
    weight_percent: Percent


class MixOut(BaseModel):
    """What the benchmark is made of; `resets`: it goes back to its weights once a week."""

    coins: list[MixCoinOut]
    resets: bool


class StatsOut(Answer):
    """Tracking statistics and every window. `benchmark_mix`: what the benchmark of these figures is made of."""

    benchmark_mix: MixOut
    tracking: TrackingOut
    periods: dict[str, PeriodOut]


class HistoryQuery(DisplayQuery):
    """A window in days and how many points the chart can show."""

    days: int = Field(default=30, ge=0, le=MAX_DAYS, description="0 is everything")
    points: int = Field(default=500, ge=10, le=5000)


class PointOut(BaseModel):
    """One point of the chart; returns are rebased to the start of the window."""

    t: Instant
    twr_percent: Percent | None
    benchmark_percent: Percent | None
    hold_percent: Percent | None = Field(description="Return of the shadow that only holds what there was")
    drawdown_percent: Percent | None = Field(
        description="Below the highest snapshot of the window so far; null with `display`, where it is not known"
    )
    benchmark_drawdown_percent: Percent | None
    value_usd: Money | None
    net_deposits_usd: Money | None


class FlowMarkOut(BaseModel):
    """A cash flow on the rail below the chart."""

    t: Instant
    amount_usd: Money
    type: Literal["DEPOSIT", "WITHDRAW"]


class GapOut(BaseModel):
    """An interval without snapshots: nothing is drawn across it."""

    from_: Annotated[Instant, Field(alias="from")]
    to: Instant

    model_config = ConfigDict(populate_by_name=True)


class TwrHistoryOut(Answer):
    """The growth of the window, thinned with its extremes kept."""

    days: int
    start: Instant | None
    end: Instant | None
    status: FigureStatus
    reason: Reason
    series: list[PointOut]
    flows: list[FlowMarkOut]
    gaps: list[GapOut]
    replayed_until: Instant | None = Field(
        description="Values before this were seen by nobody: the ledger and the candles of the time make them"
    )


class MonthlyQuery(DisplayQuery):
    """How many months, the running one included."""

    months: int = Field(default=12, ge=1, le=240)


class CalendarOut(BaseModel):
    """One calendar month or year, UTC."""

    end_value_usd: Money | None
    net_flows_usd: Money | None
    twr_percent: Percent | None
    benchmark_twr_percent: Percent | None
    benchmark_status: FigureStatus
    benchmark_reason: Reason
    complete: bool = Field(description="It is over, and known from its first instant to its last")
    status: FigureStatus
    reason: Reason


class MonthOut(CalendarOut):
    """One calendar month; one without a snapshot has no figures and says so."""

    month: str = Field(examples=["2026-11"])


class YearOut(CalendarOut):
    """One calendar year, all of it, whichever of its months are told."""

    year: int = Field(examples=[2026])


class MonthlyOut(Answer):
    """Months and the years they are of, oldest first."""

    items: list[MonthOut]
    years: list[YearOut]


class SnapshotsQuery(PageQuery):
    """Newest first; `before` keeps those not later than an instant."""

    before: datetime | None = Field(default=None, description="ISO 8601 with zone")


class HoldingOut(BaseModel):
    """Quantity of an asset in a snapshot and the price used."""

    asset: str
    quantity: Quantity
    price_usd: Price | None


class SnapshotOut(BaseModel):
    """A valuation just before any cash flow of the same instant.

    Of kind `imported`: a value that another program had written down, from before the first snapshot of this one. There
    is nothing else to it: no parts, no profit and no return.
    """

    id: int | None
    account: int
    timestamp: Instant
    kind: Literal["slot", "flow", "manual", "imported"]
    replayed: bool = Field(description="From before the account was read first: made of ledger and candles alone")
    total_value_usd: Money
    flow_usd: Money | None = Field(description="Net cash flow at this instant, after the valuation")
    net_deposits_usd: Money | None
    pnl: Money | None
    pnl_percent: Percent | None
    twr: Percent | None = Field(description="Since the first snapshot, in percent")
    benchmark_twr_percent: Percent | None
    benchmark_value_usd: Money | None
    composition: list[HoldingOut]
    status: FigureStatus
    reason: Reason


class SnapshotsOut(Answer):
    """A page of snapshots, newest first."""

    items: list[SnapshotOut]
    next_cursor: str | None


class SnapshotCreatedOut(Answer):
    """The snapshot that was taken."""

    snapshot: SnapshotOut
