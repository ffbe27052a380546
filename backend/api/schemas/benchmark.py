"""Shapes of the benchmark, of the hold-only shadow, and of accounts side by side."""

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
    Percent,
    Price,
    Quantity,
    Query,
    Reason,
)
from backend.api.schemas.performance import MAX_DAYS, AgainstOut, ProfitOut
from backend.core.comparison_book import MOST_ACCOUNTS
from backend.core.performance.benchmark_plan import MOST_COINS

WITHDRAWAL = "What a withdrawal takes out of the shadows: as much money, or the same share"


class BenchmarkQuery(DisplayQuery):
    """A window in days."""

    days: int = Field(default=30, ge=0, le=MAX_DAYS, description="0 is everything")


class BenchmarkCoinOut(BaseModel):
    """A coin of the benchmark and what is held of it at the end."""

    coin: str
    weight_percent: Percent
    units: Quantity | None
    price_usd: Price | None
    value_usd: Money | None


class MoneyLineOut(BaseModel):
    """What the benchmark would be worth with the same deposits and withdrawals, just before the flow of the end."""

    value_usd: Money | None
    exhausted: bool = Field(description="A withdrawal took more than there was; the next deposit begins anew")
    reason: Reason


class ComparisonOut(BaseModel):
    """The newest snapshot beside the benchmark's money line; it is at most 24 h old."""

    at: Instant | None
    nav_usd: Money | None
    benchmark_usd: Money | None
    difference_usd: Money | None
    outperformance_pct: Percent | None = Field(description="difference / benchmark x 100")
    status: FigureStatus
    reason: Reason


class HoldOnlyOut(BaseModel):
    """What holding what was there would have made, with the same deposits and withdrawals."""

    since: Instant | None = Field(description="The start of the window, or of the shadow where that is later")
    hold_percent: Percent | None
    excess_percent: Percent | None = Field(description="Real return since then less that, in percentage points")
    excess_status: FigureStatus
    excess_reason: Reason
    value_usd: Money | None
    difference_usd: Money | None = Field(description="Real value less the shadow's")
    difference_status: FigureStatus
    difference_reason: Reason
    exhausted: bool
    status: FigureStatus = Field(description="Of what holding would have made")
    reason: Reason


class CoinPriceOut(BaseModel):
    """A coin's price at an instant."""

    coin: str
    price_usd: Price | None


class ResetOut(BaseModel):
    """The benchmark went back to its weights at these prices."""

    at: Instant
    prices: list[CoinPriceOut]


class ResetsOut(BaseModel):
    """When the benchmark goes back to its weights, in UTC; the last resets of the account's time, newest first."""

    weekday: int = Field(ge=0, le=6, description="0 is Monday")
    hour: int | None = Field(ge=0, le=23)
    never: bool
    next: Instant | None
    last: list[ResetOut]


class BenchmarkOut(Answer):
    """The benchmark of a window: index, money line, and what holding only would have made.

    `status` and `reason` are those of the difference of both returns.
    """

    days: int
    start: Instant | None
    end: Instant | None
    status: FigureStatus
    reason: Reason
    available_from: Instant | None
    composition: list[BenchmarkCoinOut]
    index_percent: Percent | None = Field(description="Return of the index over the window: no flows, no costs")
    index_status: FigureStatus
    index_reason: Reason
    twr_percent: Percent | None
    excess_percent: Percent | None = Field(description="Real return less that of the index, in percentage points")
    money_line: MoneyLineOut
    comparison: ComparisonOut
    hold_only: HoldOnlyOut
    resets: ResetsOut


class CompareQuery(Query):
    """Which accounts, over how many days, and how many points the chart can show."""

    accounts: str | None = Field(
        default=None,
        max_length=120,
        pattern=r"^[1-9][0-9]{0,8}(,[1-9][0-9]{0,8})*$",
        description=f"Account ids with commas, at most {MOST_ACCOUNTS}; left out: all, or those worth most",
        examples=["1,2"],
    )
    days: int = Field(default=30, ge=0, le=MAX_DAYS, description="0 is everything")
    points: int = Field(default=300, ge=10, le=2000)


class ComparedAccountOut(AgainstOut, ProfitOut):
    """The window of one account; `status` and `reason` are those of the return."""

    id: int
    name: str
    start: Instant | None
    end: Instant | None
    twr_percent: Percent | None
    pnl_status: FigureStatus
    pnl_reason: Reason
    max_drawdown_percent: Percent | None = Field(description="Of the index at 00:00 UTC of each day")
    max_drawdown_status: FigureStatus
    max_drawdown_reason: Reason
    value_usd: Money | None
    status: FigureStatus
    reason: Reason
    available_from: Instant | None


class ComparedPointOut(BaseModel):
    """An instant: one entry an account, in their order; null where it has no snapshot at it."""

    t: Instant
    twr_percent: list[Percent | None]
    value_usd: list[Money | None]


class CompareOut(Answer):
    """Accounts side by side. The extremes of each line survive the thinning."""

    days: int
    start: Instant | None
    end: Instant | None
    left_out: int = Field(description="How many more accounts there are, where none were asked for by name")
    accounts: list[ComparedAccountOut]
    series: list[ComparedPointOut]


class WeightedCoin(BaseModel):
    """A coin and its weight."""

    model_config = ConfigDict(extra="forbid")

    coin: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S+$", examples=["BTC"])]
    weight: Annotated[str, Field(pattern=r"^(0(\.[0-9]{1,18})?|1(\.0{1,18})?)$", examples=["0.5"])]


class ResetTime(BaseModel):
    """A weekly instant in UTC."""

    model_config = ConfigDict(extra="forbid")

    weekday: int = Field(ge=0, le=6, description="0 is Monday")
    hour: int = Field(ge=0, le=23)


class BenchmarkSettings(BaseModel):
    """What the benchmark is made of, for all accounts, and from when on the hold-only shadow holds."""

    model_config = ConfigDict(extra="forbid")

    coins: list[WeightedCoin] = Field(
        min_length=1, max_length=MOST_COINS, description="The weights add up to 1, within 0.0001"
    )
    reset: ResetTime | None = Field(description="When it goes back to its weights; null: never")
    withdrawal: Literal["benchmark", "share"] = Field(description=WITHDRAWAL)


class BenchmarkSettingsIn(BenchmarkSettings):
    """What is to be set."""

    hold_since: datetime | None = Field(description="With a zone; null: the first snapshot")


class BenchmarkSettingsOut(BenchmarkSettings):
    """What is set. `recomputing`: figures are those of what was set before until they are computed anew."""

    hold_since: Instant | None
    recomputing: bool
