"""Targets, settings and plans of rebalancing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import Answer, FigureStatus, Instant, Money, Percent, Price, Quantity
from backend.api.schemas.settings import CoinName
from backend.core.model.rebalancing import MOST_TARGETS

AmountIn = Annotated[str, Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,18})?$", examples=["150"])]
PercentIn = Annotated[float, Field(ge=0, le=100, strict=True, allow_inf_nan=False)]
SymbolName = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S+$", examples=["BTCUSDT"])]
CoinId = Annotated[int, Field(ge=1, le=2**31 - 1, strict=True)]
Mode = Literal["full", "buy_only", "sell_only"]
Strategy = Literal["manual", "periodic", "threshold"]
Ratio = Annotated[float, Field(description="A fraction: 0.25 is 25 %")]
ALLOCATIONS = "Target weights in percent, by asset; they add up to 100, within 0.01"


class AllocationIn(BaseModel):
    """Targets to be set; they take the place of those there are."""

    model_config = ConfigDict(extra="forbid")

    allocations: dict[CoinName, PercentIn] = Field(
        min_length=1, max_length=MOST_TARGETS, description=ALLOCATIONS, examples=[{"BTC": 60.0, "USDT": 40.0}]
    )


class TargetOut(BaseModel):
    """An asset that is held or has a target, over all wallets."""

    asset: str
    name: str
    value_usd: Money | None = Field(description="Null: no price")
    weight_percent: Percent | None = Field(description="Of all that is priced")
    base_weight_percent: Percent | None = Field(
        description="Of what takes part, which the targets are about; null: it takes no part"
    )
    target_percent: Percent | None = Field(description="Null: it has no target")
    drift_percent: Percent | None = Field(description="Weight of what takes part, less the target; in points")
    outside_band: bool = Field(description="The drift is at least the threshold of the settings")


class AllocationOut(Answer):
    """Targets, and how far from them the portfolio is."""

    account: int | None = Field(description="Null: the targets of all accounts that have none of their own")
    own: bool = Field(description="They were set for this account alone; false: those of all accounts, or none")
    allocations: dict[str, Percent] = Field(description=ALLOCATIONS)
    total_value_usd: Money | None
    untargeted_percent: Percent | None = Field(description="Weight of what has no target")
    threshold_percent: Percent = Field(description="The band around each target, in points")
    outside: int = Field(description="How many targeted assets are outside their band")
    status: FigureStatus
    reason: str | None
    items: list[TargetOut] = Field(description="The largest target first, then the largest value")


class LimitsIn(BaseModel):
    """What no run may go beyond, to be set; what is left out stays as it is, null lifts a limit."""

    model_config = ConfigDict(extra="forbid")

    per_trade_usd: AmountIn | None = None
    per_run_usd: AmountIn | None = None
    per_day_usd: AmountIn | None = None
    max_share_percent: PercentIn | None = Field(default=None, description="Of the portfolio, for one trade")
    symbols: list[SymbolName] | None = Field(default=None, max_length=1000, description="The only pairs to be traded")
    max_slippage_percent: PercentIn = Field(default=0.5, description="How much worse than planned a fill may be")


class LimitsOut(BaseModel):
    """What no run may go beyond; null is no limit."""

    per_trade_usd: Money | None
    per_run_usd: Money | None
    per_day_usd: Money | None
    max_share_percent: Percent | None
    symbols: list[str] | None
    max_slippage_percent: Percent


class RebalancingSettingsIn(BaseModel):
    """What is to be set; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    dry_run: bool = Field(default=True, strict=True, description="Runs place no orders")
    strategy: Strategy = "manual"
    interval_hours: float = Field(default=24, ge=0.5, le=8760, strict=True, allow_inf_nan=False)
    threshold_percent: float = Field(default=5, gt=0, le=100, strict=True, allow_inf_nan=False)
    cooldown_hours: float = Field(default=6, ge=0, le=8760, strict=True, allow_inf_nan=False)
    settle_minutes: int = Field(default=30, ge=0, le=10_080, strict=True)
    mode: Mode = "full"
    base_asset: CoinName | None = Field(default=None, description="Null: the reporting currency")
    max_rank: int | None = Field(default=None, ge=1, le=10_000, strict=True, description="Null: no filter")
    coin_ids: dict[CoinName, CoinId] = Field(
        default={}, max_length=MOST_TARGETS, description="Which coin of CoinMarketCap an asset is: its id there"
    )
    only_held: bool = Field(default=False, strict=True)
    sell_untargeted: bool = Field(default=False, strict=True)
    excluded: list[CoinName] = Field(default=[], max_length=MOST_TARGETS)
    protected: dict[CoinName, AmountIn] = Field(default={}, max_length=MOST_TARGETS)
    min_trade_usd: AmountIn = "0"
    min_trade_percent: PercentIn = 0.5
    max_turnover_percent: PercentIn | None = None
    limits: LimitsIn | None = None


