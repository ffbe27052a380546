"""Shapes of an opened figure."""

from __future__ import annotations

from datetime import date as Date  # a field has its name
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

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
from backend.api.schemas.performance import MAX_DAYS
from backend.api.schemas.positions import MethodName
from backend.api.schemas.risk import MOST_DRAWDOWNS

Metric = Literal[
    "twr",
    "twr_annualized",
    "pnl",
    "pnl_percent",
    "net_flows",
    "benchmark_twr",
    "excess",
    "xirr",
    "value",
    "change_today",
    "net_deposits",
    "profit",
    "realized",
    "unrealized",
    "position_cost",
    "position_average_price",
    "position_realized",
    "position_unrealized",
    "volatility",
    "sharpe",
    "sortino",
    "calmar",
    "max_drawdown",
    "max_drawdown_hourly",
    "var_95",
    "cvar_95",
    "best_day",
    "worst_day",
    "positive_days",
    "beta",
    "alpha",
    "tracking_error",
    "information_ratio",
    "win_rate",
    "expectancy",
    "profit_factor",
    "benchmark_value",
    "benchmark_difference",
    "outperformance",
    "hold_value",
    "hold_difference",
    "hold_twr",
    "hold_excess",
    "start_value",
    "end_value",
    "attribution_flows",
    "attribution_realized",
    "attribution_unrealized",
    "attribution_prices",
    "attribution_income",
    "attribution_fees",
    "attribution_residual",
    "fees",
    "income",
    "drawdown",
    "day_return",
    "day_benchmark_return",
    "day_average",
    "day_benchmark_average",
    "day_close",
    "day_benchmark_close",
]
MONTH_PATTERN = r"^[12][0-9]{3}-(0[1-9]|1[0-2])$"
YEAR_PATTERN = r"^[12][0-9]{3}$"
Factor = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", description="A growth factor: 1.05 is +5 %")]
Share = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", description="A ratio with all its digits: 0.05 is +5 %")]


class ExplainQuery(DisplayQuery):
    """Which figure."""

    metric: Metric = Field(description="The figure to open")
    days: int = Field(default=0, ge=0, le=MAX_DAYS, description="Of a window; 0: everything")
    month: str | None = Field(
        default=None, pattern=MONTH_PATTERN, description="Instead of days: a month of the table of months, 2026-10"
    )
    year: str | None = Field(default=None, pattern=YEAR_PATTERN, description="Instead of days: a year, 2026")
    from_: AwareDatetime | None = Field(
        default=None, alias="from", description="Instead of days: the instant of a snapshot, ISO 8601 with zone"
    )
    to: AwareDatetime | None = Field(default=None, description="The instant of a later snapshot")
    date: Date | None = Field(default=None, description="Of day_*: which day, UTC")
    number: int = Field(default=1, ge=1, le=MOST_DRAWDOWNS, description="Of drawdown: which fall, 1 is the deepest")
    asset: str | None = Field(default=None, min_length=1, max_length=20, description="The coin of a position")
    position: str | None = Field(
        default=None, min_length=1, max_length=2000, description="Positions by their ids, with commas between them"
    )
    method: MethodName = Field(default="average", description="Of costs: position_* and figures of closing trades")
    of: Literal["portfolio", "benchmark"] = Field(default="portfolio", description="Whose risk figure")
    limit: int = Field(default=100, ge=1, le=500, description="Sub-periods a page")
    cursor: int | None = Field(default=None, ge=1, le=10**9, description="The last sub-period seen")
    format: Literal["json", "csv"] = Field(default="json", description="csv: all rows, no pages")


class SubPeriodOut(BaseModel):
    """One linked piece; the product of all (1 + return), less 1, is the figure."""

    number: int
    from_: Instant = Field(alias="from")
    to: Instant
    start_value: Money | None = Field(description="After the flow at `from`; null: the piece has no value of its own")
    end_value_before_flow: Money | None
    return_: Share = Field(alias="return")
    return_percent: Percent
    flow: Money | None = Field(description="At `to`; null: the piece ends at none")
    profit: Money | None
    kind: Literal[
        "link", "nothing_held", "emptied", "gain_without_capital", "reset", "index", "rounding", "not_explained"
    ] = Field(description="rounding: what the last digit of the stored index differs by")
    status: FigureStatus
    reason: Reason
    value_distance_s: int | None = Field(
        description="How old the oldest price of the value just before the flow was; null: at no flow, or not known"
    )
    value_distance_reason: Reason
    start_snapshot_id: int | None
    end_snapshot_id: int | None
    flow_ids: list[int]


class ProductOut(BaseModel):
    """Growth factors of this page, of those before it, and of all."""

    page: Factor
    before: Factor
    total: Factor


class SubPeriodTotalsOut(BaseModel):
    """Over all sub-periods."""

    flow: Money
    profit: Money


class InputOut(BaseModel):
    """A row that the figure is made of; `table` and `id` name what is stored."""

    kind: str
    table: str | None
    id: int | None
    at: Instant | None
    label: str
    quantity: Quantity | None
    price: Price | None
    value: Money | None
    factor: Factor | None = Field(description="Of a payment: what it is discounted by")
    returned: Share | None = Field(description="What a day brought")
    benchmark: Share | None = Field(description="What the benchmark brought that day")
    weight: Share | None = Field(description="The share of a coin: all of an instant add up to 1")
    part: Share | None = Field(description="What the row has in the figure; a percentage in ratios: 0.05 is 5 %")
    pairs: str | None = Field(description="Of a price: the pairs it came by; 1/ where it was divided by")
    ids: list[int] = Field(description="All stored rows, where one line is of several")
    status: FigureStatus
    reason: Reason


class ExplainGapOut(BaseModel):
    """A stretch without snapshots."""

    from_: Instant = Field(alias="from")
    to: Instant


class DataBehindOut(BaseModel):
    """How complete the rows are."""

    snapshots: int
    expected: int
    missing: int
    flows: int
    flows_valued: int
    largest_value_distance_s: int | None = Field(description="Null: no flow, or one of which it is not known")


class WhyDiffersOut(BaseModel):
    """Return and profit of the window side by side."""

    twr_percent: Percent | None
    pnl_usd: Money | None
    pnl_percent: Percent | None
    opposite_signs: bool
    reasons: list[str]
    words: str


class ExplainOut(Answer):
    """A figure and all it is made of."""

    metric: Metric
    days: int
    asset: str | None
    unit: Literal["percent", "money", "ratio"]
    result: Percent | Money | None = Field(
        description="The very figure that the pages show; percent and ratio: a number"
    )
    status: FigureStatus
    reason: Reason
    available_from: Instant | None
    from_: Instant | None = Field(alias="from")
    to: Instant | None
    method: str
    method_version: str = Field(description="Raised whenever the same rows would give another figure")
    words: str
    formula: str
    sub_periods: list[SubPeriodOut]
    next_cursor: int | None
    product: ProductOut | None
    totals: SubPeriodTotalsOut | None
    inputs: list[InputOut] = Field(description="At most 500; the file has all")
    inputs_total: int
    parts_total: Share | None = Field(
        description="The sum of `part` over all rows: the figure; of alpha what it compounds from, day by day"
    )
    gaps: list[ExplainGapOut] = Field(description="The newest 100")
    data: DataBehindOut | None
    why_differs: WhyDiffersOut | None
