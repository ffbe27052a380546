"""Backtests: what to try, how far it is, and what came of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from backend.api.schemas.common import Environment, FigureStatus, Instant, Money, Percent, Query, Reason
from backend.api.schemas.rebalancing import PercentIn
from backend.api.schemas.settings import CoinName
from backend.core.model.rebalancing import MOST_TARGETS

StrategyKind = Literal["hold", "periodic", "threshold"]
BacktestState = Literal["queued", "prices", "computing", "done", "failed", "cancelled"]
CandleInterval = Literal["30m", "1h", "4h", "12h", "1d"]
MoneyIn = Annotated[str, Field(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,8})?$", examples=["10000"])]
MOST_STRATEGIES = 12
MOST_FLOWS = 1000


class StrategyIn(BaseModel):
    """A rule to try.

    hold: buy once. periodic: back to the targets every `interval_hours`. threshold: back to them where an asset is
    `threshold_percent` points off its target, looked at every `interval_hours`, or at every candle where that is left
    out.
    """

    model_config = ConfigDict(extra="forbid")

    kind: StrategyKind
    interval_hours: float | None = Field(default=None, ge=0.5, le=8760, examples=[24])
    threshold_percent: float | None = Field(default=None, gt=0, le=100, examples=[5])


class FlowIn(BaseModel):
    """Money that comes in, or (negative) goes out, in the reporting currency."""

    model_config = ConfigDict(extra="forbid")

    t: AwareDatetime = Field(description="ISO 8601 with zone; it counts from the next candle on")
    amount_usd: MoneyIn


class BacktestIn(BaseModel):
    """What to try. One of `start_value_usd` and `account` is needed: with an account its value at `from` is the start,
    and its deposits and withdrawals since then are the flows.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    allocations: dict[CoinName, PercentIn] = Field(
        min_length=1,
        max_length=MOST_TARGETS,
        description="Target weights in percent by asset; they add up to 100 within 0.01",
        examples=[{"BTC": 60, "ETH": 40}],
    )
    strategies: list[StrategyIn] = Field(default_factory=list, max_length=MOST_STRATEGIES)
    heat_map: bool = Field(
        default=False, description="Also all presets: ten intervals by eight thresholds, each the rule `threshold`"
    )
    from_: AwareDatetime = Field(alias="from", description="ISO 8601 with zone")
    to: AwareDatetime = Field(description="ISO 8601 with zone")
    interval: CandleInterval = Field(default="1h", description="Of the candles; rules act at their ends only")
    start_value_usd: MoneyIn | None = None
    account: int | None = Field(default=None, ge=1, le=2**31 - 1)
    flows: list[FlowIn] = Field(default_factory=list, max_length=MOST_FLOWS, description="Only with `start_value_usd`")
    fee_percent: float = Field(default=0.1, ge=0, le=5, description="Of what is received, taker")
    bnb_discount: bool = Field(
        default=False, description="A quarter less, paid in BNB, as long as there is enough of it"
    )
    spread_percent: float = Field(
        default=0.0, ge=0, le=10, description="Between bid and ask; each order pays half of it"
    )
    min_trade_usd: MoneyIn = Field(default="0", description="Smaller trades are left out")
    min_trade_percent: float = Field(
        default=0.5, ge=0, le=100, description="Of the portfolio; smaller ones are left out"
    )
    max_turnover_percent: float | None = Field(default=None, gt=0, le=100, description="Of the portfolio, for each run")
    cooldown_hours: float = Field(default=0.0, ge=0, le=8760, description="What is due waits so long after a run")
    settle_minutes: int = Field(default=0, ge=0, le=10_080, description="And so long after money came in")


class BacktestStarted(BaseModel):
    """The work that was begun; `GET /api/rebalancing/backtest/<job_id>` tells how far it is."""

    job_id: int


class BacktestListQuery(Query):
    """The newest backtests."""

    limit: int = Field(default=10, ge=1, le=100)


class StrategyOut(BaseModel):
    """A rule; null where it has no such number."""

    kind: StrategyKind
    interval_hours: float | None
    threshold_percent: Percent | None


class BacktestPointOut(BaseModel):
    """A point of a line; extremes survive the thinning."""

    t: Instant
    value_usd: Money
    twr_percent: Percent


class BacktestResultOut(BaseModel):
    """What came of one rule, after fees and spread."""

    strategy: StrategyOut
    end_value_usd: Money
    net_flows_usd: Money = Field(description="Since the start; money that could not be raised did not go out")
    twr_percent: Percent
    max_drawdown_percent: Percent = Field(description="Negative: the deepest fall between two candles")
    sharpe_ratio: float | None = Field(
        description="Of daily returns, a year of 365 days, no risk-free rate; null where too few days are known"
    )
    turnover_percent: Percent = Field(
        description="The larger side of every run as a share of the portfolio, added up; the first purchase not counted"
    )
    fees_usd: Money
    fees_percent: Percent = Field(description="Of the start value and what was paid in")
    spread_usd: Money
    orders: int = Field(description="Of runs; those of the first purchase and of flows not counted")
    flow_orders: int = Field(description="Of the first purchase, and of money that came in or went out")
    runs: int = Field(description="How often the rule traded")
    status: FigureStatus
    reason: Reason
    series: list[BacktestPointOut]


class HeatCellOut(BaseModel):
    """One preset of the heat map."""

    interval_hours: float
    threshold_percent: Percent
    end_value_usd: Money
    twr_percent: Percent
    max_drawdown_percent: Percent
    sharpe_ratio: float | None
    turnover_percent: Percent
    fees_usd: Money
    orders: int
    status: FigureStatus
    reason: Reason


class HeatMapOut(BaseModel):
    """Interval by threshold. Cells come one by one while they are computed."""

    intervals_hours: list[float]
    thresholds_percent: list[Percent]
    cells: list[HeatCellOut]


class AssumptionOut(BaseModel):
    """What a result rests on: a stable code, its numbers, and the sentence in English."""

    code: str = Field(examples=["fill_at_close"])
    values: dict[str, str]
    text: str


class PriceGapOut(BaseModel):
    """Candles that are missing: nothing is traded and no value is told between the two."""

    asset: str
    from_: Instant = Field(alias="from")
    to: Instant
    candles: int


class BacktestOut(BaseModel):
    """A backtest. `progress` is a fraction; results come one by one."""

    job_id: int
    environment: Environment
    reporting_currency: str
    state: BacktestState
    progress: float = Field(ge=0, le=1)
    code: str | None = Field(description="Why it failed: a stable code")
    detail: str | None
    created_at: Instant
    account: int | None
    allocations: dict[str, Percent]
    from_: Instant = Field(alias="from")
    to: Instant
    interval: CandleInterval
    start: Instant | None = Field(
        description="The first candle at which all prices are known; null before that is found"
    )
    end: Instant | None = Field(description="The last such candle")
    start_value_usd: Money | None
    results: list[BacktestResultOut]
    heat_map: HeatMapOut | None
    assumptions: list[AssumptionOut]
    gaps: list[PriceGapOut]
    gaps_total: int


class BacktestRowOut(BaseModel):
    """A line of the list."""

    job_id: int
    state: BacktestState
    progress: float = Field(ge=0, le=1)
    created_at: Instant
    account: int | None
    from_: Instant = Field(alias="from")
    to: Instant
    interval: CandleInterval
    heat_map: bool
    strategies: list[StrategyOut]


class BacktestListOut(BaseModel):
    """The newest first."""

    items: list[BacktestRowOut]
