"""Answers about risk and about days. `value` of a ratio is a fraction; of money a decimal."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from backend.api.schemas.common import Answer, DisplayQuery, FigureStatus, Instant, Money, Percent, Reason
from backend.api.schemas.performance import MAX_DAYS
from backend.api.schemas.positions import MethodName

Day = Annotated[str, Field(description="A day, UTC", examples=["2026-11-20"])]
MOST_DRAWDOWNS = 50
MOST_DAYS = 3_660


class RiskQuery(DisplayQuery):
    """A window in days, and the cost method of the round trips."""

    days: int = Field(default=365, ge=0, le=MAX_DAYS, description="0 is everything")
    method: MethodName = "average"


class RiskFigureOut(BaseModel):
    """A figure, how far it can be trusted, and of how many values it is made."""

    value: float | None = Field(description="Without unit: 0.25 is 25 %")
    status: FigureStatus
    reason: Reason
    count: int = Field(description="Daily returns, or closing trades, in it")
    available_from: Instant | None = Field(description="When it will be known, while the history is too short")


class RiskLineOut(RiskFigureOut):
    """A figure and the same of the benchmark; null where that has no meaning."""

    benchmark: RiskFigureOut | None


class DrawdownFigureOut(RiskFigureOut):
    """The deepest fall below a running peak and its dates, null without any fall."""

    peak: Instant | None
    trough: Instant | None
    recovered: Instant | None = Field(description="Null: not yet")
    days_under_water: float | None = Field(description="From the peak until it is reached again, or until the end")


class DrawdownLineOut(DrawdownFigureOut):
    """The drawdown of the account and of the benchmark."""

    benchmark: DrawdownFigureOut


class DayFigureOut(RiskFigureOut):
    """The return of one day."""

    date: Day | None


class DayLineOut(DayFigureOut):
    """A day of the account and one of the benchmark, each its own."""

    benchmark: DayFigureOut


class ExpectancyOut(BaseModel):
    """Mean result of a closing trade, in the reporting currency."""

    value: Money | None
    status: FigureStatus
    reason: Reason
    count: int
    available_from: Instant | None
    benchmark: None = Field(default=None, description="The benchmark does not trade")


class DailyReturnsOut(BaseModel):
    """The daily returns that the figures are made of: between two neighbouring 00:00 UTC."""

    count: int
    missing: int = Field(description="Days without a valuation at either end: left out, never filled")
    needed: int = Field(description="From so many on figures are told")
    first_day: Day | None
    last_day: Day | None
    benchmark_count: int


class WindowOut(Answer):
    """An answer about a window."""

    days: int
    start: Instant | None
    end: Instant | None
    status: FigureStatus
    reason: Reason
    available_from: Instant | None


class RiskOut(WindowOut):
    """Risk figures of a window, beside those of the benchmark."""

    daily_returns: DailyReturnsOut
    risk_free_rate_percent: Percent
    method: MethodName
    volatility: RiskLineOut
    sharpe: RiskLineOut
    sortino: RiskLineOut
    calmar: RiskLineOut = Field(description="From 365 days on")
    max_drawdown: DrawdownLineOut = Field(description="Of the index at 00:00 UTC of each day")
    max_drawdown_hourly: RiskLineOut = Field(description="Of the index at every full hour")
    var_95: RiskLineOut
    cvar_95: RiskLineOut
    best_day: DayLineOut
    worst_day: DayLineOut
    positive_days: RiskLineOut
    beta: RiskLineOut
    alpha: RiskLineOut
    tracking_error: RiskLineOut
    information_ratio: RiskLineOut
    win_rate: RiskLineOut
    expectancy: ExpectancyOut
    profit_factor: RiskLineOut


class DrawdownsQuery(DisplayQuery):
    """A window in days and how many falls of it."""

    days: int = Field(default=0, ge=0, le=MAX_DAYS, description="0 is everything")
    limit: int = Field(default=10, ge=1, le=MOST_DRAWDOWNS)


class DrawdownOut(BaseModel):
    """A fall of the daily index below its peak until that is reached again."""

    depth_percent: Percent
    peak: Instant
    trough: Instant
    recovered: Instant | None
    days: float = Field(description="From the peak until it is reached again, or until the end of the window")
    days_to_trough: float
    status: FigureStatus
    reason: Reason


class DrawdownsOut(WindowOut):
    """The deepest falls of a window, the deepest first."""

    items: list[DrawdownOut]


class DailyQuery(DisplayQuery):
    """How many days, the running one included."""

    days: int = Field(default=30, ge=1, le=MOST_DAYS)


class DayOut(BaseModel):
    """One day, 00:00 to 24:00 UTC. Averages are over its full hours."""

    date: Day
    nav_avg_usd: Money | None
    nav_close_usd: Money | None = Field(description="At 24:00; of the running day the newest value")
    benchmark_avg_usd: Money | None
    benchmark_close_usd: Money | None
    return_percent: Percent | None = Field(description="Time-weighted")
    benchmark_return_percent: Percent | None
    hours: int = Field(description="Full hours with a value")
    complete: bool = Field(description="The day is over and no hour is missing")
    status: FigureStatus
    reason: Reason
    benchmark_status: FigureStatus = Field(description="Of the benchmark's close and return")
    benchmark_reason: Reason


class ComparisonOut(BaseModel):
    """Value against the benchmark's money line, which has the same deposits and withdrawals."""

    timestamp: Instant
    nav_usd: Money | None
    benchmark_usd: Money | None
    difference: Money | None = Field(description="nav - benchmark")
    outperformance_pct: Percent | None = Field(description="difference / benchmark, in percent")
    status: FigureStatus
    reason: Reason


class DailyOut(Answer):
    """Days, oldest first, and how value and benchmark stand now and stood in the last 24 hours."""

    days: int
    status: FigureStatus
    reason: Reason
    items: list[DayOut]
    latest: ComparisonOut | None
    last_24_hours: list[ComparisonOut]