class RebalancingSettingsOut(BaseModel):
    """How an account is rebalanced."""

    model_config = ConfigDict(extra="forbid")

    environment: str
    account: int | None = Field(description="Null: the settings of all accounts that have none of their own")
    own: bool = Field(description="They were set for this account alone; false: those of all accounts")
    dry_run: bool
    strategy: Strategy
    interval_hours: float
    threshold_percent: Percent
    cooldown_hours: float
    settle_minutes: int
    mode: Mode
    base_asset: str
    max_rank: int | None
    coin_ids: dict[str, int]
    only_held: bool
    sell_untargeted: bool
    excluded: list[str]
    protected: dict[str, Quantity]
    min_trade_usd: Money
    min_trade_percent: Percent
    max_turnover_percent: Percent | None
    limits: LimitsOut
    rank_filter: Literal["off", "on", "no_key"] = Field(
        description="no_key: a rank is set, and without a key of CoinMarketCap the filter is off"
    )
    plan_valid_seconds: int


class PlanIn(BaseModel):
    """What to plan; what is left out is as the settings and the targets say."""

    model_config = ConfigDict(extra="forbid")

    account: int | None = Field(default=None, ge=1, le=2**31 - 1, description="May be left out where there is one")
    mode: Mode | None = None
    amount_usd: AmountIn | None = Field(
        default=None,
        description="New money to be put in, or money to be raised (sell_only), in the reporting currency",
    )
    allocations: dict[CoinName, PercentIn] | None = Field(
        default=None, min_length=1, max_length=MOST_TARGETS, description="Other targets than those set, for this plan"
    )


class PlanHopOut(BaseModel):
    """One market order on the way of a line."""

    symbol: str
    side: Literal["BUY", "SELL"]
    quantity: Quantity
    price: Quantity = Field(description="In the quote asset of the pair, as it is offered now")
    notional: Quantity = Field(description="In the quote asset of the pair")
    fee_usd: Money
    fee_in_bnb: bool = Field(description="Paid in BNB with its discount; else taken from what is received")


class PlanLineOut(BaseModel):
    """An asset: orders that serve it, or why there are none."""

    n: int
    action: Literal["SELL", "BUY", "SKIP"]
    asset: str
    against: str | None = Field(description="What it is sold for or bought with; null on skipped lines")
    route: list[PlanHopOut]
    quantity: Quantity | None = Field(description="Of the asset: what is sold, or what arrives")
    est_price: Price | None
    notional_usd: Money | None
    fee_usd: Money | None
    spread_usd: Money | None
    realized_pnl_usd: Money | None = Field(
        description="What the sale would realise at average cost, after its fees; null on buys, or unknown"
    )
    realized_pnl_reason: str | None = Field(description="Why a sale's profit is unknown, or an estimate")
    wished_usd: Money = Field(description="What would move without any filter")
    weight_before: Ratio | None
    target: Ratio | None
    weight_after: Ratio | None
    reason: str | None = Field(description="Why it is skipped: a stable code")
    reason_params: dict[str, str] = Field(description="The numbers that caused it")


class PlanTotalsOut(BaseModel):
    """Sums of a plan."""

    sells: Money
    buys: Money
    orders: int
    fees_usd: Money
    spread_usd: Money
    realized_pnl_usd: Money | None = Field(description="Null where that of any sale is unknown")
    realized_pnl_reason: str | None = Field(description="Why it is unknown, or an estimate")
    turnover_percent: Percent
    max_drift_after: Ratio
    portfolio_usd: Money = Field(description="Worth of all that takes part")
    minimum_usd: Money = Field(description="What is worth less is not traded")


class BlockedOut(BaseModel):
    """Why a plan may be looked at and not be executed."""

    code: str
    detail: str


class UntradableOut(BaseModel):
    """Coins that count in the weights and are never sold: they are not free in the spot wallet."""

    asset: str
    wallet: str
    quantity: Quantity
    value_usd: Money | None


class RankFilterOut(BaseModel):
    """The filter by rank of CoinMarketCap."""

    state: Literal["off", "on", "no_key", "unavailable"]
    max_rank: int | None
    as_of: Instant | None = Field(description="When the ranks were read, on this machine's clock")
    ambiguous: list[str] = Field(description="Coins of which the ranks do not say which of several they are")


class PlanOut(BaseModel):
    """What would be traded. Nothing is sent by making a plan."""

    model_config = ConfigDict(extra="forbid")

    plan_id: str
    hash: str = Field(description="SHA-256 of the plan as it is stored; executing names it")
    created_at: Instant
    expires_at: Instant = Field(description="It cannot be executed any more then")
    expired: bool
    environment: str
    account: int
    account_name: str
    reporting_currency: str
    as_of: Instant = Field(description="Of the balances")
    prices_at: Instant
    executable: bool
    executed: bool
    blocked: list[BlockedOut]
    mode: Mode
    amount_usd: Money | None
    base_asset: str
    allocations: dict[str, Percent]
    lines: list[PlanLineOut] = Field(description="Sells first, then buys, then what is skipped")
    totals: PlanTotalsOut
    not_tradable: list[UntradableOut]
    rank_filter: RankFilterOut
