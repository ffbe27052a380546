"""The report of a month or a year: what the pages tell of a window, told of calendar periods in one answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from backend.api.schemas.cash_flows import CashFlowOut, FlowTotalsOut
from backend.api.schemas.common import (
    Answer,
    DisplayQuery,
    FigureStatus,
    Instant,
    Money,
    Percent,
    Price,
    Quantity,
    Reason,
)
from backend.api.schemas.performance import MixCoinOut, MonthOut, PeriodFiguresOut
from backend.api.schemas.positions import MethodName, PnlTotalsOut, SymbolPnlOut
from backend.api.schemas.proof import AccountCertificateOut, AttributionOut
from backend.api.schemas.risk import DayOut, DrawdownOut, RiskOut

PeriodKind = Literal["month", "year"]
PERIOD_PATTERN = r"^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$"


class ReportQuery(DisplayQuery):
    """A calendar month or year, UTC, and the cost method of realised profit."""

    period: str = Field(pattern=PERIOD_PATTERN, description="A month, 2026-10, or a year, 2026")
    method: MethodName = "average"


class ReportPeriodOut(BaseModel):
    """A calendar month or year, UTC."""

    name: str = Field(examples=["2026-10"])
    kind: PeriodKind
    start: Instant
    end: Instant = Field(description="Its first instant that is not in it any more")
    running: bool = Field(description="It is not over: figures are so far")


class ReportPeriodsOut(Answer):
    """Years, then months, the newest of each first."""

    items: list[ReportPeriodOut]
    status: FigureStatus
    reason: Reason


class ReportAccountOut(BaseModel):
    """An account that the report is about."""

    id: int
    name: str


class ReportSummaryOut(PeriodFiguresOut):
    """The period in one line, between the snapshots that its figures lie between."""

    start: Instant | None
    end: Instant | None
    complete: bool = Field(description="It is over, and known from its first instant to its last")
    start_value_usd: Money | None
    end_value_usd: Money | None
    values_status: FigureStatus
    values_reason: Reason
    net_flows_usd: Money | None
    status: FigureStatus = Field(description="Of the return, which all accounts together have of their own")
    reason: Reason


class ReportBenchmarkOut(BaseModel):
    """What the portfolio is held against, and its money line at the end of the period."""

    coins: list[MixCoinOut]
    value_usd: Money | None = Field(description="What the benchmark is worth with the same flows")
    difference_usd: Money | None = Field(description="The value less that of the benchmark")
    outperformance_percent: Percent | None
    value_status: FigureStatus
    value_reason: Reason
    status: FigureStatus = Field(description="Of its return")
    reason: Reason


class ReportPointOut(BaseModel):
    """The start of the period, a 00:00 UTC or its end; returns since the start."""

    t: Instant
    value_usd: Money | None
    twr_percent: Percent | None
    benchmark_percent: Percent | None


class HeldCoinOut(BaseModel):
    """A coin, over the accounts of the report."""

    asset: str
    name: str
    quantity: Quantity
    price_usd: Price | None = Field(description="Null: there was none, or accounts had different ones")
    value_usd: Money | None
    share_percent: Percent | None
    reason: Reason


class ReportHoldingsOut(BaseModel):
    """What was held at an instant, the largest value first."""

    timestamp: Instant | None = Field(description="Null where accounts have different ones")
    value_usd: Money | None
    items: list[HeldCoinOut]
    status: FigureStatus
    reason: Reason


class ReportFlowOut(CashFlowOut):
    """A cash flow of the period."""

    in_figures: bool = Field(description="Net flows count it: not what came at or after the last snapshot")


class ReportFlowsOut(BaseModel):
    """All cash flows of the period, oldest first, and the sums of those that the figures count."""

    items: list[ReportFlowOut]
    totals: FlowTotalsOut


class ReportProfitOut(BaseModel):
    """Profit by coin and contract between the snapshots of the period, the largest first."""

    method: MethodName
    items: list[SymbolPnlOut]
    totals: PnlTotalsOut
    status: FigureStatus
    reason: Reason


class KindSumOut(BaseModel):
    """Fees or income of one kind."""

    kind: str = Field(examples=["trade", "earn"])
    count: int | None
    value_usd: Money
    unpriced: int = Field(description="Rows without a price: they are not in the value")


class KindSumsOut(BaseModel):
    """Fees or income by kind, the largest first."""

    items: list[KindSumOut]
    total_usd: Money | None
    status: FigureStatus
    reason: Reason


class ReportQualityOut(BaseModel):
    """How well the period is known."""

    snapshots_expected: int
    snapshots_missing: int
    estimated_links: int = Field(description="Links of the return that rest on an estimate")
    replayed_until: Instant | None = Field(description="What lies before is made of ledger and candles")


class ReportCertificateOut(BaseModel):
    """Whether the ledger, replayed, gives today's balances."""

    complete: bool
    status: FigureStatus
    reason: Reason
    accounts: list[AccountCertificateOut]


class ReportOut(Answer):
    """A month or a year of one account, or of all. `status` of each part is its own."""

    period: ReportPeriodOut
    accounts: list[ReportAccountOut]
    method: MethodName
    summary: ReportSummaryOut
    benchmark: ReportBenchmarkOut | None
    attribution: AttributionOut
    months: list[MonthOut] = Field(description="Of a year; none of a month")
    series: list[ReportPointOut]
    days: list[DayOut]
    risk: RiskOut
    drawdowns: list[DrawdownOut] = Field(description="The deepest first, 5 at most")
    flows: ReportFlowsOut
    opening_holdings: ReportHoldingsOut
    closing_holdings: ReportHoldingsOut
    profit: ReportProfitOut
    fees: KindSumsOut = Field(description="Trading fees, at the value of their time")
    income: KindSumsOut
    quality: ReportQualityOut
    certificate: ReportCertificateOut
    method_versions: dict[str, str] = Field(description="Raised whenever the same rows would give another figure")
